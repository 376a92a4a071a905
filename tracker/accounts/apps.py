from django.apps import AppConfig
from django.core.checks import Tags, register


class AccountsConfig(AppConfig):
    name = "tracker.accounts"

    def ready(self) -> None:
        from tracker.accounts import checks, devices, notices  # noqa: F401 (connect their receivers)

        register(checks.public_site_knows_its_proxy, Tags.security, deploy=True)
