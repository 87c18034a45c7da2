"""Puts our own site in the place of Django's admin. Not in `apps.py`, where Django looks for the room's one config."""

from django.contrib.admin.apps import AdminConfig


class SuperuserAdminConfig(AdminConfig):
    default_site = "saem.apps.people.admin_site.SuperuserAdminSite"
