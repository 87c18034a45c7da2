"""The Django application of `learning`."""

from django.apps import AppConfig

from saem.apps.cohorts.completion.sources import announce_facts
from saem.apps.jobs.kinds import announce_kind


class LearningConfig(AppConfig):
    name = "saem.apps.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_facts("saem.apps.learning.known.known_of")
        announce_kind("refit", home="saem.apps.learning.itembank.handlers.REFITTING")
        announce_kind("refit.nightly", home="saem.apps.learning.itembank.handlers.NIGHTLY", is_nightly=True)
        announce_kind("diagnosis.rescore", home="saem.apps.learning.diagnosis.rescoring.RESCORING")
