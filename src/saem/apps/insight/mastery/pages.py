"""What the pages of skills show of a class: the map, the claims, the groups, and the data behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import strip_tags
from django.utils.text import Truncator

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.insight.mastery.queries import Known, SkillHead, Tries
from saem.apps.insight.mastery.words import Cell, Level
from saem.apps.learning.models import Attempt, Purpose
from saem.lib.content import items
from saem.lib.learners.grouping import suggest_groups

EXCERPT = 90


@dataclass(frozen=True)
class MapRow:
    """One student's line of the map, a cell for every skill."""

    student: Enrolment
    cells: list[Cell]


@dataclass(frozen=True)
class Need:
    """A claim: these students surely need this skill, those surely hold it."""

    skill: SkillHead
    students: list[Enrolment]
    holders: int
    unsure: int


@dataclass(frozen=True)
class SuggestedGroup:
    skill: SkillHead
    members: list[Enrolment]
    helpers: list[Enrolment]
    is_small: bool


@dataclass(frozen=True)
class SkillMap:
    """A class's mastery. Whatever is claimed comes from the same cells that are shown."""

    students: Sequence[Enrolment]
    skills: Sequence[SkillHead]
    known: Known

    @cached_property
    def rows(self) -> list[MapRow]:
        return [
            MapRow(student, [Cell.of(skill.id, self.known.get((student.pk, skill.id))) for skill in self.skills])
            for student in self.students
        ]

    @property
    def has_data(self) -> bool:
        return any(cell.is_known for row in self.rows for cell in row.cells)

    @cached_property
    def needs(self) -> list[Need]:
        """The skills that somebody surely needs, most students first."""
        found = [self._need(place, skill) for place, skill in enumerate(self.skills)]
        return sorted((need for need in found if need.students), key=lambda need: -len(need.students))

    def _need(self, place: int, skill: SkillHead) -> Need:
        levels = [row.cells[place].level for row in self.rows]
        return Need(
            skill,
            [row.student for row in self.rows if row.cells[place].level == Level.NEEDS],
            levels.count(Level.HOLDS),
            levels.count(Level.UNSURE),
        )

    @cached_property
    def groups(self) -> list[SuggestedGroup]:
        titles = {skill.id: skill for skill in self.skills}
        found = suggest_groups(self._at(Level.NEEDS), self._at(Level.HOLDS), list(titles))
        return [
            SuggestedGroup(
                titles[group.skill],
                [student for student in self.students if student.pk in group.members],
                [student for student in self.students if student.pk in group.helpers],
                group.is_small,
            )
            for group in found
        ]

    def _at(self, level: Level) -> dict[int, set[str]]:
        return {
            row.student.pk: {
                skill.id for skill, cell in zip(self.skills, row.cells, strict=True) if cell.level == level
            }
            for row in self.rows
        }


@dataclass(frozen=True)
class Evidence:
    """One student's line behind a claim: the estimate, and the first tries it comes from."""

    student: Enrolment
    cell: Cell
    tries: Tries


@dataclass(frozen=True)
class AttemptLine:
    """One attempt with the beginning of what was asked."""

    attempt: Attempt
    prompt: str
    chance: int | None

    @property
    def is_elsewhere(self) -> bool:
        """In a diagnosis or at the end of a lesson."""
        return self.attempt.purpose != Purpose.PRACTICE


def line_of(attempt: Attempt, language: str) -> AttemptLine:
    """The variant as the student met it, from the version they met it in."""
    item = program_of(attempt.version).items.get(attempt.item)
    prompt = attempt.item
    if item is not None:
        html = items.variant(item, attempt.seed).prompt.html(language)
        prompt = Truncator(" ".join(strip_tags(html).split())).chars(EXCERPT)
    return AttemptLine(attempt, prompt, None if attempt.chance is None else round(100 * attempt.chance))
