"""Addresses of the first questions and the profile."""

from django.urls import path

from tracker.profiles import views

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("welcome/done/", views.welcome_done, name="welcome-done"),
    path("profile/", views.profile, name="profile"),
    path("profile/preview/", views.preview, name="profile-preview"),
]
