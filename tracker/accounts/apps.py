from django.apps import AppConfig
from django.core.checks import Tags, register


class AccountsConfig(AppConfig):
    name = "tracker.accounts"

    def ready(self) -> None:
        # importing them connects their receivers
        from tracker.accounts import checks, devices, notices, staying  # noqa: F401

        register(checks.public_site_knows_its_proxy, Tags.security, deploy=True)
