"""The Django application of `insight`."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "saem.apps.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
