"""The register, over the whole window: how many came, the last ten, and one line that never loses the focus.

Enter writes the line and starts the next; several lines that are pasted are several people. Arrows go through the
people that a name may mean or, while nothing is typed, through those who come often here and the last ten: Enter then
changes one, Delete removes it, Ctrl Z takes the last change back.
"""

from typing import Any, ClassVar

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme, when
from pimpasa_desktop.app.entry_line import EntryLine
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.registering.last_ten import LastTen
from pimpasa_desktop.app.registering.meant import suggestion
from pimpasa_desktop.app.registering.tally import Tally
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.app.take_back import TakeBack
from pimpasa_desktop.app.visiting.attendance import plain
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.suggestions import LINES, Suggestions
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.attendee import lacks_digits
from pimpasa_desktop.domain.entity import Values, entity
from pimpasa_desktop.domain.visit import signed_off
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.intake.attendees import pasted
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.drafts import begun_name
from pimpasa_desktop.store.people import Present, Seen
from pimpasa_desktop.store.store import Unacceptable

KEPT_AFTER_MS = 1000
DETAIL, DETAIL_NARROW, NARROW = 336, 240, 1200
NARROWEST, LOW = 800, 520  # px, as a screen magnified to 150 or 200 % leaves them
TOLD = 4 + 18  # a sentence under the line
UPPER = 72 + TOLD + 8 + 4 * theme.ROW + 2


