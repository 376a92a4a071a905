from django.urls import path

from tracker.learn import views

urlpatterns = [path("methods/", views.methods, name="methods")]
