"""Where everything is."""

from django.urls import include, path

handler400 = "tracker.serving.failures.bad_request"
handler403 = "tracker.serving.failures.forbidden"
handler404 = "tracker.serving.failures.not_found"
handler500 = "tracker.serving.failures.broken"

urlpatterns = [
    path("", include("tracker.accounts.urls")),
    path("", include("foods.urls")),
    path("", include("tracker.profiles.urls")),
    path("", include("tracker.demo.urls")),
    path("", include("tracker.today.urls")),
    path("", include("tracker.recipes.urls")),
    path("", include("tracker.insights.urls")),
    path("", include("tracker.suggestions.urls")),
    path("", include("tracker.learn.urls")),
    path("", include("tracker.serving.urls")),
]

handler429 = "tracker.accounts.refusals.too_many"
"""Asked for by allauth, and so by every limit."""
