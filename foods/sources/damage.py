"""Plain words for a damaged file; the libraries mention codecs, magic numbers and streams."""

import csv

NOT_UTF8 = "it is not UTF-8 text; save it as UTF-8 and import it again"
CUT_OFF = "it is cut off or damaged; fetch it again"
LOCKED = "it is locked with a password"
STRANGELY_PACKED = "it is packed in a way that is not read here"
BROKEN_ROW = "a quotation mark is misplaced or missing"
LONG_CELL = "a cell is longer than any food's"


def in_words(error: BaseException) -> str:
    """Return one clause that says what is wrong and what to do; never a library's own message."""
    if isinstance(error, UnicodeError):
        return NOT_UTF8
    if isinstance(error, csv.Error):
        return LONG_CELL if "field limit" in str(error) else BROKEN_ROW
    if isinstance(error, NotImplementedError):
        return STRANGELY_PACKED
    if isinstance(error, RuntimeError) and "password" in str(error):
        return LOCKED
    return CUT_OFF
