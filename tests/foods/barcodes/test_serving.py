import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.barcodes.serving import Serving, read_serving


@pytest.mark.parametrize(
    ("text", "serving"),
    [
        ("250 ml", Serving(250, True)),
        ("250ml (1 glass)", Serving(250, True, "glass")),
        ("240 ml (1 cup)", Serving(240, True, "cup")),
        ("8 fl. oz (240 mL)", Serving(240, True)),
        ("8 ml (8 fl oz)", Serving(240, True)),
        ("11.5 fl oz", Serving(345, True)),
        ("314 g (10 fl oz)", Serving(314, True)),
        ("2 biscuits (25 g)", Serving(25, False, "2 biscuits")),
        ("12,5 g", Serving(12.5, False)),
        ("0,25 l", Serving(250, True)),
        ("33cl", Serving(330, True)),
        ("1 bar", None),
        ("0 g", None),
        ("8 ml (0 fl oz)", Serving(8, True)),
        ("99999 g", None),
        ("", None),
    ],
)
def test_a_serving_is_read_from_free_text(text, serving):
    assert read_serving(text, None, "") == serving


def test_the_number_next_to_the_text_is_the_fallback():
    assert read_serving("1 bar", 40, "g") == Serving(40, False, "bar")
    assert read_serving("", 200, "ml") == Serving(200, True)


@given(st.text(max_size=60), st.none() | st.floats(allow_nan=False), st.text(max_size=4))
def test_a_serving_can_always_be_eaten(text, quantity, unit):
    serving = read_serving(text, quantity, unit)

    assert serving is None or 0 < serving.size <= 2000
