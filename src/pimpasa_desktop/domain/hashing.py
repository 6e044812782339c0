"""SHA-256 for whatever is loaded before the first screen: nothing is hashed until that stands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash


def sha256(content: bytes = b"") -> "_Hash":
    import hashlib  # it loads an OpenSSL of its own, which takes longer than all declarations of the register

    return hashlib.sha256(content)
