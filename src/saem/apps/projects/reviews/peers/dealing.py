"""Opening a round and dealing its tasks; dealt again, what was begun stays and what is nobody's any more goes."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import Classroom
from saem.apps.cohorts.queries import classrooms_seen_by
from saem.apps.events.services import record
from saem.apps.notices.moments import when_of
from saem.apps.notices.services import Telling, notify_many
from saem.apps.people.models import User
from saem.apps.projects.models import Evidence, MarkingSample, Membership, PeerRound, PeerTask, Team
from saem.apps.projects.reviews.queries import Room, agreed_levels
from saem.errors import SaemError
from saem.lib import reviewing

MOST_EACH = 10


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a teacher asks for: so many reviews of each pupil, so many samples beside them, until when."""

    each: int
    samples: int
    closes_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Dealt:
    """How many tasks there are now, and pupils who could not be given as many as planned."""

    tasks: int
    unmet: int


def newest_round(room: Room) -> PeerRound | None:
    rounds = PeerRound.objects.filter(classroom=room.classroom, project=room.project.id)
    return rounds.order_by("-opened_at", "-pk").first()


def open_round(room: Room, wish: Wish) -> PeerRound:
    """Begin a round and deal. Raises SaemError `peer.open_already`, `peer.too_few` with fewer than two teams' work, and
    `peer.no_samples` where fewer are settled than asked for.
    """
    with transaction.atomic():
        # The class is held: two teachers who press at once open one round.
        Classroom.objects.select_for_update().get(pk=room.classroom.pk)
        if PeerRound.objects.filter(classroom=room.classroom, project=room.project.id, told_at=None).exists():
            raise SaemError("peer.open_already", status=409)
        if works_of(room).count() < 2:  # noqa: PLR2004  # nobody reviews their own
            raise SaemError("peer.too_few", status=409)
        known = len(samples_of(room)) if wish.samples else 0
        if known < wish.samples:
            raise SaemError("peer.no_samples", status=422, known=known)
        opened = PeerRound.objects.create(
            classroom=room.classroom, project=room.project.id, each=wish.each, samples=wish.samples,
            seed=secrets.token_hex(8), secret=secrets.token_bytes(32), opened_by=room.user, closes_at=wish.closes_at,
        )  # fmt: skip
        note_round("peer.opened", opened, by=room.user, each=wish.each, samples=wish.samples)
        _deal(room, opened)
    return opened


def deal_again(room: Room, opened: PeerRound) -> Dealt:
    """Give tasks to who came late, and take away what nobody has begun of teams and people that are gone.

    Raises SaemError `peer.closed`.
    """
    with transaction.atomic():
        held = PeerRound.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=opened.pk)
        if not held.is_open:
            raise SaemError("peer.closed", status=409)
        dealt = _deal(room, held)
        note_round("peer.dealt", held, by=room.user, tasks=dealt.tasks)
    return dealt


def remind(room: Room, opened: PeerRound) -> int:
    """Remind those who have not returned something; once a day at most."""
    with transaction.atomic():
        first = _unreturned(opened)
        day = timezone.localdate().isoformat()
        _tell("peer.reminder", room, first, key=f"peer:{opened.pk}:{day}", when=opened.closes_at)
        note_round("peer.reminded", opened, by=room.user, people=len(first))
    return len(first)


def extend(room: Room, opened: PeerRound, *, until: dt.datetime) -> int:
    """A later deadline, also of a round that is over and not told; who came late gets tasks as in `deal_again`.

    Those who have not handed in are told; returns how many. Raises SaemError `peer.not_later`, `peer.told`.
    """
    with transaction.atomic():
        held = PeerRound.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=opened.pk)
        if held.told_at is not None:
            raise SaemError("peer.told", status=409)
        if until <= held.closes_at:
            raise SaemError("peer.not_later", status=422)
        held.closes_at = until
        held.save(update_fields=["closes_at"])
        late = _unreturned(held)
        _deal(room, held)
        _tell("peer.extended", room, late, key=f"peer:{held.pk}:until:{until.isoformat()}", when=until)
        note_round("peer.extended", held, by=room.user, until=until.isoformat(), people=len(late))
    return len(late)


def _unreturned(opened: PeerRound) -> list[PeerTask]:
    """The first task that each who has not handed in everything has to write."""
    waiting = PeerTask.objects.filter(round=opened, dropped_at=None, returned_at=None, enrolment__left_at=None)
    tasks = list(waiting.select_related("enrolment__user").order_by("enrolment", "place"))
    return list({task.enrolment_id: task for task in reversed(tasks)}.values())


