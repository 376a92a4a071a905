"""The address of the demo."""

from django.urls import path

from tracker.demo import views

urlpatterns = [path("demo/<slug:slug>/", views.demo, name="demo")]
