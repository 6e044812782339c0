"""A page for one record that lies in several villages: its fields under headings, saved when one leaves them.

A subclass says which fields and what they are called; this page knows no entity. What is removed goes at once and one
press brings it back.
"""

from abc import abstractmethod
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import editors, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import Bound, Form
from pimpasa_desktop.app.record_list import bring_back, remove
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.take_back import TakeBack
from pimpasa_desktop.app.village_choice import VillageChoice, begins_with, is_new
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.scrolling import scrolling
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.village_field import VillageField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY, Level, Values
from pimpasa_desktop.domain.policy import writes
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

# px: the room that fields ask for, and a page too narrow for two columns
FORM_WIDTH, NARROW = 560, 960
Group = tuple[str, tuple[str, ...]]


class RecordScreen(Screen):
    """`place.record`: a record, or "of:" and the ids of the villages that a new one begins with."""

    entity: ClassVar[str]

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        new = is_new(place.record)
        start = {"villages": begins_with(place.record), **self.start()} if new else {}
        self.form = Form(context, REGISTRY[self.entity], "" if new else place.record, self, start=start)
        self.form.saved.connect(self._saved)
        self._opened = self._gone = False
        self.tag = Tag("")
        self.taking_back = TakeBack(self)
        self.header = PageHeader("", back=_("Kembali"), beside_back=self.taking_back, tag=self.tag)
        self.header.back_asked.connect(context.back)
        self.fields: dict[str, LabeledField] = {"villages": self._villages()}
        hints = self.hints()
        groups = self.groups()
        for _title, names in groups:
            for name in names:
                self.fields[name] = editors.editor(context, self.form, name, hint=hints.get(name, ""))
        self.removing = LinkButton(_("Hapus"), "trash")
        self.removing.clicked.connect(self._remove)
        self._side = QVBoxLayout()
        self._lay_out(groups)

    # -- what a subclass says

    @abstractmethod
    def groups(self) -> tuple[Group, ...]:
        """Headings and the fields under each."""

    def hints(self) -> dict[str, str]:
        return {}

    def start(self) -> Values:
        """What a new one has beside its villages."""
        return {}

    @abstractmethod
    def called(self, values: Values) -> tuple[str, str]:
        """What stands at the head of the page, and under it."""

    def beside(self) -> list[QWidget]:
        """Cards beside the fields."""
        return []

    # -- the page

    def refresh(self, ids: frozenset[str]) -> None:
        values = self._values()
        if self._opened:
            self.form.show(values)
        else:
            self._opened = True
            self.form.open(values)
        self.form.enable(not self._gone and writes(self.context.person, Level.C))
        self.taking_back.follow("" if self._gone else self.form.record)  # of two ways back the nearest is enough
        self._say(values)
        clear(self._side)
        for card in self.beside():
            self._side.addWidget(card)
        self._side.addStretch(1)

    def arrive(self) -> None:
        names = [*self.form.wrong, *self.fields]
        first = names[0] if self.form.wrong or not self.form.values.get("villages") else names[1]
        self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        if not self._gone:
            self.form.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _values(self) -> Values:
        try:
            return self.context.queries.get(self.form.record).values if self.form.record else self.form.values
        except Problem:
            return self.form.values

    def _say(self, values: Values) -> None:
        self.header.say(*self.called(values))
        self.removing.setVisible(bool(self.form.record) and writes(self.context.person, Level.C))
        self.removing.say(_("Urungkan hapus") if self._gone else _("Hapus"))

    def _saved(self, record: str) -> None:
        if self.place.record != record:
            self.become(Place(self.place.screen, record))
        self.refresh(frozenset())

    def _remove(self) -> None:
        """Away at once, and back with the same button."""

        def done(_none: None) -> None:
            self._gone = not self._gone
            self.refresh(frozenset())

        act = bring_back if self._gone else remove
        act(self.context, self.form.record).then(done, owner=self)

    @property
    def gone(self) -> bool:
        return self._gone

    def _villages(self) -> LabeledField:
        source = VillageChoice(self.context, self)
        picker = VillageField(_("Desa"), _("Ketik nama desa, kecamatan, atau kabupaten"), source)
        picker.setFixedWidth(editors.WIDE)
        field = LabeledField(_("Desa"), picker)
        bound = Bound(
            field,
            picker.chosen,
            picker.show_chosen,
            lambda ids: {"villages": sorted(ids)},
            lambda values: values.get("villages", []),
        )
        self.form.add("villages", bound)
        picker.changed.connect(lambda: self.form.left("villages"))
        return field

    def _lay_out(self, groups: tuple[Group, ...]) -> None:
        card = Card()
        card.add(self.fields["villages"])
        for title, names in groups:
            if title:
                card.add(Rule())
                card.add(Words(title, Role.SECTION))
            for name in names:
                card.add(self.fields[name])
        card.add(self.removing)
        card.setMinimumWidth(FORM_WIDTH)
        inner = QWidget()
        self._across = QHBoxLayout(inner)
        self._across.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 20)
        self._across.setSpacing(theme.BETWEEN_CARDS)
        self._across.addWidget(card, 3, Qt.AlignmentFlag.AlignTop)
        self._across.addLayout(self._side, 2)
        page = scrolling(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(page, 1)
