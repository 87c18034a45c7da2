"""A lesson's exit question as one student meets it, and the answers of a class."""

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.learning.models import Attempt, Purpose
from saem.apps.learning.practice.bank import SEEDS, can_be_shown, practice_items
from saem.apps.learning.practice.queries import Bench
from saem.apps.learning.queries import Place
from saem.lib.content import Item, Lesson


@dataclass(frozen=True)
class ExitQuestion:
    """`seed` is the student's own and stays: the question is one, however often the page is opened."""

    bench: Bench
    lesson: str
    item: Item

    @property
    def seed(self) -> int:
        return seed_of(self.bench.enrolment, self.item)


def seed_of(enrolment: Enrolment, item: Item) -> int:
    return zlib.crc32(f"{enrolment.pk}/{item.id}".encode()) % SEEDS


def exit_item(version: Version, lesson: Lesson) -> Item | None:
    """The item that the lesson asks at its end, if it names one."""
    return practice_items(version).get(lesson.exit) if lesson.exit else None


def exit_of(place: Place) -> ExitQuestion | None:
    """None where the lesson asks nothing, or where the student's variant cannot be shown."""
    item = exit_item(place.version, place.lesson)
    if item is None or not can_be_shown(item, seed_of(place.enrolment, item)):
        return None
    return ExitQuestion(Bench(place.enrolment), place.lesson.id, item)


def answer_to(question: ExitQuestion) -> Attempt | None:
    """The student's answer, which is given once."""
    return Attempt.objects.filter(
        enrolment=question.bench.enrolment, item=question.item.id, purpose=Purpose.EXIT
    ).first()


@dataclass(frozen=True)
class ClassAnswers:
    """`chosen` counts each option by its author's id; `students` are all that are in the class now."""

    students: int
    answered: int
    right: int
    chosen: Mapping[str, int]


def class_answers(classroom: Classroom, item: Item) -> ClassAnswers:
    """What the class answered. Two queries, however many students."""
    present = classroom.enrolments.present()
    rows = Attempt.objects.filter(enrolment__in=present.values("pk"), item=item.id, purpose=Purpose.EXIT)
    found = list(rows.values_list("score", "chosen"))
    chosen = Counter(option for _score, options in found for option in options)
    return ClassAnswers(present.count(), len(found), sum(score == 1 for score, _options in found), chosen)
