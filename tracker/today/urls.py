"""URLs of the day."""

from datetime import date, datetime

from django.urls import path, register_converter

from tracker.today import views


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return datetime.strptime(value, "%Y-%m-%d").date()

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.today, name="today"),
    path("day/<day:day>/", views.day, name="day"),
    path("day/<day:day>/find/", views.find, name="find"),
    path("day/<day:day>/next/", views.next_food, name="next"),
    path("day/<day:day>/log/", views.log, name="log"),
    path("day/<day:day>/copy/", views.copy, name="copy"),
    path("day/<day:day>/mark/", views.mark, name="mark"),
    path("day/<day:day>/clock/", views.clock, name="clock"),
    path("day/<day:day>/undo/<int:pk>/", views.undo, name="undo"),
    path("day/<day:day>/put-back/<int:pk>/", views.put_back, name="put-back"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("entries/<int:pk>/delete/", views.entry_delete, name="entry-delete"),
]
