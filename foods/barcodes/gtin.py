"""The number under a barcode: 8, 12, 13 or 14 digits, the last of them a check digit."""

LENGTHS = (8, 12, 13, 14)
STORED_LENGTH = 14
_SEPARATORS = str.maketrans("", "", " -\u00a0\u2009\u202f\t")


def looks_like_gtin(text: str) -> str | None:
    """Return a typed, pasted or scanned number padded to 14 digits; None where it is no barcode.

    A UPC-A is the EAN-13 of the same product without its leading zero: both give the same.
    """
    digits = text.strip().translate(_SEPARATORS)
    if len(digits) not in LENGTHS or not (digits.isascii() and digits.isdigit()):
        return None
    if not int(digits) or check_digit(digits[:-1]) != int(digits[-1]):
        return None
    return digits.zfill(STORED_LENGTH)


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
