"""The Django application of `awards`."""

from django.apps import AppConfig

from saem.apps.cohorts.retention.holds import announce_hold
from saem.apps.events.following import announce_reader
from saem.apps.jobs.kinds import announce_kind
from saem.apps.notices.kinds import Topic, announce_notice

CERTIFICATES = ("certificate.ready", "certificate.revoked")
BADGES = ("badge.ready", "badge.revoked", "badge.fell")


class AwardsConfig(AppConfig):
    name = "saem.apps.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_hold("saem.apps.awards.portfolio.gate.applications_needed")
        announce_kind("certificates", home="saem.apps.awards.certificates.handlers.MAKING")
        announce_kind("certificates.automatic", home="saem.apps.awards.certificates.automatic.FOLLOWING")
        announce_kind("certificates.nightly", home="saem.apps.awards.certificates.automatic.NIGHTLY", is_nightly=True)
        announce_kind("badges.goal", home="saem.apps.awards.goals.handlers.GIVING")
        announce_kind("badges.results", home="saem.apps.awards.goals.handlers.LOOKING")
        announce_reader("cohorts.completed", home="saem.apps.awards.certificates.automatic.completed")
        for verb in ("graded", "regraded"):
            announce_reader(verb, home="saem.apps.awards.goals.handlers.result_changed")
        for kind in (*CERTIFICATES, *BADGES, "sharing.answered"):
            announce_notice(kind, topic=Topic.RESULT)
        announce_notice("sharing.asked", topic=Topic.RESULT, is_required=True, opens=True)
