"""Which item is next, and why."""

import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from saem.apps.learning.models import PracticeState
from saem.apps.learning.practice.bank import can_be_shown, candidates_of, new_seed
from saem.apps.learning.practice.queries import Bench
from saem.apps.learning.practice.rating import Knowing
from saem.lib.learners import LearnersError, State
from saem.lib.learners.adaptive import Candidate, Choice, Met, choose

log = logging.getLogger(__name__)

ONLY_ONE = "only_one"


@dataclass(frozen=True)
class Given:
    """An item to give. `why` is what the page and the attempt need of the choice, as JSON."""

    item: str
    seed: int
    why: dict[str, Any]


def choose_next(
    bench: Bench, knowing: Knowing, state: State, met: Sequence[Met], *, passed: Sequence[str] = ()
) -> Given | None:
    """The next item, not one of those `passed` by just now where another fits; None where no item can be shown.

    Seeded by the learner and by when they answered last, so that a choice can be made again and looked into.
    """
    candidates = list(candidates_of(bench.version))
    now = timezone.now()
    history = tuple(met)
    # They rest like items that were answered, but say nothing of a skill.
    history += tuple(Met(name, (), right=False, time=now.timestamp()) for name in passed)
    chance_seed = zlib.crc32(f"{bench.enrolment.pk}/{met[-1].time if met else 0}".encode())
    while candidates:
        choice = _choice(candidates, knowing, state, history, chance_seed)
        seed = new_seed()
        if can_be_shown(bench.items[choice.item], seed):
            return replace(choice, seed=seed, why={**choice.why, "passed": list(passed)})
        candidates = [each for each in candidates if each.item != choice.item]
    return None


def _choice(
    candidates: Sequence[Candidate], knowing: Knowing, state: State, history: tuple[Met, ...], seed: int
) -> Given:
    learner = knowing.learner(state, history, timezone.now())
    try:
        found = choose(candidates, learner, knowing.policy, seed)
    except LearnersError:
        log.exception("no choice could be made of %s items", len(candidates))
        found = None
    if isinstance(found, Choice):
        parameters = {name: value for name, value in found.reason.parameters.items() if name not in {"chance", "skill"}}
        why = {
            "code": found.reason.code.value,
            "skill": found.skill,
            "chance": found.chance.value,
            "parameters": parameters,
        }
        return Given(found.item, 0, why)
    # The only item that is left, or a model that answers nothing: practice goes on with what there is.
    only = candidates[0]
    return Given(only.item, 0, {"code": ONLY_ONE, "skill": only.skills[0], "chance": None, "parameters": {}})


def put(practice: PracticeState, given: Given | None) -> None:
    """Let an item wait; without one there is none."""
    practice.item, practice.seed = (given.item, given.seed) if given else ("", 0)
    practice.why = dict(given.why) if given else {}
    practice.hints = practice.tries = 0
    practice.given_at = timezone.now()
