import shutil

import pytest
from django.db import connection

from foods.models import Food
from tests.factories import make_profile
from tracker.profiles.models import Profile
from tracker.serving import preparing


@pytest.fixture
def place(settings, tmp_path):
    """A folder of static files of our own, and somewhere to collect them."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "style.css").write_text("body { color: black }")
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    return source


def said_while(step):
    said = []
    step(said.append)
    return said


def test_preparing_twice_does_the_work_once_and_loses_nothing(db, place):
    profile = make_profile()

    first, second = said_while(preparing.prepare), said_while(preparing.prepare)

    assert (first, second) == (["collecting the static files"], [])
    assert Food.objects.filter(owner=None).count() == 254
    assert Profile.objects.get() == profile
    assert (place.parent / "var" / "static" / "style.css").exists()


def test_preparing_makes_the_table_that_workers_share(db, place, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared"}
    }

    preparing.prepare(lambda _text: None)

    assert "shared" in connection.introspection.table_names()


def test_a_changed_static_file_is_collected_again(place):
    preparing.collect_static(lambda _text: None)
    (place / "style.css").write_text("body { color: darkred }")

    said = said_while(preparing.collect_static)

    assert said == ["collecting the static files"]
    collected = place.parent / "var" / "static" / "style.css"
    assert collected.read_text() == "body { color: darkred }"


def test_a_collection_that_was_deleted_is_made_again(place):
    preparing.collect_static(lambda _text: None)
    shutil.rmtree(place.parent / "var" / "static")

    assert said_while(preparing.collect_static) == ["collecting the static files"]


def test_a_prepared_database_has_no_step_left(db):
    assert preparing.has_unapplied_migrations() is False
