"""The Django application of `projects`."""

from django.apps import AppConfig

from saem.apps.cohorts.completion.sources import announce_facts
from saem.apps.cohorts.retention.holds import announce_hold
from saem.apps.events.following import announce_reader
from saem.apps.jobs.kinds import announce_kind
from saem.apps.notices.kinds import Topic, announce_notice

OF_TEAMS = (
    *("team.invited", "team.arranged", "team.merge_proposed", "team.merge_answered"),
    *("gate.waiting", "gate.decided", "gate.unattended"),
    *("comment.said", "comment.answered"),
    *("peer.dealt", "peer.reminder", "peer.extended"),
)
OF_SHOWCASE = (
    "showcase.asked",
    "showcase.waiting",
    "showcase.decided",
    "showcase.taken_down",
    "showcase.guardian",
)


class ProjectsConfig(AppConfig):
    name = "saem.apps.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_facts("saem.apps.projects.known.known_of")
        announce_hold("saem.apps.projects.showcase.covering.applications_needed")
        announce_kind("grade", home="saem.apps.projects.handlers.GRADING")
        announce_kind("regrade", home="saem.apps.projects.regrading.handlers.REGRADING")
        announce_kind("regrade.apply", home="saem.apps.projects.regrading.handlers.APPLYING")
        announce_kind("similarity", home="saem.apps.projects.similarity.running.COMPARING")
        announce_kind("gates.unattended", home="saem.apps.projects.milestones.attending.LOOKING")
        announce_reader("teacher.removed", home="saem.apps.projects.milestones.attending.removed")
        announce_notice("regraded", topic=Topic.RESULT)
        announce_notice("result.told", topic=Topic.RESULT)
        announce_notice("peer.told", topic=Topic.RESULT)
        for kind in (*OF_TEAMS, *OF_SHOWCASE):
            announce_notice(kind, topic=Topic.TOGETHER)
        announce_notice("showcase.guardian_asked", topic=Topic.TOGETHER, is_required=True, opens=True)
