"""The hash by which a record names the bytes that belong to it; they travel apart from it."""

import re

from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.i18n import _

_SHA256 = re.compile(r"[0-9a-f]{64}")

# The entities whose records may have bytes, in fields of the same names: `sha256` and `size`.
BEARERS = ("photo", "document")


def wrong_fingerprint(values: Values) -> list[str]:
    if values.get("sha256") and not _SHA256.fullmatch(values["sha256"]):
        return [_("Sidik berkas (sha256) harus 64 angka heksadesimal.")]
    return []
