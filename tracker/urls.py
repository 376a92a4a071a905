"""Where everything is."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("tracker.today.urls")),
    path("", include("tracker.serving.urls")),
]
