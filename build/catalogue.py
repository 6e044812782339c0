"""The English catalogue beside the Indonesian text: resources/locale/en/LC_MESSAGES/pimpasa.po and .mo.

    python build/catalogue.py extract     gather every msgid of src into the .po, keep what is translated;
                                          prints what is not, as a JSON object with empty values
    python build/catalogue.py fill        read such an object from stdin, its values filled in, into the .po
    python build/catalogue.py compile     make the .mo from the .po
    python build/catalogue.py check       fail, with reasons, when text and catalogue do not fit

A new text: write _("...") in Indonesian, extract, write its English into the .po (or fill), compile, check. A text
that src no longer holds stays at the end of the .po ("#~") and comes back translated when a branch brings it again.
Where English tells one from many, write plural("...", count) instead: its value in the object is a list of both forms.
"""

import ast
import io
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import TypeGuard

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
# The first argument of these is shown to persons. Labels of declarations are read from the declarations.
PLAIN, COUNTED = "_", "plural"
KEYWORDS = frozenset({PLAIN, COUNTED})
# A text's English; of a counted one, that for one and that for many.
English = str | tuple[str, ...]
# Dates in the header would change every commit that touches a text.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
HEADER = """\
# English text of PIMPASA. The msgid is the Indonesian text of the program.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@dataclass(frozen=True)
class Declared:
    """A text that is data: where it stands and, when the data says so itself, its English."""

    msgid: str
    place: str
    english: str = ""


@dataclass(frozen=True)
class Tree:
    """A checkout: its sources, its catalogue, and the texts that it declares as data."""

    root: Path
    declared: tuple[Declared, ...] = ()

    @property
    def po(self) -> Path:
        return self.root / "resources" / "locale" / "en" / "LC_MESSAGES" / "pimpasa.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")

    @cached_property
    def sources(self) -> dict[str, ast.Module]:
        """Each source file, parsed, by its path in the tree."""
        paths = sorted((self.root / "src").rglob("*.py"))
        return {path.relative_to(self.root).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}

    @cached_property
    def wanted(self) -> dict[str, set[str]]:
        """Each msgid that the program may show, and the files that hold it."""
        wanted = self._said(KEYWORDS)
        for entry in self.declared:
            wanted.setdefault(entry.msgid, set()).add(entry.place)
        return wanted

    @cached_property
    def counted(self) -> frozenset[str]:
        """The msgids whose English has one form for one and another for many."""
        return frozenset(self._said({COUNTED}))

    @cached_property
    def plain(self) -> frozenset[str]:
        return frozenset({*self._said({PLAIN}), *(entry.msgid for entry in self.declared)})

    def _said(self, keywords: Collection[str]) -> dict[str, set[str]]:
        said: dict[str, set[str]] = {}
        for place, module in self.sources.items():
            for node in ast.walk(module):
                if _is_call(node, keywords) and (msgid := _literal(node)):
                    said.setdefault(msgid, set()).add(place)
        return said


def declared() -> tuple[Declared, ...]:
    """The texts that the program's own data holds."""
    from pimpasa_desktop.domain.risk import RISK_KINDS, checklist

    signs = [Declared(sign.statement, "resources/risk", sign.gloss) for sign in checklist().indicators]
    kinds = [Declared(label, "src/pimpasa_desktop/domain/risk.py") for label in RISK_KINDS.values()]
    return (*signs, *kinds, *_labels())


def _labels() -> Iterator[Declared]:
    """What the declarations say to a person: names of entities, labels of fields and of what can be chosen."""
    from pimpasa_desktop.domain.register import entities

    for entity in entities():
        place = f"src/{entity.type.__module__.replace('.', '/')}.py"
        yield Declared(entity.label, place)
        for field in entity.fields.values():
            for text in (field.label, *getattr(field.kind, "options", {}).values()):
                yield Declared(text, place)


def extract(tree: Tree, filled: Mapping[str, str | Sequence[str]] = MappingProxyType({})) -> list[str]:
    """Write the .po anew, with the English of `filled` added; returns the msgids that lack English."""
    known = _translations(tree.po, retired=True)
    known |= {msgid: text if isinstance(text, str) else tuple(text) for msgid, text in filled.items() if text}
    known |= {entry.msgid: entry.english for entry in tree.declared if entry.english}
    catalogue = _empty()
    missing = []
    for msgid, places in tree.wanted.items():
        english = known.get(msgid, "")
        if isinstance(english, str) == (msgid in tree.counted):
            english = ("", "") if msgid in tree.counted else ""  # it has become counted, or is no longer
        catalogue.add(_id(msgid, english), english, locations=[(place, 0) for place in sorted(places)])
        if not _whole(english):
            missing.append(msgid)
    gone = _empty()
    for msgid in sorted(known.keys() - tree.wanted.keys()):
        if _whole(known[msgid]):
            gone.add(_id(msgid, known[msgid]), known[msgid])
            catalogue.obsolete[msgid] = gone[msgid]
    written = io.BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    tree.po.parent.mkdir(parents=True, exist_ok=True)
    tree.po.write_bytes(HEADER.encode() + written.getvalue())
    return sorted(missing)


def compile_catalogue(tree: Tree) -> None:
    """Write the .mo; what has no English yet falls back to Indonesian."""
    catalogue = _empty()
    for msgid, english in sorted(_translations(tree.po).items()):
        if _whole(english):
            catalogue.add(_id(msgid, english), english)
    with tree.mo.open("wb") as out:
        write_mo(out, catalogue)


