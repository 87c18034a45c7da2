"""Answers to exit questions in the demonstration, through the service that takes in those of real pupils."""

import random
import uuid

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.exits.queries import exit_of
from saem.apps.learning.exits.services import answer
from saem.apps.learning.queries import Place
from saem.cli.demonstration.practice import given
from saem.cli.demonstration.work import SEED, Pupil
from saem.lib.content.items import KINDS

SURE, FORGETFUL = 0.35, 0.08


def leave(pupils: list[Pupil], version: Version) -> int:
    """Nearly everybody answers at the end of each lesson they finished; how many answers that were."""
    chance = random.Random(SEED)  # noqa: S311  # a demonstration, not a secret
    lessons = list(program_of(version).lessons.values())
    answered = 0
    for pupil in pupils:
        for lesson in lessons[: pupil.lessons_done]:
            question = exit_of(Place(pupil.enrolment, lesson, "ko", is_owner=True))
            # Code would have to run; the other kinds are judged as they are.
            if question is None or KINDS[question.item.kind].runs or chance.random() < FORGETFUL:
                continue
            is_right = chance.random() < SURE + (1 - SURE) * pupil.skill
            fields = given(chance, question.item, question.seed, is_right=is_right)
            token = uuid.UUID(int=chance.getrandbits(128), version=4)
            answered += answer(question, token=token, fields=fields).attempt is not None
    return answered
