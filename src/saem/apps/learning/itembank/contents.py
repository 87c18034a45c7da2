"""What the versions of a program say of its items: skills, options, and which of them are right."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.queries import program_of
from saem.lib.content import Item, Lesson, Project
from saem.lib.content.items import Options, Prose, VariantError, judge, right_answer, variant
from saem.lib.content.items.answers import FIELD, several

# An option may be right in some variants and wrong in others; of those looked at it is right in one, or a distractor.
SEEDS = range(1, 6)


@dataclass(frozen=True)
class OptionFacts:
    """An option by its author's id, with its words in the first variant that shows it."""

    id: str
    text: Prose
    is_right: bool


def newest_version(program: Program) -> Version | None:
    return program.versions.order_by("-number").first()


def items_of(version: Version | None) -> Mapping[str, Item]:
    """The items of a version by id."""
    return program_of(version).items if version is not None else {}


def steps_of(version: Version | None) -> list[Lesson | Project]:
    """The lessons and projects of a version in its order."""
    if version is None:
        return []
    program = program_of(version)
    return [(program.lessons if step.kind == "lesson" else program.projects)[step.id] for step in program.steps]


def step_named(version: Version | None, name: str) -> Lesson | Project | None:
    return next((step for step in steps_of(version) if step.id == name), None)


def asks_for(item: Item, step: Lesson | Project) -> bool:
    """Whether an item asks for what a step teaches."""
    return not set(item.skills).isdisjoint(step.skills)


def known_items(program: Program) -> dict[str, Item]:
    """Every item that a version of the program has or had, as its newest version with it has it."""
    found: dict[str, Item] = {}
    for version in program.versions.order_by("number"):
        found |= items_of(version)
    return found


def options_of(item: Item) -> tuple[OptionFacts, ...]:
    """The options of an item that has some, else none. A judge tells the author's id of what was chosen."""
    found: dict[str, OptionFacts] = {}
    for seed in SEEDS:
        with suppress(VariantError):
            _learn(item, seed, found)
    # Variants shuffle; an author looks for what was written first.
    written = {option.id: place for place, option in enumerate(getattr(item.asked, "options", ()))}
    return tuple(sorted(found.values(), key=lambda option: written.get(option.id, len(written))))


def _learn(item: Item, seed: int, found: dict[str, OptionFacts]) -> None:
    ask = variant(item, seed).ask
    if not isinstance(ask, Options):
        return
    right = several(right_answer(item, seed))
    for option in ask.options:
        (name,) = judge(item, seed, {FIELD: option.key}).chosen
        known = found.get(name, OptionFacts(name, option.text, is_right=False))
        found[name] = replace(known, is_right=known.is_right or option.key in right)
