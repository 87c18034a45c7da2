"""Addresses of `jobs`."""

from django.urls import path

from saem.apps.jobs import views

app_name = "jobs"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("operate/queue/", views.queue, name="queue"),
    path("operate/queue/<int:pk>/retry/", views.retry, name="retry"),
    path("operate/metrics", views.metrics, name="metrics"),
]
