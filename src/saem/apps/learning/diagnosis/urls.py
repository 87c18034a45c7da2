"""Addresses of a diagnosis."""

from django.urls import path

from saem.apps.learning.diagnosis import views

app_name = "diagnosis"
urlpatterns = [
    path("<int:enrolment>/", views.overview, name="overview"),
    path("<int:enrolment>/<slug:moment>/", views.sitting, name="sitting"),
    path("<int:enrolment>/<slug:moment>/start/", views.start, name="start"),
    path("<int:enrolment>/<slug:moment>/answer/", views.answer, name="answer"),
    path("<int:enrolment>/<slug:moment>/assets/<path:path>", views.asset, name="asset"),
]
