from django.urls import path

from tracker.serving import views

urlpatterns = [
    path("healthz", views.health, name="health"),
]
