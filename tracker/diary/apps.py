from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "tracker.diary"

    def ready(self) -> None:
        from tracker.diary import joining  # noqa: F401 (connects its receiver)
