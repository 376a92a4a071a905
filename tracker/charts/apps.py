from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "tracker.charts"
