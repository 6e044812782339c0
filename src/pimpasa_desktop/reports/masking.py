"""What may be printed of a person's numbers and names.

A NIK never is, whatever field somebody typed it into. In a copy for the public no phone number, NIP or NRP is
either, and a child is shown by initials. Decides on texts; knows no page.
"""

import re

NIK_LEFT_OUT = "(NIK tidak dicetak)"
NUMBER_LEFT_OUT = "(nomor disamarkan)"
CHILD = "(nama anak disamarkan)"

# Sixteen digits, neither more nor fewer, in one run or in groups as on the card.
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)|(?<!\d)(?<!\d[ .\-])\d(?:[ .\-]?\d){15}(?![ .\-]?\d)")
# Long enough to be a phone number or a NIP; a date of eight digits with hyphens passes.
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .\-()]{0,2}\d){8,}|\d{8,}")
_NUMBER = re.compile(r"(?:(NIP|NRP)\b[ .:]*)?(.*)", re.IGNORECASE | re.DOTALL)


def without_nik(text: str) -> str:
    return _NIK.sub(NIK_LEFT_OUT, text)


def without_numbers(text: str) -> str:
    """For the public: no NIK and nothing that could be a phone number, a NIP or an NRP."""
    return _LONG_NUMBER.sub(NUMBER_LEFT_OUT, without_nik(text))


def service_number(number: str) -> str:
    """NIP 19860926 201505 1 001, or NRP as it came; nothing for a NIK that was put in the wrong field."""
    match = _NUMBER.fullmatch(number.strip())
    assert match is not None
    kind, value = match.groups()
    digits = re.sub(r"[ .\-]", "", value)
    if not value or _NIK.search(value):
        return ""
    if len(digits) == 18 and digits.isascii() and digits.isdigit():
        return f"NIP {digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
    return f"{(kind or 'NRP').upper()} {value}"


def phone(number: str) -> str:
    """0812-0000-3344 from E.164; a number of another country, or one that was never understood, as it came."""
    number = without_nik(number.strip())
    digits = number.removeprefix("+62")
    if digits != number and digits.isascii() and digits.isdigit():
        digits = "0" + digits
        return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
    return number


def masked_phone(number: str) -> str:
    """•••• •••• 247, the same length always, so that the length tells nothing."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if not digits:
        return ""
    return f"•••• •••• {digits[-3:] if len(digits) >= 6 else '•••'}"


def initials(name: str) -> str:
    """S. A. for Siti Aminah."""
    letters = (next((sign for sign in word if sign.isalpha()), "") for word in name.split())
    return " ".join(f"{letter.upper()}." for letter in letters if letter) or CHILD
