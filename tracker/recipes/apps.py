from django.apps import AppConfig


class RecipesConfig(AppConfig):
    name = "tracker.recipes"
