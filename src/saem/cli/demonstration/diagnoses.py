"""Diagnoses in the demonstration: the real test, given item by item by its services and answered as abilities have it.

The abilities are made up; which items come, when a test ends and what it measures follow from them. Afterwards the
rows are moved to the day on which the class would have sat it.
"""

import datetime as dt
import math
import random
import uuid
from dataclasses import replace

from django.db.models import F

from saem.apps.learning.diagnosis import services
from saem.apps.learning.diagnosis.bank import has_diagnosis
from saem.apps.learning.diagnosis.queries import sitting_for
from saem.apps.learning.models import Attempt, Diagnosis, DiagnosisMoment
from saem.cli.demonstration.practice import given
from saem.cli.demonstration.work import SEED, Pupil
from saem.lib.content import Item

# What the weeks between brought, in log-odds, and how much that differs.
LEARNT, DIFFERS = 1.1, 0.5
COMES = 0.9
SECONDS = (15, 100)


def diagnose(pupils: list[Pupil], moment: DiagnosisMoment, *, days_ago: int) -> int:
    """One moment of everybody who came; how many that were. The pupil a newcomer signs in as always comes."""
    chance = random.Random(f"{SEED} {moment}")  # noqa: S311  # a demonstration, not a secret
    if not pupils or not has_diagnosis(pupils[0].enrolment.classroom.cohort.version):
        return 0
    came = [pupil for number, pupil in enumerate(pupils) if number == 0 or chance.random() < COMES]
    for pupil in came:
        sit(pupil, moment, chance)
    move([pupil.enrolment.pk for pupil in came], moment, dt.timedelta(days=days_ago), chance)
    return len(came)


def sit(pupil: Pupil, moment: DiagnosisMoment, chance: random.Random) -> None:
    ability = 3.6 * pupil.skill - 2.0
    if moment == DiagnosisMoment.AFTER:
        ability += chance.gauss(LEARNT, DIFFERS)
    sitting = sitting_for(pupil.enrolment.user, pupil.enrolment.pk, moment)
    outcome = services.start(sitting)
    while (waiting := services.waiting_of(outcome.row)) is not None:
        # The place is looked up once; what an answer changes is the row.
        sitting = replace(sitting, row=outcome.row)
        item = sitting.bank.items[waiting["item"]]
        fields = given(chance, item, waiting["seed"], is_right=chance.random() < chance_of(item, ability))
        outcome = services.answer(sitting, uuid.UUID(waiting["token"]), fields)
        assert not outcome.notice, outcome.notice


def chance_of(item: Item, ability: float) -> float:
    return 1 / (1 + math.exp(item.difficulty - ability))


def move(enrolments: list[int], moment: DiagnosisMoment, back: dt.timedelta, chance: random.Random) -> None:
    """Put what was just done on an earlier day, with the time that people take."""
    mine = Diagnosis.objects.filter(enrolment__in=enrolments, moment=moment)
    mine.update(started_at=F("started_at") - back, finished_at=F("finished_at") - back)
    attempts = list(Attempt.objects.filter(enrolment__in=enrolments, purpose=moment.value))
    for attempt in attempts:
        attempt.created_at -= back
        attempt.took_ms = chance.randint(*SECONDS) * 1000
    Attempt.objects.bulk_update(attempts, ["created_at", "took_ms"], batch_size=500)
