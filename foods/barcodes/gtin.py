"""The number under a barcode: 8, 12, 13 or 14 digits, the last one a check digit."""

LENGTHS = (8, 12, 13, 14)
SHORT_LENGTH = 8
STORED_LENGTH = 14
_SEPARATORS = str.maketrans("", "", " -\u00a0\u2009\u202f\t")


def looks_like_gtin(text: str) -> str | None:
    """Return a typed, pasted or scanned number padded to 14 digits, or None if it is no barcode.

    A UPC-A is the EAN-13 of the same product without its leading zero, so both give the same.
    """
    return next(iter(readings(text)), None)


def readings(text: str) -> list[str]:
    """Return every barcode that a number can stand for, padded to 14 digits, likeliest first.

    Eight digits are an EAN-8 or a UPC-E. A UPC-E whose sixth digit is 5 to 9 is always a valid
    EAN-8 too, and the number does not show which it is, so both are looked up.
    """
    digits = text.strip().translate(_SEPARATORS)
    if len(digits) not in LENGTHS or not (digits.isascii() and digits.isdigit()):
        return []
    numbers = (digits, expanded(digits) if len(digits) == SHORT_LENGTH else None)
    return [number.zfill(STORED_LENGTH) for number in numbers if number and _is_whole(number)]


def _is_whole(digits: str) -> bool:
    return bool(int(digits)) and check_digit(digits[:-1]) == int(digits[-1])


def expanded(upc_e: str) -> str | None:
    """Return the UPC-A that a UPC-E abbreviates, or None for another number system.

    The check digit is that of the UPC-A.
    """
    system, *six, check = list(upc_e)
    if system not in "01":
        return None
    a, b, c, d, e, pattern = six
    if pattern in "012":
        middle = f"{a}{b}{pattern}0000{c}{d}{e}"
    elif pattern == "3":
        middle = f"{a}{b}{c}00000{d}{e}"
    elif pattern == "4":
        middle = f"{a}{b}{c}{d}00000{e}"
    else:
        middle = f"{a}{b}{c}{d}{e}0000{pattern}"
    return f"{system}{middle}{check}"


def check_digit(digits: str) -> int:
    """Return the GS1 check digit that follows these digits: from the right, weights 3, 1, 3 ..."""
    weighted = (
        int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits))
    )
    return -sum(weighted) % 10


def as_printed(gtin: str) -> str:
    """Return a stored number as packages (and Open Food Facts) write it: 8, 13 or 14 digits."""
    digits = gtin.lstrip("0")
    return digits.zfill(8 if len(digits) <= 8 else 13)
