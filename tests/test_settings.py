"""The settings as a real process reads them: for this machine only, or a public site."""

import os
import re
import runpy
import stat
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.conf import global_settings

ROOT = Path(__file__).parent.parent


@pytest.fixture
def bare(tmp_path):
    """An environment with only what a process needs, and its own folder."""
    return {
        "PATH": os.defpath,
        "COBALOG_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }


@pytest.fixture
def in_a_process(bare):
    """Run Python in the project with only the given environment."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=bare | environment,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def settings_of(bare):
    """Read the settings again in such an environment; a process each would be slow."""

    def read(*names, **environment):
        with mock.patch.dict(os.environ, bare | environment, clear=True):
            said = runpy.run_path(str(ROOT / "tracker" / "settings.py"))
        return {name: (vars(global_settings) | said)[name] for name in names}

    return read


COOKIES_AND_HTTPS = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
)


def test_this_machine_alone_is_served_over_plain_http_without_debug(settings_of):
    found = settings_of("DEBUG", "DEMO", *COOKIES_AND_HTTPS)

    assert found == {"DEBUG": False, "DEMO": False} | dict.fromkeys(
        COOKIES_AND_HTTPS[:3], False
    ) | {"SECURE_HSTS_SECONDS": 0}


def test_a_public_site_has_https_and_secure_cookies(settings_of):
    found = settings_of(*COOKIES_AND_HTTPS, COBALOG_HOSTS="example.org")

    assert found == dict.fromkeys(COOKIES_AND_HTTPS[:3], True) | {"SECURE_HSTS_SECONDS": 31_536_000}


def test_one_public_host_beside_loopback_makes_it_a_public_site(settings_of):
    found = settings_of("SECURE_SSL_REDIRECT", COBALOG_HOSTS="localhost,example.org")

    assert found == {"SECURE_SSL_REDIRECT": True}


def test_the_deployment_check_of_a_public_site_is_clean(in_a_process):
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    done = in_a_process(*check, COBALOG_HOSTS="example.org", COBALOG_BEHIND_PROXY="true")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_deployment_check_asks_about_the_proxy_of_a_public_site(in_a_process):
    done = in_a_process("manage.py", "check", "--deploy", COBALOG_HOSTS="example.org")

    assert "COBALOG_BEHIND_PROXY" in done.stderr


@pytest.mark.parametrize(
    ("said", "number"), [("", 0), ("false", 0), ("0", 0), ("True", 1), ("1", 1), ("2", 2)]
)
def test_only_the_stated_number_of_proxies_is_trusted(settings_of, said, number):
    found = settings_of("ALLAUTH_TRUSTED_PROXY_COUNT", COBALOG_BEHIND_PROXY=said)

    assert found == {"ALLAUTH_TRUSTED_PROXY_COUNT": number}


@pytest.mark.parametrize(("said", "header"), [("false", None), ("2", "HTTP_X_FORWARDED_PROTO")])
def test_only_a_proxy_may_say_that_the_visitor_came_by_https(settings_of, said, header):
    found = settings_of("SECURE_PROXY_SSL_HEADER", COBALOG_BEHIND_PROXY=said)

    assert found["SECURE_PROXY_SSL_HEADER"] == (header and (header, "https"))


@pytest.mark.parametrize("said", ["maybe", "-1", "ture", "10.0.0.1"])
def test_an_unclear_proxy_setting_is_refused(in_a_process, said):
    done = in_a_process("manage.py", "check", COBALOG_BEHIND_PROXY=said)

    assert done.returncode != 0
    assert "COBALOG_BEHIND_PROXY must be true, false or how many proxies" in done.stderr


def test_no_migration_is_missing(in_a_process):
    done = in_a_process("manage.py", "makemigrations", "--check", "--dry-run")

    assert (done.returncode, done.stdout) == (0, "No changes detected\n")


def test_the_secret_key_is_created_once_and_is_private(settings_of, tmp_path):
    first, second = settings_of("SECRET_KEY"), settings_of("SECRET_KEY")

    assert first == second
    assert len(first["SECRET_KEY"]) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_an_unwritable_folder_is_reported_in_one_line(in_a_process, tmp_path):
    (tmp_path / "file").write_text("")

    done = in_a_process("manage.py", "serve", COBALOG_VAR=str(tmp_path / "file" / "var"))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "COBALOG_VAR" in done.stderr


def test_writers_wait_for_each_other_instead_of_failing(settings_of):
    default = settings_of("DATABASES")["DATABASES"]["default"]

    assert default["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in default["OPTIONS"]["init_command"]
    assert default["ATOMIC_REQUESTS"] is False


def test_an_unresponsive_database_server_times_out(settings_of):
    def options(url):
        return settings_of("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]

    limits = {"connect_timeout": 5, "tcp_user_timeout": 20_000, "keepalives_idle": 30}
    assert options("postgres://u@db.example/b12") == limits
    assert options("postgres://u@db.example/b12?connect_timeout=9&sslmode=require") == limits | {
        "connect_timeout": 9,
        "sslmode": "require",
    }


@pytest.mark.parametrize(
    ("var", "folder"),
    [
        ("", ROOT / "var"),
        ("  ", ROOT / "var"),
        ("data", ROOT / "data"),
        ("~/b12", Path("/people/ada/b12")),
    ],
)
def test_the_folder_does_not_depend_on_where_the_server_was_started(settings_of, var, folder):
    found = settings_of("VAR_DIR", COBALOG_VAR=var, SECRET_KEY="k" * 50, HOME="/people/ada")

    assert found == {"VAR_DIR": folder}


def test_rate_limits_are_counted_for_all_workers_together(settings_of):
    caches = settings_of("CACHES")["CACHES"]

    assert caches["default"]["BACKEND"].endswith("accounts.counting.CountingCache")


def test_the_policy_allows_no_inline_code_and_no_foreign_host(settings_of):
    policy = settings_of("CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    sources = {source for values in policy.values() for source in values}
    empty_style = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert sources == {"'self'", "'none'", "data:", "blob:", empty_style}
    assert policy["script-src"] == ["'self'"]


# --- mail
LIMITED, DJANGO = "tracker.serving.mail.LimitedSmtp", "django.core.mail.backends"

MAIL = ("EMAIL_BACKEND", "SENDS_MAIL", "ACCOUNT_EMAIL_VERIFICATION")
NO_MAIL = {
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "SENDS_MAIL": False,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
}


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"EMAIL_URL": ""},
        {"EMAIL_URL": "consolemail://"},
        {"EMAIL_URL": "filemail:///tmp/mail"},
        {"EMAIL_URL": "memorymail://"},
        {"EMAIL_URL": "dummymail://"},
        {"DEBUG": "true"},
        {"DEBUG": "true", "EMAIL_URL": "memorymail://"},
    ],
    ids=str,
)
def test_without_a_mail_server_nothing_is_sent_or_printed(settings_of, environment):
    assert settings_of(*MAIL, **environment) == NO_MAIL


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        ({"EMAIL_URL": "smtp://mail.example.org:25"}, LIMITED),
        ({"EMAIL_URL": "smtp+tls://name:word@mail.example.org:587"}, LIMITED),
        ({"EMAIL_URL": "consolemail://", "DEBUG": "true"}, f"{DJANGO}.console.EmailBackend"),
        (
            {"EMAIL_URL": "filemail:///tmp/mail", "DEBUG": "true"},
            f"{DJANGO}.filebased.EmailBackend",
        ),
    ],
    ids=str,
)
def test_a_mail_server_or_a_setting_while_debugging_sends_mail(settings_of, environment, backend):
    assert settings_of(*MAIL, **environment) == {
        "EMAIL_BACKEND": backend,
        "SENDS_MAIL": True,
        "ACCOUNT_EMAIL_VERIFICATION": "optional",
    }


def test_an_invalid_mail_server_is_reported_in_one_line(in_a_process):
    done = in_a_process("manage.py", "check", EMAIL_URL="mail.example.org:25")

    assert done.returncode != 0
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith("EMAIL_URL must look like smtp+tls://name:password@host:587.")
    )
    assert "mail.example.org" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "sender"),
    [
        ({}, "Cobalog <cobalog@localhost>"),
        ({"COBALOG_HOSTS": "localhost,b12.example.org"}, "Cobalog <cobalog@b12.example.org>"),
        ({"COBALOG_HOSTS": ".example.org"}, "Cobalog <cobalog@example.org>"),
        ({"COBALOG_HOSTS": "*"}, "Cobalog <cobalog@localhost>"),
        ({"COBALOG_HOSTS": "192.0.2.7"}, "Cobalog <cobalog@localhost>"),
        ({"DEFAULT_FROM_EMAIL": "b12@example.org"}, "b12@example.org"),
    ],
    ids=str,
)
def test_mail_comes_from_the_name_of_the_site(settings_of, environment, sender):
    found = settings_of("DEFAULT_FROM_EMAIL", "SERVER_EMAIL", **environment)

    assert found == {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}


def test_reauthentication_lasts_as_long_as_the_page_says(settings_of):
    """allauth checks too, so that not everything depends on the list of pages."""
    found = settings_of("ACCOUNT_REAUTHENTICATION_REQUIRED", "ACCOUNT_REAUTHENTICATION_TIMEOUT")

    assert found == {
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 15 * 60,
    }


# --- lock files


def pins(name):
    return dict(
        re.findall(r"^([a-z0-9.-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / name).read_text(), re.M)
    )


def test_tests_run_on_the_versions_that_users_get():
    needed, tested = pins("requirements.txt"), pins("requirements-dev.txt")

    assert len(needed) > 20
    assert {name: tested.get(name) for name in needed} == needed


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_a_hash_and_no_url(name):
    text = (ROOT / name).read_text()

    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
