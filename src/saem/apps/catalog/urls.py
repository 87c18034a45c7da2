"""Addresses of `catalog`."""

from django.urls import path

from saem.apps.catalog import views

app_name = "catalog"
urlpatterns = [
    path("", views.programs, name="programs"),
    path("<slug:slug>/", views.program, name="program"),
]
