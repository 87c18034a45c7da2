"""Addresses of `people`. allauth's have no namespace: it knows its pages by their plain names."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from saem.apps.people import views

ours = [path("account/", views.profile, name="profile")]
urlpatterns = [
    path("", include((ours, "people"))),
    path("language/", views.set_language, name="set_language"),
    path("account/login/", allauth_views.login, name="account_login"),
    path("account/logout/", allauth_views.logout, name="account_logout"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("account/signup/", allauth_views.signup, name="account_signup"),
    path("account/confirm/", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/confirm/(?P<key>[-:\w]+)/$", allauth_views.confirm_email, name="account_confirm_email"),
    path(
        "account/password/change/",
        views.with_email_only(allauth_views.password_change),
        name="account_change_password",
    ),
    path("account/password/set/", views.with_email_only(allauth_views.password_set), name="account_set_password"),
    path("account/password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("account/password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/changed/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
