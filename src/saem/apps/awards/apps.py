"""The Django application of `awards`."""

from django.apps import AppConfig

from saem.apps.jobs.kinds import announce_kind
from saem.apps.notices.kinds import Topic, announce_notice


class AwardsConfig(AppConfig):
    name = "saem.apps.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_kind("certificates", home="saem.apps.awards.certificates.handlers.MAKING")
        for kind in ("certificate.ready", "certificate.revoked", "badge.ready"):
            announce_notice(kind, topic=Topic.RESULT)
