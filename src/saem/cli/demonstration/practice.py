"""Pupils at practice in the demonstration: real items chosen by the real policy, answered as their abilities have it.

Nothing is clicked: what the services of practice would have kept, answer by answer, is worked out with the same models
and written at once. The abilities are made up, everything else follows from them.
"""

import datetime as dt
import math
import random
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.learning.models import Attempt, ItemRecord, PracticeState, SkillMastery
from saem.apps.learning.practice.bank import candidates_of, practice_items
from saem.apps.learning.practice.rating import RATING, Knowing, knowing
from saem.cli.demonstration.work import SEED, Pupil
from saem.lib.content import Item
from saem.lib.content.items import KINDS, Answer, Judged, judge, right_answer
from saem.lib.content.items.posing import Posed
from saem.lib.learners import Asked, State
from saem.lib.learners.adaptive import Choice, Met, choose

DAYS, FIRST_DAY = (9, 6, 2), 9
A_DAY = (10, 16)
AN_ANSWER = dt.timedelta(seconds=55)
COMES, TRIES_AGAIN = 0.85, 0.7
LEARNS = 0.04
SEEDS = 2**31 - 1


@dataclass
class Learning:
    """One pupil: what they really can do (in log-odds), and what is known of them."""

    pupil: Pupil
    ability: float
    of_skill: Mapping[str, float]
    state: State
    met: list[Met] = field(default_factory=list)

    def chance(self, item: Item) -> float:
        own = sum(self.of_skill[skill] for skill in item.skills) / len(item.skills)
        return 1 / (1 + math.exp(item.difficulty - self.ability - own - LEARNS * len(self.met)))


@dataclass
class Practice:
    """The class's practice as it grows; `records` are the live items."""

    version: Version
    known: Knowing
    chance: random.Random
    items: Mapping[str, Item]
    records: dict[str, ItemRecord] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)


def practise(pupils: list[Pupil], version: Version) -> int:
    """Some days of practice of everybody who has finished a lesson; how many answers that were."""
    chance = random.Random(SEED)  # noqa: S311  # a demonstration, not a secret
    # Code would have to run; the other kinds are judged as they are.
    items = {name: item for name, item in practice_items(version).items() if not KINDS[item.kind].runs}
    if not items:
        return 0
    practice = Practice(version, knowing(version), chance, items)
    class_wide = {
        skill: chance.gauss(0, 0.7) for skill in sorted({name for item in items.values() for name in item.skills})
    }
    learning = [
        Learning(
            pupil,
            3.6 * pupil.skill - 2.0,
            {skill: level + chance.gauss(0, 0.6) for skill, level in class_wide.items()},
            practice.known.new_state(),
        )
        for pupil in pupils
        if pupil.lessons_done
    ]
    for days_ago in DAYS:
        for one in learning:
            if days_ago == FIRST_DAY or chance.random() < COMES:
                one_day(practice, one, timezone.now() - dt.timedelta(days=days_ago, minutes=chance.randrange(300)))
    keep(practice, learning)
    return len(practice.attempts)


def one_day(practice: Practice, one: Learning, at: dt.datetime) -> None:
    for _number in range(practice.chance.randrange(*A_DAY)):
        at += AN_ANSWER * practice.chance.uniform(0.4, 1.8)
        learner = practice.known.learner(one.state, tuple(one.met), at)
        candidates = [each for each in candidates_of(practice.version) if each.item in practice.items]
        choice = choose(candidates, learner, practice.known.policy, practice.chance.randrange(SEEDS))
        if isinstance(choice, Choice):
            at = answer(practice, one, choice, at)


def answer(practice: Practice, one: Learning, choice: Choice, at: dt.datetime) -> dt.datetime:
    """A first try, which is learnt from, and perhaps a second one after a wrong answer; when it was over."""
    item, seed = practice.items[choice.item], practice.chance.randrange(SEEDS)
    fields = given(practice.chance, item, seed, is_right=practice.chance.random() < one.chance(item))
    first = attempt(practice, one, choice, (seed, fields), at)
    practice.attempts.append(first)
    learn(practice, one, item, first)
    if not first.is_right and practice.chance.random() < TRIES_AGAIN:
        at += AN_ANSWER
        fields = given(practice.chance, item, seed, is_right=practice.chance.random() < (1 + one.chance(item)) / 2)
        again = attempt(practice, one, choice, (seed, fields), at)
        again.is_first = False
        practice.attempts.append(again)
    return at


