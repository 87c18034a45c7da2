"""The Django application of `awards`."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "saem.apps.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"
