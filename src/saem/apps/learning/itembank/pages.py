"""The item bank's pages: lines of the list, and one item with everything beside it."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.itembank.contents import asks_for, options_of, steps_of
from saem.apps.learning.itembank.queries import Bank, Entry
from saem.apps.learning.models import ItemRecord
from saem.apps.learning.practice.asking import AskView, ask_view
from saem.apps.learning.prose import Reading, pictures_at
from saem.lib.content import Item, Lesson, Project
from saem.lib.content.items import VariantError, explanation, variant
from saem.lib.learners.items import Alarm

Json = Mapping[str, Any]
# The variant that the author sees.
SEED = 1
GRAVITY = {alarm.value: place for place, alarm in enumerate(Alarm)}


class Order(TextChoices):
    ALARMS = "alarms", _("살펴볼 문항 먼저")
    HARDEST = "hardest", _("어려운 문항 먼저")
    LEAST = "least", _("적게 풀린 문항 먼저")
    WRITTEN = "written", _("쓴 순서")


def order_named(name: str) -> Order:
    return Order(name) if name in Order.values else Order.ALARMS


@dataclass(frozen=True)
class Line:
    """One item in the list; percentages are of first tries, None before there are any."""

    entry: Entry
    skills: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def is_gone(self) -> bool:
        return self.entry.item is None

    @property
    def record(self) -> ItemRecord | None:
        return self.entry.record

    @property
    def responses(self) -> int:
        return self.record.responses if self.record else 0

    @property
    def percent(self) -> float | None:
        return 100 * self.record.right / self.record.responses if self.record and self.record.responses else None

    @property
    def error(self) -> float | None:
        return math.sqrt(self.record.variance) if self.record else None

    @property
    def statistics(self) -> Json:
        return self.record.statistics if self.record else {}

    @property
    def alarms(self) -> list[str]:
        """Codes of the message table, gravest first."""
        return [f"itembank.{code}" for code in self.alarm_codes]

    @property
    def alarm_codes(self) -> list[str]:
        # A code of an older release, which no longer has words, is left out.
        known = [code for code in (self.record.alarms if self.record else ()) if code in GRAVITY]
        return sorted(known, key=GRAVITY.__getitem__)


def lines_of(bank: Bank, language: str, order: Order, step: Lesson | Project | None = None) -> list[Line]:
    """The bank's items in this order, or those that ask for what a step teaches; equals stand as they were written."""
    titles = skill_titles(bank.version, language)
    entries = [entry for entry in bank.entries if step is None or (entry.item and asks_for(entry.item, step))]
    lines = [Line(entry, skills_of(entry, titles)) for entry in entries]
    keys: dict[Order, Callable[[Line], Any]] = {
        Order.ALARMS: lambda line: [GRAVITY[code] for code in line.alarm_codes] or [len(GRAVITY)],
        Order.HARDEST: lambda line: -line.record.difficulty if line.record else math.inf,
        Order.LEAST: lambda line: line.responses,
    }
    return sorted(lines, key=keys[order]) if order in keys else lines


def skill_titles(version: Version | None, language: str) -> dict[str, str]:
    if version is None:
        return {}
    return {skill.id: skill.title.in_(language) for skill in program_of(version).skills}


def skills_of(entry: Entry, titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(titles.get(skill, skill) for skill in (entry.item.skills if entry.item else ()))


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