def given(chance: random.Random, item: Item, seed: int, *, is_right: bool) -> Answer:
    """The fields of a right answer, or of one of the mistakes that the item knows; right where it knows none."""
    mistakes = [] if is_right else [fields for fields in mistaken(item, seed) if is_mistake(judge(item, seed, fields))]
    return chance.choice(mistakes) if mistakes else right_answer(item, seed)


def mistaken(item: Item, seed: int) -> Iterable[Answer]:
    yield from (each.answer for each in KINDS[item.kind].wrong(Posed(item, seed)))


def is_mistake(judged: Judged) -> bool:
    return not judged.unreadable and not judged.right


def attempt(practice: Practice, one: Learning, choice: Choice, sent: tuple[int, Answer], at: dt.datetime) -> Attempt:
    """As a form sends it, with the seed of its variant: every field a list of texts."""
    seed, fields = sent
    judged = judge(practice.items[choice.item], seed, fields)
    return Attempt(
        enrolment=one.pupil.enrolment,
        version=practice.version,
        item=choice.item,
        seed=seed,
        token=uuid.UUID(int=practice.chance.getrandbits(128), version=4),
        answer={name: [value] if isinstance(value, str) else list(value) for name, value in fields.items()},
        score=judged.score,
        chosen=list(judged.chosen),
        is_first=True,
        took_ms=int(AN_ANSWER.total_seconds() * 1000 * practice.chance.uniform(0.3, 1.2)),
        chance=choice.chance.value,
        reason=choice.reason.code.value,
        created_at=at,
    )


def learn(practice: Practice, one: Learning, item: Item, first: Attempt) -> None:
    """What the first try says of the pupil and of the item, as `practice.services` takes it in."""
    asked = Asked(item.id, tuple(item.skills), first.created_at.timestamp())
    ratings, before = practice.known.ratings, one.state
    one.state = practice.known.updated(before, asked, is_right=first.is_right)
    one.met.append(Met(item.id, asked.skills, first.is_right, first.created_at.timestamp(), first.reason))
    row = practice.records.setdefault(
        item.id,
        ItemRecord(
            program_id=practice.version.program_id,
            item=item.id,
            difficulty=item.difficulty,
            variance=ratings.first_variance,
        ),
    )
    score = float(first.is_right)
    row.difficulty, row.variance = ratings.rate(
        row.difficulty, row.variance, state=before[RATING], asked=asked, score=score
    )
    ratings.set_difficulty(item.id, row.difficulty, row.variance)
    row.responses += 1
    row.right += first.is_right
    for option in first.chosen:
        row.options[option] = row.options.get(option, 0) + 1
    row.changed_at = first.created_at


def keep(practice: Practice, learning: list[Learning]) -> None:
    """Write everything; mastery is said by the model as it begins from the records that were just kept."""
    ItemRecord.objects.bulk_create(practice.records.values())
    Attempt.objects.bulk_create(practice.attempts)
    known = knowing(practice.version)
    PracticeState.objects.bulk_create(
        PracticeState(enrolment=one.pupil.enrolment, model_id=known.fitted, state=one.state, known=len(one.met))
        for one in learning
    )
    SkillMastery.objects.bulk_create(row for one in learning for row in mastery_rows(known, one))


def mastery_rows(known: Knowing, one: Learning) -> Iterable[SkillMastery]:
    for skill in sorted({skill for each in one.met for skill in each.skills}):
        found, met = known.mastery(one.state, skill), [each for each in one.met if skill in each.skills]
        yield SkillMastery(
            enrolment=one.pupil.enrolment,
            skill=skill,
            value=found.value,
            low=found.low,
            high=found.high,
            usable=found.usable,
            why=found.why,
            responses=len(met),
            changed_at=dt.datetime.fromtimestamp(met[-1].time, dt.UTC),
        )
