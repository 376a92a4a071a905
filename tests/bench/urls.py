from django.urls import include, path

from tests.bench import bare

urlpatterns = [
    path("bare/<int:profile>/<int:food>/<slug:day>/", bare.page),
    path("bare/insert/<int:profile>/<slug:day>/", bare.insert),
    path("", include("tracker.urls")),
]
