from django.urls import path

from tracker.insights import views

urlpatterns = [
    path("week/", views.week, name="week"),
    path("week/<slug:day>/", views.week, name="week"),
]
