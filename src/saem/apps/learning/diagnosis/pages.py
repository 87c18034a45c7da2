"""A diagnosis as its pages show it: the item that waits, and the result in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from saem.apps.catalog.queries import program_of
from saem.apps.learning.diagnosis.bank import LONGEST, SHORTEST
from saem.apps.learning.diagnosis.measuring import Expected, by_skill, expected, gain_in_items, rescored
from saem.apps.learning.diagnosis.queries import Sitting
from saem.apps.learning.diagnosis.services import waiting_of
from saem.apps.learning.models import DiagnosisMoment
from saem.apps.learning.pages import step_url
from saem.apps.learning.practice.asking import AskView, ask_view
from saem.apps.learning.prose import Reading, pictures_at
from saem.lib.content.items import Answer, variant
from saem.lib.learners.adaptive import Gain


class Direction(StrEnum):
    """Which way a gain points, where its interval leaves no doubt."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"


def direction_of(gain: Gain) -> Direction:
    if gain.low > 0:
        return Direction.UP
    return Direction.DOWN if gain.high < 0 else Direction.UNCLEAR


@dataclass(frozen=True)
class Question:
    """The item that waits; `number` counts from 1."""

    ask: AskView
    token: str
    number: int
    shortest: int = SHORTEST
    longest: int = LONGEST


@dataclass(frozen=True)
class SkillView:
    title: str
    items: int
    expected: Expected


@dataclass(frozen=True)
class Change:
    """From the first diagnosis to the second, in items of 100."""

    before: Expected
    after: Expected
    gain: Gain
    direction: Direction


@dataclass(frozen=True)
class Result:
    """What a finished diagnosis says; `change` where both are finished, one after the other."""

    expected: Expected
    items: int
    right: int
    skills: list[SkillView]
    change: Change | None


def question_of(sitting: Sitting, language: str, typed: Answer | None = None) -> Question | None:
    """The form of the waiting item; `typed` is what was sent and could not be read."""
    waiting = waiting_of(sitting.row)
    if sitting.row is None or waiting is None:
        return None
    posed = variant(sitting.bank.items[waiting["item"]], waiting["seed"])
    return Question(
        ask_view(posed, reading_of(sitting, language), typed),
        waiting["token"],
        len(sitting.row.given),
        longest=sitting.bank.longest,
    )


def reading_of(sitting: Sitting, language: str) -> Reading:
    pk = sitting.enrolment.pk
    pictures = pictures_at(sitting.version, "diagnosis:asset", pk, sitting.moment.value)
    return Reading(language, pictures, partial(step_url, pk))


def result_of(sitting: Sitting, language: str) -> Result | None:
    if sitting.row is None or sitting.row.finished_at is None:
        return None
    bank = sitting.newest_bank
    measurement = rescored(sitting.row.given, bank)
    if measurement is None:
        return None
    titles = {skill.id: skill.title.in_(language) for skill in program_of(sitting.newest).skills}
    skills = [SkillView(titles.get(each.skill, each.skill), each.items, each.expected)
              for each in by_skill(sitting.row.given, bank)]  # fmt: skip
    scores: list[float] = [entry["score"] for entry in sitting.row.given]
    return Result(expected(measurement, bank.tables.bank), len(scores), scores.count(1), skills, change_of(sitting))


def change_of(sitting: Sitting) -> Change | None:
    """What is told on the page of the second diagnosis."""
    before, after = sitting.other, sitting.row
    if sitting.moment != DiagnosisMoment.AFTER or before is None or after is None:
        return None
    if before.finished_at is None or before.finished_at > after.started_at:
        return None
    bank = sitting.newest_bank
    old, new = rescored(before.given, bank), rescored(after.given, bank)
    if old is None or new is None:
        return None
    items = bank.tables.bank
    gain = gain_in_items(old, new, items)
    return Change(expected(old, items), expected(new, items), gain, direction_of(gain))


def moments(sittings: Mapping[DiagnosisMoment, Sitting]) -> list[Sitting]:
    return [sittings[DiagnosisMoment.BEFORE], sittings[DiagnosisMoment.AFTER]]
