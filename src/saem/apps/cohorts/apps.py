"""The Django application of `cohorts`."""

from django.apps import AppConfig

from saem.apps.cohorts.calls.tellers import announce_outcomes
from saem.apps.jobs.kinds import announce_kind
from saem.apps.notices.kinds import Topic, announce_notice


class CohortsConfig(AppConfig):
    name = "saem.apps.cohorts"
    label = "cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for kind in ("application.submitted", "recommendation.answered", "consent.answered"):
            announce_notice(kind, topic=Topic.APPLICATION)
        for kind in ("recommendation.asked", "consent.asked", "consent.asked_by_phone"):
            announce_notice(kind, topic=Topic.APPLICATION, is_required=True, opens=True)
        announce_notice("consent.confirmed", topic=Topic.APPLICATION, is_required=True)
        for kind in (
            "completion.reached",
            "completion.withdrawn",
            "completion.out_of_reach",
            "completion.within_reach",
        ):
            announce_notice(kind, topic=Topic.RESULT, is_required=True)
        announce_kind("completion.round", home="saem.apps.cohorts.completion.handlers.ROUND")
        announce_kind("completion.nightly", home="saem.apps.cohorts.completion.due.COMPLETION", is_nightly=True)
        for kind in ("session.planned", "session.changed", "session.cancelled", "attendance.at_risk"):
            announce_notice(kind, topic=Topic.COURSE)
        announce_notice("selection.decided", topic=Topic.APPLICATION, is_required=True)
        announce_notice("appeal.answered", topic=Topic.APPLICATION, is_required=True)
        announce_notice("review.assigned", topic=Topic.TOGETHER)
        announce_notice("teacher.invited", topic=Topic.TOGETHER, is_required=True)
        announce_outcomes("saem.apps.cohorts.selection.standing.standing_of")
        announce_kind("selection.run", home="saem.apps.cohorts.selection.handlers.RUNS")
        announce_kind("selection.letters", home="saem.apps.cohorts.selection.handlers.LETTERS")
        announce_kind("selection.sheet", home="saem.apps.cohorts.selection.handlers.SHEETS")
        announce_kind("offers.nightly", home="saem.apps.cohorts.selection.handlers.OFFERS", is_nightly=True)
