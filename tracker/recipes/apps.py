from django.apps import AppConfig


class RecipesConfig(AppConfig):
    name = "tracker.recipes"

    def ready(self) -> None:
        from tracker.recipes import joining  # noqa: F401 (connects its receiver)
