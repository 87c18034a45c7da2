"""The Django application of `learning`."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "saem.apps.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"
