from django.apps import AppConfig


class MemoConfig(AppConfig):
    name = "tracker.memo"