def check(tree: Tree) -> list[str]:
    """What does not fit, one sentence each; an empty list is good."""
    english = _translations(tree.po)
    return [
        *(complaint for place, module in tree.sources.items() for complaint in _misuse(place, module)),
        *_gaps(tree, english),
        *_different_placeholders(english),
        *_stale(tree, english),
    ]


def _gaps(tree: Tree, english: Mapping[str, English]) -> Iterator[str]:
    for msgid, places in sorted(tree.wanted.items()):
        where, text = ", ".join(sorted(places)), english.get(msgid, "")
        if msgid in tree.counted and msgid in tree.plain:
            yield f"{where}: {msgid!r} is said both by plural() and by _()"
        elif text and isinstance(text, str) == (msgid in tree.counted):
            yield f"{where}: plural() and the catalogue do not agree whether {msgid!r} is counted; extract"
        elif not any(text):
            yield f"{where}: no English for {msgid!r}"
        elif not _whole(text):
            yield f"{where}: English for one and for many is wanted of {msgid!r}, there is {text!r}"
    for entry in tree.declared:
        if entry.english and english.get(entry.msgid) != entry.english:
            yield f"{entry.place}: the catalogue has other English than the data for {entry.msgid!r}; extract"
    for msgid in sorted(english.keys() - tree.wanted.keys()):
        yield f"{tree.po.name}: src no longer holds {msgid!r}; extract"


def _different_placeholders(english: Mapping[str, English]) -> Iterator[str]:
    for msgid, text in sorted(english.items()):
        for translated in (text,) if isinstance(text, str) else text:
            if translated and _placeholders(msgid) != _placeholders(translated):
                yield f"{msgid!r}: other placeholders in {translated!r}"


def _stale(tree: Tree, english: Mapping[str, English]) -> Iterator[str]:
    compiled: dict[str, English] = {}
    if tree.mo.exists():
        with tree.mo.open("rb") as file:
            compiled = _pairs(read_mo(file))
    if compiled != {msgid: text for msgid, text in english.items() if _whole(text)}:
        yield f"{tree.mo.name} is not what {tree.po.name} compiles to; compile"


def _misuse(place: str, module: ast.Module) -> Iterator[str]:
    """Texts said that no catalogue can hold, or whose placeholders are not the ones filled in."""
    for node in ast.walk(module):
        if _is_call(node, KEYWORDS):
            parts = [part for argument in node.args[:1] for part in ast.walk(argument)]
            if any(isinstance(part, ast.JoinedStr | ast.BinOp) or _is_call(part, {"format"}) for part in parts):
                yield f"{place}:{node.lineno}: the text inside _() is put together; use _(...).format(...)"
            elif _literal(node) == "":
                yield f"{place}:{node.lineno}: _() of an empty text gives the catalogue's header"
        elif (
            _is_call(node, {"format"}) and isinstance(node.func, ast.Attribute) and _is_call(node.func.value, KEYWORDS)
        ):
            msgid = _literal(node.func.value)
            names = {keyword.arg for keyword in node.keywords}
            if msgid and None not in names and names != _placeholders(msgid):
                yield f"{place}:{node.lineno}: format() fills other names than the text has"


def _is_call(node: ast.AST, names: Collection[str]) -> TypeGuard[ast.Call]:
    """Whether this calls one of `names`, bare or as a method."""
    if not isinstance(node, ast.Call):
        return False
    return (isinstance(node.func, ast.Name) and node.func.id in names) or (
        isinstance(node.func, ast.Attribute) and node.func.attr in names
    )


def _literal(call: ast.Call) -> str | None:
    """The first argument, when it is a text written out."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _placeholders(text: str) -> set[str | None]:
    try:
        return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return {None}  # a brace that is not closed fits nothing


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        project="PIMPASA",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
    )


def _translations(po: Path, retired: bool = False) -> dict[str, English]:
    if not po.exists():
        return {}
    with po.open("rb") as file:
        catalogue = read_po(file, locale="en")
    pairs = _pairs(catalogue)
    return _pairs(catalogue.obsolete.values()) | pairs if retired else pairs


def _pairs(messages: Iterable[Message]) -> dict[str, English]:
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            message.string if isinstance(message.string, str) else tuple(message.string or ())
        )
        for message in messages
        if message.id
    }


def _id(msgid: str, english: English) -> str | tuple[str, str]:
    """As a catalogue names it; of a counted text Indonesian has one form."""
    return msgid if isinstance(english, str) else (msgid, msgid)


def _whole(english: English) -> bool:
    return bool(english) if isinstance(english, str) else len(english) == 2 and all(english)


def main(command: str) -> int:
    sys.path.insert(0, str(ROOT / "src"))
    tree = Tree(ROOT, declared())
    if command in ("extract", "fill"):
        missing = extract(tree, json.load(sys.stdin) if command == "fill" else {})
        forms = {msgid: ["", ""] if msgid in tree.counted else "" for msgid in missing}
        print(json.dumps(forms, ensure_ascii=False, indent=1))
        print(f"{len(tree.wanted)} texts, {len(missing)} without English", file=sys.stderr)
    elif command == "compile":
        compile_catalogue(tree)
    elif command == "check":
        complaints = check(tree)
        print(*complaints, sep="\n", end="\n" if complaints else "")
        return 1 if complaints else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
