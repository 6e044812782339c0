"""What was written, and the way back: undo and redo, for each visit (or other root) by itself, as long as the window.

Values are read before and after inside the writer's turn. A way back is an ordinary operation through the ordinary
door, so it is judged, audited and exchanged like any other. What somebody else wrote meanwhile is not overwritten: it
stays, and one sentence says so. It knows no widget but the field whose keys it lets through.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.background import Pending
from pimpasa_desktop.domain.entity import Values, entity, same
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.drafts import begun_name
from pimpasa_desktop.store.store import Draft, Store

T = TypeVar("T")
STEPS_MAX, ROOTS_MAX = 50, 20
Steps = tuple["Step", ...]
REDO_KEYS = ("Ctrl+Y", "Ctrl+Shift+Z")


class Step(Struct, frozen=True):
    """One change to one record: whether it was there, and the fields that changed, before and after; of a record that
    was made, `after` holds all that stood in it. `words` say what it was; `beside` are changes made with it."""

    words: str
    entity: str
    record: str
    was_there: bool
    is_there: bool
    before: Values
    after: Values
    beside: Steps = ()

    def back(self) -> "Step":
        """The change that takes this one back."""
        beside = tuple(one.back() for one in self.beside)
        return Step(
            self.words, self.entity, self.record, self.is_there, self.was_there, self.after, self.before, beside
        )


class Trail(Struct, frozen=True):
    """What can be taken back, and what was taken back, the last last."""

    done: Steps = ()
    undone: Steps = ()


class Changes:
    """`write` hands a change to the writer. Trails are whole values, replaced on the writer's thread before it tells
    what it wrote, so a screen that refreshes then sees them as they are."""

    def __init__(self, write: Callable[[Callable[[Store], Any]], Pending[Any]]) -> None:
        self._write = write
        self._trails: dict[str, Trail] = {}

    # -- writing

    def put(
        self,
        name: str,
        values: Mapping[str, object],
        record: str = "",
        *,
        words: str = "",
        draft: str = "",
        unread: Mapping[str, str] | None = None,
        shown: Mapping[str, Any] | None = None,
    ) -> Pending[str]:
        """Make a record or change one; `words` say what, where the label of its first changed field would not.
        `draft` is the name of what was begun and is now written: it is dropped with it. `unread` is what could not be
        read: kept beside the record as begun there ({} drops what was). `shown` is what the person saw: of several
        values only what was added and taken away there is written, onto what an exchange brought."""

        def change(store: Store) -> str:
            before = store.queries.get(record).values if record else {}
            written = dict(values) if shown is None else _onto(before, shown, values)
            identifier = store.put(name, written, record)
            now = store.queries.get(identifier)
            if unread:
                parent = entity(name).parent_of(now.values)
                store.drafts.save(begun_name(name, identifier), name, identifier, parent, unread)
            elif unread is not None:
                store.drafts.drop(begun_name(name, identifier))
            if draft:
                store.drafts.drop(draft)
            if record:
                changed = [field for field in values if not same(before.get(field), now.values.get(field))]
                if changed:
                    told = words or _(entity(name).fields[changed[0]].label)
                    was = {field: before.get(field, "") for field in changed}
                    is_ = {field: now.values.get(field, "") for field in changed}
                    self._add(store, Step(told, name, identifier, True, True, was, is_))
            elif entity(name).parents:  # a root that was made is taken back by deleting it where one sees it
                told = words or _("{entity} baru").format(entity=_(entity(name).label))
                self._add(store, Step(told, name, identifier, False, True, {}, now.values))
            return identifier

        return self._write(change)

    def put_all(self, name: str, many: Sequence[Mapping[str, object]], *, words: str) -> Pending[list[str]]:
        """Make several records that hang on one root, all or none, and taken back all at once."""

        def change(store: Store) -> list[str]:
            made = store.put_all([Draft(name, values) for values in many])
            steps = [Step(words, name, one, False, True, {}, store.queries.get(one).values) for one in made]
            if steps:
                self._add(store, replace(steps[0], beside=tuple(steps[1:])))
            return made

        return self._write(change)

    def delete(self, record: str, *, words: str = "") -> Pending[None]:
        def change(store: Store) -> None:
            gone = store.queries.get(record)
            told = words or _("{entity} dihapus").format(entity=_(entity(gone.entity).label))
            store.delete(record)
            self._add(store, Step(told, gone.entity, record, True, False, gone.values, {}))

        return self._write(change)

    def restore(self, record: str) -> Pending[None]:
        """Bring back what was deleted, whatever was written since."""

        def change(store: Store) -> None:
            store.restore(record)
            root, trail = self._trail(store, record)
            kept = tuple(step for step in trail.done if step.is_there or step.record != record)
            self._keep(root, Trail(kept, trail.undone))

        return self._write(change)

    # -- the way back and forth

    def undo(self, root: str) -> Pending[str]:
        """Take the last change back. The answer is "", or the sentence that says what was not taken back and why."""

        def change(store: Store) -> str:
            trail = self._trails.get(root, Trail())
            if not trail.done:
                return ""
            *rest, last = trail.done
            self._keep(root, Trail(tuple(rest), trail.undone))  # also where it is refused: no step blocks the others
            made, told = _run(store, last.back())
            if made:
                self._keep(root, Trail(tuple(rest), (*trail.undone, made.back())))
            return told

        return self._write(change)

    def redo(self, root: str) -> Pending[str]:
        """Make the change again that was taken back last; answers like `undo`."""

        def change(store: Store) -> str:
            trail = self._trails.get(root, Trail())
            if not trail.undone:
                return ""
            *rest, last = trail.undone
            self._keep(root, Trail(trail.done, tuple(rest)))
            made, told = _run(store, last)
            if made:
                self._keep(root, Trail((*trail.done, made), tuple(rest)))
            return told

        return self._write(change)

    def undoable(self, root: str) -> str:
        """What `undo` would take back, in words; "" for nothing."""
        done = self._trails.get(root, Trail()).done
        return done[-1].words if done else ""

    def redoable(self, root: str) -> str:
        undone = self._trails.get(root, Trail()).undone
        return undone[-1].words if undone else ""

    # -- trails, on the writer's thread

    def _add(self, store: Store, step: Step) -> None:
        root, trail = self._trail(store, step.record)
        self._keep(root, Trail((*trail.done, step)[-STEPS_MAX:]))

    def _trail(self, store: Store, record: str) -> tuple[str, Trail]:
        root = store.queries.root_of(record)
        return root, self._trails.get(root, Trail())

    def _keep(self, root: str, trail: Trail) -> None:
        others = {one: kept for one, kept in self._trails.items() if one != root}
        self._trails = dict(list(others.items())[-(ROOTS_MAX - 1) :]) | {root: trail}


def _run(store: Store, step: Step) -> tuple[Step | None, str]:
    """Make a change and those beside it; what was made of them, and one sentence on what was left alone."""
    with store.transaction():
        runs = [_run_one(store, one) for one in (replace(step, beside=()), *step.beside)]
    made = [one for one, _told in runs if one]
    told = next((told for _one, told in runs if told), "")
    return (replace(made[0], beside=tuple(made[1:])) if made else None), told


def _run_one(store: Store, step: Step) -> tuple[Step | None, str]:
    """Make a change that expects the record as `step` leaves from; the change made, and what was left alone."""
    left = _("{what} sudah diubah orang lain sesudah Anda, jadi dibiarkan seperti sekarang.").format(what=step.words)
    try:
        found = store.queries.get(step.record, deleted=not step.was_there)
    except Problem:
        return None, left
    if step.was_there and step.is_there:
        return _change(store, step, found.values, left)
    ours = not step.before or all(
        same(found.values.get(field), step.before.get(field)) for field in {*found.values, *step.before}
    )
    if step.was_there and not ours:
        return None, left
    if step.is_there:
        store.restore(step.record)
    else:
        store.delete(step.record)
    return step, ""


def _change(store: Store, step: Step, now: Values, left: str) -> tuple[Step | None, str]:
    """Of each field what is still ours; of several values those that we added or took away."""
    patch: Values = {}
    for field, was in step.before.items():
        wanted = step.after[field]
        if isinstance(was, list) or isinstance(wanted, list):
            patch[field] = _merged(now.get(field) or [], was or [], wanted or [])
        elif same(now.get(field), was):
            patch[field] = wanted
    if patch:
        store.put(step.entity, patch, step.record)
    told = "" if len(patch) == len(step.before) else left
    kept = {field: step.before[field] for field in patch}
    wanted = {field: step.after[field] for field in patch}
    made = Step(step.words, step.entity, step.record, True, True, kept, wanted)
    return (made if patch else None), told


def _onto(now: Values, shown: Mapping[str, Any], values: Mapping[str, object]) -> Values:
    return {
        name: _merged(now.get(name) or [], shown.get(name) or [], value) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _merged(now: list[str], was: list[str], wanted: list[str]) -> list[str]:
    return sorted((set(now) - (set(was) - set(wanted))) | (set(wanted) - set(was)))


class LetThrough(QObject):
    """Lets the keys of undo through to the page while what stands in a field of text is what is saved (`at_rest`);
    until then they are the field's own."""

    def __init__(self, field: QWidget, at_rest: Callable[[], bool]) -> None:
        super().__init__(field)
        self._at_rest = at_rest
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        pressed = QKeySequence(event.keyCombination())
        asked = event.matches(undo) or event.matches(redo) or pressed in [QKeySequence(keys) for keys in REDO_KEYS]
        if asked and self._at_rest():
            event.ignore()
            return True
        return False
