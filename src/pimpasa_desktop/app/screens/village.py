"""The page of a village: where it lies, whether it is designated, what is known of it, who was there and what for.

What is secret is not on it in any form: no count, no gap, no sign.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, village_cards, village_words
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.village_choice import above
from pimpasa_desktop.app.widgets.button import LinkButton, PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.domain.entity import REGISTRY, Level
from pimpasa_desktop.domain.policy import sees_people, writes
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.villages import VillageLine


class VillageScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._every = False
        self._tag = Tag("")
        new = PrimaryButton(_("Kunjungan baru"), "plus")
        new.clicked.connect(lambda: context.navigate(Place("visit", f"of:{place.record}")))
        self._header = PageHeader("", back=_("Desa"), tag=self._tag, actions=(new,) if self._writes() else ())
        self._header.back_asked.connect(context.back)
        self._page = QScrollArea()
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._page, 1)

    def refresh(self, ids: frozenset[str]) -> None:
        line = next((one for one in self.context.queries.villages.lines() if one.id == self.place.record), None)
        if line is None:
            self._header.say(_("Desa ini tidak ada di laptop ini"), _("Mungkin tugas Anda di desa ini sudah berakhir."))
            self._tag.hide()
            self._page.setWidget(QWidget())
            return
        self._say(line)
        at = self._page.verticalScrollBar().value()
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 20)
        across.setSpacing(theme.BETWEEN_CARDS)
        for cards in (self._left(line), self._right(line)):
            side = QVBoxLayout()
            side.setSpacing(theme.BETWEEN_CARDS)
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
            across.addLayout(side, 1)
        self._page.setWidget(page)
        self._page.verticalScrollBar().setValue(at)

    def _say(self, line: VillageLine) -> None:
        region = self.context.regions.village(line.region_code)
        ward = region is not None and region.kind == "kelurahan"
        title = (_("Kelurahan {name}") if ward else _("Desa {name}")).format(name=line.name.removeprefix("Desa "))
        where = above(region) or str(line.values.get("location", ""))
        self._header.say(title, " · ".join(filter(None, (where, line.region_code))))
        state = village_words.designation(line.designation)
        self._tag.say(state.words, state.icon, state.kind)
        self._tag.setVisible(bool(state.words))

    def _left(self, line: VillageLine) -> list[QWidget]:
        context = self.context
        designations = list(context.queries.every(REGISTRY["designation"], {"villages": line.id}))
        designations.sort(key=lambda one: str(one.values.get("decree_on") or one.values.get("ceremony_on") or ""))
        profile = Card(_("Profil"))
        profile.add(village_cards.profile(line.values))
        return [profile, village_cards.designation(context, designations, line.id, may=self._writes())]

    def _right(self, line: VillageLine) -> list[QWidget]:
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
        return [*cards, village_cards.campaigns(context, line.campaigns, line.id, may=self._writes())]

    def _writes(self) -> bool:
        return writes(self.context.person, Level.C)

    def _more(self) -> None:
        self._every = not self._every
        self.refresh(frozenset())
