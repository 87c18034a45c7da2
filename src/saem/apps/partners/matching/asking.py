"""Why a team has not some mentor, answered about the lists that the run was computed from."""

from dataclasses import dataclass
from functools import lru_cache

from saem.apps.partners.matching import explaining
from saem.apps.partners.models import MatchInput, MatchRow, MatchRun, Mentor
from saem.lib import matching as lib

# Runs whose prices are at hand; one is some hundred kilobytes.
KEPT = 4


@dataclass(frozen=True)
class Answer:
    """What fits of the two, and why they are no pair; `is_own`: they are one. `was_there`: both were in the run."""

    mentor: Mentor
    fits: list[str]
    why_not: list[str]
    is_own: bool
    was_there: bool


def answer(run: MatchRun, row: MatchRow, mentor: int) -> Answer:
    found = Mentor.objects.select_related("user", "home").get(pk=mentor)
    if row.mentor_id == mentor:
        return Answer(found, explaining.row_words(row, explaining.names_in([row.reasons])), [], True, True)
    if row.is_fixed:
        return Answer(found, [], explaining.row_words(row, explaining.names_in([])), False, True)
    kept = reopened(run.pk, str(run.finished_at))
    try:
        fit = kept.fit(str(row.team_id), str(mentor))
        refusal = explaining.facts_of_refusal(kept.why_not(str(row.team_id), str(mentor)))
    except lib.UnknownError:
        return Answer(found, [], [], False, False)
    names = explaining.names_in([refusal])
    return Answer(found, fitting(fit), explaining.refusal_words(refusal, names), False, True)


def fitting(fit: lib.Fit) -> list[str]:
    return explaining.fit_words(explaining.facts_of_fit(fit))


@lru_cache(maxsize=KEPT)
def reopened(run: int, _finished_at: str) -> lib.Kept:
    """A run never changes what it was computed from, so each process reads it once."""
    return lib.reopen(bytes(MatchInput.objects.get(pk=run).data))
