"""The Django application of `partners`."""

from django.apps import AppConfig

from saem.apps.jobs.kinds import announce_kind
from saem.apps.notices.kinds import Topic, announce_notice

# What was agreed does not take place, or must not: nobody may miss it.
REQUIRED = (
    "vetting.lapsed",
    "vetting.ends",
    "booking.cancelled",
    "challenge.data_withdrawn",
    "opportunity.cancelled",
    "opportunity.moved_up",
    "opportunity.hold_ended",
    "opportunity.guardian",
)
OTHERS = (
    "mentor.invited",
    "mentor.paired",
    "mentor.given",
    "mentor.parted",
    "mentor.post",
    "mentor.review_asked",
    "mentor.review_answered",
    "vetting.resumed",
    "booking.made",
    "challenge.sent",
    "challenge.decided",
    "opportunity.sent",
    "opportunity.approved",
)


class PartnersConfig(AppConfig):
    name = "saem.apps.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_kind("partners.match", home="saem.apps.partners.handlers.MATCHING")
        announce_kind("partners.nightly", home="saem.apps.partners.handlers.NIGHTLY", is_nightly=True)
        for kind in REQUIRED:
            announce_notice(kind, topic=Topic.TOGETHER, is_required=True)
        announce_notice("opportunity.guardian_asked", topic=Topic.TOGETHER, is_required=True, opens=True)
        for kind in OTHERS:
            announce_notice(kind, topic=Topic.TOGETHER)
