"""Figures as a person of this country reads them: 1.250."""


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
