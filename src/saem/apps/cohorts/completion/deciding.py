"""Decides completion anew, inside the transaction of the fact that changed."""

import datetime as dt
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.facts import credits_of, days_of, facts_of
from saem.apps.cohorts.completion.findings import kept, total_of
from saem.apps.cohorts.completion.recording import Result, complete, complete_all, withdraw
from saem.apps.cohorts.completion.watching import Watched, watch
from saem.apps.cohorts.models import (
    Completion,
    CompletionRules,
    Enrolment,
    Standing,
    StandingOutcome,
    TraineeRecord,
    TrainingCourse,
)
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion import Decision, Facts, NoRuleError, RuleBook, count, decide, load_rules

log = logging.getLogger(__name__)

BATCH = 500
CORRECTED = "facts_corrected"


@lru_cache(maxsize=256)
def book_of(sha256: str, text: str) -> RuleBook:
    """The book of a version of rules; only books without a problem are ever stored."""
    book = load_rules(sha256, text).book
    if book is None:
        raise ValueError(f"stored rules {sha256} cannot be read")
    return book


def facts_changed(enrolment_ids: Collection[int], *, by: User | None = None) -> None:
    """Decide anew for these people. Call inside the transaction that changed a fact of theirs.

    Whoever changes another fact of the same person at the same moment waits, and then sees both. Cohorts without
    rules cost one query.
    """
    ids = sorted(set(enrolment_ids))
    for at in range(0, len(ids), BATCH):
        _decide_some(ids[at : at + BATCH], by=by)


@dataclass(frozen=True)
class _Case:
    """One person whose row is held: by which rules, with which facts, and what was decided and recorded before."""

    enrolment: Enrolment
    rules: CompletionRules
    facts: Facts
    before: Standing | None
    completion: Completion | None
    may_record: bool

    @property
    def book(self) -> RuleBook:
        return book_of(self.rules.sha256, self.rules.text)


def _decide_some(ids: Sequence[int], *, by: User | None) -> None:
    if not _newest_rules(ids):
        return
    with transaction.atomic():
        enrolments = _held(ids)
        # Read again: whoever had to wait for a person may find rules that were declared meanwhile.
        cases = _cases(enrolments, _newest_rules(ids))
        decided = [(case, standing) for case in cases if (standing := _decide_one(case)) is not None]
        watch(_watched(case, standing) for case, standing in decided)
        _save([standing for _case, standing in decided])
        _record(decided, by=by)


def _held(ids: Sequence[int]) -> list[Enrolment]:
    held = Enrolment.objects.filter(pk__in=ids).select_for_update(of=("self",))
    return list(
        held.select_related("user", "classroom__cohort__version", "classroom__cohort__institution").order_by("pk")
    )


def _cases(people: Sequence[Enrolment], newest: Mapping[int, CompletionRules]) -> list[_Case]:
    enrolments = [each for each in people if each.classroom.cohort_id in newest]
    standings = Standing.objects.select_related("rules").in_bulk([each.pk for each in enrolments])
    rules = {each.pk: _rules_for(each, standings.get(each.pk), newest) for each in enrolments}
    books = {pk: book_of(each.sha256, each.text) for pk, each in rules.items()}
    facts = facts_of(enrolments, books, timezone.now())
    valid = Completion.objects.filter(enrolment__in=facts, withdrawn_at=None).select_related("enrolment__user")
    completions = {each.enrolment_id: each for each in valid}
    barred = _undesignated(enrolments) | _taken_back(facts.keys())
    return [
        _Case(
            enrolment=each,
            rules=rules[each.pk],
            facts=facts[each.pk],
            before=standings.get(each.pk),
            completion=completions.get(each.pk),
            may_record=each.pk not in barred and each.left_at is None,
        )
        for each in enrolments
    ]


def _decide_one(case: _Case) -> Standing | None:
    """None where no rule is valid and something was decided before: that stands, records too."""
    decision = _decision(case)
    return None if decision is None and case.before is not None else _standing(case, decision)


def _watched(case: _Case, standing: Standing) -> Watched:
    has_completed = standing.outcome == StandingOutcome.COMPLETED
    is_reached = has_completed and case.completion is None and case.may_record
    is_taken_back = case.completion is not None and not has_completed
    return Watched(
        enrolment=case.enrolment,
        before=case.before,
        standing=standing,
        facts=case.facts,
        decide=lambda facts: _decision(replace(case, facts=facts)),
        is_told=is_reached or is_taken_back,
    )


def _newest_rules(ids: Sequence[int]) -> dict[int, CompletionRules]:
    """The rules in force by cohort of these people; cohorts without any are not among them.

    Rules that cannot be read (a later release may be stricter) decide nothing: no fact is lost for it.
    """
    rules = CompletionRules.objects.filter(cohort__classrooms__enrolments__in=ids).distinct().order_by("number")
    newest = {each.cohort_id: each for each in rules}
    return {cohort: each for cohort, each in newest.items() if _is_readable(each)}


def _is_readable(rules: CompletionRules) -> bool:
    try:
        book_of(rules.sha256, rules.text)
    except ValueError:
        log.exception("the rules of cohort %s decide nothing", rules.cohort_id)
        return False
    return True


def _rules_for(enrolment: Enrolment, before: Standing | None, newest: Mapping[int, CompletionRules]) -> CompletionRules:
    """Who has completed did so by the rules of then; newer ones do not undo it."""
    if before is not None and before.outcome == StandingOutcome.COMPLETED:
        return before.rules
    return newest[enrolment.classroom.cohort_id]


