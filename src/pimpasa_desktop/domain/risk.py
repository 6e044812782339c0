"""How grave a risk report is, computed from the signs ticked, with the reasons in words.

Knows signs, never a person or a report: it gives an indication, a person decides. The sum of the weights does
not leave this module, and nothing here lowers a level.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import msgspec

from pimpasa_desktop.i18n import _
from pimpasa_desktop.paths import RESOURCES

Level = Literal["", "low", "medium", "high"]
Element = Literal["proses", "cara", "tujuan"]

LEVELS: tuple[Level, ...] = ("", "low", "medium", "high")
ELEMENTS: tuple[Element, ...] = ("proses", "cara", "tujuan")
HIGH_WEIGHT_MIN = 10
MEDIUM_WEIGHT_MIN = 5
OTHERS_MIN = 2
RED_FLAG_DEADLINE_HOURS = 6
DEADLINE_HOURS = 72

# The msgids are marked for the catalogue by build/catalogue.py; a screen shows _(RISK_KINDS[code]).
RISK_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "tppo": "Perdagangan orang (TPPO)",
        "tppm": "Penyelundupan manusia (TPPM)",
        "pmi_nonprosedural": "PMI nonprosedural",
        "cpmi_rentan": "CPMI rentan",
        "penipuan_lowongan": "Penipuan lowongan kerja",
        "orang_asing": "Orang asing",
        "dokumen_palsu": "Dokumen palsu",
        "perkawinan_campur_tidak_tercatat": "Perkawinan campur tidak tercatat",
        "calo_dokumen": "Calo dokumen",
        "lainnya": "Lainnya",
    }
)


class Indicator(msgspec.Struct, frozen=True):
    """One sign of the checklist. `elements` are those of trafficking (Law 21/2007, article 1(1)) that it evidences."""

    id: str
    statement: str
    gloss: str
    dimension: str
    weight: int
    red_flag: bool | Literal["with_two_others"] = False
    elements: tuple[Element, ...] = ()
    child: bool = False
    background: bool = False


class Checklist(msgspec.Struct, frozen=True):
    """One version of the checklist; laptop and office that hold the same version compute the same level."""

    version: int
    indicators: tuple[Indicator, ...]
    dimensions: Mapping[str, str]

    def known(self, ids: Collection[str]) -> tuple[Indicator, ...]:
        """The signs among `ids`, once each, in the order of the list."""
        return tuple(sign for sign in self.indicators if sign.id in ids)


class Assessment(msgspec.Struct, frozen=True):
    """`level` counts; `computed` is what the signs alone say. "" means that nothing was ticked or decided.

    `deadline_hours` runs from the moment the report is made: 6 with a red flag, 72 without, None without a level.
    """

    level: Level
    computed: Level
    reasons: tuple[str, ...]
    red_flag: bool
    deadline_hours: int | None


@lru_cache
def checklist() -> Checklist:
    """The checklist that this version of the program carries."""
    packaged = (RESOURCES / "risk" / "indicators-1.json").read_bytes()
    return msgspec.json.decode(packaged, type=Checklist)


def assess(indicators: Collection[str], raised_to: str = "", catalogue: Checklist | None = None) -> Assessment:
    """Judge the ticked signs (ids). A person may raise the level by `raised_to`; a lower value has no effect."""
    catalogue = catalogue or checklist()
    ticked = catalogue.known(indicators)
    flags = _red_flags(ticked)
    computed, reasons = _computed(ticked, flags)
    level = computed
    if raised_to in LEVELS and LEVELS.index(raised_to) > LEVELS.index(computed):
        level = LEVELS[LEVELS.index(raised_to)]
        reasons += (_("Petugas menaikkan tingkat menjadi {level}.").format(level=level_label(level)),)
    unknown = sorted(set(indicators) - {sign.id for sign in ticked})
    if unknown:
        reasons += (_("Belum dikenal versi program ini dan belum dinilai: {ids}.").format(ids=", ".join(unknown)),)
    return Assessment(level, computed, reasons, bool(flags), _deadline_hours(level, bool(flags)))


def level_label(level: Level) -> str:
    """The level as the field says it."""
    return {"": _("belum dinilai"), "low": _("rendah"), "medium": _("sedang"), "high": _("tinggi")}[level]


def statement(sign: Indicator) -> str:
    """The sign in the person's language; build/catalogue.py takes msgid and translation from the checklist itself."""
    return _(sign.statement)


def _computed(ticked: tuple[Indicator, ...], flags: tuple[Indicator, ...]) -> tuple[Level, tuple[str, ...]]:
    weight = sum(sign.weight for sign in ticked)
    if not ticked:
        return "", ()
    if all(sign.background for sign in ticked):
        reason = _(
            "Hanya ada tanda kerentanan, dan kerentanan bukan kecurigaan, sehingga tidak lebih dari rendah: {signs}."
        )
        return "low", (reason.format(signs=_listed(ticked)),)
    if high := _reasons_for_high(ticked, flags, weight):
        return "high", high
    if weight >= MEDIUM_WEIGHT_MIN:
        return "medium", (_("Tanda ini cukup kuat untuk tingkat sedang: {signs}.").format(signs=_listed(ticked)),)
    return "low", (_("Tanda ini masih ringan: {signs}.").format(signs=_listed(ticked)),)


def _reasons_for_high(ticked: tuple[Indicator, ...], flags: tuple[Indicator, ...], weight: int) -> tuple[str, ...]:
    reasons = [_("Tanda bahaya, rujuk hari ini: {sign}.").format(sign=statement(sign)) for sign in flags]
    evidence = tuple(sign for sign in ticked if sign.elements)
    elements = {element for sign in evidence for element in sign.elements}
    if elements.issuperset(ELEMENTS):
        reason = _("Ketiga unsur TPPO (proses, cara, tujuan) tampak dari: {signs}.")
        reasons.append(reason.format(signs=_listed(evidence)))
    if "proses" in elements and any(sign.child for sign in ticked):
        # For a child the means need not be shown (Palermo Protocol, article 3(c)).
        process = tuple(sign for sign in ticked if "proses" in sign.elements)
        reason = _("Menyangkut anak, dan ada tanda perekrutan atau pengiriman: {signs}.")
        reasons.append(reason.format(signs=_listed(process)))
    if weight >= HIGH_WEIGHT_MIN:
        reasons.append(_("Tanda ini bersama-sama sangat kuat: {signs}.").format(signs=_listed(ticked)))
    return tuple(reasons)


def _red_flags(ticked: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    accompanied = len(ticked) > OTHERS_MIN
    return tuple(sign for sign in ticked if sign.red_flag is True or (sign.red_flag and accompanied))


def _deadline_hours(level: Level, red_flag: bool) -> int | None:
    if red_flag:
        return RED_FLAG_DEADLINE_HOURS
    return DEADLINE_HOURS if level else None


def _listed(signs: tuple[Indicator, ...]) -> str:
    return "; ".join(statement(sign) for sign in signs)
