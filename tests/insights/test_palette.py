import re
from pathlib import Path

from django.conf import settings

from foods.kinds import SourceClass
from tracker.insights.palette import SHADES, shade, shades_in

CSS = (Path(settings.BASE_DIR) / "static/css/cobalog.css").read_text()


def test_every_source_class_has_a_shade_and_other_comes_last():
    assert list(SHADES) == [*SourceClass.values, "other"]


def test_no_two_classes_share_a_code():
    codes = [str(found.code) for found in SHADES.values()]

    assert len(set(codes)) == len(codes)


def test_every_shade_has_its_colour_in_light_and_dark():
    for found in SHADES.values():
        assert len(re.findall(rf"{found.token}: #", CSS)) == 3, found.token


def test_an_unknown_class_is_shown_as_other():
    assert shade("moon_cheese").key == "other"


def test_shades_keep_their_order_whatever_the_input_order():
    assert [found.key for found in shades_in({"other", "egg", "meat"})] == ["meat", "egg", "other"]
