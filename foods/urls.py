from django.urls import path

from foods import views

urlpatterns = [
    path("foods/", views.food_list, name="foods"),
    path("foods/<int:pk>/", views.food_page, name="food"),
]
