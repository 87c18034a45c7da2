"""What becomes of an application after the call, as an applicant's page shows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from saem.apps.cohorts.calls.pages import Step
from saem.apps.cohorts.calls.tellers import outcome_homes
from saem.apps.cohorts.models import Application


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A template with its facts for the applicant's page, and the last steps of the way in place of the usual ones."""

    template: str
    context: Mapping[str, Any]
    steps: Sequence[Step]


Teller = Callable[[Application], Outcome | None]


def outcome_of(application: Application) -> Outcome | None:
    """What the first of them tells; None while nobody has anything to tell."""
    tellers: list[Teller] = [import_string(home) for home in outcome_homes()]
    return next((found for tell in tellers if (found := tell(application)) is not None), None)
