"""A matching is asked for, computed by a job outside any transaction, read by staff, and given by a second press."""

import datetime as dt
import time
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import Cohort
from saem.apps.jobs.services import enqueue
from saem.apps.partners.contact.pairs import make_pairing
from saem.apps.partners.matching import explaining, loading
from saem.apps.partners.models import (
    FixedPair,
    MatchInput,
    MatchRow,
    MatchRun,
    Mentor,
    MentorConflict,
    Pairing,
    RunState,
    RunStep,
)
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.apps.projects.models import Team
from saem.errors import SaemError
from saem.lib import matching as lib

RUN_JOB = "partners.match"
BATCH = 500
# Teams given at once: each of them is told, and its mentor.
GIVEN_AT_ONCE = 50


def ask(cohort: Cohort, *, first: dt.date, last: dt.date, by: User) -> MatchRun:
    """Write that a matching is wanted and leave it to a job; a second press finds the one that is at work."""
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        working = MatchRun.objects.filter(cohort=cohort, state__in=[RunState.WAITING, RunState.GIVING]).first()
        if working is not None:
            return working
        if not loading.teams_without(cohort).exists():
            raise SaemError("match.no_teams", status=409)
        run = MatchRun.objects.create(cohort=cohort, first=first, last=last, asked_by=by)
        note("match_asked", run, by=by, cohort_id=cohort.pk)
        enqueue(RUN_JOB, run.pk, owner_key=f"partners:{cohort.pk}")
    return run


def compute(pk: int) -> Callable[[], None]:
    """Do the slow part of what a run needs now; what is returned writes it, in the transaction that ends the claim."""
    run = MatchRun.objects.select_related("cohort__institution", "given_by").filter(pk=pk).first()
    if run is not None and run.state == RunState.WAITING:
        return matched(run)
    if run is not None and run.state == RunState.GIVING:
        return lambda: give_some(pk)
    return lambda: None


def matched(run: MatchRun) -> Callable[[], None]:
    began = time.monotonic()
    given = loading.read(run)
    at_step(run, RunStep.MATCHING, teams=len(given.teams) + len(given.fixed), mentors=len(given.mentors))
    found = lib.match(given.teams, given.mentors, given.period)
    at_step(run, RunStep.EXPLAINING)
    rows = rows_of(run, given, found)
    data = lib.keep(found)
    seconds = round(time.monotonic() - began, 2)
    return lambda: write(run, rows, data, seconds)


def at_step(run: MatchRun, step: RunStep, **counts: int) -> None:
    """Progress, seen at once: no transaction is open."""
    MatchRun.objects.filter(pk=run.pk, state=RunState.WAITING).update(step=step, **counts)


def rows_of(run: MatchRun, given: loading.Input, found: lib.Matching) -> list[MatchRow]:
    rows = [MatchRow(run=run, team_id=team, mentor_id=mentor, is_fixed=True) for team, mentor in given.fixed.items()]
    rows += [
        MatchRow(run=run, team_id=int(one.team), mentor_id=int(one.mentor), reasons=explaining.facts_of_matched(one))
        for one in found.matched
    ]
    rows += [
        MatchRow(run=run, team_id=int(one.team), reasons=explaining.facts_of_unmatched(one)) for one in found.unmatched
    ]
    return rows


def write(run: MatchRun, rows: list[MatchRow], data: bytes, seconds: float) -> None:
    """Inside the transaction that ends the claim. What was taken from the lists meanwhile is left out."""
    if not MatchRun.objects.select_for_update().filter(pk=run.pk, state=RunState.WAITING).exists():
        return
    MatchRow.objects.bulk_create(rows, batch_size=BATCH)
    MatchInput.objects.create(run=run, data=data)
    MatchRun.objects.filter(pk=run.pk).update(
        state=RunState.DONE,
        finished_at=timezone.now(),
        matched=sum(row.mentor_id is not None for row in rows),
        seconds=seconds,
    )


def give(run: MatchRun, *, by: User) -> None:
    """Staff have read it: the pairs are given, some at a time, by the job. Only the newest run can be given."""
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=run.cohort_id)
        newest = MatchRun.objects.filter(cohort=run.cohort_id).order_by("-pk").first()
        if newest is None or newest.pk != run.pk or newest.state != RunState.DONE:
            raise SaemError("match.not_newest", status=409)
        MatchRun.objects.filter(pk=run.pk).update(state=RunState.GIVING, given_by=by, given_at=timezone.now())
        note("match_given", run, by=by, cohort_id=run.cohort_id)
        enqueue(RUN_JOB, run.pk, owner_key=f"partners:{run.cohort_id}")


