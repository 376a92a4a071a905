from django.urls import path

from foods import views
from foods.barcodes.views import barcode, barcode_consent

urlpatterns = [
    path("foods/", views.food_list, name="foods"),
    path("foods/new/", views.food_new, name="food-new"),
    path("foods/<int:pk>/", views.food_page, name="food"),
    path("foods/<int:pk>/edit/", views.food_edit, name="food-edit"),
    path("foods/<int:pk>/retire/", views.food_retire, name="food-retire"),
    path("barcode/", barcode, name="barcode"),
    path("barcode/stop-asking/", barcode_consent, name="barcode-consent"),
]
