"""Figures as a person of this country reads them: 1.250."""


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def file_size(count: int) -> str:
    """Of so many bytes: 44 kB, 9,2 MB."""
    if count < 1_000_000:
        return f"{number(max(1, round(count / 1000)) if count else 0)} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
