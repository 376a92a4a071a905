from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "tracker.fields"

    def ready(self) -> None:
        from tracker.fields.wording import speak_plainly

        speak_plainly()
