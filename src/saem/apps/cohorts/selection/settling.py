"""From scores to outcomes: what `lib.selection.run` says of the stored data is written down, whole and at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import Candidate, Result, Reviewer, Selection, StageOutcome
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import selection as lib

BATCH = 1000
# While a result is computed somebody may hand in a score: then it is computed again, so often at most.
TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Computed:
    """The stages that are decided and the first that is not, with the points that they rest on."""

    results: tuple[lib.StageResult, ...]
    scores: lib.Scores
    candidates: Mapping[str, Candidate]
    revision: int

    @property
    def decided(self) -> tuple[lib.StageResult, ...]:
        return tuple(each for each in self.results if each.is_decided)


def compute(selection: Selection) -> Computed:
    """What the rules make of the stored data; nothing is written."""
    rules = loading.rules_of(selection)
    candidates = {one.receipt: one for one in loading.standing(selection)}
    scores = lib.score(
        rules, candidates, loading.reviews_of(selection), conflicts=conflicts_of(selection, list(candidates.values()))
    )
    people = [loading.as_candidate(one) for one in candidates.values()]
    results = lib.run(rules, people, scores, loading.draw_of(selection)) if people else ()
    return Computed(results=results, scores=scores, candidates=candidates, revision=selection.revision)


def conflicts_of(selection: Selection, candidates: Sequence[Candidate]) -> frozenset[tuple[str, str]]:
    """Pairs that must not meet. A reviewer who left a selection reviewed before and had no conflict then."""
    reviewers = [loading.as_reviewer(one) for one in Reviewer.objects.filter(selection=selection)]
    found = loading.applicants(selection).filter(pk__in=[one.application_id for one in candidates])
    return lib.conflicts(loading.readings_of(selection, found), reviewers)


def settle(selection: Selection, *, by: User | None) -> Computed:
    """Decide every stage whose reviews are complete. Raises SaemError before the draw or where no stage is complete."""
    for _try in range(TRIES):
        selection = fresh(selection.pk)
        found = compute_decided(selection)
        if write(selection, found, by=by):
            return found
    raise SaemError("selection.busy", status=409)


def fresh(pk: int) -> Selection:
    """A selection as it is now."""
    return Selection.objects.select_related("rules", "call__cohort").get(pk=pk)


def compute_decided(selection: Selection) -> Computed:
    """What the stored data decide. Raises SaemError before the draw or where no stage is complete."""
    if not selection.is_drawn:
        raise SaemError("selection.not_drawn", status=409)
    found = compute(selection)
    if not found.decided:
        waiting = len(found.results[0].waiting) if found.results else 0
        raise SaemError("selection.reviews_missing", status=409, people=waiting)
    return found


def writer(selection: Selection, found: Computed, *, by: User | None) -> Callable[[], bool]:
    """Make every row that a result is; what is returned writes them in a moment, and False where data changed since."""
    rows, ranked = outcomes(selection, found), _ranked(selection, found)
    stages = [each.stage for each in found.decided]

    def write_rows() -> bool:
        with transaction.atomic():
            row = locked(selection)
            if row.revision != found.revision:
                return False
            StageOutcome.objects.filter(candidate__selection=row, stage__in=stages).delete()
            StageOutcome.objects.bulk_create(rows, batch_size=BATCH)
            # As an upsert: ten thousand rows at once take a tenth of what an update with a case for each takes.
            Candidate.objects.bulk_create(
                ranked,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["stage", "rank", "total"],
                batch_size=BATCH,
            )
            row.settled_stage, row.settled_at = stages[-1], timezone.now()
            row.revision += 1
            row.save(update_fields=["settled_stage", "settled_at", "revision"])
            note("settled", row, by=by, stages=stages)
        return True

    return write_rows


def write(selection: Selection, found: Computed, *, by: User | None) -> bool:
    """Write outcomes down, unless what they rest on has changed since."""
    return writer(selection, found, by=by)()


def outcomes(selection: Selection, found: Computed) -> list[StageOutcome]:
    """One row for each candidate who came to each decided stage."""
    rules, rows = loading.rules_of(selection), list[StageOutcome]()
    for place, result in enumerate(found.decided):
        ranked = {each.id: each for each in result.ranking}
        sides = (
            (Result.BELOW_MINIMUM, result.below_minimum),
            (Result.ADVANCED, result.advanced),
            (Result.NOT_ADVANCED, result.not_advanced),
        )
        for word, names in sides:
            for name in names:
                each = ranked.get(name)
                rows.append(
                    StageOutcome(
                        candidate=found.candidates[name],
                        stage=result.stage,
                        place=place,
                        points=as_decimal(found.scores.points[result.stage].get(name), rules.decimals),
                        total=as_decimal(each.total if each else None, rules.decimals),
                        rank=each.rank if each else None,
                        decided_by=each.decided_by if each else "",
                        result=word,
                    )
                )
    return rows


def as_decimal(value: Fraction | None, decimals: int) -> Decimal | None:
    """A published number, which has a finite number of decimals, exactly."""
    if value is None:
        return None
    unit = 10**decimals
    return (Decimal(int(value * unit)) / Decimal(unit)).quantize(Decimal(1).scaleb(-decimals))


def _ranked(selection: Selection, found: Computed) -> list[Candidate]:
    """Candidates whose last stage or place in it is another now: lists are sorted by what is on them."""
    rules, changed = loading.rules_of(selection), list[Candidate]()
    at: dict[str, tuple[str, int | None, Decimal | None]] = {}
    for result in found.decided:
        ranked = {each.id: each for each in result.ranking}
        for name in (*result.below_minimum, *result.advanced, *result.not_advanced):
            each = ranked.get(name)
            total = as_decimal(each.total, rules.decimals) if each else None
            at[name] = (result.stage, each.rank if each else None, total)
    for name, (stage, rank, total) in at.items():
        candidate = found.candidates[name]
        if (candidate.stage, candidate.rank, candidate.total) != (stage, rank, total):
            candidate.stage, candidate.rank, candidate.total = stage, rank, total
            changed.append(candidate)
    return changed


def is_complete(selection: Selection) -> bool:
    """Whether the last stage is decided."""
    return selection.rules is not None and selection.settled_stage == loading.rules_of(selection).stages[-1].id


def may_change_scores(selection: Selection, stage: str) -> bool:
    """Whether reviewers may still write in this stage: it is not decided. After an appeal it may be open again."""
    stages = [each.id for each in loading.rules_of(selection).stages]
    if stage not in stages:
        return False
    settled = stages.index(selection.settled_stage) if selection.settled_stage in stages else -1
    return stages.index(stage) > settled
