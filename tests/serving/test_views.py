from django.db import DatabaseError, connection
from django.test import Client


def test_a_well_server_says_so_to_anyone(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_a_server_without_its_database_says_so_and_no_more(db, monkeypatch):
    def refuse():
        raise DatabaseError("no such host db.internal")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (503, b"unavailable\n")


def test_health_is_only_for_reading(db):
    assert Client().post("/healthz").status_code == 405


def test_a_probe_of_the_machine_is_answered_where_only_a_public_name_is_served(db, settings):
    settings.ALLOWED_HOSTS = ["example.org"]
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get("/healthz", headers={"host": "127.0.0.1:8000"})

    assert (response.status_code, response.content) == (200, b"ok\n")
