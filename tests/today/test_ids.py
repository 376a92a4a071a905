"""Ids and form values never have a thousands separator."""

import pytest

pytestmark = pytest.mark.django_db


def test_ids_above_a_thousand_have_no_separator(ada, ada_client, make_entry, make_food):
    from django.utils import timezone

    food = make_food(pk=1_234_567)
    make_entry(ada.profile, day=timezone.localdate(), pk=7_654_321, food=food)

    page = ada_client.get("/").text

    assert 'id="entry-7654321"' in page
    assert "/entries/7654321/" in page
    assert "7,654,321" not in page
    assert "1,234,567" not in page
    assert 'value="1234567"' in ada_client.get(f"/foods/{food.pk}/").text
