"""The short word by which a paper is named over the telephone: XXXX-XXXX. It is no letter number."""

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that are read as another


def code(digest: bytes, groups: int = 2) -> str:
    """Groups of four signs out of the bytes of a hash, one byte a sign."""
    signs = "".join(SIGNS[byte % 32] for byte in digest[: 4 * groups])
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))
