"""Text that a person reads. The msgid is Indonesian; one English catalogue lies in resources/locale."""

from collections.abc import Mapping
from functools import lru_cache
from gettext import NullTranslations, translation

from pimpasa_desktop.paths import RESOURCES


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    return translation("pimpasa", RESOURCES / "locale", languages=[language], fallback=True)


_current = NullTranslations()
_language = "id"


def use(language: str) -> None:
    """Speak `language` ("id" or "en") from now on."""
    global _current, _language
    _language = language
    _current = NullTranslations() if language == "id" else _catalogue(language)


def current() -> str:
    """The language spoken now."""
    return _language


def language_of(environ: Mapping[str, str]) -> str:
    """The language asked for by LC_ALL, LC_MESSAGES or LANG: "en" when it says English, else "id"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "en" if value.lower().startswith("en") else "id"
    return "id"


def _(msgid: str) -> str:
    return _current.gettext(msgid)


def plural(msgid: str, count: int) -> str:
    """`msgid` as it is said of `count` things: English has a form for one and a form for the rest, Indonesian one for
    all. The number is filled in afterwards: plural("{count} desa", villages).format(count=number(villages))."""
    return _current.ngettext(msgid, msgid, count)
