"""The portfolio put together: what there is, in the order and for the readers that its learner chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from saem.apps.awards.models import Audience, Entry, EntryKind, Portfolio, Reflection
from saem.apps.awards.portfolio.learning_work import (
    GainWork,
    GrowthWork,
    LessonWork,
    gain_works,
    growth_works,
    lesson_works,
)
from saem.apps.awards.portfolio.project_work import ProjectWork, project_works
from saem.apps.awards.portfolio.prompts import question_of
from saem.apps.awards.portfolio.prose import safe_html
from saem.apps.awards.portfolio.recognitions import Recognition, recognitions
from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.queries import enrolments_of
from saem.apps.people.models import User
from saem.web.languages import reader_language

MOST_COURSES = 30


@dataclass(frozen=True)
class ReflectionWork:
    """A reflection as it is read; `about` is the title of what it is about, or empty."""

    row: Reflection
    about: str

    @property
    def ref(self) -> str:
        return reflection_ref(self.row)

    @property
    def question(self) -> Promise:
        return question_of(self.row.prompt)

    @cached_property
    def html(self) -> SafeString:
        return safe_html(self.row.text)


Work = ProjectWork | LessonWork | GrowthWork | GainWork | Recognition | ReflectionWork
KINDS: Mapping[type, EntryKind] = {
    ProjectWork: EntryKind.PROJECT,
    Recognition: EntryKind.RECOGNITION,
    GainWork: EntryKind.GAIN,
    GrowthWork: EntryKind.GROWTH,
    LessonWork: EntryKind.LESSONS,
    ReflectionWork: EntryKind.REFLECTION,
}


@dataclass(frozen=True)
class Shown:
    """One thing in the portfolio, with what its learner chose for it."""

    work: Work
    audience: Audience
    position: int | None
    remark: str

    @property
    def ref(self) -> str:
        return self.work.ref

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return self.ref.replace(":", "-")

    @property
    def kind(self) -> EntryKind:
        return KINDS[type(self.work)]

    @property
    def enrolment(self) -> int | None:
        """The place in a class that it belongs to; None for what belongs to the person."""
        place = getattr(self.work, "enrolment", None)
        return place.pk if place is not None else None

    def is_for_link(self) -> bool:
        return self.audience == Audience.LINK

    def is_for_teacher_of(self, enrolment: int) -> bool:
        """A teacher sees what any link shows, and of what is for teachers that of the own class and of no class."""
        return self.is_for_link() or (self.audience == Audience.TEACHERS and self.enrolment in {None, enrolment})


def portfolio_of(user: User) -> Portfolio:
    """The person's portfolio; one that is not stored yet where nothing was written in it."""
    return Portfolio.objects.filter(user=user.pk).select_related("user").first() or Portfolio(user=user)


def stored(user: User) -> Portfolio:
    return Portfolio.objects.select_related("user").get_or_create(user=user)[0]


def locked(portfolio: Portfolio) -> Portfolio:
    """The row, held to the end of the transaction, so that two tabs do not overtake each other."""
    return Portfolio.objects.select_for_update().get(pk=portfolio.pk)


def reflection_for(user: User, pk: int) -> Reflection:
    """The writer's own; it does not exist for anybody else."""
    return get_object_or_404(Reflection.objects.select_related("portfolio__user"), pk=pk, portfolio=user.pk)


def reflection_ref(reflection: Reflection) -> str:
    return f"reflection:{reflection.pk}"


def audience_of(reflection: Reflection) -> Audience:
    chosen = Entry.objects.filter(portfolio=reflection.portfolio_id, ref=reflection_ref(reflection)).first()
    return Audience(chosen.audience) if chosen is not None else Audience.NOBODY


def courses_of(user: User) -> list[Enrolment]:
    """The classes that the person is in, the newest first."""
    mine = enrolments_of(user).select_related("classroom__cohort__version__program", "classroom__cohort__institution")
    return list(mine.order_by("-joined_at", "-pk")[:MOST_COURSES])


def everything(portfolio: Portfolio, courses: Sequence[Enrolment]) -> list[Shown]:
    """All there is, whoever may see it, in the learner's order. A constant number of queries."""
    language = reader_language()
    works: list[Work] = [
        *project_works(courses, language),
        *recognitions(portfolio.user),
        *gain_works(courses),
        *growth_works(courses, language),
        *lesson_works(courses, language),
    ]
    titles = {work.ref: title_of(work) for work in works}
    written = Reflection.objects.filter(portfolio=portfolio.pk).order_by("-begun_at", "-pk")
    works += [ReflectionWork(row, titles.get(row.about, "")) for row in written]
    chosen = {row.ref: row for row in Entry.objects.filter(portfolio=portfolio.pk)}
    return arranged([shown(work, chosen.get(work.ref)) for work in works])


def shown(work: Work, row: Entry | None) -> Shown:
    if row is None:
        return Shown(work, Audience.NOBODY, None, "")
    return Shown(work, Audience(row.audience), row.position, row.remark)


def arranged(entries: Sequence[Shown]) -> list[Shown]:
    """By the learner's positions; what has none comes last, as it came."""
    return sorted(entries, key=lambda each: (each.position is None, each.position or 0))


def title_of(work: Work) -> str:
    match work:
        case ProjectWork() | Recognition():
            return work.title
        case ReflectionWork():
            return str(work.question)
        case _:
            return work.course


def entry_for(user: User, ref: str) -> Shown:
    """One entry of the person's own, or Http404: only what is there can be shown."""
    portfolio = portfolio_of(user)
    found = next((each for each in everything(portfolio, courses_of(user)) if each.ref == ref), None)
    if found is None:
        raise Http404
    return found


def choose(portfolio: Portfolio, ref: str, *, audience: Audience, remark: str) -> None:
    """Who sees one entry, and what its learner says of it."""
    Entry.objects.update_or_create(portfolio=portfolio, ref=ref, defaults={"audience": audience, "remark": remark})


def move(portfolio: Portfolio, entries: Sequence[Shown], ref: str, *, by: int) -> None:
    """Put one entry `by` places further down (up, if negative) and keep the whole order."""
    order = [each.ref for each in entries]
    at = order.index(ref)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    with transaction.atomic():
        locked(portfolio)
        rows = [Entry(portfolio=portfolio, ref=each, position=number) for number, each in enumerate(order)]
        Entry.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["portfolio", "ref"], update_fields=["position"]
        )


def introduce(portfolio: Portfolio, *, title: str, introduction: str) -> None:
    portfolio.title, portfolio.introduction, portfolio.changed_at = title, introduction, timezone.now()
    portfolio.save(update_fields=["title", "introduction", "changed_at"])
