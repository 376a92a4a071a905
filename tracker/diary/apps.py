from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "tracker.diary"

    def ready(self) -> None:
        from tracker.diary import own_foods  # noqa: F401 (connects its receivers)
