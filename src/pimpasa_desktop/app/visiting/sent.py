"""Kiriman: the office's receipt of this visit, and what of it the office has and what still waits."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.village_cards import Facts
from pimpasa_desktop.app.visiting.part import Shown, VisitPart, page
from pimpasa_desktop.app.visiting.sections import BETWEEN
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.listing import Listing
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import declaration
from pimpasa_desktop.domain.tray import TRAY
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.receipts import Passed, Sending
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.protocol.receipts import Receipt

NOTHING = Sending((), 0, 0, (), due=False)
EARLIER_MOST = 10
WIDTH, FIGURE = 560, 96


class Sent(VisitPart):
    key = "sent"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Kiriman"))
        self.sending = NOTHING
        self._sign = Sign("seal-check", "", size=32)
        self._head = Words("", Role.CAPTION, "text2", wraps=False)
        self._mark = Words("", Role.NAME, wraps=False, figures=True)
        self.sentence = Words("", Role.BODY)
        self.save = OutlinedButton(_("Simpan resi sebagai PDF"), "file-pdf")
        self.save.clicked.connect(self._ask)
        self.copy = OutlinedButton(_("Salin resi"), "copy")
        self.copy.clicked.connect(self._copy)
        self.notice = Notice(Kind.INFORMATION, "", action=_("Buka foldernya"))
        self.notice.acted.connect(self._open_folder)
        self.notice.hide()
        self.trouble = Notice(Kind.DANGER, "")
        self.trouble.hide()
        self._saved: Path | None = None
        self._stale = True
        self._facts, self._sections = _Slot(), _Slot()
        self._lay_out()

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.sending = self.context.queries.receipts.sending(visit.id) if visit.id else NOTHING
        self._stale = True
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        """All of it anew, where somebody looks at it."""
        self._stale = False
        receipt = self.sending.receipt
        self._sign.show_icon("seal-check-fill" if self.sending.current else "seal-check", "", self._tone())
        self._mark.say(receipt.mark if receipt else _("Belum ada resi"))
        self.sentence.say(_told(self.sending))
        self.save.setVisible(receipt is not None)
        self.copy.setVisible(receipt is not None)
        self._head.say(_("Resi") if receipt else "")
        self._head.setVisible(receipt is not None)
        self.copy.say(_("Salin resi"))
        self._facts.show_widgets(*([self._fact_lines(receipt)] if receipt else []))
        self._sections.show_widgets(*self._lists())

    def told(self) -> tuple[str, State]:
        sending = self.sending
        missing = sending.photos - sending.photos_taken
        if sending.waiting or not sending.passed:
            waiting = _("{count} menunggu").format(count=number(sending.waiting))
            return waiting if sending.waiting else _("Belum ada"), State.PARTLY if sending.receipt else State.EMPTY
        if missing:
            return plural("{count} foto menyusul", missing).format(count=number(missing)), State.PARTLY
        return _("Terkirim, ada resi") if sending.current else _("Terkirim"), State.COMPLETE

    def arrive(self) -> None:
        if self._stale:
            self._show()
        if self.sending.receipt:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown

    def _tone(self) -> Tone:
        return "green" if self.sending.current else "text3"

    def _fact_lines(self, receipt: Receipt) -> Facts:
        facts = Facts()
        here = {each.entity: each.taken + each.waiting for each in self.sending.passed}
        taken = receipt.told.count("attendee")
        facts.say(_("Peserta"), _of(taken, max(here.get("attendee", 0), taken)))
        facts.say(_("Foto"), _of(receipt.told.photos, max(self.sending.photos, receipt.told.photos)))
        same = self.sending.current
        facts.say(_("Isi"), _("sama, sudah dicocokkan") if same else _("sama saat itu; sesudahnya ada perubahan"))
        facts.say(_("Jam kantor"), self._at(receipt))
        return facts

    def _lists(self) -> Iterator[QWidget]:
        sending = self.sending
        photos = Passed("photo", sending.photos_taken, sending.photos - sending.photos_taken)
        passed = [photos if each.entity == "photo" else each for each in sending.passed if each.entity not in TRAY]
        if passed:
            yield Words(_("Apa yang sudah saya kirim"), Role.SECTION)
            yield _passed(passed)
        earlier = sending.receipts[1 : EARLIER_MOST + 1]
        if earlier:
            yield Words(_("Resi sebelumnya"), Role.SECTION)
            listing = Listing()
            for one in earlier:
                listing.add((Words(self._at(one), Role.BODY, figures=True), 1), (_figure(_counts(one)), 0))
            yield listing

    def _at(self, receipt: Receipt) -> str:
        zone = when.zone_at(str(self.visit.values.get("starts_at", "")), self.context.zone)
        return when.whole(zone.local(datetime.fromtimestamp(receipt.at, UTC).isoformat()), zone)

    # -- what one does with it

    def _ask(self) -> None:
        line = self.context.queries.overview.visits(ids=[self.visit.id])[0]
        name = f"Resi {line.place} {line.starts_at[:10]}.pdf".replace("/", "-")
        path, _kind = QFileDialog.getSaveFileName(self, _("Simpan resi"), name, "PDF (*.pdf)")
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the receipt there; the window stays free meanwhile."""
        visit = self.visit.id

        def write(store: Store) -> None:
            from pimpasa_desktop.reports.receipt import write_receipt
            from pimpasa_desktop.reports.receipt_of_visit import receipt_sheet

            sheet = receipt_sheet(store, visit)
            store.note("export", "visit", visit)
            write_receipt(sheet, path)

        def done(_none: None) -> None:
            self._saved = path
            self.trouble.hide()
            self.notice.say(_("Resi tersimpan."), str(path))
            self.notice.show()

        def refused(problem: Problem) -> None:
            self.notice.hide()
            self.trouble.say(_("Resi belum tersimpan."), problem.sentence)
            self.trouble.show()

        self.context.write(write).then(done, refused, owner=self)

    def _copy(self) -> None:
        """As text, for a message to whoever asks."""
        receipt = self.sending.receipt
        if receipt:
            (line,) = self.context.queries.overview.visits(ids=[self.visit.id])
            words = [_("Resi {mark}").format(mark=receipt.mark), line.place, _counts(receipt), self._at(receipt)]
            QGuiApplication.clipboard().setText(", ".join(filter(None, words)))
            self.copy.say(_("Tersalin"))

    def _open_folder(self) -> None:
        if self._saved:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def _lay_out(self) -> None:
        column = page(self)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._head)
        words.addWidget(self._mark)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addWidget(self._facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.notice)
        column.addWidget(self.trouble)
        column.addSpacing(BETWEEN - column.spacing())
        column.addWidget(self._sections)
        column.addStretch(1)


