"""The composition root of the window: application, language and theme; then enrolling, unlocking, or straight to work.

It parses nothing and knows no screen but those before the window.
"""

import gc
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from pimpasa_desktop import i18n, sqlcipher
from pimpasa_desktop.app import file_words, preferences, theme
from pimpasa_desktop.app.background import Background, Pending
from pimpasa_desktop.app.exchanging import Line
from pimpasa_desktop.app.keeping import Keeping
from pimpasa_desktop.app.notices import Notices
from pimpasa_desktop.app.opened_files import OpenedFiles
from pimpasa_desktop.app.screen import Context, Kind, Place
from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.app.syncer import Syncer
from pimpasa_desktop.app.taking_in import TakingIn
from pimpasa_desktop.app.undoing import Changes
from pimpasa_desktop.app.widgets.navigation import Person as Shown
from pimpasa_desktop.app.window import Window
from pimpasa_desktop.domain import recovery_key
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.office import title
from pimpasa_desktop.domain.roles import LABELS
from pimpasa_desktop.home import PASSPHRASE_FILE, Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.regions import Regions
from pimpasa_desktop.store.store import Store

if TYPE_CHECKING:  # an entrance is loaded when it is shown: where the passphrase is at hand there is none
    from pimpasa_desktop.app.entrance import Entrance, FirstTime, Recovery, Unlock
    from pimpasa_desktop.app.rescue import Rescue

T = TypeVar("T")

SIZE = (1280, 800)
LEAST = (640, 330)  # a screen of 1366x768 at 200 %, less the taskbar and the title
STARTED_MS = 3000
SEARCHED_MS = 1000  # nobody searches for a village sooner


