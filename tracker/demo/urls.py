"""The demo's one address."""

from django.urls import path

from tracker.demo import views

urlpatterns = [path("demo/<slug:slug>/", views.demo, name="demo")]
