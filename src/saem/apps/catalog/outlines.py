"""A program as a page tells it: its steps in the reader's language."""

from dataclasses import dataclass
from typing import Literal

from saem.apps.catalog.models import Program
from saem.lib import content
from saem.web.languages import language_of

StepKind = Literal["lesson", "project"]


@dataclass(frozen=True)
class StepOutline:
    """One lesson or project; `about` is a lesson's goal or a project's summary.

    `items` counts the practice items that ask for what it teaches; `needs` are titles of lessons that come first.
    """

    kind: StepKind
    id: str
    title: str
    about: str
    minutes: int
    skills: tuple[str, ...]
    exercises: int
    items: int
    needs: tuple[str, ...] = ()
    has_guide: bool = False


@dataclass(frozen=True)
class SourceOutline:
    """One data source: what it is and whose."""

    title: str
    licence: str
    credit: str


@dataclass(frozen=True)
class CreditOutline:
    """Whose a picture is; `file` is its name without folders."""

    file: str
    licence: str
    credit: str


@dataclass(frozen=True)
class Outline:
    level: str
    licence: str
    authors: tuple[str, ...]
    steps: tuple[StepOutline, ...]
    skills: tuple[str, ...]
    sources: tuple[SourceOutline, ...]
    credits: tuple[CreditOutline, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def count(self, kind: StepKind) -> int:
        return sum(step.kind == kind for step in self.steps)

    @property
    def lessons(self) -> int:
        return self.count("lesson")

    @property
    def projects(self) -> int:
        return self.count("project")


def step_outline(program: content.Program, step: content.Step, language: str) -> StepOutline:
    skills = {skill.id: skill.title.in_(language) for skill in program.skills}
    needs: tuple[str, ...] = ()
    has_guide = False
    if step.kind == "lesson":
        lesson = program.lessons[step.id]
        about, exercises = lesson.goal, len(lesson.exercises)
        title, minutes, named = lesson.title, lesson.minutes, lesson.skills
        needs = tuple(program.lessons[need].title.in_(language) for need in lesson.needs)
        has_guide = bool(lesson.teacher)
    else:
        project = program.projects[step.id]
        about, exercises = project.summary, 0
        title, minutes, named = project.title, project.minutes, project.skills
    return StepOutline(
        kind=step.kind,
        id=step.id,
        title=title.in_(language),
        about=about.in_(language),
        minutes=minutes,
        skills=tuple(skills[name] for name in named if name in skills),
        exercises=exercises,
        items=sum(not set(item.skills).isdisjoint(named) for item in program.items.values()),
        needs=needs,
        has_guide=has_guide,
    )


def outline_of(program: content.Program, language: str) -> Outline:
    authors = tuple(
        f"{author.name} ({author.institution})" if author.institution else author.name for author in program.authors
    )
    sources = tuple(
        SourceOutline(source.title.in_(language), source.licence, source.credit.in_(language) if source.credit else "")
        for source in program.sources.values()
    )
    return Outline(
        level=program.level.in_(language),
        licence=program.licence,
        authors=authors,
        steps=tuple(step_outline(program, step, language) for step in program.steps),
        skills=tuple(skill.title.in_(language) for skill in program.skills),
        sources=sources,
        credits=tuple(
            CreditOutline(name.rpartition("/")[2], asset.licence, asset.credit.in_(language))
            for name, asset in program.credits.items()
            if asset.credit is not None
        ),
    )


def names_of(program: Program, language: str) -> dict[str, str]:
    """The program's owner and agreement in the reader's language; an English name may be missing."""
    english = language_of(language) == "en"
    owner, agreement = program.owner, program.agreement
    names = {"owner": (english and owner.name_en) or owner.name}
    return names | ({"agreement": (english and agreement.title_en) or agreement.title} if agreement else {})
