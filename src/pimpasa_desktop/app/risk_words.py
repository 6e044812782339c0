"""How a finding stands in words and signs, and the checklist as a person goes through it."""

from pimpasa_desktop.app.widgets.row import Cell
from pimpasa_desktop.app.widgets.tag import Kind
from pimpasa_desktop.domain.risk import Assessment, Indicator, Level, checklist, level_label
from pimpasa_desktop.i18n import _

_SIGNS = {
    "": ("circle", Kind.PLAIN),
    "low": ("circle-fill", Kind.PLAIN),
    "medium": ("diamond-fill", Kind.ATTENTION),
    "high": ("warning-octagon-fill", Kind.DANGER),
}


def level(code: Level) -> Cell:
    """By shape and word; colour only repeats it."""
    icon, kind = _SIGNS[code]
    word = level_label(code)
    return Cell(word[:1].upper() + word[1:], icon=icon, kind=kind)


def deadline(verdict: Assessment) -> str:
    """By when Inteldakim must know, or ""."""
    if verdict.red_flag:
        return _("Laporkan hari ini, dalam 6 jam.")
    if verdict.deadline_hours:
        return _("Laporkan dalam {hours} jam.").format(hours=verdict.deadline_hours)
    return ""


def groups() -> list[tuple[str, list[Indicator]]]:
    """The signs under what they are about, in the order of the list."""
    titles = {
        "A": _("Tawaran kerja"),
        "B": _("Uang dan utang"),
        "C": _("Dokumen"),
        "D": _("Keberangkatan"),
        "E": _("Keadaan keluarga"),
        "F": _("Ancaman"),
        "G": _("PMI di luar negeri"),
        "H": _("Perekrut di desa"),
        "J": _("Orang asing"),
    }
    found: dict[str, list[Indicator]] = {}
    for sign in checklist().indicators:
        found.setdefault(sign.id[0], []).append(sign)
    return [(titles.get(letter, letter), signs) for letter, signs in found.items()]