def works_of(room: Room) -> QuerySet[Team]:
    """Teams that have handed in something to be reviewed."""
    return room.teams.filter(Exists(Evidence.objects.filter(milestone__team=OuterRef("pk")))).order_by("pk")


def samples_of(room: Room) -> list[Team]:
    """Works of other classes of the program that markers have agreed on; nobody of this class was in them."""
    found = Team.objects.filter(
        pk__in=MarkingSample.objects.values("pk"),
        project=room.project.id,
        classroom__in=classrooms_seen_by(room.user).values("pk"),
        classroom__cohort__version__program=room.classroom.cohort.version.program_id,
    ).exclude(classroom=room.classroom)
    teams = list(found.order_by("pk"))
    agreed, names = agreed_levels(teams), {each.id for each in room.rubric.criteria}
    return [team for team in teams if names <= agreed[team.pk].keys()]


def note_round(verb: str, opened: PeerRound, *, by: User | None, **facts: object) -> None:
    record(
        verb,
        actor=by,
        object_kind="peer_round",
        object_id=opened.pk,
        cohort_id=opened.classroom.cohort_id,
        facts={"project": opened.project, **facts},
    )


def _deal(room: Room, opened: PeerRound) -> Dealt:
    members = list(
        Membership.objects.current().filter(team__in=room.teams).select_related("enrolment__user").order_by("enrolment")
    )
    _drop_own(opened, members)
    works, samples = list(works_of(room)), samples_of(room)[: opened.samples] if opened.samples else []
    known = {team.pk for team in (*works, *samples)}
    kept: dict[str, list[str]] = defaultdict(list)
    for task in opened.tasks.filter(dropped_at=None, begun_at__isnull=False, team__in=known):
        kept[str(task.enrolment_id)].append(str(task.team_id))
    found = reviewing.assign(
        [reviewing.Reviewer(str(row.enrolment_id), str(row.team_id)) for row in members],
        [reviewing.Work(str(team.pk), str(team.pk)) for team in works],
        reviewing.Plan(each=opened.each, samples=len(samples), seed=opened.seed, secret=bytes(opened.secret)),
        samples=[reviewing.Work(str(team.pk)) for team in samples],
        kept=kept,
    )
    _write(opened, found)
    tasks = opened.tasks.filter(dropped_at=None, returned_at=None, enrolment__in=[row.enrolment_id for row in members])
    first = {task.enrolment_id: task for task in reversed(list(tasks.select_related("enrolment__user")))}
    _tell("peer.dealt", room, first.values(), key=f"peer:{opened.pk}", when=opened.closes_at)
    return Dealt(tasks=opened.tasks.filter(dropped_at=None).count(), unmet=len(found.unmet))


def _drop_own(opened: PeerRound, members: Sequence[Membership]) -> None:
    """Who came into a team reviews it no more, whatever they had written."""
    now = timezone.now()
    for row in members:
        mine = opened.tasks.filter(enrolment=row.enrolment_id, dropped_at=None)
        (mine.filter(team=row.team_id) | mine.filter(team__merged_into=row.team_id)).update(dropped_at=now)


def _write(opened: PeerRound, found: reviewing.Assignment) -> None:
    tasks = [(place, task) for row in found.tasks.values() for place, task in enumerate(row)]
    wanted = {(int(task.reviewer), int(task.work)) for _place, task in tasks}
    known = {(row.enrolment_id, row.team_id): row for row in opened.tasks.all()}
    # Nothing was written in these, so nothing is lost.
    gone = [row.pk for key, row in known.items() if key not in wanted and row.begun_at is None]
    opened.tasks.filter(pk__in=gone).delete()
    PeerTask.objects.bulk_create(
        PeerTask(
            round=opened, enrolment_id=int(task.reviewer), team_id=int(task.work), is_sample=task.is_sample,
            alias=task.alias, reviewer_alias=task.reviewer_alias, place=place,
        )
        for place, task in tasks
        if (int(task.reviewer), int(task.work)) not in known
    )  # fmt: skip


def _tell(kind: str, room: Room, tasks: Iterable[PeerTask], *, key: str, when: dt.datetime) -> None:
    facts = {"project": room.project.title.model_dump(), "when": when_of(when)}
    notify_many(
        kind,
        [
            Telling(
                recipient=task.enrolment.user,
                facts=facts,
                path=reverse("projects:peer_task", args=[task.pk]),
                key=f"{key}:{task.enrolment_id}",
            )
            for task in tasks
        ],
    )
