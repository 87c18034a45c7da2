"""The item bank's pages: lines of the list, and one item with everything beside it."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.itembank.contents import options_of
from saem.apps.learning.itembank.queries import Bank, Entry
from saem.apps.learning.models import ItemRecord
from saem.lib.content import Item
from saem.lib.content.items import VariantError, left_out_of_diagnosis, variant
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
    def left_out(self) -> str:
        """Why no diagnosis gives it, as a code of the message table; nothing where it does."""
        found = left_out_of_diagnosis(self.entry.item) if self.entry.item is not None else None
        return f"itembank.left_out.{found}" if found is not None else ""

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


def lines_of(bank: Bank, language: str, order: Order) -> list[Line]:
    """The bank's items in this order; equals stand as they were written."""
    titles = skill_titles(bank.version, language)
    lines = [Line(entry, skills_of(entry, titles)) for entry in bank.entries]
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
class ItemView:
    """One item: `prompt` is empty where it is gone from the newest version or has no variant."""

    line: Line
    prompt: SafeString
    hints: tuple[SafeString, ...]
    options: tuple[OptionLine, ...]
    history: tuple[Moment, ...]

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


def item_view(entry: Entry, version: Version | None, language: str) -> ItemView:
    line = Line(entry, skills_of(entry, skill_titles(version, language)))
    history = tuple(
        Moment(dt.datetime.fromisoformat(each["at"]), each["difficulty"], each["error"])
        for each in line.statistics.get("history", ())
    )
    prompt, hints = shown(entry.item, language)
    options = option_lines(entry.item, line.statistics, language)
    return ItemView(line, prompt, hints, options, history)


def shown(item: Item | None, language: str) -> tuple[SafeString, tuple[SafeString, ...]]:
    """The prompt and hints of one variant as HTML; nothing where there is none."""
    if item is None:
        return SafeString(), ()
    try:
        found = variant(item, SEED)
    except VariantError:
        return SafeString(), ()
    return safe(found.prompt.html(language)), tuple(safe(hint.html(language)) for hint in found.hints)


def option_lines(item: Item | None, statistics: Json, language: str) -> tuple[OptionLine, ...]:
    if item is None:
        return ()
    known: dict[str, Json] = {each["id"]: each for each in statistics.get("options", ())}
    options: Sequence[Any] = options_of(item)
    return tuple(OptionLine(safe(each.text.line(language)), each.is_right, known.get(each.id)) for each in options)


def safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  # sanitised by lib.content
