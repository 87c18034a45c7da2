"""The Django application of `projects`."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "saem.apps.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"
