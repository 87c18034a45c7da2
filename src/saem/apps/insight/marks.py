"""How a step of a program stands for one student: a mark with a word, never colour alone."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Mark(StrEnum):
    NONE = "none"
    NOW = "now"
    DONE = "done"
    STUCK = "stuck"
    WAITING = "waiting"


WORDS: dict[Mark, Promise | str] = {
    Mark.NONE: _("아직"),
    Mark.NOW: _("하는 중"),
    Mark.DONE: _("마침"),
    Mark.STUCK: _("막힘"),
    Mark.WAITING: _("대기"),
}


@dataclass(frozen=True)
class StepMark:
    """One square of the grid: `detail` is a short figure such as `2/3`, or empty."""

    mark: Mark
    detail: str = ""

    @property
    def word(self) -> Promise | str:
        return WORDS[self.mark]


@dataclass(frozen=True)
class LessonFacts:
    """What is stored of one student's lesson."""

    passed: int
    total: int
    is_done: bool
    is_stuck: bool


@dataclass(frozen=True)
class ProjectFacts:
    """What is stored of one student's project: the newest submission's state, and whether any was scored."""

    newest_state: str
    has_score: bool


def lesson_mark(facts: LessonFacts | None) -> StepMark:
    """Stuck outranks everything: it is what a teacher looks for."""
    if facts is None:
        return StepMark(Mark.NONE)
    detail = f"{facts.passed}/{facts.total}" if facts.total else ""
    if facts.is_stuck:
        return StepMark(Mark.STUCK, detail)
    return StepMark(Mark.DONE) if facts.is_done else StepMark(Mark.NOW, detail)


def project_mark(facts: ProjectFacts | None) -> StepMark:
    """Scored once counts as done; a file that is being graded is waiting; one that could not be graded is stuck."""
    if facts is None:
        return StepMark(Mark.NONE)
    if facts.has_score:
        return StepMark(Mark.DONE)
    if facts.newest_state in {"received", "checking"}:
        return StepMark(Mark.WAITING)
    return StepMark(Mark.STUCK)
