import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.secret_key import secret_key

LONG = "k" * 50


def test_a_key_from_the_environment_is_used_without_a_file(tmp_path):
    assert secret_key("given", tmp_path / "secret_key") == "given"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["", "   ", "\n"])
def test_a_blank_key_counts_as_none(tmp_path, given):
    path = tmp_path / "new" / "secret_key"

    key = secret_key(given, path)

    assert len(key) == 50
    assert path.read_text() == key + "\n"
    assert secret_key(given, path) == key


def test_a_stored_key_is_private(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text(LONG)
    path.chmod(0o644)

    assert secret_key("", path) == LONG
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"  \n", b"\t\r\n\n"])
def test_an_empty_file_is_refused_with_advice(tmp_path, content):
    path = tmp_path / "secret_key"
    path.write_bytes(content)

    with pytest.raises(ImproperlyConfigured) as refusal:
        secret_key("", path)

    assert str(refusal.value) == (
        f"Cobalog: the secret key in {path} is empty. Restore it from your copy, or delete it: "
        "the next start makes a new one, and everybody has to sign in again."
    )
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 51,
        b"\xff\xfe" * 30,
        b"k" * 31,
        LONG.encode() + b"\n" + LONG.encode(),
        "é".encode() * 50,
    ],
)
def test_a_damaged_file_is_refused(tmp_path, content):
    path = tmp_path / "secret_key"
    path.write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match="is damaged"):
        secret_key("", path)


def test_a_folder_instead_of_the_file_is_refused(tmp_path):
    (tmp_path / "secret_key").mkdir()

    with pytest.raises(ImproperlyConfigured, match="should be the file of the secret key"):
        secret_key("", tmp_path / "secret_key")


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (PermissionError(13, "Not permitted"), "Make it writable, or set COBALOG_VAR to a"),
        (OSError(28, "No space"), "Make room on the disk, or set COBALOG_VAR to a"),
    ],
)
def test_a_file_that_cannot_be_created_is_reported_in_one_line(
    tmp_path, monkeypatch, error, advice
):
    def refuse(*_what):
        raise error

    monkeypatch.setattr("tracker.secret_key.write_once", refuse)

    with pytest.raises(ImproperlyConfigured, match=f"{error.strerror}. {advice}"):
        secret_key("", tmp_path / "secret_key")
