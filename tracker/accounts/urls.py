"""Addresses of accounts. The ones before allauth's replace it there."""

from django.urls import include, path

from tracker.accounts import mail, views
from tracker.accounts.theme import theme

urlpatterns = [
    path("accounts/login/", views.sign_in, name="account_login"),
    path("accounts/signup/", views.sign_up, name="account_signup"),
    path("accounts/logout/", views.sign_out, name="account_logout"),
    path("accounts/email/", mail.email, name="account_email"),
    path("accounts/password/reset/", mail.password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        mail.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "accounts/confirm-email/",
        mail.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("accounts/2fa/totp/activate/", views.codes_on, name="mfa_activate_totp"),
    path("accounts/", include("allauth.urls")),
    path("try/", views.try_it, name="try"),
    path("keep/", views.claim, name="claim"),
    path("theme/", theme, name="theme"),
    path("account/", views.account, name="account"),
    path("account/delete/", views.account_delete, name="account_delete"),
]
