"""What a screen is handed and what it must be: the contract between the window and everything shown in it."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Protocol, TypeVar

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.background import Pending
from pimpasa_desktop.app.notices import Notices
from pimpasa_desktop.app.preferences import Preferences
from pimpasa_desktop.app.taking_in import TakingIn
from pimpasa_desktop.app.undoing import Changes
from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.domain.roles import Person
from pimpasa_desktop.env import Env
from pimpasa_desktop.regions import Regions
from pimpasa_desktop.store.queries import Queries
from pimpasa_desktop.store.store import Store

T = TypeVar("T")


class Place(Struct, frozen=True):
    """Where one is: a screen by its key, the record that it shows ("" for none, or for a new one), and the part of
    it that is opened first ("" for the one that it opens by itself)."""

    screen: str
    record: str = ""
    part: str = ""


class Write(Protocol):
    def __call__(self, change: Callable[[Store], T], /) -> Pending[T]: ...


class Develop(Protocol):
    def __call__(self, work: Callable[[], T], /) -> Pending[T]: ...


class Context(Struct, frozen=True):
    """All that a screen may use. `queries` read on a connection of the UI thread's own and always see the last write;
    `write` hands a change to the writer, `changes` one that can be taken back, `work` something that takes long and
    changes no record, `develop` something that takes long and needs no store (the writer goes on meanwhile); `taking`
    takes files in and goes on when the page is left; `navigate` goes somewhere, `back` returns; `knows` tells whether a
    screen of that key is built, so that nothing is offered that leads nowhere; `offer` says above the work what
    happened, with one thing to do; `send_photos` sends now, and every photo whatever the connection costs; `prefer`
    keeps and shows a choice of theme, language or photos; `change_passphrase` takes the one that is known and another;
    `open_file` shows a document's file in another program. `zone` is the office's."""

    queries: Queries
    write: Write
    changes: Changes
    work: Write
    develop: Develop
    taking: TakingIn
    notices: Notices
    navigate: Callable[[Place], None]
    back: Callable[[], None]
    knows: Callable[[str], bool]
    offer: Callable[[str, str, Callable[[], object]], None]
    send_now: Callable[[], None]
    send_photos: Callable[[], None]
    stop_sending: Callable[[], None]
    lock: Callable[[], None]
    change_passphrase: Callable[[str, str], Pending[None]]
    open_file: Callable[[bytes], None]
    preferences: Callable[[], Preferences]
    prefer: Callable[[Preferences], None]
    env: Env
    person: Person
    name: str
    office: str
    zone: Zone
    regions: Regions

    def now(self) -> datetime:
        """The wall clock of the office's zone."""
        return self.zone.local(self.env.now().isoformat())


class Screen(QWidget):
    """A page of the window. It asks `context.queries` for what it shows, and dies with its parent.

    Override `refresh`: show what is there now; it is called when the screen comes to sight and, while it is in
    sight, after each change of data. Override `arrive` to set the focus where one works first. `leave` writes what is
    still being typed; it is called before the window goes elsewhere, is locked or closed. A screen that `fills` has
    the window without its navigation.
    """

    fills: ClassVar[bool] = False
    became = Signal(object)

    def __init__(self, context: Context, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.place = context, place
        self._stale = True
        context.notices.changed.connect(self._changed)

    def refresh(self, ids: frozenset[str]) -> None:
        """Show what is there now. `ids`: what changed; empty for perhaps everything."""

    def arrive(self) -> None:
        """The person has come here. Where there is nothing to type in, Tab leads to the first thing."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The person goes elsewhere: write what is still in a field."""

    def become(self, place: Place) -> None:
        """This screen now shows another record: the one that was made in it."""
        self.place = place
        self.became.emit(place)

    def freshen(self) -> None:
        """Refresh where something changed since the screen was last in sight."""
        if self._stale:
            self._stale = False
            self.refresh(frozenset())

    def _changed(self, ids: frozenset[str]) -> None:
        if self.isVisible():
            self.refresh(ids)
        else:
            self._stale = True


class Kind(Struct, frozen=True):
    """A screen that is built. With `icon` and `word` (a function, since the language is chosen late) it is an entry
    of the navigation; `under` is the entry that is marked while a screen without one is shown; `may` says
    whose window has it."""

    key: str
    make: Callable[[Context, Place], Screen]
    icon: str = ""
    word: Callable[[], str] = lambda: ""
    under: str = ""
    may: Callable[[Person], bool] = lambda _person: True
