"""Accounts. The three first take allauth's place at its own addresses."""

from django.urls import include, path

from tracker.accounts import views

urlpatterns = [
    path("accounts/login/", views.sign_in, name="account_login"),
    path("accounts/signup/", views.sign_up, name="account_signup"),
    path("accounts/logout/", views.sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("try/", views.try_it, name="try"),
    path("keep/", views.claim, name="claim"),
    path("account/", views.account, name="account"),
    path("account/delete/", views.account_delete, name="account_delete"),
]
