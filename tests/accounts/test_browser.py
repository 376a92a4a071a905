"""Trying, keeping and securing an account in a real browser, checked by axe."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests import factories
from tests.also import also
from tests.conftest import watched
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User

PASSWORD = "correct horse battery"
STRANGER_PAGES = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-abc/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong:key/",
)
GUEST_PAGES = ("/account/", "/keep/", "/accounts/login/")
ACCOUNT_PAGES = (
    "/account/",
    "/account/delete/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
)
pytestmark = pytest.mark.browser


@pytest.fixture
def stranger_page(page, live_server):
    with watched(page):
        yield page


def carry_session(client, page, live_server):
    """Give a browser the session and the CSRF secret of a test client."""
    cookies = [
        {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        for name in ("sessionid", "csrftoken")
        if name in client.cookies
    ]
    page.context.add_cookies(cookies)


@pytest.fixture
def guest_page(stranger_page, live_server):
    guest = make_guest(localdate())
    factories.make_profile(guest)
    client = Client()
    client.force_login(guest)
    carry_session(client, stranger_page, live_server)
    return stranger_page


@pytest.fixture
def grace_page(stranger_page, live_server):
    grace = factories.make_user("grace")
    grace.set_password(PASSWORD)
    grace.save()
    factories.make_profile(grace)
    client = Client()
    client.post("/accounts/login/", {"login": "grace", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    carry_session(client, stranger_page, live_server)
    stranger_page.grace, stranger_page.server = grace, live_server
    return stranger_page


def test_from_the_first_page_to_a_kept_diary(stranger_page):
    page = stranger_page
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Try it now").click()
    page.get_by_role("heading", name="Today").wait_for()
    page.get_by_role("link", name="Keep this diary").click()
    page.get_by_label("User name").fill("linus")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Repeat the password").fill(PASSWORD)
    page.get_by_role("button", name="Keep this diary").click()
    page.get_by_text("This diary is yours now.").wait_for()

    assert page.get_by_role("heading", name="Today").is_visible()
    user = User.objects.get()
    assert (user.username, user.is_guest) == ("linus", False)


def test_a_guest_lives_in_the_time_zone_of_the_browser(browser, live_server, db):
    context = browser.new_context(timezone_id="Asia/Tokyo", base_url=live_server.url)
    page = context.new_page()

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Try it now").click()
    page.get_by_role("heading", name="Today").wait_for()
    context.close()

    assert User.objects.get().profiles.get().time_zone == "Asia/Tokyo"


def test_a_passkey_is_added_and_opens_the_account(grace_page):
    page = grace_page
    plug_in_a_key(page)

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r":\d+/$"))

    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_somebody_with_only_a_passkey_gives_proof_with_it(grace_page, axe):
    page = grace_page
    plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")
    User.objects.update(password="!")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r":\d+/$"))

    page.goto("/accounts/password/set/")
    page.get_by_role("link", name="Use the passkey or security key").click()
    axe(page)
    page.get_by_role("button", name="Use the passkey or security key").click()
    page.wait_for_url("**/accounts/password/set/")

    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("Repeat the new password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_url("**/account/")
    grace_page.grace.refresh_from_db()
    assert grace_page.grace.check_password(PASSWORD)


def plug_in_a_key(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )["authenticatorId"]
    return devtools, device


def check_each(page, addresses, check):
    for address in addresses:
        page.goto(address)
        assert page.url.endswith(address)
        check(page)


def test_pages_for_strangers_have_no_faults(stranger_page, looked_over):
    check_each(stranger_page, STRANGER_PAGES, looked_over)


def test_pages_of_a_guest_have_no_faults(guest_page, looked_over):
    check_each(guest_page, GUEST_PAGES, looked_over)


@pytest.mark.ignore_template_errors  # allauth asks its own pages for more than there is
def test_pages_of_an_account_have_no_faults(grace_page, looked_over):
    check_each(grace_page, ACCOUNT_PAGES, looked_over)


@pytest.mark.slow
def test_pages_for_strangers_have_no_faults_without_a_mail_server(
    stranger_page, looked_over, settings
):
    settings.SENDS_MAIL = False

    check_each(stranger_page, STRANGER_PAGES[:3], looked_over)


@pytest.mark.ignore_template_errors  # allauth asks its own pages for more than there is
@pytest.mark.slow
def test_pages_of_an_account_have_no_faults_without_a_mail_server(
    grace_page, looked_over, settings
):
    settings.SENDS_MAIL = False

    check_each(grace_page, ("/accounts/email/", "/accounts/password/change/"), looked_over)


def test_a_page_with_several_addresses_has_no_faults(grace_page, looked_over):
    for number, is_confirmed in enumerate((True, True, False)):
        EmailAddress.objects.create(
            user=grace_page.grace,
            email=f"{number}@example.org",
            verified=is_confirmed,
            primary=number == 0,
        )

    check_each(grace_page, ("/accounts/email/",), looked_over)


def test_an_open_session_changes_the_address_by_keyboard_after_the_password(grace_page, axe):
    page = grace_page
    client = Client()
    client.force_login(page.grace)
    carry_session(client, page, page.server)
    page.goto("/accounts/email/")
    page.wait_for_url("**/accounts/reauthenticate/?next=*")
    axe(page)
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/email/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type("grace@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Send the link again").wait_for()

    assert EmailAddress.objects.get().email == "grace@example.org"


def test_axe_finds_no_fault_next_to_a_wrong_password(stranger_page, axe):
    stranger_page.goto("/accounts/login/")
    stranger_page.get_by_label("User name").fill("nobody")
    stranger_page.get_by_label("Password").fill("wrong")
    stranger_page.get_by_role("button", name="Sign in", exact=True).click()
    stranger_page.wait_for_selector(".errorlist")

    axe(stranger_page)


def test_changing_the_theme_keeps_what_was_typed(ada_page):
    ada_page.goto("/foods/new/")
    ada_page.fill("[name=name]", "Oat drink")
    root = ada_page.locator("html")

    for word, theme in (("Dark", "dark"), ("Light", "light")):
        ada_page.get_by_role("button", name=word).click()
        expect(root).to_have_attribute("data-theme", theme)
        pressed = ada_page.locator(".theme-form [aria-pressed=true]")
        expect(pressed).to_have_text([word])
        assert ada_page.input_value("[name=name]") == "Oat drink"

    ada_page.get_by_role("button", name="Dark").click()
    expect(root).to_have_attribute("data-theme", "dark")
    ada_page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    ada_page.get_by_role("button", name="System").click()
    expect(root).not_to_have_attribute("data-theme", "dark")
    ada_page.reload()
    assert root.get_attribute("data-theme") is None


@pytest.mark.parametrize("address", ["/keep/", also("/accounts/signup/")])
def test_a_refusal_is_in_sight_on_a_phone(client, page, live_server, address, transactional_db):
    page.set_viewport_size({"width": 375, "height": 667})
    if address == "/keep/":
        guest = make_guest(localdate())
        factories.make_profile(guest)
        client.force_login(guest)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
    page.goto(live_server.url + address)
    page.fill("[name=username]", "margaret")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD + " 2")
    page.keyboard.press("Enter")

    said = page.locator(".refused")
    expect(said).to_contain_text("same password each time")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()
    page.locator(".refused a").click()
    expect(page.locator("[name=password2]")).to_be_focused()


ASKED = """
window.asked = 0;
document.getElementById('passkey_login').addEventListener('click', (event) => {
  window.asked += 1; event.preventDefault(); event.stopImmediatePropagation();
}, true)
"""


def test_a_passkey_is_asked_for_once_however_often_the_button_is_pressed(page, live_server, db):
    page.goto(live_server.url + "/accounts/login/")
    page.evaluate(ASKED)

    page.locator("#passkey_login").dblclick()
    page.locator("#passkey_login").click()

    assert page.evaluate("window.asked") == 1


HELD = """
CredentialsContainer.prototype.get = () => new Promise((_, no) => {
  const seen = document.documentElement.dataset;
  seen.asked = Number(seen.asked || 0) + 1;
  window.end = (name) => no(new DOMException("over", name));
});
"""


def is_asked(page, times):
    expect(page.locator("html")).to_have_attribute("data-asked", str(times))


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("NotAllowedError", "No passkey was used."),
        also("SecurityError", "This browser cannot use a passkey on this site."),
    ],
)
def test_its_button_is_enabled_again_only_after_the_question_has_failed(
    page, live_server, db, ending, words
):
    page.add_init_script(HELD)
    page.goto(live_server.url + "/accounts/login/")
    button, said = page.locator("#passkey_login"), page.locator("#passkey-said")
    button.click()
    is_asked(page, 1)

    button.click()
    page.evaluate("name => window.end(name)", ending)
    expect(said).to_contain_text(words)
    expect(said).to_be_in_viewport()
    is_asked(page, 1)
    button.click()
    is_asked(page, 2)

    expect(said).to_have_count(0)


def test_a_question_that_could_not_be_prepared_is_reported_and_asked_again(page, live_server, db):
    page.add_init_script(HELD)
    page.goto(live_server.url + "/accounts/login/")
    page.route("**/webauthn/login/", lambda route: route.abort())
    page.locator("#passkey_login").click()
    expect(page.locator("#passkey-said")).to_contain_text("That did not reach the site")

    page.unroute("**/webauthn/login/")
    page.locator("#passkey_login").click()

    is_asked(page, 1)


def keys_on(devtools, device):
    found = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    return [key["credentialId"].rstrip("=") for key in found]


SLOW_LINE = """
const send = HTMLFormElement.prototype.submit;
HTMLFormElement.prototype.submit = function () { setTimeout(() => send.call(this), 2000); };
"""


def test_a_second_press_on_add_cannot_replace_the_passkey_that_the_site_stores(grace_page):
    page = grace_page
    page.add_init_script(SLOW_LINE)
    devtools, device = plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Passwordless").check()
    button = page.get_by_role("button", name="Add")
    button.click()
    expect(page.locator("#id_credential")).not_to_have_value("")
    made = keys_on(devtools, device)

    page.wait_for_timeout(800)  # longer than a double tap
    button.click()
    page.wait_for_url("**/recovery-codes/")

    stored = Authenticator.objects.get(type="webauthn").data["credential"]["id"]
    assert [key.translate(str.maketrans("+/", "-_")) for key in made] == [stored]
    assert keys_on(devtools, device) == made


def test_a_page_opened_before_a_key_was_added_cannot_replace_it(grace_page):
    page = grace_page
    devtools, device = plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    old = page.locator("#js_data").text_content()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")
    made = keys_on(devtools, device)

    page.goto("/accounts/2fa/webauthn/add/")
    page.evaluate("old => { document.getElementById('js_data').textContent = old; }", old)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()

    expect(page.locator("#passkey-said")).to_contain_text("already in your list")
    assert keys_on(devtools, device) == made
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_key_is_added_from_a_page_opened_before_the_last_sign_in(grace_page):
    page = grace_page
    plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    again = Client()
    again.post("/accounts/login/", {"login": "grace", "password": PASSWORD})
    again.post("/accounts/reauthenticate/", {"password": PASSWORD})
    carry_session(again, page, page.server)

    page.get_by_role("button", name="Add").click()

    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.filter(type="webauthn", user=page.grace).count() == 1


def test_a_page_of_another_account_asks_for_no_key(grace_page):
    page = grace_page
    devtools, device = plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    other = factories.make_user("other")
    other.set_password(PASSWORD)
    other.save()
    factories.make_profile(other)
    client = Client()
    client.post("/accounts/login/", {"login": "other", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    carry_session(client, page, page.server)

    with page.expect_navigation():
        page.get_by_role("button", name="Add").click()
    assert keys_on(devtools, device) == []
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")

    assert Authenticator.objects.get(type="webauthn").user == other


def test_one_tab_asks_for_a_new_key_at_a_time(grace_page):
    page = grace_page
    devtools, device = plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    other = page.context.new_page()
    other.goto("/accounts/2fa/webauthn/add/")
    other.evaluate(
        "void navigator.locks.request('passkey', () => new Promise((end) => { window.end = end; }))"
    )
    page.bring_to_front()

    page.get_by_role("button", name="Add").click()
    expect(page.locator("#passkey-said")).to_contain_text("Another tab is asking for a passkey.")
    assert keys_on(devtools, device) == []
    other.evaluate("window.end()")
    page.get_by_role("button", name="Add").click()

    page.wait_for_url("**/recovery-codes/")


def test_a_page_asks_for_no_key_after_signing_out_elsewhere(grace_page):
    page = grace_page
    devtools, device = plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.context.clear_cookies()

    page.get_by_role("button", name="Add").click()

    page.get_by_role("heading", name="Sign in").wait_for()
    assert keys_on(devtools, device) == []


WITHOUT_A_TOKEN = """<script id="js_data" type="application/json">%s</script>"""
BREAKS_OFF = "() => { Response.prototype.text = () => Promise.reject(new TypeError('network')); }"


def test_a_question_for_a_new_key_that_could_not_be_prepared_is_reported(grace_page):
    page = grace_page
    plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    whole = page.locator("#js_data").text_content()
    said = page.locator("#passkey-said")

    def is_told(answer):
        page.get_by_role("button", name="Add").click()
        expect(said, answer).to_contain_text("That did not reach the site")
        said.evaluate("line => { line.textContent = ''; }")

    answers = {
        "too many": {"status": 429},
        "half a page": {"body": '<script id="js_data">{"creation_opt', "content_type": "text/html"},
        "no token": {"body": WITHOUT_A_TOKEN % whole, "content_type": "text/html"},
    }
    for answer, sent in answers.items():
        page.route("**/webauthn/add/", lambda route: route.fulfill(**sent))  # noqa: B023
        is_told(answer)
        page.unroute("**/webauthn/add/")
    page.route("**/webauthn/add/", lambda route: route.abort())
    is_told("none")
    page.unroute("**/webauthn/add/")
    page.evaluate("() => { window.readWhole = Response.prototype.text; }")
    page.evaluate(BREAKS_OFF)
    is_told("breaks off")
    page.evaluate("() => { Response.prototype.text = window.readWhole; }")

    page.get_by_role("button", name="Add").click()

    page.wait_for_url("**/recovery-codes/")


def test_pressing_again_while_a_question_is_open_shows_what_to_do(page, live_server, db):
    page.add_init_script(HELD)
    page.goto(live_server.url + "/accounts/login/")
    button, said = page.locator("#passkey_login"), page.locator("#passkey-said")
    button.dblclick()
    is_asked(page, 1)
    expect(said).to_have_count(0)

    page.wait_for_timeout(1100)  # longer than a double press
    button.click()

    expect(said).to_have_text("This is still going on. If nothing happens, reload the page.")
    is_asked(page, 1)


def test_a_key_that_is_already_listed_is_reported(grace_page):
    page = grace_page
    plug_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Passwordless").check()
    page.get_by_label("Name").fill("Telephone")
    page.get_by_label("Name").press("Enter")
    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.get(type="webauthn").data["name"] == "Telephone"

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add").click()

    expect(page.locator("#passkey-said")).to_contain_text("already in your list")
    assert Authenticator.objects.filter(type="webauthn").count() == 1
