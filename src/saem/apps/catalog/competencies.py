"""The map of competencies of a version, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from saem.apps.catalog.outlines import StepOutline, step_outline
from saem.lib import content
from saem.lib.content.competencies import competency, schemes


@dataclass(frozen=True)
class TagView:
    """One competency as a lesson's page names it: the scheme, the code and our words for it."""

    scheme: str
    code: str
    title: str


@dataclass(frozen=True)
class CompetencyView:
    """`skills` are titles; nothing works towards a gap."""

    code: str
    title: str
    steps: tuple[StepOutline, ...]
    skills: tuple[str, ...]
    items: int
    is_gap: bool


@dataclass(frozen=True)
class SchemeView:
    id: str
    title: str
    source: str
    year: int
    lines: tuple[CompetencyView, ...]
    covered: int


@dataclass(frozen=True)
class SkillView:
    """One skill with its tags, as "ai4k12/3"; none is a gap."""

    title: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class MapView:
    schemes: tuple[SchemeView, ...]
    skills: tuple[SkillView, ...]


def map_view(program: content.Program, language: str) -> MapView:
    found = content.coverage(program)
    outlines = {step: step_outline(program, step, language) for step in program.steps}
    titles = {skill.id: skill.title.in_(language) for skill in program.skills}
    views = tuple(
        SchemeView(
            id=each.scheme.id,
            title=each.scheme.title.in_(language),
            source=each.scheme.source.in_(language),
            year=each.scheme.year,
            lines=tuple(
                CompetencyView(
                    code=line.competency.code,
                    title=line.competency.title.in_(language),
                    steps=tuple(outlines[step] for step in line.steps),
                    skills=tuple(titles[skill] for skill in line.skills),
                    items=line.items,
                    is_gap=line.is_gap,
                )
                for line in each.lines
            ),
            covered=each.covered,
        )
        for each in found.schemes
    )
    return MapView(views, tuple(SkillView(titles[skill], tags) for skill, tags in found.skills.items()))


def has_map(program: content.Program) -> bool:
    """Whether anything of the program is tagged."""
    return any(each.tags for part in (program.lessons, program.projects, program.items) for each in part.values())


def tag_views(tags: Iterable[str], language: str) -> tuple[TagView, ...]:
    """The competencies of one lesson; a version that is published has no tag that nothing answers to."""
    found = ((tag, competency(tag)) for tag in tags)
    return tuple(
        TagView(schemes()[tag.partition("/")[0]].title.in_(language), entry.code, entry.title.in_(language))
        for tag, entry in found
        if entry is not None
    )
