from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tracker.intake"

    def ready(self) -> None:
        from tracker.intake.stored import drop
        from tracker.memo.store import on_touch

        on_touch(drop)
