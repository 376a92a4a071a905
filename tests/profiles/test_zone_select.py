import pytest

from tracker.profiles.zones import ZoneSelect, zone_names


@pytest.mark.parametrize(
    ("value", "chosen"), [("Europe/Berlin", "Europe/Berlin"), ('"><b>', "UTC"), (None, "UTC")]
)
def test_one_zone_is_chosen(value, chosen):
    html = ZoneSelect(attrs={"class": "zone"}).render("time_zone", value, {"id": "id_zone"})

    assert html.count(" selected") == 1
    assert f'<option value="{chosen}" selected>' in html
    assert html.startswith("<select ")
    assert 'name="time_zone"' in html


def test_every_zone_is_offered():
    html = ZoneSelect().render("time_zone", "UTC")

    assert html.count("<option ") == len(zone_names())
