import pytest

from foods.catalogue.spelling import corrected, is_one_slip, respaced

KNOWN = {"salmon": 40, "salami": 20, "yogurt": 30, "egg": 50, "broccoli": 5, "chicken": 90}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("salmn", "salmon"),
        ("sallmon", "salmon"),
        ("salmin", "salmon"),
        ("slamon", "salmon"),
        ("salmno", "salmon"),
        ("almon", "salmon"),
    ],
)
def test_one_letter_missing_doubled_mistaken_or_swapped_is_one_slip(typed, meant):
    assert is_one_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("salmon", "salmon"), ("slmn", "salmon"), ("lasmon", "salami"), ("", "ab")]
)
def test_nothing_and_more_than_one_letter_are_not_one_slip(typed, meant):
    assert not is_one_slip(typed, meant)


def test_only_the_unknown_word_is_mended():
    assert corrected(("yogrut", "egg"), KNOWN) == ("yogurt", "egg")


def test_the_beginning_of_a_known_word_is_left_alone():
    assert corrected(("salm",), KNOWN) == ()


def test_a_half_typed_word_with_a_slip_is_mended_to_a_beginning():
    assert corrected(("brocol",), KNOWN) == ()
    assert corrected(("borcco",), KNOWN) == ("broccoli",)


def test_of_two_words_the_same_first_letter_wins_then_the_commoner():
    assert corrected(("salmin",), {"salmon": 1, "salmyn": 5, "talmin": 90}) == ("salmyn",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("salmn", "salmon"), ("egss", "egg"), ("eegs", "egg"), ("milkk", "milk"), ("mikl", "milk")],
)
def test_a_short_word_is_mended_when_letters_were_swapped_doubled_or_left_out(typed, meant):
    assert corrected((typed,), KNOWN | {"milk": 9}) == (meant,)


@pytest.mark.parametrize("word", ["milo", "mild", "nilk", "quark", "korma"])
def test_a_short_word_with_another_letter_is_no_slip(word):
    assert corrected((word,), {"milk": 90, "quarter": 90, "korean": 90}) == ()


def test_a_short_word_is_not_mended_to_a_rare_one():
    assert corrected(("mikl",), {"milk": 2}) == ()


def test_a_letter_too_many_is_a_slip_where_it_is_doubled_or_last():
    assert is_one_slip("sallmon", "salmon")
    assert is_one_slip("tomatoe", "tomato")
    assert not is_one_slip("gardein", "garden")


def test_compounds_are_taken_apart_and_put_together():
    known = {"milk": 9, "shake": 3, "soymilk": 2, "soy": 4}

    assert list(respaced(("milkshake",), known)) == [("milk", "shake")]
    assert list(respaced(("silk", "soy", "milk"), known)) == [("silk", "soymilk")]
    assert list(respaced(("milk", "shake"), known)) == []


@pytest.mark.parametrize("word", ["eg", "xyz", "qqqqqq"])
def test_short_and_strange_words_are_given_up(word):
    assert corrected((word, "salmn"), {"salmon": 1, "tuna": 1}) == ()


def test_a_half_typed_word_with_a_wrong_first_letter_is_not_guessed():
    assert corrected(("balmo",), KNOWN) == ()
    assert corrected(("balmon",), KNOWN) == ("salmon",)
