"""What a person chose for the window on this laptop: theme, language, a column. In a small file beside the data, since
it is needed before anything is unlocked; nothing in it is about anybody's work."""

from pathlib import Path
from typing import Literal

import msgspec

from pimpasa_desktop import durable

FILE = "window.json"


class Preferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`language` "" follows the system; `position_title`: whether the register asks for it; `photos_anywhere`: whether
    photos go on a connection, too, that is paid for by the byte."""

    theme: Literal["system", "light", "dark"] = "system"
    language: Literal["", "id", "en"] = ""
    position_title: bool = False
    photos_anywhere: bool = False


def read(folder: Path) -> Preferences:
    """What was chosen; nothing where the file is absent or cannot be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Preferences)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Preferences()


def keep(folder: Path, preferences: Preferences) -> None:
    """On a full disk the choice lasts as long as the window."""
    try:
        durable.write(folder / FILE, msgspec.json.encode(preferences))
    except OSError:
        return
