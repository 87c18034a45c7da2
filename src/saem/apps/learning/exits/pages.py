"""The exit question as the lesson's page draws it, and as a teacher sees the class's answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from saem.apps.cohorts.models import Classroom
from saem.apps.learning.exits.queries import answer_to, class_answers, exit_of
from saem.apps.learning.itembank.contents import options_of
from saem.apps.learning.pages import step_url
from saem.apps.learning.practice.asking import AskView, ask_view
from saem.apps.learning.practice.pages import FeedbackView, feedback_of
from saem.apps.learning.prose import Reading, pictures_at
from saem.apps.learning.queries import Place
from saem.lib.content import Item
from saem.lib.content.items import VariantError, explanation, variant

PERCENT = 100
# The variant that a teacher sees; every student has their own.
SEED = 1


@dataclass(frozen=True)
class ExitView:
    """The question of one student. `notice` says why an answer was not counted."""

    url: str
    ask: AskView
    token: str
    is_owner: bool
    feedback: FeedbackView | None = None
    explanation: SafeString | None = None
    notice: str = ""

    @property
    def is_answered(self) -> bool:
        return self.feedback is not None


def exit_view(place: Place, *, notice: str = "", typed: Mapping[str, Any] | None = None) -> ExitView | None:
    """What stands at the end of the lesson, if anything does; `typed` was just sent and not counted. One query."""
    question = exit_of(place)
    if question is None:
        return None
    reading = _reading_of(place)
    attempt = answer_to(question)
    item, seed = question.item, attempt.seed if attempt else question.seed
    return ExitView(
        url=reverse("learning:exit", args=[place.enrolment.pk, place.lesson.id]),
        ask=ask_view(variant(item, seed), reading, typed),
        token=str(uuid.uuid4()),
        is_owner=place.is_owner,
        feedback=feedback_of(item, attempt, reading) if attempt else None,
        explanation=reading.html(explanation(item, seed)) if attempt else None,
        notice=notice,
    )


def _reading_of(place: Place) -> Reading:
    pk = place.enrolment.pk
    return Reading(
        place.language, pictures_at(place.version, "learning:asset", pk, place.lesson.id), partial(step_url, pk)
    )


@dataclass(frozen=True)
class OptionCount:
    """One option and how many of the class chose it."""

    html: SafeString
    is_right: bool
    count: int
    percent: int


@dataclass(frozen=True)
class ClassView:
    """The question with what the class answered; no share is told before anybody answered."""

    prompt: SafeString
    explanation: SafeString
    students: int
    answered: int
    right: int
    options: tuple[OptionCount, ...]

    @property
    def percent(self) -> int | None:
        return round(PERCENT * self.right / self.answered) if self.answered else None


def class_view(classroom: Classroom, item: Item, reading: Reading) -> ClassView | None:
    """None where the item has no variant to show."""
    try:
        shown = variant(item, SEED)
    except VariantError:
        return None
    found = class_answers(classroom, item)
    options = tuple(
        OptionCount(
            reading.line(option.text),
            option.is_right,
            count := found.chosen.get(option.id, 0),
            round(PERCENT * count / found.answered) if found.answered else 0,
        )
        for option in options_of(item)
    )
    return ClassView(
        reading.html(shown.prompt),
        reading.html(explanation(item, SEED)),
        found.students,
        found.answered,
        found.right,
        options,
    )
