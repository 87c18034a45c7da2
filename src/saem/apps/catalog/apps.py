"""The Django application of `catalog`."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "saem.apps.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"
