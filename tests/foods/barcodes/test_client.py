import json
import threading
import time

import httpx
import pytest

from foods.barcodes import client
from foods.barcodes.client import NoAnswer, ask
from tests.foods.barcodes.products import CODE, GTIN, found, product, stored_answer

NOT_FOUND_V2 = {"code": CODE, "status": 0, "status_verbose": "product not found"}
NOT_FOUND_V3 = {"code": CODE, "status": "failure", "result": {"id": "product_not_found"}}


@pytest.fixture
def answering(monkeypatch):
    """Make a function (or a response) answer instead of Open Food Facts."""
    asked = []

    def answer_with(answer):
        def handle(request):
            asked.append(request)
            return answer(request) if callable(answer) else answer

        monkeypatch.setattr(client, "TRANSPORT", httpx.MockTransport(handle))
        return asked

    return answer_with


def refusal(answer, answering):
    answering(answer)
    with pytest.raises(NoAnswer) as caught:
        ask(GTIN)
    return caught.value


def raising(error):
    def handle(_request):
        raise error

    return handle


def test_one_request_sends_the_number_and_who_asks(answering, settings):
    asked = answering(found())

    ask(GTIN)

    (request,) = asked
    assert request.method == "GET"
    assert (request.url.scheme, request.url.host) == ("https", "world.openfoodfacts.org")
    assert request.url.path == f"/api/v2/product/{CODE}"
    assert {"nutriments", "nutrition", "code"} <= set(request.url.params["fields"].split(","))
    assert request.headers["User-Agent"] == "Cobalog/0.1 (self-hosted)"
    assert "cookie" not in request.headers and "authorization" not in request.headers
    assert request.content == b""


def test_a_contact_is_named_if_the_site_has_one(answering, settings):
    settings.OPENFOODFACTS_CONTACT = "me@example.org"
    asked = answering(found())

    ask(GTIN)

    assert asked[0].headers["User-Agent"] == "Cobalog/0.1 (self-hosted; me@example.org)"


def test_a_known_product_is_returned(answering):
    answering(found())

    assert ask(GTIN) == product()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, json=NOT_FOUND_V2),
        httpx.Response(404, json=NOT_FOUND_V3),
        httpx.Response(404, text="<html>no</html>"),
        httpx.Response(200, json=NOT_FOUND_V2),
        httpx.Response(200, json=NOT_FOUND_V3),
    ],
)
def test_an_unknown_product_is_an_answer_and_not_a_failure(answer, answering):
    answering(answer)

    assert ask(GTIN) is None


def test_the_constructed_answers_are_understood(answering):
    data = stored_answer("off_api_constructed_b12_40.json")

    for name in ("not_found_v2", "not_found_v3"):
        answering(httpx.Response(404, json=data[name]))
        assert ask(GTIN) is None
    for answer in (*data["v2"], *data["v3_5"]):
        answering(httpx.Response(200, json=answer))
        assert ask(GTIN)["product_name"] == answer["product"]["product_name"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raising(httpx.ConnectError("no route")), client.UNREACHABLE),
        (raising(httpx.ReadError("gone")), client.UNREACHABLE),
        (raising(httpx.RemoteProtocolError("odd")), client.UNREACHABLE),
        (raising(httpx.ConnectTimeout("slow")), client.TOO_SLOW),
        (raising(httpx.ReadTimeout("slow")), client.TOO_SLOW),
        (httpx.Response(429), client.TOO_BUSY),
        (httpx.Response(503), client.TOO_BUSY),
        (httpx.Response(302, headers={"Location": "https://example.org/"}), client.ELSEWHERE),
        (httpx.Response(304), client.ELSEWHERE),
        (httpx.Response(200, text="<html>hello</html>"), client.UNREADABLE),
        (httpx.Response(200, text=""), client.UNREADABLE),
        (httpx.Response(200, json=[]), client.UNREADABLE),
        (httpx.Response(200, json={"status": 1}), client.UNREADABLE),
        (httpx.Response(200, json={"status": 1, "product": "oat"}), client.UNREADABLE),
        (httpx.Response(200, text="[" * 200_000), client.UNREADABLE),
        (httpx.Response(200, content=b"\xff\xfe\x00"), client.UNREADABLE),
        (httpx.Response(200, content=b" " * 1_000_001), client.UNREADABLE),
        (
            httpx.Response(200, content=b"x", headers={"Content-Encoding": "zstd-of-mine"}),
            client.UNREADABLE,
        ),
    ],
)
def test_every_failure_is_one_clear_line(answer, said, answering):
    assert str(refusal(answer, answering).said) == str(said)


def test_an_error_names_its_status(answering):
    assert "(500)" in str(refusal(httpx.Response(500), answering).said)


def test_only_a_busy_answer_asks_for_a_pause(answering):
    assert refusal(httpx.Response(429), answering).is_busy
    assert not refusal(httpx.Response(500), answering).is_busy


def test_a_redirect_is_never_followed(answering):
    asked = answering(httpx.Response(301, headers={"Location": "https://example.org/"}))

    with pytest.raises(NoAnswer):
        ask(GTIN)

    assert len(asked) == 1


def test_an_endless_answer_is_read_only_to_a_megabyte(answering):
    sent = 0

    def endless():
        nonlocal sent
        while True:
            sent += 100_000
            yield b" " * 100_000

    error = refusal(lambda _request: httpx.Response(200, content=endless()), answering)

    assert error.said == client.UNREADABLE
    assert sent <= 1_200_000


def test_a_trickle_is_cut_off(answering, monkeypatch):
    monkeypatch.setattr(client, "WHOLE_TIME_S", 0.2)

    sent = 0

    def trickle():
        nonlocal sent
        for _ in range(1000):
            time.sleep(0.02)
            sent += 1
            yield b" "

    error = refusal(lambda _request: httpx.Response(200, content=trickle()), answering)

    assert error.said == client.TOO_SLOW
    assert sent <= 11


def test_a_hanging_dns_look_up_is_abandoned(answering, monkeypatch):
    monkeypatch.setattr(client, "WHOLE_TIME_S", 0.1)
    let_go = threading.Event()

    def hang(_request):
        let_go.wait(5)
        return found()

    error = refusal(hang, answering)
    let_go.set()

    assert error.said == client.TOO_SLOW


def test_a_bug_of_our_own_is_not_hidden(answering):
    answering(raising(KeyError("ours")))

    with pytest.raises(KeyError):
        ask(GTIN)


def test_without_a_network_it_says_so():
    # The guard of the test run refuses every name that is not this machine's.
    with pytest.raises(NoAnswer) as caught:
        ask(GTIN)

    assert caught.value.said == client.UNREACHABLE
    assert json.dumps(str(caught.value))
