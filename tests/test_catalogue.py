"""The English catalogue: that it speaks, and that its script finds every way in which text and catalogue can part."""

import json
import sys
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from pimpasa_desktop import i18n
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.risk import RISK_KINDS, assess, level_label

Write = Callable[[str], Any]


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    """The script as a module; its dataclasses look that up by name while it is read."""
    spec = spec_from_file_location("catalogue", Path(__file__).parents[1] / "build" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["catalogue"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["catalogue"]


@pytest.fixture
def write(script: Any, tmp_path: Path) -> Write:
    """Write the one source file of a small tree; gives the tree as it is then."""
    (tmp_path / "src").mkdir()

    def written(source: str) -> Any:
        (tmp_path / "src" / "page.py").write_text(source, "utf-8")
        return script.Tree(tmp_path)

    return written


@pytest.fixture
def english() -> Iterator[None]:
    i18n.use(i18n.language_of({"LANG": "en_GB.UTF-8"}))
    yield
    i18n.use("id")


@pytest.mark.usefixtures("english")
def test_an_english_reader_gets_english() -> None:
    assert assess(["D01"]).reasons == ("Red flag, refer today: The candidate is under 18.",)
    assert assess(["A02"], "high").reasons[-1] == "The officer raised the level to high."
    assert level_label("medium") == "medium"
    assert i18n._(RISK_KINDS["tppo"]) == "Trafficking in persons (TPPO)"


@pytest.mark.usefixtures("english")
def test_english_tells_one_visit_from_two_and_indonesian_does_not() -> None:
    told = [i18n.plural("{count} kunjungan", count).format(count=count) for count in (0, 1, 2)]
    assert told == ["0 visits", "1 visit", "2 visits"]
    i18n.use("id")
    assert [i18n.plural("{count} kunjungan", count).format(count=count) for count in (1, 2)] == [
        "1 kunjungan",
        "2 kunjungan",
    ]


def test_everybody_else_gets_indonesian() -> None:
    i18n.use(i18n.language_of({"LANG": "C.UTF-8"}))
    assert assess(["D01"]).reasons == ("Tanda bahaya, rujuk hari ini: Calon berumur di bawah 18 tahun.",)


def test_a_tree_whose_texts_are_translated_and_compiled_has_no_complaint(script: Any, write: Write) -> None:
    tree = write('_("Tersimpan")\n_("Ada {count} "\n  "catatan").format(count=3)\n_(label)')
    assert script.extract(tree) == ["Ada {count} catatan", "Tersimpan"]
    assert script.extract(tree, {"Tersimpan": "Saved", "Ada {count} catatan": "{count} records"}) == []
    script.compile_catalogue(tree)
    assert script.check(tree) == []
    with tree.mo.open("rb") as file:
        assert GNUTranslations(file).gettext("Tersimpan") == "Saved"


def test_a_text_without_english_is_named_with_its_file(script: Any, write: Write) -> None:
    tree = write('_("Tersimpan")')
    assert script.check(tree) == ["src/page.py: no English for 'Tersimpan'"]
    script.extract(tree)
    script.compile_catalogue(tree)
    assert script.check(tree) == ["src/page.py: no English for 'Tersimpan'"]


@pytest.mark.parametrize("translated", ["{n} records", "records", "{count} {more}", "{count"])
def test_a_translation_with_other_placeholders_is_found(script: Any, write: Write, translated: str) -> None:
    tree = write('_("Ada {count} catatan").format(count=3)')
    script.extract(tree, {"Ada {count} catatan": translated})
    script.compile_catalogue(tree)
    assert script.check(tree) == [f"'Ada {{count}} catatan': other placeholders in {translated!r}"]


COUNTED = 'plural("Ada {count} catatan", n).format(count=n)'


def test_a_counted_text_is_asked_for_in_both_forms_and_compiled_with_them(
    script: Any, write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = write(COUNTED)
    monkeypatch.setattr(script, "Tree", lambda *_: tree)
    script.main("extract")
    assert json.loads(capsys.readouterr().out) == {"Ada {count} catatan": ["", ""]}
    assert script.extract(tree, {"Ada {count} catatan": ["{count} record", "{count} records"]}) == []
    script.compile_catalogue(tree)
    assert script.check(tree) == []
    with tree.mo.open("rb") as file:
        spoken = GNUTranslations(file)
    told = [spoken.ngettext("Ada {count} catatan", "Ada {count} catatan", count) for count in (1, 2)]
    assert told == ["{count} record", "{count} records"]


@pytest.mark.parametrize("forms", [["{count} record", ""], ["", "{count} records"]])
def test_a_counted_text_that_lacks_a_form_is_found(script: Any, write: Write, forms: list[str]) -> None:
    tree = write(COUNTED)
    assert script.extract(tree, {"Ada {count} catatan": forms}) == ["Ada {count} catatan"]
    script.compile_catalogue(tree)
    assert script.check(tree) == [
        f"src/page.py: English for one and for many is wanted of 'Ada {{count}} catatan', there is {tuple(forms)!r}"
    ]


def test_each_form_has_the_placeholders_of_the_text(script: Any, write: Write) -> None:
    tree = write(COUNTED)
    script.extract(tree, {"Ada {count} catatan": ["a record", "{count} records"]})
    script.compile_catalogue(tree)
    assert script.check(tree) == ["'Ada {count} catatan': other placeholders in 'a record'"]


def test_a_text_that_becomes_counted_is_translated_again(script: Any, write: Write) -> None:
    script.extract(write('_("Ada {count} catatan").format(count=3)'), {"Ada {count} catatan": "{count} records"})
    tree = write(COUNTED)
    script.compile_catalogue(tree)
    assert any("do not agree whether 'Ada {count} catatan' is counted" in line for line in script.check(tree))
    assert script.extract(tree) == ["Ada {count} catatan"]


def test_a_text_is_counted_everywhere_or_nowhere(script: Any, write: Write) -> None:
    tree = write(f'{COUNTED}\n_("Ada {{count}} catatan").format(count=3)')
    script.extract(tree, {"Ada {count} catatan": ["{count} record", "{count} records"]})
    script.compile_catalogue(tree)
    assert script.check(tree) == ["src/page.py: 'Ada {count} catatan' is said both by plural() and by _()"]


def test_placeholders_may_change_their_order(script: Any, write: Write) -> None:
    tree = write('_("{who} menulis {what}").format(who=1, what=2)')
    script.extract(tree, {"{who} menulis {what}": "{what} was written by {who}"})
    script.compile_catalogue(tree)
    assert script.check(tree) == []


@pytest.mark.parametrize(
    "call",
    [
        'plural(f"Ada {count}", count)',
        '_(f"Ada {count}")',
        '_("Ada " + count)',
        '_("Ada %s" % count)',
        '_("Ada {}".format(1))',
    ],
)
def test_a_text_put_together_inside_the_call_is_found(script: Any, write: Write, call: str) -> None:
    assert any("src/page.py:1: the text inside _() is put together" in line for line in script.check(write(call)))


def test_an_empty_text_is_found(script: Any, write: Write) -> None:
    assert script.check(write('_("")')) == ["src/page.py:1: _() of an empty text gives the catalogue's header"]


@pytest.mark.parametrize("filled", ["", "n=3", "count=3, more=4"])
def test_filling_in_other_names_than_the_text_has_is_found(script: Any, write: Write, filled: str) -> None:
    complaints = script.check(write(f'_("Ada {{count}}").format({filled})'))
    assert "src/page.py:1: format() fills other names than the text has" in complaints


def test_a_catalogue_that_was_not_compiled_again_is_found(script: Any, write: Write) -> None:
    tree = write('_("Tersimpan")')
    script.extract(tree, {"Tersimpan": "Saved"})
    assert script.check(tree) == ["pimpasa.mo is not what pimpasa.po compiles to; compile"]
    script.compile_catalogue(tree)
    script.extract(tree, {"Tersimpan": "Kept"})
    assert script.check(tree) == ["pimpasa.mo is not what pimpasa.po compiles to; compile"]


def test_a_text_that_left_and_comes_back_keeps_its_english(script: Any, write: Write) -> None:
    script.extract(write('_("Tersimpan")\n_("Terkirim")'), {"Tersimpan": "Saved", "Terkirim": "Sent"})
    without = write('_("Terkirim")')
    assert "pimpasa.po: src no longer holds 'Tersimpan'; extract" in script.check(without)
    assert script.extract(without) == []
    script.compile_catalogue(without)
    assert script.check(without) == []
    assert b"Saved" not in without.mo.read_bytes()
    assert script.extract(write('_("Tersimpan")\n_("Terkirim")')) == []


def test_a_counted_text_that_left_and_comes_back_keeps_both_forms(script: Any, write: Write) -> None:
    script.extract(write(COUNTED), {"Ada {count} catatan": ["{count} record", "{count} records"]})
    assert script.extract(write("")) == []
    assert script.extract(write(COUNTED)) == []


def test_a_text_in_data_brings_its_own_english(script: Any, write: Write) -> None:
    plain = write("")
    tree = script.Tree(plain.root, (script.Declared("Di bawah umur", "resources/risk", "Under age"),))
    assert script.extract(tree) == []
    script.compile_catalogue(tree)
    assert script.check(tree) == []
    changed = script.Tree(plain.root, (script.Declared("Di bawah umur", "resources/risk", "A minor"),))
    assert any("the catalogue has other English than the data" in line for line in script.check(changed))


def test_the_same_texts_give_the_same_bytes_without_dates_or_paths(script: Any, write: Write, tmp_path: Path) -> None:
    tree = write('_("Terkirim")\n_("Adik: \\"É\\"\\n")')
    script.extract(tree, {"Terkirim": "Sent", 'Adik: "É"\n': 'Sibling: "É"\n'})
    script.compile_catalogue(tree)
    first = tree.po.read_bytes(), tree.mo.read_bytes()
    again = write('# moved\n\n_("Adik: \\"É\\"\\n")\n_("Terkirim")')
    assert script.extract(again) == []
    script.compile_catalogue(again)
    assert (again.po.read_bytes(), again.mo.read_bytes()) == first
    assert str(tmp_path).encode() not in first[0]
    assert b"Date" not in first[0]


def test_every_label_of_a_declaration_and_of_its_choices_is_a_text_of_the_catalogue(script: Any) -> None:
    declared = {entry.msgid: entry.place for entry in script.declared()}
    english = script._translations(script.Tree(script.ROOT).po)
    assert declared["Nama kelompok"] == "src/pimpasa_desktop/domain/volunteer_group.py"
    for entity in entities():
        texts = {entity.label, *(field.label for field in entity.fields.values())}
        texts.update(*(getattr(field.kind, "options", {}).values() for field in entity.fields.values()))
        assert texts <= declared.keys() & {msgid for msgid, text in english.items() if text}, entity.name