class Program(QStackedWidget):
    """The top-level window: one of the entrances, or the window itself. `kinds`: the screens that are built."""

    def __init__(self, home: Home, kinds: Sequence[Kind] | None = None) -> None:
        super().__init__()
        self._home, self._kinds = home, kinds
        self._background = Background()
        self._background.unheard.connect(self._tell)
        self._background.broke.connect(self._rescue)
        self._darkroom = Background(name="darkroom")
        self._darkroom.unheard.connect(self._tell)
        self._taking = TakingIn(self._darkroom, self._background, self)
        self._taking.unheard.connect(self._tell_of_files)
        self._taking.ended.connect(self._files_in)
        self._regions = Regions()
        self._reader: Store | None = None
        self._syncer: Syncer | None = None
        self._keeping: Keeping | None = None
        self._notices: Notices | None = None
        self.window_: Window | None = None
        self._page: QWidget | None = None
        self._opened = OpenedFiles(home.folder)
        self.setWindowTitle("PIMPASA")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        theme.clothe(self)

    # -- before the window

    def start(self) -> None:
        """Show what comes first: the work itself where the passphrase is at hand, else one of the entrances."""
        if not self._home.key_path.exists():
            self._first_time()
        elif self._home.machine.environ.get(PASSPHRASE_FILE):
            self._unlock(None)
        else:
            self._locked()

    def _first_time(self, *, again: bool = False) -> None:
        from pimpasa_desktop.app.entrance import FirstTime

        page = FirstTime()
        page.asked.connect(lambda path, passphrase: self._enrol(page, Path(path), passphrase, again=again))
        self._enter(page)

    def _enrol(self, page: "FirstTime", path: Path, passphrase: str, *, again: bool) -> None:
        from pimpasa_desktop import enrolment  # once in the life of a laptop

        page.busy()
        machine = replace(self._home.machine, ask=lambda _prompt: passphrase, environ={})
        home = self._home.with_machine(machine)
        tell = self._background.tell

        def work() -> bytes:
            try:
                content = path.read_bytes()[: enrolment.FILE_BYTES_MAX]
            except OSError:
                raise Problem(
                    _("Berkas {file} tidak dapat dibaca. Periksa nama dan tempatnya.").format(file=path)
                ) from None
            with home.set_aside() if again else nullcontext():
                enrolment.enrol(home, content, lambda report: tell(partial(page.busy, report.pulled)))
            return home.unlock(passphrase)

        self._background.run(work).then(self._open, lambda problem: page.refuse(problem.sentence), owner=page)

    def _locked(self) -> None:
        from pimpasa_desktop.app.entrance import Unlock

        page = Unlock(recoverable=self._recoverable())
        page.asked.connect(lambda passphrase: self._try(page, passphrase))
        page.forgotten.connect(self._forgotten)
        self._enter(page)

    def _recoverable(self) -> bool:
        try:
            return self._home.protection().with_recovery
        except Problem:  # told once a passphrase is tried
            return False

    def _forgotten(self) -> None:
        from pimpasa_desktop.app.entrance import Recovery

        page = Recovery()
        page.asked.connect(lambda typed, chosen: self._recover(page, typed, chosen))
        page.left.connect(self._locked)
        self._enter(page)

    def _recover(self, page: "Recovery", typed: str, chosen: str) -> None:
        page.busy()
        refused = lambda problem: page.refuse(problem.sentence)  # noqa: E731
        self._background.run(lambda: self._home.recover(recovery_key.read(typed), chosen)).then(
            lambda key: self._open(key, refused), refused, owner=page
        )

    def _try(self, page: "Unlock", passphrase: str) -> None:
        page.busy()
        self._unlock(passphrase, page)

    def _unlock(self, passphrase: str | None, page: "Unlock | None" = None) -> None:
        """Try a passphrase (None: the one in a file), then open the store with the key that it gives."""

        def refused(problem: Problem) -> None:
            if page is None:
                self._locked()
            self._refuse(problem)

        self._background.run(lambda: self._home.unlock(passphrase)).then(lambda key: self._open(key, refused), refused)
        from pimpasa_desktop.app.screens import home  # noqa: F401 - the first screen, loaded while that is under way

    def _open(self, key: bytes, refused: Callable[[Problem], None] | None = None) -> None:
        self._background.open(lambda: self._home.writing(key)).then(lambda _none: self._work(key), refused)

    def _refuse(self, problem: Problem) -> None:
        """Say on the entrance that is shown why it does not open."""
        from pimpasa_desktop.app.entrance import FirstTime, Unlock

        page = self.currentWidget()
        if isinstance(page, Unlock | FirstTime):
            page.refuse(problem.sentence)

    def _enter(self, page: "Entrance") -> None:
        page.language_asked.connect(self._other_language)
        self._show(page)
        page.arrive()

    def _other_language(self) -> None:
        kept = preferences.read(self._home.folder)
        if i18n.current() == "en":
            chosen = preferences.Preferences(kept.theme, "id")
        else:
            chosen = preferences.Preferences(kept.theme, "en")
        i18n.use(chosen.language)
        if self._home.folder.is_dir():
            preferences.keep(self._home.folder, chosen)
        self.start()

    # -- when the data is damaged

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What nobody expected on the UI thread: the database's own trouble is told, anything else is a bug."""
        try:
            if not isinstance(error, Exception):
                raise error
            problem = sqlcipher.problem_in(error)
        except BaseException:  # noqa: BLE001 - this is the last place that hears of it
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(problem, sqlcipher.Damaged):
            self._rescue()
        else:
            self._tell(problem)

    def _rescue(self) -> None:
        """Nothing is shown any more that may be wrong; what was typed cannot be written."""
        from pimpasa_desktop.app.rescue import Rescue

        if isinstance(self.currentWidget(), Rescue):
            return
        self._taking.give_up(told=False)
        self._let_go(write=False)
        self._background.shut()
        page = Rescue(self._home.snapshots.every())
        page.restore_asked.connect(lambda path: self._restore(page, Path(path)))
        page.enrol_asked.connect(lambda: self._first_time(again=True))
        self._enter(page)

    def _restore(self, page: "Rescue", source: Path) -> None:
        page.busy()
        self._background.run(lambda: self._home.go_back(source)).then(
            lambda _aside: self._locked(), lambda problem: page.refuse(problem.sentence), owner=page
        )

    # -- the window

    def _work(self, key: bytes) -> None:
        self._reader = self._home.reading(key)
        self._notices = notices = Notices(self._reader, self._home.env, self)
        self._background.wrote.connect(notices.wrote)
        self._syncer = Syncer(
            self._background,
            notices,
            self._home.env,
            self._line,
            lambda: preferences.read(self._home.folder).photos_anywhere,
            self,
        )
        self._keeping = Keeping(self._background, self._home, key, self)
        if self._kinds is None:
            from pimpasa_desktop.app.screens import SCREENS

            self._kinds = SCREENS
        reader, syncer, changes = self._reader, self._syncer, Changes(self._background.write)
        kinds = [kind for kind in self._kinds if kind.may(reader.person)]
        values = reader.queries.get(reader.account).values
        person = Shown(str(values["name"]), _(LABELS[reader.person.role]))
        office = _office(reader)

        def context_of(window: Window) -> Context:
            return Context(
                queries=reader.queries,
                write=self._background.write,
                changes=changes,
                work=self._aside,
                develop=self._darkroom.run,
                taking=self._taking,
                notices=notices,
                navigate=window.go,
                back=window.back,
                knows=window.knows,
                offer=window.offer,
                send_now=syncer.send_now,
                send_photos=syncer.send_photos,
                stop_sending=syncer.stop,
                lock=self.lock,
                change_passphrase=self._change_passphrase,
                open_file=self._opened.show,
                preferences=lambda: preferences.read(self._home.folder),
                prefer=lambda chosen: self._prefer(chosen, key),
                env=self._home.env,
                person=reader.person,
                name=str(values["name"]),
                office=_("Kanim {name}").format(name=office.get("name", "")).strip(),
                zone=reader.queries.overview.zone(),
                regions=self._regions,
            )

        self.window_ = window = Window(context_of, kinds, person)
        window.setParent(self)  # before it is filled: its parts are then dressed once
        window.went.connect(self._remember)
        window.lock_asked.connect(self.lock)
        self.setWindowTitle(f"PIMPASA · {title(office)}" if office else "PIMPASA")
        first = kinds[0].key
        window.go(Place(first))
        for place in _last_places(reader):
            if place.screen != first and window.knows(place.screen):
                window.go(place)
        self._show(window)
        window.shown.arrive()
        self._tell_of_files()  # what failed while there was no window
        # Not before the first screen is painted, which it would hold up.
        QTimer.singleShot(SEARCHED_MS, self, lambda: self._background.run(self._regions.fold))
        syncer.start()
        self._keeping.start()

    def _aside(self, work: Callable[[Store], T]) -> Pending[T]:
        return self._background.run(lambda: work(self._background.store))

    def _prefer(self, chosen: preferences.Preferences, key: bytes) -> None:
        """Keep and show what the person chose; another language needs another window over the same store."""
        before = preferences.read(self._home.folder)
        preferences.keep(self._home.folder, chosen)
        app = QApplication.instance()
        if isinstance(app, QApplication) and chosen.theme != before.theme:
            theme.show(app, theme.chosen(app, chosen.theme))
        if self._syncer is not None and chosen.photos_anywhere != before.photos_anywhere:
            self._syncer.found()
        if chosen.language != before.language:
            i18n.use(chosen.language or i18n.language_of(self._home.machine.environ))
            self._let_go()
            # After what the old window still asked to be written, such as where one is.
            self._background.run(lambda: None).then(lambda _none: self._work(key), owner=self)

    def _change_passphrase(self, known: str, chosen: str) -> Pending[None]:
        return self._background.run(lambda: self._home.change_passphrase(self._home.unlock(known), chosen))

    def _line(self, store: Store) -> Line:
        return self._home.line(store)

    def _remember(self, _place: Place) -> None:
        """Where one is and whence one came, so that the program opens there again."""
        if self.window_ is None:
            return
        kept = json.dumps([[place.screen, place.record] for place in self.window_.trail])

        def change(store: Store) -> None:
            with store.transaction():
                store.meta.set("last_places", kept)

        self._background.run(lambda: change(self._background.store))

    def _tell(self, problem: Problem) -> None:
        if self.window_ is not None:
            self.window_.tell(problem)
        else:
            self._refuse(problem)

    def _tell_of_files(self) -> None:
        """Not to a window that is about to be locked: nobody may sit before it. It is told when it is open again."""
        if self.window_ is None or self.window_.held == "lock":
            return
        if sentence := self._taking.tell_unheard():
            self.window_.tell(Problem(sentence))

    def _holds(self, what: str, sentence: str) -> bool:
        """Whether the person is told first what this would leave behind: files that are still on their way in."""
        files = self._taking.coming
        if self.window_ is None or not files.count:
            return False
        return self.window_.hold(what, _("{files} masih disiapkan.").format(files=file_words.together(files)), sentence)

    def _files_in(self) -> None:
        if self.window_ is not None:
            held = self.window_.held
            self.window_.release()
            if held == "lock":
                self.lock()
            else:
                self._tell_of_files()

    def lock(self) -> None:
        """Close everything that reads or writes; what was typed is written before. While files are on their way in,
        it waits for them unless asked again."""
        cost = _(
            "Laptop dikunci begitu selesai. Kunci sekali lagi untuk mengunci sekarang; yang belum siap tidak disimpan."
        )
        if self._holds("lock", cost):
            return
        self._taking.give_up(told=True)
        self._let_go()
        self._locked()
        self._background.shut()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if not self.may_close():
            event.ignore()
            return
        self.close_down()
        super().closeEvent(event)

    def may_close(self) -> bool:
        """Not while files are on their way in, unless asked again."""
        return not self._holds("close", _("Tunggu sebentar, atau tutup sekali lagi; yang belum siap tidak disimpan."))

    def close_down(self) -> None:
        """End the writer after what was asked of it; an exchange under way is broken off and goes on next time."""
        self._taking.give_up(told=True)
        self._let_go()
        self._darkroom.end()
        self._background.end()

    def _let_go(self, *, write: bool = True) -> None:
        self._opened.clear()
        if self.window_ is not None:
            if write:
                self.window_.leave()
            # What was just written is told to a window that can no longer read.
            self._background.wrote.disconnect(self.window_.context.notices.wrote)
        if self._syncer is not None:
            self._syncer.stop()
            self._syncer.deleteLater()
            self._syncer = None
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping.deleteLater()
            self._keeping = None
        for owner in filter(None, (self.window_, self._notices)):
            for soon in owner.findChildren(Soon):
                soon.stop()  # it would ask a store that is closed
        self.window_ = None
        if self._notices is not None:
            self._notices.over = True
            self._notices.deleteLater()
            self._notices = None
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _show(self, page: QWidget) -> None:
        self.addWidget(page)
        self.setCurrentWidget(page)
        if self._page is not None:
            self.removeWidget(self._page)
            self._page.deleteLater()
        self._page = page


