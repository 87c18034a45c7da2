"""The list of the item bank: a line for each item, in the order that is asked for."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.itembank.contents import asks_for
from saem.apps.learning.itembank.queries import Bank, Entry
from saem.apps.learning.models import ItemRecord
from saem.lib.content import Lesson, Project
from saem.lib.learners.items import Alarm

Json = Mapping[str, Any]
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
