"""Every declared field can be shown and filled in; what nobody touched is never taken for changed."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

import strategies
from pimpasa_desktop.app import editors, record_words
from pimpasa_desktop.app.form import Form
from pimpasa_desktop.app.undoing import Changes
from pimpasa_desktop.app.widgets.filter_word import FilterWord
from pimpasa_desktop.app.widgets.moment_field import MomentField
from pimpasa_desktop.domain import kinds
from pimpasa_desktop.domain.calendar import WITA
from pimpasa_desktop.domain.entity import REGISTRY, Entity, Values
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.regions import Regions
from pimpasa_desktop.store.erase import erase
from pimpasa_desktop.store.store import Store
from rig.window import MORNING
from rig.world import LaptopRig, OfficeRig, RigEnv


def _write(store: Store) -> Any:
    def write(change: Any) -> Any:
        value = change(store)
        return SimpleNamespace(then=lambda done, refused=None, owner=None: done(value))

    return write


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaptopRig]:
    folder: Path = tmp_path_factory.mktemp("editors")
    office = OfficeRig(folder / "office", RigEnv("office"))
    account = office.account("Deddy", "field_officer")
    office.assign(account, "71.10.07.2004", "Bongkudai Utara")
    rig = LaptopRig(folder / "laptop", RigEnv("laptop"), office, account)
    yield rig
    rig.close()
    office.close()


@pytest.fixture(scope="module")
def context(laptop: LaptopRig) -> Any:
    write = _write(laptop.store)
    return SimpleNamespace(
        queries=laptop.store.queries,
        write=write,
        changes=Changes(write),
        work=write,
        now=lambda: WITA.local(MORNING.isoformat()),
        zone=WITA,
        regions=Regions(),
    )


OPENED: list[QWidget] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No page is left behind, or each test would dress those of all before it."""
    yield
    while OPENED:
        shiboken6.delete(OPENED.pop())


class Sheet:
    """A form with an editor for every field of an entity."""

    def __init__(self, context: Any, declared: Entity, record: str = "", start: Values | None = None) -> None:
        self.page = QWidget()
        self.form = Form(context, declared, record, self.page, start=start or {})
        self.fields = {name: editors.editor(context, self.form, name) for name in declared.fields}
        for field in self.fields.values():
            field.setParent(self.page)
        OPENED.append(self.page)

    def show(self, values: Values) -> None:
        self.form.values = dict(values)
        for bound in self.form.fields.values():
            bound.show(bound.of(values))

    def read(self, name: str) -> Any:
        bound = self.form.fields[name]
        return bound.read(bound.typed())[name]


@pytest.mark.parametrize("declared", entities(), ids=lambda declared: declared.name)
def test_every_field_shows_a_value_and_reads_it_back(declared: Entity, context: Any) -> None:
    sheet = Sheet(context, declared)

    # As the fields of an entity come in many values at once, a dozen examples go through all that a kind can hold.
    @settings(
        max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None
    )
    @given(strategies.values_of(declared))
    def back(values: Values) -> None:
        full = declared.complete(values)
        sheet.show(values)
        for name, bound in sheet.form.fields.items():
            assert bound.typed() == bound.of(values), name
            assert sheet.read(name) == full[name], name

    back()


def test_no_kind_is_without_an_editor() -> None:
    assert set(editors._OF_KIND) == {
        kind for kind in vars(kinds).values() if isinstance(kind, type) and issubclass(kind, kinds.Kind)
    } - {kinds.Kind}


def test_required_is_the_rule_and_optional_is_said(context: Any) -> None:
    sheet = Sheet(context, REGISTRY["aid"])
    assert sheet.fields["item"].editor.accessibleName() == "Barang"
    assert sheet.fields["unit"].editor.accessibleName() == "Satuan (opsional)"
    assert sheet.fields["unit"].editor.width() < sheet.fields["item"].editor.width()


@pytest.mark.parametrize(
    ("entity", "name", "typed", "stored"),
    [
        ("aid", "quantity", "1.250", 1250),
        ("aid", "quantity", " 12 ", 12),
        ("designation", "year", "2025", 2025),
        ("document", "dated_on", "3 juli", "2025-07-03"),
        ("document", "dated_on", "3/7/25", "2025-07-03"),
        ("document", "dated_on", "", ""),
        ("volunteer", "phone", "0812 3456 7890", "+6281234567890"),
        ("referral", "sent_at", ["3 juli", "9.30"], "2025-07-03T09:30:00+08:00"),
        ("referral", "sent_at", ["", ""], ""),
    ],
)
def test_a_value_is_typed_as_people_write_it(context: Any, entity: str, name: str, typed: Any, stored: Any) -> None:
    sheet = Sheet(context, REGISTRY[entity])
    assert sheet.form.fields[name].read(typed) == {name: stored}


