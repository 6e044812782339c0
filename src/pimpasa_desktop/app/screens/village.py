"""The page of a village: where it lies, whether it is designated, what is known of it, who was there and what for.

What is secret is not on it in any form: no count, no gap, no sign.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, village_cards, village_words
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.village_choice import above, beginning_with
from pimpasa_desktop.app.village_profile import VillageProfile
from pimpasa_desktop.app.volunteering import Volunteering
from pimpasa_desktop.app.widgets.button import LinkButton, PrimaryButton
from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.domain.entity import REGISTRY, Level
from pimpasa_desktop.domain.policy import sees_people, writes
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.villages import VillageLine

# px: the room that fields ask for, and a page too narrow for two columns
LEFT_WIDTH, NARROW = 560, 960


class VillageScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._every = False
        self._may = writes(context.person, Level.C)
        self._tag = Tag("")
        new = PrimaryButton(_("Kunjungan baru"), "plus")
        new.clicked.connect(lambda: context.navigate(Place("visit", beginning_with([place.record]))))
        self._header = PageHeader("", back=_("Desa"), tag=self._tag, actions=(new,) if self._may else ())
        self._header.back_asked.connect(context.back)
        self.profile = VillageProfile(context, place.record)
        self.volunteers = Volunteering(context)
        self._designated: QWidget = QWidget()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._page = QScrollArea()
        self._lay_out()

    def refresh(self, ids: frozenset[str]) -> None:
        line = next(iter(self.context.queries.villages.lines(self.place.record)), None)
        self._page.setVisible(line is not None)
        if line is None:
            self._header.say(_("Desa ini tidak ada di laptop ini"), _("Mungkin tugas Anda di desa ini sudah berakhir."))
            self._tag.hide()
            return
        self._say(line)
        self.profile.refresh(line.values)
        self.volunteers.refresh(line.id)
        self._show_designation(line)
        clear(self._right)
        for card in self._cards(line):
            self._right.addWidget(card)
        self._right.addStretch(1)

    def leave(self) -> None:
        self.profile.leave()
        self.volunteers.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _say(self, line: VillageLine) -> None:
        region = self.context.regions.village(line.region_code)
        ward = region is not None and region.kind == "kelurahan"
        title = (_("Kelurahan {name}") if ward else _("Desa {name}")).format(name=line.name.removeprefix("Desa "))
        where = above(region) or str(line.values.get("location", ""))
        self._header.say(title, " · ".join(filter(None, (where, line.region_code))))
        state = village_words.designation(line.designation)
        self._tag.say(state.words, state.icon, state.kind)
        self._tag.setVisible(bool(state.words))

    def _show_designation(self, line: VillageLine) -> None:
        found = list(self.context.queries.every(REGISTRY["designation"], {"villages": line.id}))
        found.sort(key=lambda one: str(one.values.get("decree_on") or one.values.get("ceremony_on") or ""))
        card = village_cards.designation(self.context, found, line.id, may=self._may)
        self._left.replaceWidget(self._designated, card)
        self._designated.hide()
        self._designated.deleteLater()
        self._designated = card

    def _cards(self, line: VillageLine) -> list[QWidget]:
        context, villages = self.context, self.context.queries.villages
        lines = context.queries.overview.visits(ids=villages.visits(line.id))
        toggle = LinkButton("")
        toggle.clicked.connect(self._more)
        cards: list[QWidget] = [
            village_cards.visits(context, lines, every=self._every, toggle=toggle),
            village_cards.promises(context, villages.promised(line.id)),
        ]
        if sees_people(context.person):
            cards.append(village_cards.people(context, villages.met(line.id)))
        return [*cards, village_cards.campaigns(context, line.campaigns, line.id, may=self._may)]

    def _more(self) -> None:
        self._every = not self._every
        self.refresh(frozenset())

    def _lay_out(self) -> None:
        page = QWidget()
        self._across = QHBoxLayout(page)
        self._across.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 20)
        self._across.setSpacing(theme.BETWEEN_CARDS)
        for side in (self._left, self._right):
            side.setSpacing(theme.BETWEEN_CARDS)
            self._across.addLayout(side, 1)
        self.profile.setMinimumWidth(LEFT_WIDTH)
        for card in (self.profile, self._designated, self.volunteers):
            self._left.addWidget(card)
        self._left.addStretch(1)
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._page, 1)
