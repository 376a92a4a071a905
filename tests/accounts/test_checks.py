import pytest

from tracker.accounts.checks import public_site_knows_its_proxy


@pytest.mark.parametrize(
    ("is_loopback", "proxies", "found"),
    [(True, 0, []), (True, 1, []), (False, 1, []), (False, 2, []), (False, 0, ["cobalog.W001"])],
)
def test_a_public_site_is_told_to_declare_its_proxy(settings, is_loopback, proxies, found):
    settings.IS_LOOPBACK = is_loopback
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert [message.id for message in public_site_knows_its_proxy()] == found