class _Slot(QWidget):
    """Room for what is made anew each time, not wider than reads well."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._shown = QWidget()
        self._row.addWidget(self._shown, 100)
        self._row.addStretch(1)

    def show_widgets(self, *widgets: QWidget) -> None:
        shown = QWidget()
        shown.setMaximumWidth(WIDTH)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in widgets:
            column.addWidget(widget)
        self._row.replaceWidget(self._shown, shown)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = shown
        self.setVisible(bool(widgets))


def _told(sending: Sending) -> str:
    missing = sending.photos - sending.photos_taken
    if not sending.receipt and not sending.waiting and not sending.due:
        return _("Tidak ada yang menunggu di sini. Resi diberikan kepada laptop yang menulis atau mengubahnya.")
    if not sending.receipt:
        return _("Kantor memberi resi begitu semua yang ditulis di sini sudah diterimanya.")
    if sending.waiting or sending.due:
        return _("Sesudah resi ini ada yang berubah. Resi baru datang bersama kiriman berikutnya.")
    if missing:
        return plural("Semua catatan sudah di kantor dan isinya sama. {count} foto masih menyusul.", missing).format(
            count=number(missing)
        )
    return _("Kantor sudah menerima kunjungan ini lengkap. Isinya sama dengan isi laptop Anda.")


def _passed(passed: list[Passed]) -> Listing:
    """What there is of each kind: how much the office has, how much waits."""
    listing = Listing()
    listing.add(
        (Words(_("Catatan"), Role.CAPTION, "text2"), 1),
        (_figure(_("Di kantor"), Role.CAPTION), 0),
        (_figure(_("Menunggu"), Role.CAPTION), 0),
    )
    for each in sorted(passed, key=lambda one: one.entity != "visit"):
        label = _("Ringkasan kunjungan") if each.entity == "visit" else _(declaration(each.entity).label)
        waiting = number(each.waiting) if each.waiting else "–"
        listing.add((Words(label), 1), (_figure(number(each.taken) if each.taken else "–"), 0), (_figure(waiting), 0))
    return listing


def _figure(words: str, role: Role = Role.BODY) -> Words:
    told = Words(words, role, "text2", wraps=False, figures=True, align=Qt.AlignmentFlag.AlignRight)
    told.setMinimumWidth(FIGURE)
    return told


def _of(some: int, every: int) -> str:
    if not every:
        return _("tidak ada")
    return _("{some} dari {all}").format(some=number(some), all=number(every))


def _counts(receipt: Receipt) -> str:
    """57 peserta, 3 dari 3 foto"""
    told = receipt.told
    attendees = told.count("attendee")
    people = plural("{count} peserta", attendees).format(count=number(attendees))
    photos = told.count("photo")
    both = plural("{people}, {photos} foto", photos).format(people=people, photos=_of(told.photos, photos))
    return both if photos else people
