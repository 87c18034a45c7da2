"""From outcomes to decisions: the choice of seats, everybody's reasons as codes, and the moment it is published."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from saem.apps.cohorts.calls.queries import complete
from saem.apps.cohorts.models import (
    Candidate,
    Decision,
    DecisionKind,
    Offer,
    Result,
    Selection,
    SelectionState,
    StageOutcome,
)
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.settling import TRIES, fresh, is_complete
from saem.apps.jobs.services import enqueue_many
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import selection as lib
from saem.lib.selection.rules import TieRule
from saem.lib.selection.stages import bounds_for

BATCH = 1000
LETTERS, LETTERS_AT_ONCE = "selection.letters", 500
OWNER = "selection"
Reason = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be published: who is in by which placement, who waits, how the quotas come out."""

    selection: Selection
    rules: lib.SelectionRules
    order: tuple[Candidate, ...]
    choice: lib.Choice
    reserve: Mapping[str, int]

    @property
    def placements(self) -> dict[str, lib.Placement]:
        return {each.id: each for each in self.choice.placements}


def finalists(selection: Selection, rules: lib.SelectionRules) -> QuerySet[Candidate]:
    """Who is ranked in the last stage, best first, as it was settled. Whoever withdrew since has no rank to keep."""
    last = rules.stages[-1].id
    through = StageOutcome.objects.filter(candidate__selection=selection, stage=last, result=Result.ADVANCED)
    ready = complete(selection.call.applications.all()).values("pk")
    found = Candidate.objects.filter(pk__in=through.values("candidate"), application__in=ready)
    return found.select_related("application__applicant").order_by("rank", "pk")


def finalist_ids(selection: Selection, rules: lib.SelectionRules) -> list[int]:
    return list(finalists(selection, rules).values_list("pk", flat=True))


def preview(selection: Selection) -> Preview:
    """Compute the choice from the settled ranking. Raises SaemError while a stage is open."""
    if not is_complete(selection):
        raise SaemError("selection.not_settled", status=409)
    rules = loading.rules_of(selection)
    order = list(finalists(selection, rules))
    people = [loading.as_candidate(one) for one in order]
    choice = lib.choose([one.id for one in people], bounds_for(rules, people), rules.seats)
    waiting = {each.application: each.place for each in lib.reserve_list(choice, rules.reserve)}
    return Preview(selection=selection, rules=rules, order=tuple(order), choice=choice, reserve=waiting)


def publish(selection: Selection, *, by: User) -> None:
    """Decide for everybody and make the first offers; the letters follow in jobs. Twice is once."""
    for _try in range(TRIES):
        row = fresh(selection.pk)
        if row.state == SelectionState.PUBLISHED or publisher(row, by=by)():
            return
    raise SaemError("selection.busy", status=409)


def publisher(selection: Selection, *, by: User | None) -> Callable[[], bool]:
    """Compute what would be published and make every row of it; what is returned writes them in one transaction.

    It returns False, and writes nothing, where scores, rules or who takes part changed since. Raises SaemError while a
    stage is open.
    """
    found = preview(selection)
    decisions, order = list(_decisions(found)), [one.pk for one in found.order]
    by_receipt = {one.receipt: one for one in found.order}
    seats = [by_receipt[name] for name in found.choice.chosen]

    def write() -> bool:
        with transaction.atomic():
            row = locked(selection)
            if row.state == SelectionState.PUBLISHED:
                return True
            if row.revision != selection.revision or finalist_ids(row, found.rules) != order:
                return False
            row.state, row.published_at = SelectionState.PUBLISHED, timezone.now()
            row.save(update_fields=["state", "published_at"])
            for one in decisions:
                one.made_at = row.published_at
            written = Decision.objects.bulk_create(decisions, batch_size=BATCH)
            offers = [Offer(candidate=one, made_at=row.published_at, expires_at=expiry(row)) for one in seats]
            Offer.objects.bulk_create(offers, batch_size=BATCH)
            facts = {"seats": len(seats), "reserve": len(found.reserve)}
            note("published", row, by=by, rules=row.rules.sha256 if row.rules else "", **facts)
            tell_later(written)
        return True

    return write


def expiry(selection: Selection) -> datetime:
    """The end of the last day on which an offer made now may be accepted."""
    day = timezone.localtime() + timedelta(days=selection.reply_days)
    return day.replace(hour=23, minute=59, second=59, microsecond=0)


