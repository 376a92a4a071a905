from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tracker.accounts"

    def ready(self) -> None:
        from tracker.accounts import notices  # noqa: F401 (connects its receivers)
