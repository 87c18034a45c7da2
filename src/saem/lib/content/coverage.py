"""Which competencies a program works towards: by its lessons, its projects, its items and their skills."""

from collections.abc import Iterator
from dataclasses import dataclass

from saem.lib.content.competencies import Competency, Scheme, schemes
from saem.lib.content.model import Program, Step


@dataclass(frozen=True)
class Covered:
    """One competency: steps tagged with it in the program's order, skills that come with it, and how many items."""

    competency: Competency
    tag: str
    steps: tuple[Step, ...]
    skills: tuple[str, ...]
    items: int

    @property
    def is_gap(self) -> bool:
        return not self.steps and not self.items


@dataclass(frozen=True)
class SchemeCoverage:
    scheme: Scheme
    lines: tuple[Covered, ...]

    @property
    def covered(self) -> int:
        return sum(not line.is_gap for line in self.lines)


@dataclass(frozen=True)
class Coverage:
    """Only schemes that some tag of the program names: nobody works towards all of them.

    `skills` maps each skill of the program to its tags; a skill without any is a gap, too.
    """

    schemes: tuple[SchemeCoverage, ...]
    skills: dict[str, tuple[str, ...]]


def coverage(program: Program) -> Coverage:
    """A skill comes with the tags of the steps that teach it and of the items that ask for it."""
    used = set(_tags(program))
    found = tuple(
        SchemeCoverage(scheme, tuple(_covered(program, scheme, entry) for entry in scheme.entries))
        for scheme in schemes().values()
        if any(scheme.tag(entry) in used for entry in scheme.entries)
    )
    tags = {skill.id: tuple(line.tag for each in found for line in each.lines if skill.id in line.skills)
            for skill in program.skills}  # fmt: skip
    return Coverage(found, tags)


def _covered(program: Program, scheme: Scheme, entry: Competency) -> Covered:
    tag = scheme.tag(entry)
    steps = tuple(step for step in program.steps if tag in program.step(step).tags)
    items = [item for item in program.items.values() if tag in item.tags]
    taught = {skill for step in steps for skill in program.step(step).skills}
    taught |= {skill for item in items for skill in item.skills}
    skills = tuple(skill.id for skill in program.skills if skill.id in taught)
    return Covered(entry, tag, steps, skills, len(items))


def _tags(program: Program) -> Iterator[str]:
    for step in program.steps:
        yield from program.step(step).tags
    for item in program.items.values():
        yield from item.tags
