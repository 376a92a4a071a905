from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "tracker.suggestions"

    def ready(self) -> None:
        from tracker.suggestions import joining  # noqa: F401 (connects its receiver)
