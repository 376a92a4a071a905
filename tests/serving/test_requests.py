"""What a client says about its own request must not be trusted."""

import io

import pytest
from django.test import Client

from tracker.serving.requests import Handler, Utf8Request
from tracker.wsgi import application

CODECS = [
    *("utf-7", "utf-8-sig", "utf-16", "utf_32", "idna", "punycode", "hex", "rot13", "base64"),
    *("zlib", "bz2", "uu", "quopri", "undefined", "charmap", "unicode_escape", "cp037", "latin-1"),
    *("raw_unicode_escape", "mbcs", "oem", "palmos", "nonsense", "..", "aliases", "\xff"),
    *("'", '"', ";"),
]
FORMS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
NAMINGS = (
    "; charset={}",
    '; charset="{}"',
    "; charset*={}'en'%41",
    "; charset*0*={}''b; charset*1=c",
)
BODY = (
    b"--x\r\nContent-Disposition: form-data; name=theme; filename*=rot13''%41\r\n"
    b"Content-Type: text/plain; charset=rot13\r\n\r\n\xff+AGE-\r\n--x--\r\n"
)


@pytest.fixture
def client(monkeypatch):
    """A test client whose requests are read as by the server."""
    monkeypatch.setattr("django.test.client.WSGIRequest", Utf8Request)
    return Client()


def test_the_server_uses_this_request_class():
    assert isinstance(application, Handler)


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("codec", CODECS)
def test_no_codec_chosen_by_the_client_is_used(client, codec, naming):
    for kind in ("text/html", *FORMS):
        for method in ("GET", "POST"):
            response = client.generic(
                method,
                "/theme/?q=%FF+AGE-",
                b"theme=+AGE-&x=%80\xff" if kind == FORMS[0] else BODY,
                content_type=kind + naming.format(codec),
            )

            assert response.status_code in (302, 400, 405), (kind, method)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("codec", ["utf-7", "rot13", "latin-1", "nonsense"])
def test_a_form_in_another_charset_is_refused(client, codec, kind):
    response = client.generic("POST", "/theme/", BODY, content_type=f"{kind}; charset={codec}")

    assert response.status_code == 400
    assert "<h1>This request could not be understood</h1>" in response.text


@pytest.mark.parametrize("codec", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_a_form_in_our_own_charset_is_read(client, codec):
    kind = f"{FORMS[0]}; charset={codec}"

    response = client.generic("POST", "/theme/", b"theme=dark&next=/week/", content_type=kind)

    assert (response.status_code, response["Location"]) == (302, "/week/")
    assert response.cookies["theme"].value == "dark"


@pytest.mark.parametrize("codec", CODECS)
def test_addresses_are_read_as_utf_8(codec):
    request = made(f"text/html; charset={codec}", query="q=caf%C3%A9")

    assert request.GET["q"] == "café"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n",
        b"--x\r\n\r\n\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\xff\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name*=rot13''%41\r\n\r\na\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name*=undefined''%41\r\n\r\na\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a; filename=../../x\r\n\r\na\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a; filename=\0\r\n\r\na\r\n--x--\r\n",
        b"--x\r\nContent-Disposition" + b";" * 5000 + b"\r\n\r\na\r\n--x--\r\n",
    ],
)
@pytest.mark.parametrize("boundary", ["x", "", '"', "x" * 300, "\xff", "x; y=1", '"x'])
def test_a_broken_upload_is_answered(client, body, boundary):
    kind = f"multipart/form-data; boundary={boundary}"

    response = client.generic("POST", "/theme/", body, content_type=kind)

    assert response.status_code in (302, 400)


@pytest.mark.parametrize("length", ["", "-1", "abc", "99999999999999999999", "1e3", "٣"])
def test_an_invented_length_is_answered(client, length):
    said = {"content_type": FORMS[0], "CONTENT_LENGTH": length}
    response = client.generic("POST", "/theme/", b"theme=dark", **said)

    assert response.status_code in (302, 400)


def test_more_fields_than_any_page_has_are_refused(client):
    many = "&".join(f"a{n}=1" for n in range(501))

    for response in (
        client.get(f"/theme/?{many}"),
        client.post("/theme/", many, content_type=FORMS[0]),
    ):
        assert response.status_code in (400, 405)


def made(content_type, query=""):
    return Utf8Request(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "QUERY_STRING": query,
            "CONTENT_TYPE": content_type,
            "wsgi.input": io.BytesIO(),
        }
    )