def _office(reader: Store) -> Values:
    """The office's own record; empty where it has not come yet."""
    try:
        return reader.queries.get(str(reader.meta.get("office", ""))).values
    except Problem:
        return {}


def _last_places(reader: Store) -> list[Place]:
    try:
        return [Place(str(screen), str(record)) for screen, record in json.loads(reader.meta.get("last_places", "[]"))]
    except ValueError:
        return []


def application(home: Home) -> QApplication:
    """The application in the person's language and theme, once for the process."""
    chosen = preferences.read(home.folder)
    i18n.use(chosen.language or i18n.language_of(home.machine.environ))
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*sys.argv[:1], *theme.ARGUMENTS])
    app.setApplicationName("PIMPASA")
    theme.dress(app)
    theme.show(app, theme.chosen(app, chosen.theme))
    hints = app.styleHints()

    def follow() -> None:
        theme.show(app, theme.chosen(app, preferences.read(home.folder).theme))

    hints.colorSchemeChanged.connect(lambda _scheme: follow())
    return app


def run(home: Home) -> int:
    """Open the window and stay until it is closed; returns the exit status."""
    app = application(home)
    program = Program(home)
    sys.excepthook = program.caught
    program.start()
    show(program)
    QTimer.singleShot(STARTED_MS, _collect_garbage)
    return int(app.exec())


def show(window: QWidget) -> None:
    """Whole on the screen: with 1366 x 768 the usual size would hide the status line under the bar of the system."""
    room = window.screen().availableSize()
    if room.width() < SIZE[0] or room.height() < SIZE[1]:
        window.showMaximized()
    else:
        window.show()


def _collect_garbage() -> None:
    """From here on, and not among what the start has made."""
    gc.freeze()
    gc.enable()
