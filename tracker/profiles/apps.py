from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "tracker.profiles"

    def ready(self) -> None:
        from tracker.profiles import joining  # noqa: F401 (connects its receiver)