def tell_later(decisions: list[Decision]) -> None:
    """One job for each batch of letters; which are told already is on the decisions, so a job may be done twice."""
    numbers = sorted(one.pk for one in decisions)
    firsts = numbers[::LETTERS_AT_ONCE]
    if firsts:
        enqueue_many(LETTERS, firsts, owner_key=OWNER)


def _decisions(found: Preview) -> Iterator[Decision]:
    """One for each candidate: those who came to the end, and those who did not."""
    placed = found.placements
    for one in found.order:
        placement = placed[one.receipt]
        place = found.reserve.get(one.receipt)
        yield Decision(
            candidate=one,
            kind=kind_of(placement, place),
            rank=one.rank,
            total=one.total,
            reserve_place=place,
            reasons=reasons_of(one, placement, found, place),
        )
    ended = {one.pk for one in found.order}
    stopped = StageOutcome.objects.filter(candidate__selection=found.selection).exclude(result=Result.ADVANCED)
    for outcome in stopped.exclude(candidate__in=ended).select_related("candidate").order_by("candidate"):
        candidate = outcome.candidate
        yield Decision(
            candidate=candidate,
            kind=DecisionKind.DECLINED,
            rank=outcome.rank,
            total=outcome.total,
            reasons=[reason_of_stage(outcome, found.rules)],
        )


def kind_of(placement: lib.Placement, place: int | None) -> DecisionKind:
    """What somebody is told who came to the end; `place` is the one on the reserve."""
    if place:
        return DecisionKind.RESERVE
    return DecisionKind.ACCEPTED if placement.standing.is_chosen else DecisionKind.DECLINED


def reasons_of(candidate: Candidate, placement: lib.Placement, found: Preview, place: int | None) -> list[Reason]:
    """Why somebody is in or out, in codes: by rank, by which quotas, by the draw; and where they wait."""
    facts = {"rank": placement.rank, "seats": found.choice.seats, "people": len(found.order)}
    codes = {
        lib.Standing.HELD: "selection.by_rank",
        lib.Standing.BY_RANK: "selection.by_rank",
        lib.Standing.BY_QUOTA: "selection.by_quota",
        lib.Standing.MOVED_UP: "selection.moved_up",
        lib.Standing.PASSED_OVER: "selection.passed_over",
        lib.Standing.BELOW_LINE: "selection.below_line",
    }
    reasons: list[Reason] = [{"code": codes[placement.standing], "params": facts | quotas_of(placement, found.rules)}]
    if is_by_draw(candidate, placement, found):
        reasons.append({"code": "selection.by_draw", "params": {"place": candidate.draw_place}})
    if place:
        reasons.append({"code": "selection.on_reserve", "params": {"place": place}})
    return reasons


def quotas_of(placement: lib.Placement, rules: lib.SelectionRules) -> dict[str, Any]:
    titles = {quota.id: quota.title.model_dump() for quota in rules.quotas}
    named = dict.fromkeys(side.quota for side in placement.because if side.quota)
    return {"quotas": [titles[name] for name in named]}


def is_by_draw(candidate: Candidate, placement: lib.Placement, found: Preview) -> bool:
    """Whether the draw decided between this person and the neighbour on the other side of the line."""
    line, last = found.choice.line, found.rules.stages[-1].id
    at_line = {line, line + 1}
    if placement.rank not in at_line or line >= len(found.order):
        return False
    after = found.order[line]
    outcome = StageOutcome.objects.filter(candidate=after, stage=last).first()
    return candidate.total == after.total and outcome is not None and outcome.decided_by == TieRule.LOTTERY


def reason_of_stage(outcome: StageOutcome, rules: lib.SelectionRules) -> Reason:
    """Why somebody's way ended before the last ranking."""
    stage = rules.stage(outcome.stage)
    facts = {"stage": stage.title.model_dump(), "points": text_of(outcome.points)}
    if outcome.result == Result.BELOW_MINIMUM:
        return {"code": "selection.below_minimum", "params": facts | {"minimum": text_of(stage.minimum)}}
    going = rules.advancing(stage)
    return {"code": "selection.not_advanced", "params": facts | {"rank": outcome.rank, "advance": going}}


def text_of(number: object) -> str:
    """A number as it is published, without idle zeros."""
    text = f"{number:f}" if number is not None else ""
    return text.rstrip("0").rstrip(".") if "." in text else text