def _decision(case: _Case) -> Decision | None:
    """None where no rule is valid on the day that decides; saving rules warns of it, a changed date can bring it."""
    try:
        return decide(case.book, days_of(case.enrolment), case.facts)
    except NoRuleError:
        return None


def _standing(case: _Case, decision: Decision | None) -> Standing:
    standing = Standing(
        enrolment=case.enrolment,
        rules=case.rules,
        decided_at=case.facts.now,
        decide_again_at=_due(case.facts, case.enrolment),
    )
    if decision is not None:
        standing.outcome = StandingOutcome(decision.outcome.value)
        standing.is_at_risk = decision.at_risk
        standing.findings = {**kept(decision.finding), "waits": decision.waits}
        standing.rule, standing.rule_hash = decision.rule, decision.rule_hash
    return standing


def _due(facts: Facts, enrolment: Enrolment) -> dt.datetime | None:
    """When time alone may change the outcome: at the end of the next session, at last after the last day."""
    ends = [each.end for each in facts.sessions if not each.cancelled and each.end > facts.now]
    last = enrolment.classroom.cohort.ends_on
    if last is not None and not facts.closed:
        ends.append(timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time())))
    return min(ends, default=None)


def _save(standings: Sequence[Standing]) -> None:
    fields = (
        "outcome",
        "is_at_risk",
        "findings",
        "rules",
        "rule",
        "rule_hash",
        "decided_at",
        "decide_again_at",
        "chance",
        "turns",
    )
    Standing.objects.bulk_create(
        standings, update_conflicts=True, unique_fields=["enrolment"], update_fields=list(fields)
    )


def _undesignated(enrolments: Sequence[Enrolment]) -> set[int]:
    """Those whose training asks for a designation number that is not there yet."""
    cohorts = {each.classroom.cohort_id for each in enrolments}
    asking = set(
        TrainingCourse.objects.filter(cohort__in=cohorts, needs_designation=True).values_list("cohort_id", flat=True)
    )
    wanted = {each.pk for each in enrolments if each.classroom.cohort_id in asking}
    having = TraineeRecord.objects.filter(enrolment__in=wanted).exclude(designation_number="")
    return wanted - set(having.values_list("enrolment_id", flat=True))


def _taken_back(ids: Collection[int]) -> set[int]:
    """Those whose completion a person took back: no change of a fact gives it again, only a person does."""
    by_hand = (
        Completion.objects.filter(enrolment__in=ids).exclude(withdrawn_at=None).exclude(withdrawal_reason=CORRECTED)
    )
    return set(by_hand.values_list("enrolment_id", flat=True))


def record_again(enrolment: Enrolment, *, by: User) -> Completion:
    """Staff give a completion again that was taken back, with a new number, where the rules are still met.

    Raises SaemError `completion_not_met` where they are not, or where there is a valid one.
    """
    with transaction.atomic():
        locked = (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("user", "classroom__cohort__version", "classroom__cohort__institution")
            .get(pk=enrolment.pk)
        )
        facts_changed([locked.pk], by=by)
        standing = Standing.objects.select_related("rules").filter(enrolment=locked).first()
        met = standing is not None and standing.outcome == StandingOutcome.COMPLETED
        valid = Completion.objects.filter(enrolment=locked, withdrawn_at=None).exists()
        if standing is None or not met or valid or _undesignated([locked]):
            raise SaemError("completion_not_met", status=409)
        book = book_of(standing.rules.sha256, standing.rules.text)
        facts = facts_of([locked], {locked.pk: book}, timezone.now())[locked.pk]
        return complete(locked, _result(locked, standing, facts, _trainings([locked])), now=facts.now)


def _record(decided: Sequence[tuple[_Case, Standing]], *, by: User | None) -> None:
    """A record for who has completed, none for who has not: a corrected fact takes a record back, with its trail."""
    met = []
    trainings = _trainings([case.enrolment for case, _standing in decided])
    for case, standing in decided:
        has_completed = standing.outcome == StandingOutcome.COMPLETED
        if case.completion is not None and not has_completed:
            withdraw(case.completion, reason=CORRECTED, by=by)
        if case.completion is None and has_completed and case.may_record:
            met.append((case.enrolment, _result(case.enrolment, standing, case.facts, trainings)))
    if met:
        complete_all(met, now=decided[0][0].facts.now)


def _trainings(enrolments: Sequence[Enrolment]) -> dict[int, TrainingCourse]:
    """By cohort, those that are trainings."""
    return TrainingCourse.objects.in_bulk({each.classroom.cohort_id for each in enrolments})


def _result(enrolment: Enrolment, standing: Standing, facts: Facts, trainings: Mapping[int, TrainingCourse]) -> Result:
    training = trainings.get(enrolment.classroom.cohort_id)
    rules = standing.rules
    book = book_of(rules.sha256, rules.text)
    policy = book.rule_for(days_of(enrolment)).attendance
    attended = count(facts.sessions, facts.presences, policy, facts.now).present // 60
    total = total_of(standing.findings)
    return Result(
        rule=standing.rule,
        rule_hash=standing.rule_hash,
        minutes=training.hours * 60 if training is not None else attended,
        credits=credits_of(training, book, days_of(enrolment)),
        # Never rounded up: a record must not say more than was reached.
        total=Decimal(total * 1000 // 1) / 1000 if total is not None else None,
    )
