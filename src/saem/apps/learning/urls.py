"""Addresses of `learning`."""

from django.urls import path

from saem.apps.learning import views
from saem.apps.learning.exits import views as exits

app_name = "learning"
urlpatterns = [
    path("<int:enrolment>/", views.program, name="program"),
    path("<int:enrolment>/<slug:lesson>/", views.lesson, name="lesson"),
    path("<int:enrolment>/<slug:lesson>/cells/<slug:cell>/", views.cell, name="cell"),
    path("<int:enrolment>/<slug:lesson>/exit/", exits.answer, name="exit"),
    path("<int:enrolment>/<slug:lesson>/assets/<path:path>", views.asset, name="asset"),
]
