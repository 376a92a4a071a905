"""URLs of saved meals and recipes. Include them after the day's, which define ``<day:day>``."""

from django.urls import path

from tracker.recipes import views

urlpatterns = [
    path("meals/", views.recipe_list, name="recipes"),
    path("meals/new/", views.recipe_new, name="recipe-new"),
    path("meals/<int:pk>/", views.recipe, name="recipe"),
    path("meals/<int:pk>/find/", views.recipe_find, name="recipe-find"),
    path("meals/<int:pk>/items/", views.item_add, name="recipe-add"),
    path("meals/<int:pk>/items/<int:item_pk>/", views.item_change, name="recipe-item"),
    path("meals/<int:pk>/items/put-back/", views.item_put_back, name="recipe-put-back"),
    path("meals/<int:pk>/items/<int:item_pk>/remove/", views.item_remove, name="recipe-remove"),
    path("meals/<int:pk>/log/", views.recipe_log, name="recipe-log"),
    path("meals/<int:pk>/delete/", views.recipe_retire, name="recipe-retire"),
    path("meals/<int:pk>/restore/", views.recipe_restore, name="recipe-restore"),
    path("day/<day:day>/save-meal/", views.recipe_from_meal, name="recipe-from-meal"),
]