def give_some(pk: int) -> None:
    """The next teams, and the job for those after them. Whom the day no longer allows is passed over and stays free."""
    run = MatchRun.objects.select_for_update().get(pk=pk)
    if run.state != RunState.GIVING:
        return
    waiting = waiting_rows(run)[:GIVEN_AT_ONCE]
    for row in waiting:
        give_one(run, row)
    if len(waiting) == GIVEN_AT_ONCE and waiting_rows(run):
        MatchRun.objects.filter(pk=pk).update(step=RunStep.EXPLAINING)
        enqueue(RUN_JOB, pk, owner_key=f"partners:{run.cohort_id}")
    else:
        MatchRun.objects.filter(pk=pk).update(state=RunState.GIVEN)


def waiting_rows(run: MatchRun) -> list[MatchRow]:
    """Rows whose team is at work without a mentor and whose mentor is cleared today and has a place."""
    cleared = Mentor.objects.cleared_on(timezone.localdate())
    rows = run.rows.filter(mentor__in=cleared, team__closed_at=None).exclude(
        team__in=Pairing.objects.filter(until=None).values("team")
    )
    found = list(rows.select_related("team__classroom", "mentor__user").order_by("pk"))
    loads = loads_now([row.mentor_id for row in found if row.mentor_id])
    taken = []
    for row in found:
        assert row.mentor is not None
        if loads.get(row.mentor.pk, 0) < row.mentor.places:
            loads[row.mentor.pk] = loads.get(row.mentor.pk, 0) + 1
            taken.append(row)
    return taken


def loads_now(mentors: list[int]) -> dict[int, int]:
    loads: dict[int, int] = {}
    held = Pairing.objects.filter(mentor__in=mentors, until=None, team__closed_at=None)
    for mentor in held.values_list("mentor", flat=True):
        loads[mentor] = loads.get(mentor, 0) + 1
    return loads


def give_one(run: MatchRun, row: MatchRow) -> None:
    assert row.mentor is not None
    make_pairing(row.team, row.mentor, run=run, by=run.given_by)
    FixedPair.objects.filter(team=row.team_id).delete()


def fix(team: Team, mentor: Mentor, *, by: User) -> None:
    """Set a pair by hand; the next run keeps it. A conflict, a missing check and a full mentor cannot be overruled."""
    with transaction.atomic():
        row = Mentor.objects.select_for_update().get(pk=mentor.pk)
        if row.pk in loading.conflicts_of([team], [row])[team.pk]:
            raise SaemError("match.bar.conflict", status=409)
        if not Mentor.objects.cleared_on(timezone.localdate()).filter(pk=row.pk).exists():
            raise SaemError("match.bar.not_vetted", status=409)
        FixedPair.objects.filter(team=team).delete()
        if loading.loads_of([row])[row.pk] >= row.places:
            raise SaemError("match.full", status=409)
        FixedPair.objects.create(team=team, mentor=row, fixed_by=by)
        note("pair_fixed", team, by=by, cohort_id=team.classroom.cohort_id, mentor=row.pk)


def loosen(team: Team, *, by: User) -> None:
    """The next run may match the team again."""
    with transaction.atomic():
        if FixedPair.objects.filter(team=team).delete()[0]:
            note("pair_loosened", team, by=by, cohort_id=team.classroom.cohort_id)


def set_aside(pk: int) -> None:
    """The job failed too often: staff read it and may press again."""
    MatchRun.objects.filter(pk=pk, state=RunState.WAITING).update(state=RunState.FAILED, finished_at=timezone.now())
    MatchRun.objects.filter(pk=pk, state=RunState.GIVING).update(state=RunState.DONE)


def wait_again(pk: int) -> None:
    """An operator sends the job on. Where staff pressed again meanwhile, the database refuses it."""
    MatchRun.objects.filter(pk=pk, state=RunState.FAILED).update(state=RunState.WAITING, finished_at=None)


def declare_conflict(team: Team, mentor: Mentor, *, reason: str, by: User) -> None:
    """They must not meet: a pair set by hand is loosened; one that stands, staff end themselves."""
    with transaction.atomic():
        row, is_new = MentorConflict.objects.get_or_create(
            team=team, mentor=mentor, defaults={"reason": reason, "declared_by": by}
        )
        FixedPair.objects.filter(team=team, mentor=mentor).delete()
        if is_new:
            note("conflict_declared", row, by=by, cohort_id=team.classroom.cohort_id, mentor=mentor.pk)
