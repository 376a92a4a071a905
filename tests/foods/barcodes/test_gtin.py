import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foods.barcodes.gtin import as_printed, check_digit, expanded, looks_like_gtin, readings


def of_digits(length):
    return st.text("0123456789", min_size=length, max_size=length)


# Eight digits that begin with 0 or 1 may be a UPC-E, which has a check digit of its own.
SURELY_EAN_8 = st.tuples(st.sampled_from("23456789"), of_digits(6)).map("".join)
BODIES = st.one_of(SURELY_EAN_8, st.sampled_from((11, 12, 13)).flatmap(of_digits))


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


# Each worked out by hand. The last of the six digits says where the zeros of the UPC-A were; the
# check digit is that of the UPC-A: three times its 1st, 3rd ... digit and once the others make a
# multiple of ten. For 0 127890 7: 3 x (0 + 2 + 0 + 0 + 7 + 9) + (1 + 0 + 0 + 0 + 8) = 63, so 7.
@pytest.mark.parametrize(
    ("typed", "upc_a"),
    [
        ("01278907", "012000007897"),  # 0: 12|000|00789
        ("04252614", "042100005264"),  # 1: 42|100|00526
        ("03456721", "034200005671"),  # 2: 34|200|00567
        ("05936631", "059300000661"),  # 3: 593|00|00066
        ("01234543", "012340000053"),  # 4: 1234|0|00005
        ("11234538", "112300000458"),  # number system 1
        (" 0 425261 4 ", "042100005264"),
    ],
)
def test_a_short_upc_is_the_number_it_stands_for(typed, upc_a):
    assert readings(typed) == [upc_a.zfill(14)]
    assert looks_like_gtin(typed) == looks_like_gtin(upc_a)


@pytest.mark.parametrize(
    ("typed", "upc_a"),
    [
        ("01234565", "012345000065"),  # the example of the manuals of scanners
        ("01234558", "012345000058"),
        ("01234589", "012345000089"),
        ("01234596", "012345000096"),
    ],
)
def test_eight_digits_that_fit_both_ways_are_an_ean_8_first(typed, upc_a):
    assert readings(typed) == [typed.zfill(14), upc_a.zfill(14)]
    assert looks_like_gtin(typed) == typed.zfill(14)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("04252615", "its check digit is 4"),
        ("34252614", "only the number systems 0 and 1 are shortened"),
        ("0425261", "seven digits say nothing of a check digit"),
    ],
)
def test_an_invalid_short_upc_gives_no_number(typed, reason):
    assert readings(typed) == [], reason


@given(st.sampled_from("01"), of_digits(6))
def test_a_short_upc_and_its_long_form_share_the_check_digit(system, six):
    body = expanded(f"{system}{six}0")[:-1]
    code = f"{system}{six}{check_digit(body)}"

    assert expanded(code) == body + code[-1]
    if int(code):
        assert expanded(code).zfill(14) in readings(code)


@given(BODIES)
def test_every_number_has_exactly_one_valid_check_digit(body):
    fitting = [digit for digit in "0123456789" if looks_like_gtin(body + digit)]

    assert fitting == ([str(check_digit(body))] if int(body) else [])


@given(BODIES, st.integers(0, 12), st.integers(1, 9))
def test_a_single_wrong_digit_is_always_noticed(body, place, off_by):
    code = body + str(check_digit(body))
    place %= len(code)
    wrong = code[:place] + str((int(code[place]) + off_by) % 10) + code[place + 1 :]
    assume(len(wrong) > 8 or wrong[0] not in "01")

    assert looks_like_gtin(wrong) is None


@given(BODIES)
def test_a_printed_number_reads_back_as_the_same_number(body):
    stored = looks_like_gtin(body + str(check_digit(body)))
    if stored is not None:
        assert looks_like_gtin(as_printed(stored)) == stored
