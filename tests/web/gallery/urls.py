"""Addresses of the gallery, with the names that base.html looks for."""

from django.urls import include, path
from django.views.i18n import set_language

from saem.web import error_pages
from tests.web.gallery import views

people = ([path("profile/", views.parts, name="profile")], "people")
urlpatterns = [
    path("", views.parts, name="parts"),
    path("lesson/", views.lesson, name="lesson"),
    path("cell/<slug:cell>/", views.cell, name="cell"),
    path("class/", views.classroom, name="class"),
    path("result/", views.result, name="result"),
    path("form/", views.form, name="form"),
    path("slow/", views.slow, name="slow"),
    path("expired/", views.expired, name="expired"),
    path("refused/", views.refused, name="refused"),
    path("broken/", views.broken, name="broken"),
    path("denied/", views.denied, name="denied"),
    path("language/", set_language, name="set_language"),
    path("in/", views.sign_in, name="account_login"),
    path("out/", views.parts, name="account_logout"),
    path("", include(people)),
]
handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error
