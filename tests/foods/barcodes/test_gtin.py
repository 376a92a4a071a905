import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.barcodes.gtin import as_printed, check_digit, looks_like_gtin

BODIES = st.sampled_from((7, 11, 12, 13)).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("7622210288257", "07622210288257"),
        ("0 75925 29991 4", "00075925299914"),
        ("0075925299914", "00075925299914"),
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
        ("0036000291452", "00036000291452"),
        ("10036000291459", "10036000291459"),
        (" 5411188-112778\n", "05411188112778"),
        ("5411188112779", None),
        ("7.22E+11", None),
        ("0000000000000", None),
        ("٧٦٢٢٢١٠٢٨٨٢٥٧", None),
        ("12345", None),
        ("123456789012345", None),
        ("2 eggs", None),
        ("", None),
    ],
)
def test_a_number_is_a_barcode_only_with_its_length_and_check_digit(typed, stored):
    assert looks_like_gtin(typed) == stored


def test_a_upc_and_its_ean_are_one_product():
    assert looks_like_gtin("036000291452") == looks_like_gtin("0036000291452")


@given(BODIES)
def test_every_body_has_one_check_digit_that_fits(body):
    fitting = [digit for digit in "0123456789" if looks_like_gtin(body + digit)]

    assert fitting == ([str(check_digit(body))] if int(body) else [])


@given(BODIES, st.integers(0, 12), st.integers(1, 9))
def test_a_single_wrong_digit_is_always_noticed(body, place, off_by):
    code = body + str(check_digit(body))
    place %= len(code)
    wrong = code[:place] + str((int(code[place]) + off_by) % 10) + code[place + 1 :]

    assert looks_like_gtin(wrong) is None


@given(BODIES)
def test_what_is_printed_reads_back_as_the_same_number(body):
    stored = looks_like_gtin(body + str(check_digit(body)))
    if stored is not None:
        assert looks_like_gtin(as_printed(stored)) == stored
