import pytest

from foods.sources.derivations import kind_of


@pytest.mark.parametrize(
    ("derivation", "source", "points", "expected"),
    [
        ("A", "", "0", "analysed"),
        ("Z", "1", "5", "assumed_zero"),
        ("FLC", "", "", "estimate"),
        ("LC", "", "", "label"),
        ("RPI", "", "9", "calculated"),
        ("", "7", "", "assumed_zero"),
        ("", "4", "3", "calculated"),
        ("", "", "3", "analysed"),
        ("", "", "0", "calculated"),
        ("", "", "", "calculated"),
    ],
)
def test_codes_come_before_sources_and_sources_before_samples(derivation, source, points, expected):
    found = kind_of(derivation, source=source, data_points=points, amount_ug=0.5)

    assert found == expected


def test_a_missing_amount_is_unknown_whatever_the_codes_say():
    assert kind_of("A", amount_ug=None) == "unknown"
