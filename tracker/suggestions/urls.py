from django.urls import path

from tracker.suggestions import views

urlpatterns = [
    path("suggestions/", views.suggestions, name="suggestions"),
    path("suggestions/hide/", views.hide, name="suggestion-hide"),
    path("suggestions/restore/", views.restore, name="suggestion-restore"),
]