class RegisterScreen(Screen):
    fills: ClassVar[bool] = True

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self.visit = place.record
        self._people: list[Present] = []
        self._first: dict[str, int] = {}  # where each name stands for the first time
        self._seen: list[Seen] = []
        self._frequent: list[Seen] = []
        self._changing = ""
        self._draft = f"register:{self.visit}"
        self._opened = False
        self._keeping = Soon(self, KEPT_AFTER_MS, self._keep)
        self.entry = EntryLine()
        self.suggestions = Suggestions(_("Orang yang pernah hadir"))
        self.last = LastTen()
        self.tally = Tally()
        self._counted_small = Words("", Role.LABEL, wraps=False, figures=True)
        self._mode = Words("", Role.SECOND, "text2", wraps=False)
        self.position = LinkButton("")
        self._title = Words("", Role.SECTION, wraps=False)
        self._second = Words("", Role.CAPTION, "text2", wraps=False)
        self.taking_back = TakeBack(self)
        for button in (self.taking_back.undo, self.taking_back.redo):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._listen()
        self._ask_position()

    def refresh(self, ids: frozenset[str]) -> None:
        if ids and self.visit not in ids:
            return
        changed = [one for one in ids if one != self.visit]
        people = self.context.queries.people
        one = people.one(changed[0]) if len(changed) == 1 else None
        known = {person.id for person in self._people} if one else set()
        if one and one.values.get("visit") == self.visit and one.id not in known:
            self._people.append(one)  # what was just written: the thousand before it are as they were
        else:
            self._people = people.present(self.visit)
        self._show()
        if not self._opened:
            self._open()

    def arrive(self) -> None:
        self.entry.start()

    def leave(self) -> None:
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.tally.setFixedWidth(DETAIL_NARROW if narrow else DETAIL)
        self.tally.setVisible(self.width() >= NARROWEST)
        self.tally.keys.setVisible(self.height() >= LOW)
        self._counted_small.setVisible(self.width() < NARROWEST)
        self.last.narrow(narrow)

    # -- what is shown

    def _open(self) -> None:
        self._opened = True
        try:
            (line,) = self.context.queries.overview.visits(ids=[self.visit])
        except ValueError:
            return
        at = when.local(line.starts_at, when.zone_at(line.starts_at, self.context.zone))
        self._title.say(_("Daftar hadir {place}").format(place=line.place))
        self._second.say(" · ".join(filter(None, (line.about, when.long_day(at.date()) if at else ""))))
        self.entry.setEnabled(not signed_off(line.values))
        villages = [village.id for village in line.villages]
        self._frequent = self.context.queries.people.frequent(villages, not_of=self.visit)
        if draft := self.context.queries.unfinished(self._draft):
            self._changing = draft.record
            self.entry.show_raw(draft.raw)
        self._tell_changing()
        self._suggest()

    def _show(self) -> None:
        self.taking_back.follow(self.visit)
        self._first = {}
        for place, one in enumerate(self._people, 1):
            self._first.setdefault(plain(one.name), place)
        self.last.show_people(self._people, self._first, self._begun())
        self.tally.show_people(self._people)
        count = len(self._people)
        self._counted_small.say(plural("{count} orang", count).format(count=number(count)))
        self._tell_changing()
        if not self.entry.raw() and self.suggestions.marked < 0:
            self._suggest()  # whoever is present now is not offered any more

    def _begun(self) -> dict[str, dict[str, Any]]:
        """What was written of a person and lacks something, by person: as it was typed."""
        begun = self.context.queries.begun(entity("attendee"))
        return {one.record: one.raw for one in begun if one.name == begun_name("attendee", one.record)}

    def _tell_changing(self) -> None:
        if self._changing:
            place = next((at for at, one in enumerate(self._people, 1) if one.id == self._changing), 0)
            self._mode.say(_("Mengubah no. {place}. Enter menyimpan, Esc membatalkan.").format(place=number(place)))
        else:
            self._mode.say("")

    def _suggest(self) -> None:
        typed = self.entry.name.text()
        present = self._first
        if self._changing:
            self._seen, quiet = [], ""
        elif typed.strip():
            self._seen = self.context.queries.people.seen(typed, not_of=self.visit)
            quiet = _("Orang baru. Enter menulisnya.")
        else:
            self._seen = [one for one in self._frequent if plain(one.name) not in present][:LINES]
            quiet = _("Ketik nama. Orang yang pernah hadir muncul di sini.")
        self.suggestions.offer(
            [suggestion(one, present.get(plain(one.name), 0), self.context) for one in self._seen], quiet
        )

    # -- keys

    def _typed(self) -> None:
        self._keeping.ask()
        self.last.point_at(-1)
        self._suggest()

    def _step(self, by: int) -> None:
        """Through the people whom the name may mean. While nothing is typed: down to those who come often and on to
        the last ten, and up to the one that was written last."""
        if self.entry.name.text().strip():
            self.suggestions.step(by)
            return
        offered, rows = len(self.suggestions.shown()), self.last.rows.rowCount()
        row = self.last.currentIndex().row()
        at = self.suggestions.marked if row < 0 else offered + row
        if at < 0:
            at = 0 if by > 0 else offered
        else:
            at += by
        at = min(at, offered + rows - 1)
        self.suggestions.mark(at if at < offered else -1)
        self.last.point_at(at - offered if at >= offered else -1)

    def _enter(self) -> None:
        if not self.entry.raw() and self.last.chosen_key():
            self._change(self.last.chosen_key())
        elif self.suggestions.marked >= 0:
            self._take(self.suggestions.marked)
        elif (read := self.entry.read()) is not None:
            self._write(*read)

    def _escape(self) -> None:
        """Suggestions first, then what is being changed, then the window."""
        if self.suggestions.shown() and self.entry.raw():
            self._seen = []
            self.suggestions.offer([], _("Orang baru. Enter menulisnya."))
        elif self._changing:
            self._clear()
        else:
            self.context.back()

    def _take(self, at: int) -> None:
        """Somebody seen before: the line is filled, and Enter writes it."""
        one = self._seen[at]
        known = {
            "name": one.name,
            "sex": one.sex,
            "stakeholder_group": one.stakeholder_group,
            "institution": one.institution,
            "phone": one.phone,
            "position_title": one.position_title,
        }
        self.entry.show_raw(known | self._further())
        self._seen = []
        self.suggestions.offer([], _("Periksa isinya. Enter menulisnya."))
        self.entry.start()
        self._keeping.ask()

    def _further(self) -> dict[str, str]:
        """What was typed beside the name counts more than what was known."""
        return {name: text for name, text in self.entry.raw().items() if name != "name"}

    # -- writing

    def _write(self, values: Values, kept: dict[str, str]) -> None:
        record, raw = self._changing, self.entry.raw()

        def refused(problem: Problem) -> None:
            if not self.entry.raw():
                self.entry.show_raw(raw)
            self.entry.fields["name"].refuse(problem.sentence)

        words = _("{entity} diubah").format(entity=_(entity("attendee").label)) if record else ""
        written = values if record else values | {"visit": self.visit}
        unread = kept if kept or record else None
        self.context.changes.put("attendee", written, record, words=words, draft=self._draft, unread=unread).then(
            lambda _id: self._show() if unread is not None else None, refused, owner=self
        )
        self._clear()
        if kept or lacks_digits(str(values.get("phone", ""))):
            told = _("{name}: nomor HP {phone} kurang angka, tetap disimpan. Betulkan di barisnya bila tahu.")
            self.entry.fields["phone"].doubt(told.format(name=raw["name"], phone=raw["phone"]))

    def _paste(self, text: str) -> None:
        """Several people at once, all or none, and one undo for all."""
        try:
            people = [one.values | {"visit": self.visit} for one in pasted(text)]
        except Problem as problem:
            self.entry.fields["name"].refuse(problem.sentence)
            return

        def refused(problem: Problem) -> None:
            at = problem.position + 1 if isinstance(problem, Unacceptable) else 0
            told = _("Baris {number}: {problem} Tidak ada yang disimpan.").format(number=at, problem=problem.sentence)
            self.entry.fields["name"].refuse(told if at else problem.sentence)

        words = plural("{count} nama ditempel", len(people)).format(count=number(len(people)))
        told = plural("{count} nama ditempel. Ctrl Z mengurungkan semuanya.", len(people)).format(
            count=number(len(people))
        )
        changes = self.context.changes.put_all("attendee", people, words=words)
        changes.then(lambda _ids: self._mode.say(told), refused, owner=self)

    def _clear(self) -> None:
        self._changing = ""
        self._keeping.stop()
        self.entry.show_raw({})
        self._mode.say("")
        self._suggest()
        self.entry.start()

    def _change(self, record: str) -> None:
        self._changing = record
        one = next(person for person in self._people if person.id == record)
        self.entry.show_raw(one.values | self._begun().get(record, {}))
        self._suggest()
        self._show()
        self.entry.start()

    def _delete(self) -> None:
        record = self.last.chosen_key()
        if record and not self.entry.raw():
            self.context.changes.delete(record)

    def _keep(self) -> None:
        """What stands in the line, should the machine stop."""
        self._keeping.stop()
        raw, draft, visit, record = self.entry.raw(), self._draft, self.visit, self._changing
        kept = self.context.queries.unfinished(draft)
        if raw and (kept is None or kept.raw != raw):
            self.context.write(lambda store: store.drafts.save(draft, "attendee", record, visit, raw))
        elif not raw and kept is not None:
            self.context.write(lambda store: store.drafts.drop(draft))

    # -- putting it together

    def _listen(self) -> None:
        self.entry.typed.connect(self._typed)
        self.entry.stepped.connect(self._step)
        self.entry.entered.connect(self._enter)
        self.entry.escaped.connect(self._escape)
        self.entry.deleted.connect(self._delete)
        self.entry.pasted.connect(self._paste)
        self.position.clicked.connect(self._turn_position)
        QShortcut(QKeySequence("F11"), self).activated.connect(self.context.back)
        self.suggestions.taken.connect(self._take)
        self.last.opened.connect(self._change)

    def _turn_position(self) -> None:
        """The column of position titles on or off, from now on."""
        kept = self.context.preferences()
        self.context.prefer(msgspec.structs.replace(kept, position_title=not kept.position_title))
        self._ask_position()

    def _ask_position(self) -> None:
        asked = self.context.preferences().position_title
        self.entry.ask_position(asked)
        self.last.show_position(asked)
        self.position.say(_("Tanpa kolom jabatan") if asked else _("Tambah kolom jabatan"))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 12)
        left.setSpacing(8)
        upper = QWidget()
        upper.setFixedHeight(UPPER)  # the last ten stay where they are, whatever is said above them
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(8)
        above.addWidget(self.entry)
        above.addWidget(self.suggestions, 1)
        left.addWidget(upper)
        head = QHBoxLayout()
        head.addWidget(Words(_("Sepuluh terakhir"), Role.SECTION, wraps=False), 1)
        head.addWidget(self._counted_small)
        head.addWidget(self._mode)
        head.addWidget(self.position)
        self.position.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.addLayout(head)
        left.addWidget(self.last, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(self.tally)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addLayout(body, 1)

    def _head(self) -> QWidget:
        head = _Head()
        back = OutlinedButton(_("Kembali"), "corners-in", keys="Esc")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(self.context.back)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._second)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(16)
        row.addWidget(Sign("users-fill", "", size=24, tone="link"))
        row.addLayout(texts, 1)
        row.addWidget(self.taking_back)
        row.addWidget(back)
        return head


class _Head(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        drawing.fill(painter, self.rect(), palette.nav)
        drawing.fill(painter, QRectF(0, self.height() - 1, self.width(), 1), palette.line)
