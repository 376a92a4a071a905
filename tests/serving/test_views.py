import pytest
from django.db import DatabaseError, connection
from django.test import Client

from tracker.serving import views
from tracker.serving.readiness import NotReady

PROBES = ["/healthz", "/readyz"]


@pytest.fixture(autouse=True)
def never_asked(monkeypatch):
    monkeypatch.setattr(views, "_last", views.LastLook(-views.KEPT_S, ""))
    monkeypatch.setattr(views.time, "monotonic", lambda: 1000.0)


def test_a_process_that_answers_says_so_without_its_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_a_site_that_can_serve_people_says_so_to_anyone(db):
    response = Client().get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_a_server_without_its_database_says_so_and_no_more(db, monkeypatch):
    def refuse(*_what):
        raise DatabaseError("no such host db.internal")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        ready, healthy = Client().get("/readyz"), Client().get("/healthz")

    assert (ready.status_code, ready.content) == (503, b"the database cannot be used\n")
    assert healthy.status_code == 200


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotReady("the disk is full: ..."), b"the disk is full: ...\n"),
        (FileNotFoundError(2, "No such file", "/srv/secret"), b"the disk cannot be used\n"),
    ],
)
def test_the_fault_is_reported(monkeypatch, error, said):
    def fail():
        raise error

    monkeypatch.setattr(views, "check_ready", fail)

    response = Client().get("/readyz")

    assert (response.status_code, response.content) == (503, said)


def test_many_probes_cause_one_check_a_second(monkeypatch):
    looks, now = [], [1000.0]
    monkeypatch.setattr(views, "check_ready", lambda: looks.append(now[0]))
    monkeypatch.setattr(views.time, "monotonic", lambda: now[0])

    for now[0] in (1000.0, 1000.5, 1000.9, 1001.0, 1001.1):
        assert Client().get("/readyz").status_code == 200

    assert looks == [1000.0, 1001.0]


@pytest.mark.parametrize("probe", PROBES)
def test_a_probe_is_only_for_reading(db, probe):
    assert Client().post(probe).status_code == 405


@pytest.mark.parametrize("probe", PROBES)
def test_a_probe_by_address_is_answered_although_only_a_public_name_is_served(db, settings, probe):
    settings.ALLOWED_HOSTS = ["example.org"]
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get(probe, headers={"host": "127.0.0.1:8000"})

    assert (response.status_code, response.content) == (200, b"ok\n")
