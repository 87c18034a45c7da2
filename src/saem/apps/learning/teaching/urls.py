"""Addresses of `teaching`."""

from django.urls import path

from saem.apps.learning.teaching import views

app_name = "teaching"
urlpatterns = [
    path("classes/<int:pk>/lessons/<slug:lesson>/", views.lesson, name="lesson"),
    path("classes/<int:pk>/lessons/<slug:lesson>/assets/<path:path>", views.asset, name="asset"),
]
