"""The Django application of `cohorts`."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "saem.apps.cohorts"
    label = "cohorts"
    default_auto_field = "django.db.models.BigAutoField"
