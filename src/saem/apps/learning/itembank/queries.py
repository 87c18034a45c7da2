"""The item bank as the authors of a program and the staff of its owner may see it; nobody else finds it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max
from django.http import Http404

from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.queries import programs_kept_by
from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.queries import classrooms_seen_by
from saem.apps.events.models import Event
from saem.apps.jobs.models import UNFINISHED, Job, JobState
from saem.apps.learning.itembank.cards import groups_told
from saem.apps.learning.itembank.contents import items_of, known_items, newest_version, options_of
from saem.apps.learning.itembank.groups import CLASSROOM, INSTITUTION, pooled, rooms_among
from saem.apps.learning.itembank.refitting import Stored, Tries
from saem.apps.learning.models import Attempt, FittedModel, ItemRecord, ModelState
from saem.apps.people.models import User
from saem.lib.content import Item

REFIT, NIGHTLY, REFITTED = "refit", "refit.nightly", "items.refitted"
MODELS_SHOWN = 30
CHUNK = 5000


def program_for(user: User, slug: str) -> Program:
    """One of them, or Http404."""
    found = programs_kept_by(user).select_related("owner").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def model_for(user: User, slug: str, pk: int) -> FittedModel:
    """A fitted model of a program whose bank `user` may see, without its bytes."""
    models = FittedModel.objects.filter(program__in=programs_kept_by(user), program__slug=slug, pk=pk)
    found = models.select_related("program").defer("document", "arrays").first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Entry:
    """One item: as the newest version has it (None where it is gone), and as learners met it (None: nobody yet)."""

    id: str
    item: Item | None
    record: ItemRecord | None


@dataclass(frozen=True)
class Bank:
    """Everything about a program's items, in four queries however many attempts there are."""

    program: Program
    version: Version | None
    entries: tuple[Entry, ...]
    refit: "LastRefit"


@dataclass(frozen=True)
class LastRefit:
    """`done` is the event of the last one, `is_waiting` whether one is on its way, `failed` why the newest failed."""

    done: Event | None
    is_waiting: bool
    failed: str


def bank_of(program: Program) -> Bank:
    version = newest_version(program)
    items = items_of(version)
    records = {record.item: record for record in ItemRecord.objects.filter(program=program).order_by("item")}
    names = [*items, *(name for name in records if name not in items)]
    entries = tuple(Entry(name, items.get(name), records.get(name)) for name in names)
    return Bank(program, version, entries, last_refit(program))


def entry_for(user: User, slug: str, item: str) -> tuple[Program, Version | None, Entry]:
    """One item of a bank that `user` may see, or Http404 where no version and no learner ever had it."""
    program = program_for(user, slug)
    version = newest_version(program)
    found, record = items_of(version).get(item), ItemRecord.objects.filter(program=program, item=item).first()
    if found is None and record is None:
        raise Http404
    return program, version, Entry(item, found, record)


def last_refit(program: Program) -> LastRefit:
    events = Event.objects.filter(verb=REFITTED, object_kind="program", object_id=str(program.pk))
    job = Job.objects.filter(kind=REFIT, subject_id=program.pk).order_by("-pk").first()
    is_waiting = job is not None and job.state in UNFINISHED
    failed = (job.reason or "?") if job is not None and job.state == JobState.DEAD else ""
    return LastRefit(events.order_by("-pk").first(), is_waiting, failed)


def models_of(program: Program) -> list[FittedModel]:
    """The program's newest models, without their bytes."""
    found = FittedModel.objects.filter(program=program).select_related("decided_by").defer("document", "arrays")
    return list(found.order_by("-created_at", "-pk")[:MODELS_SHOWN])


def model_in_force(program: Program) -> Stored | None:
    found = FittedModel.objects.filter(program=program, state=ModelState.IN_FORCE).first()
    if found is None:
        return None
    return Stored(name=found.name, document=bytes(found.document), arrays=bytes(found.arrays), pk=found.pk)


def tries_of(program: Program) -> Tries:
    """All first tries at the program's items, in the order of time; learners are numbers of enrolments."""
    rows = list(_first_tries(program))
    items = known_items(program)
    groups = _groups_of(program)
    options = {name: options_of(item) for name, item in items.items()}
    student, item, score, chosen, hints = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [], [])
    return Tries(
        student=student, item=item, score=score, chosen=chosen, hints=hints,
        skills={name: found.skills for name, found in items.items()},
        options={name: [each.id for each in found] for name, found in options.items() if found},
        right={name: [each.id for each in found if each.is_right] for name, found in options.items() if found},
        groups=groups,
    )  # fmt: skip


def _groups_of(program: Program) -> dict[str, list[str]]:
    """The class and the kind of institution of each learner who answered, as far as many are in the same."""
    answered = Attempt.objects.filter(version__program=program, is_first=True).values("enrolment")
    places = Enrolment.objects.filter(pk__in=answered).order_by("pk")
    rows = list(places.values_list("pk", "classroom_id", "classroom__cohort__institution__kind"))
    found: dict[str, list[str]] = {}
    for kind, group_of in (
        (CLASSROOM, {pk: room for pk, room, _kind in rows}),
        (INSTITUTION, {pk: institution for pk, _room, institution in rows}),
    ):
        for pk, group in pooled(kind, group_of).items():
            found.setdefault(str(pk), []).append(group)
    return found


def rooms_named(user: User, models: Iterable[FittedModel]) -> dict[str, str]:
    """The names of classes on the models' cards that `user` may see, by id. One query, or none without classes."""
    ids = {pk for model in models for pk in rooms_among(groups_told(model))}
    rooms = classrooms_seen_by(user).filter(pk__in=ids) if ids else ()
    return {str(room.pk): room.name for room in rooms}


def _first_tries(program: Program) -> Iterator[tuple[int, str, float, list[str], int]]:
    rows = Attempt.objects.filter(version__program=program, is_first=True).order_by("created_at", "pk")
    return rows.values_list("enrolment_id", "item", "score", "chosen", "hints").iterator(CHUNK)


def programs_with_news() -> list[int]:
    """Programs with an attempt since their last refit began, or that never had one."""
    answered = dict(Attempt.objects.values_list("version__program").annotate(last=Max("created_at")).order_by())
    done = (
        Job.objects.filter(kind=REFIT, state=JobState.DONE).values_list("subject_id").annotate(last=Max("started_at"))
    )
    refitted: Mapping[int, object] = dict(done.order_by())
    return sorted(pk for pk, last in answered.items() if pk not in refitted or last > refitted[pk])
