"""One item of the bank with everything beside it: how learners meet it, its options, its history, its lessons."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from saem.apps.catalog.models import Program, Version
from saem.apps.learning.itembank.contents import asks_for, options_of, steps_of
from saem.apps.learning.itembank.pages import Line, skill_titles, skills_of
from saem.apps.learning.itembank.queries import Entry
from saem.apps.learning.practice.asking import AskView, ask_view
from saem.apps.learning.prose import Reading, pictures_at
from saem.lib.content import Item
from saem.lib.content.items import VariantError, explanation, variant

Json = Mapping[str, Any]
# The variant that the author sees.
SEED = 1


@dataclass(frozen=True)
class OptionLine:
    """One option with what is known of who chose it; figures are None before the first computation."""

    html: SafeString
    is_right: bool
    statistics: Json | None

    @property
    def percent(self) -> float | None:
        return 100 * float(self.statistics["share"]) if self.statistics else None

    @property
    def rest_percent(self) -> float | None:
        found = self.statistics["rest"] if self.statistics else None
        return None if found is None else 100 * float(found)


@dataclass(frozen=True)
class Moment:
    """The live difficulty at one computation."""

    at: dt.datetime
    difficulty: float
    error: float


@dataclass(frozen=True)
class StepLink:
    """A lesson or project that teaches what the item asks for."""

    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One variant as learners meet it."""

    ask: AskView
    hints: tuple[SafeString, ...]
    explanation: SafeString


@dataclass(frozen=True)
class ItemView:
    """One item; nothing is `shown` where it is gone from the newest version or has no variant."""

    line: Line
    shown: Shown | None
    options: tuple[OptionLine, ...]
    history: tuple[Moment, ...]
    steps: tuple[StepLink, ...]

    @property
    def advice(self) -> list[tuple[str, str]]:
        """Each alarm in words and what to do about it, as codes of the message table."""
        return [(code, f"{code}.advice") for code in self.line.alarms]

    @property
    def difficulties(self) -> list[float]:
        return [round(moment.difficulty, 2) for moment in self.history]

    @property
    def days(self) -> list[str]:
        return [f"{moment.at:%Y-%m-%d}" for moment in self.history]


def item_view(program: Program, version: Version | None, entry: Entry, language: str) -> ItemView:
    line = Line(entry, skills_of(entry, skill_titles(version, language)))
    history = tuple(
        Moment(dt.datetime.fromisoformat(each["at"]), each["difficulty"], each["error"])
        for each in line.statistics.get("history", ())
    )
    if version is None or entry.item is None:
        return ItemView(line, None, (), history, ())
    reading = reading_of(version, program.slug, language)
    return ItemView(
        line,
        shown(entry.item, reading),
        option_lines(entry.item, line.statistics, reading),
        history,
        tuple(step_links(version, entry.item, reading)),
    )


def reading_of(version: Version, slug: str, language: str) -> Reading:
    """Links to lessons lead to the program's page: who looks after items need not be in any class."""
    return Reading(language, pictures_at(version, "itembank:asset", slug), partial(step_address, slug))


def step_address(slug: str, _kind: str, step: str) -> str:
    return f"{reverse('catalog:program', args=[slug])}#{step}"


def step_links(version: Version, item: Item, reading: Reading) -> Iterator[StepLink]:
    for step in steps_of(version):
        if asks_for(item, step):
            yield StepLink(step.title.in_(reading.language), reading.step("", step.id))


def shown(item: Item, reading: Reading) -> Shown | None:
    """One variant of the item as practice draws it; nothing where there is none."""
    try:
        found = variant(item, SEED)
    except VariantError:
        return None
    hints = tuple(reading.html(hint) for hint in found.hints)
    return Shown(ask_view(found, reading), hints, reading.html(explanation(item, SEED)))


def option_lines(item: Item, statistics: Json, reading: Reading) -> tuple[OptionLine, ...]:
    known: dict[str, Json] = {each["id"]: each for each in statistics.get("options", ())}
    return tuple(OptionLine(reading.line(each.text), each.is_right, known.get(each.id)) for each in options_of(item))