@pytest.mark.parametrize(
    ("entity", "name", "typed"),
    [
        ("aid", "quantity", "banyak"),
        ("aid", "quantity", "1.25"),
        ("document", "dated_on", "dahulu"),
        ("referral", "sent_at", ["3 juli", ""]),
        ("referral", "sent_at", ["", "9.30"]),
        ("volunteer", "phone", "0812"),
    ],
)
def test_what_is_no_value_says_so_under_its_field(context: Any, entity: str, name: str, typed: Any) -> None:
    sheet = Sheet(context, REGISTRY[entity])
    bound = sheet.form.fields[name]
    bound.show(typed)
    sheet.form.left(name)
    assert bound.field.editor.accessibleDescription() == sheet.form.wrong[name] != ""
    with pytest.raises(Problem):
        bound.read(typed)


def test_a_moment_stays_in_the_zone_in_which_it_was_written(context: Any) -> None:
    sheet = Sheet(context, REGISTRY["referral"])
    sheet.show({"sent_at": "2025-07-03T09:00:27+07:00"})
    editor = sheet.fields["sent_at"].editor
    assert isinstance(editor, MomentField)
    assert (editor.typed(), editor.zone.text()) == (["Kamis, 3 Juli 2025", "09.00"], "WIB")
    assert sheet.read("sent_at") == "2025-07-03T09:00:27+07:00"
    editor.hour.setText("10.00")
    assert sheet.read("sent_at") == "2025-07-03T10:00:00+07:00"


def test_an_answer_of_a_newer_program_is_shown_as_it_came_and_kept(context: Any) -> None:
    sheet = Sheet(context, REGISTRY["speaker"])
    sheet.show({"stakeholder_group": "dari_besok", "did": ["attended", "bernyanyi"]})
    box = sheet.fields["stakeholder_group"].editor
    assert isinstance(box, QComboBox) and box.currentText() == "dari_besok"
    assert sheet.form.fields["stakeholder_group"].typed() == "dari_besok"
    assert sheet.read("did") == ["attended", "bernyanyi"]


def test_a_record_is_found_by_its_name_and_called_by_it(context: Any, laptop: LaptopRig) -> None:
    village = laptop.village()
    sheet = Sheet(context, REGISTRY["volunteer_group"])
    field: Any = sheet.fields["village"].editor
    field.know(record_words.choosable(context, "village"))
    (found,) = field.matching("bongkudai mooat")
    assert (found.id, found.name) == (village, "Bongkudai Utara")
    field._take(found.id)
    assert sheet.read("village") == village and not sheet.form.wrong
    field.show_chosen(["0" * 8 + "-0000-0000-0000-" + "0" * 12])
    assert [word.words() for word in field.findChildren(FilterWord) if not word.isHidden()] == ["di luar wilayah Anda"]


@given(st.sampled_from(["a\u00a0b", "a\u2028b", "a\u2029b"]))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_text_that_is_shown_otherwise_is_not_written_anew(context: Any, text: str) -> None:
    sheet = Sheet(context, REGISTRY["risk_report"], record="x")
    sheet.show({"narrative": text})
    sheet.form.left("narrative")  # nothing is written: there is no record x
    assert sheet.form.values == {"narrative": text} and not sheet.form.wrong


def test_a_tick_takes_none_away_that_came_meanwhile(context: Any, laptop: LaptopRig) -> None:
    visit = laptop.store.put("visit", {"place": "Pelabuhan", "starts_at": "2025-07-03T09:00+08:00"})
    speaker = laptop.store.put("speaker", {"visit": visit, "name": "Ani", "did": ["attended", "opened"]})
    sheet = Sheet(context, REGISTRY["speaker"], record=speaker)
    sheet.show(laptop.get(speaker))
    laptop.store.put("speaker", {"did": ["attended", "opened", "stated"]}, speaker)
    boxes = sheet.fields["did"].editor.boxes
    boxes["closed"].click()
    boxes["opened"].click()
    assert laptop.get(speaker)["did"] == ["attended", "closed", "stated"]


def test_what_was_begun_goes_with_the_visit_that_it_would_hang_on(context: Any, laptop: LaptopRig) -> None:
    visit = laptop.store.put("visit", {"place": "Pelabuhan", "starts_at": "2025-07-03T09:00+08:00"})
    sheet = Sheet(context, REGISTRY["quote"], start={"visit": visit})
    sheet.form.fields["text"].show("Ayo lapor")
    sheet.form.left("text")
    assert (context.queries.unfinished(f"quote:{visit}") or pytest.fail("lost")).root == visit
    erase(laptop.store, visit)
    assert context.queries.unfinished(f"quote:{visit}") is None


def test_lines_have_no_bound_of_their_own(context: Any) -> None:
    """A line that cuts what is too long would lose it; the field says so instead."""
    sheet = Sheet(context, REGISTRY["aid"])
    line = sheet.fields["item"].editor
    assert isinstance(line, QLineEdit)
    line.setText("x" * 200)
    sheet.form.left("item")
    assert "terlalu panjang" in sheet.form.wrong["item"]
