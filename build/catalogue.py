"""The English catalogue beside the Indonesian text: resources/locale/en/LC_MESSAGES/pimpasa.po and .mo.

    python build/catalogue.py extract     gather every msgid of src into the .po, keep what is translated;
                                          prints what is not, as a JSON object with empty values
    python build/catalogue.py fill        read such an object from stdin, its values filled in, into the .po
    python build/catalogue.py compile     make the .mo from the .po
    python build/catalogue.py check       fail, with reasons, when text and catalogue do not fit

A new text: write _("...") in Indonesian, extract, write its English into the .po (or fill), compile, check. A text
that src no longer holds stays at the end of the .po ("#~") and comes back translated when a branch brings it again.
"""

import ast
import io
import json
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import TypeGuard

from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
# The first argument of these is shown to persons through _(). Labels of declarations are read from the declarations.
KEYWORDS = frozenset({"_"})
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
        wanted: dict[str, set[str]] = {}
        for place, module in self.sources.items():
            for node in ast.walk(module):
                if _is_call(node, KEYWORDS) and (msgid := _literal(node)):
                    wanted.setdefault(msgid, set()).add(place)
        for entry in self.declared:
            wanted.setdefault(entry.msgid, set()).add(entry.place)
        return wanted


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


def extract(tree: Tree, filled: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Write the .po anew, with the English of `filled` added; returns the msgids that lack English."""
    known = _translations(tree.po, retired=True) | {msgid: english for msgid, english in filled.items() if english}
    known.update({entry.msgid: entry.english for entry in tree.declared if entry.english})
    catalogue = _empty()
    for msgid, places in tree.wanted.items():
        catalogue.add(msgid, known.get(msgid, ""), locations=[(place, 0) for place in sorted(places)])
    gone = _empty()
    for msgid in sorted(known.keys() - tree.wanted.keys()):
        if known[msgid]:
            gone.add(msgid, known[msgid])
            catalogue.obsolete[msgid] = gone[msgid]
    written = io.BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    tree.po.parent.mkdir(parents=True, exist_ok=True)
    tree.po.write_bytes(HEADER.encode() + written.getvalue())
    return sorted(msgid for msgid in tree.wanted if not known.get(msgid))


def compile_catalogue(tree: Tree) -> None:
    """Write the .mo; what has no English yet falls back to Indonesian."""
    catalogue = _empty()
    for msgid, english in sorted(_translations(tree.po).items()):
        catalogue.add(msgid, english)
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


def _gaps(tree: Tree, english: Mapping[str, str]) -> Iterator[str]:
    for msgid, places in sorted(tree.wanted.items()):
        if not english.get(msgid):
            yield f"{', '.join(sorted(places))}: no English for {msgid!r}"
    for entry in tree.declared:
        if entry.english and english.get(entry.msgid) != entry.english:
            yield f"{entry.place}: the catalogue has other English than the data for {entry.msgid!r}; extract"
    for msgid in sorted(english.keys() - tree.wanted.keys()):
        yield f"{tree.po.name}: src no longer holds {msgid!r}; extract"


def _different_placeholders(english: Mapping[str, str]) -> Iterator[str]:
    for msgid, translated in sorted(english.items()):
        if translated and _placeholders(msgid) != _placeholders(translated):
            yield f"{msgid!r}: other placeholders in {translated!r}"


def _stale(tree: Tree, english: Mapping[str, str]) -> Iterator[str]:
    compiled: dict[str, str] = {}
    if tree.mo.exists():
        with tree.mo.open("rb") as file:
            compiled = _pairs(read_mo(file))
    if compiled != {msgid: text for msgid, text in english.items() if text}:
        yield f"{tree.mo.name} is not what {tree.po.name} compiles to; compile"


def _misuse(place: str, module: ast.Module) -> Iterator[str]:
    """Calls of _() whose msgid no catalogue can hold, or whose placeholders are not the ones filled in."""
    for node in ast.walk(module):
        if _is_call(node, {"_"}):
            parts = [part for argument in node.args for part in ast.walk(argument)]
            if any(isinstance(part, ast.JoinedStr | ast.BinOp) or _is_call(part, {"format"}) for part in parts):
                yield f"{place}:{node.lineno}: the text inside _() is put together; use _(...).format(...)"
            elif _literal(node) == "":
                yield f"{place}:{node.lineno}: _() of an empty text gives the catalogue's header"
        elif _is_call(node, {"format"}) and isinstance(node.func, ast.Attribute) and _is_call(node.func.value, {"_"}):
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


def _translations(po: Path, retired: bool = False) -> dict[str, str]:
    if not po.exists():
        return {}
    with po.open("rb") as file:
        catalogue = read_po(file, locale="en")
    pairs = _pairs(catalogue)
    if retired:
        pairs = {str(message.id): str(message.string) for message in catalogue.obsolete.values()} | pairs
    return pairs


def _pairs(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def main(command: str) -> int:
    sys.path.insert(0, str(ROOT / "src"))
    tree = Tree(ROOT, declared())
    if command in ("extract", "fill"):
        missing = extract(tree, json.load(sys.stdin) if command == "fill" else {})
        print(json.dumps(dict.fromkeys(missing, ""), ensure_ascii=False, indent=1))
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
