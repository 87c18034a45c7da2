"""A lesson as its page shows it: sections, cells, and what each cell said last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from saem.apps.catalog.assets import asset_prefix
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.learning.queries import Place, facts_of, records_of
from saem.apps.learning.results import CheckView, RunView, shown_check
from saem.apps.learning.states import State, section_states
from saem.lib import content


@dataclass(frozen=True, kw_only=True)
class CellView(RunView):
    """One code cell of a lesson."""

    record: CellRecord | None
    cell: content.CodeCell
    number: int
    place: Place

    @property
    def id(self) -> str:
        return self.cell.id

    @property
    def url(self) -> str:
        return reverse("learning:cell", args=[self.place.enrolment.pk, self.place.lesson.id, self.cell.id])

    @property
    def revision_name(self) -> str:
        return "revision"

    @property
    def code(self) -> str:
        return super().code if self.record or self.typed is not None else self.cell.code

    @property
    def exercise(self) -> str:
        """The exercise's title, or nothing where the cell is an example."""
        found = self.place.lesson.exercises.get(self.cell.id)
        return found.title.in_(self.place.language) if found else ""

    @property
    def is_passed(self) -> bool:
        return self.record is not None and self.record.passed_at is not None

    @property
    def checks(self) -> list[CheckView]:
        return [shown_check(check, self.place.language) for check in self.record.checks] if self.record else []


@dataclass(frozen=True)
class SectionView:
    """One section; `blocks` are safe HTML or cells, in order."""

    id: str
    title: str
    state: State
    blocks: tuple[SafeString | CellView, ...]

    @property
    def url(self) -> str:
        return f"#{self.id}"


@dataclass(frozen=True)
class LessonView:
    place: Place
    sections: tuple[SectionView, ...]
    progress: LessonProgress | None
    following: "Following | None"

    @property
    def title(self) -> str:
        return self.place.lesson.title.in_(self.place.language)

    @property
    def goal(self) -> str:
        return self.place.lesson.goal.in_(self.place.language)

    @property
    def minutes(self) -> int:
        return self.place.lesson.minutes

    @property
    def exercises(self) -> int:
        return len(self.place.lesson.exercises)

    @property
    def has_items(self) -> bool:
        """Whether practice items ask for what the lesson teaches."""
        return any(
            not set(item.skills).isdisjoint(self.place.lesson.skills) for item in self.place.program.items.values()
        )

    @property
    def passed(self) -> int:
        return self.progress.exercises_passed if self.progress else 0

    @property
    def strip_label(self) -> str:
        return _("수업 진행")

    @property
    def trail(self) -> list[tuple[str, str]]:
        url = reverse("learning:program", args=[self.place.enrolment.pk])
        return [(self.place.version.local_title, url)]

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.done_at is not None


@dataclass(frozen=True)
class Following:
    """The step after this lesson."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True)
class Said:
    """What the server says back at one cell, and what the student had typed there."""

    cell: str
    notice: str = ""
    typed: str | None = None


def lesson_view(place: Place, said: Said | None = None) -> LessonView:
    """The whole page, in two queries."""
    records = records_of(place)
    progress = LessonProgress.objects.filter(enrolment=place.enrolment, lesson=place.lesson.id).first()
    prefix = asset_prefix(
        place.version, reverse("learning:asset", args=[place.enrolment.pk, place.lesson.id, "-"]).removesuffix("-")
    )
    page = place.page.with_assets(prefix).with_steps(lambda kind, step: step_url(place.enrolment.pk, kind, step))
    states = section_states(place.page, place.lesson.exercises.keys(), facts_of(records.values()))
    if progress is not None and progress.done_at is not None:
        # Examples that were left out do not keep a finished lesson open.
        states = [State.DONE] * len(states)
    sections = tuple(
        SectionView(section.id, section.title, state, tuple(_blocks(section, place, records, said)))
        for section, state in zip(page.sections, states, strict=True)
    )
    return LessonView(place, sections, progress, following(place))


def _blocks(
    section: content.Section, place: Place, records: Mapping[str, CellRecord], said: Said | None
) -> Iterator[SafeString | CellView]:
    for block in section.blocks:
        if isinstance(block, content.CodeCell):
            yield cell_view(place, block, records.get(block.id), said)
        else:
            yield mark_safe(block.html)  # noqa: S308  # sanitised by lib.content


def cell_view(place: Place, cell: content.CodeCell, record: CellRecord | None, said: Said | None = None) -> CellView:
    said = said if said and said.cell == cell.id else Said(cell.id)
    return CellView(
        cell=cell,
        number=place.number_of(cell.id),
        place=place,
        record=record,
        notice=said.notice,
        typed=said.typed,
    )


def step_url(enrolment: int, kind: str, step: str) -> str:
    return reverse("learning:lesson" if kind == "lesson" else "projects:project", args=[enrolment, step])


def following(place: Place) -> Following | None:
    """The program's next step after this lesson."""
    program = place.program
    ids = [(step.kind, step.id) for step in program.steps]
    after = ids.index(("lesson", place.lesson.id)) + 1 if ("lesson", place.lesson.id) in ids else len(ids)
    if after >= len(ids):
        return None
    kind, step = ids[after]
    title = (program.lessons if kind == "lesson" else program.projects)[step].title
    return Following(kind, title.in_(place.language), step_url(place.enrolment.pk, kind, step))
