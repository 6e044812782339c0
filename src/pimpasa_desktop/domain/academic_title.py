"""Academic titles in a name as one types it, `Drs. Bambang Hariyanto, M.Si.`. What a person is called by faith or
birth (H., Hj., K.H., Raden, Andi) belongs to the name and stays."""

import re

_BEFORE = re.compile(r"^(?:(?:prof|dr|drs|dra|drg|drh|ir|apt|ns)\.\s*)+", re.IGNORECASE)


def without_titles(name: str) -> str:
    bare = _BEFORE.sub("", name.partition(",")[0]).strip()
    return bare or name
