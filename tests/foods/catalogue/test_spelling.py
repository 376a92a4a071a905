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
def test_one_letter_missing_doubled_replaced_or_swapped_is_one_mistake(typed, meant):
    assert is_one_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("salmon", "salmon"), ("slmn", "salmon"), ("lasmon", "salami"), ("", "ab")]
)
def test_no_letter_or_more_than_one_is_not_one_mistake(typed, meant):
    assert not is_one_slip(typed, meant)


def test_only_the_unknown_word_is_corrected():
    assert corrected(("yogrut", "egg"), KNOWN) == ("yogurt", "egg")


def test_the_beginning_of_a_known_word_is_left_alone():
    assert corrected(("salm",), KNOWN) == ()


def test_an_unfinished_word_with_a_mistake_is_corrected_to_a_prefix():
    assert corrected(("brocol",), KNOWN) == ()
    assert corrected(("borcco",), KNOWN) == ("broccoli",)


def test_the_same_first_letter_wins_then_the_more_common_word():
    assert corrected(("salmin",), {"salmon": 1, "salmyn": 5, "talmin": 90}) == ("salmyn",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("salmn", "salmon"), ("egss", "egg"), ("eegs", "egg"), ("milkk", "milk"), ("mikl", "milk")],
)
def test_a_short_word_is_corrected_if_letters_were_swapped_doubled_or_left_out(typed, meant):
    assert corrected((typed,), KNOWN | {"milk": 9}) == (meant,)


@pytest.mark.parametrize("word", ["milo", "mild", "nilk", "quark", "korma"])
def test_a_short_word_with_a_replaced_letter_is_not_corrected(word):
    assert corrected((word,), {"milk": 90, "quarter": 90, "korean": 90}) == ()


def test_a_short_word_is_not_corrected_to_a_rare_one():
    assert corrected(("mikl",), {"milk": 2}) == ()


def test_an_extra_letter_is_a_mistake_if_it_is_doubled_or_last():
    assert is_one_slip("sallmon", "salmon")
    assert is_one_slip("tomatoe", "tomato")
    assert not is_one_slip("gardein", "garden")


def test_compounds_are_taken_apart_and_put_together():
    known = {"milk": 9, "shake": 3, "soymilk": 2, "soy": 4}

    assert list(respaced(("milkshake",), known)) == [("milk", "shake")]
    assert list(respaced(("silk", "soy", "milk"), known)) == [("silk", "soymilk")]
    assert list(respaced(("milk", "shake"), known)) == []


@pytest.mark.parametrize("word", ["eg", "xyz", "qqqqqq"])
def test_short_and_strange_words_are_not_corrected(word):
    assert corrected((word, "salmn"), {"salmon": 1, "tuna": 1}) == ()


def test_an_unfinished_word_with_a_wrong_first_letter_is_not_corrected():
    assert corrected(("balmo",), KNOWN) == ()
    assert corrected(("balmon",), KNOWN) == ("salmon",)
