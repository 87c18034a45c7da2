"""Who needs which skill, as far as the estimates are sure, and groups of learners who need the same."""

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .errors import ParameterError
from .model import Estimate

SMALLEST, LARGEST = 3, 5


class Standing(StrEnum):
    """What an estimate of mastery lets one say."""

    NEEDS = "needs"  # surely below the threshold
    UNSURE = "unsure"  # the interval holds the threshold
    HOLDS = "holds"  # surely not below it
    REFUSED = "refused"  # the model draws no conclusion


def standing(mastery: Estimate, threshold: float) -> Standing:
    """Both claims are made of the whole interval: where it holds the threshold, nothing is claimed."""
    if not mastery.usable:
        return Standing.REFUSED
    if mastery.high < threshold:
        return Standing.NEEDS
    return Standing.HOLDS if mastery.low >= threshold else Standing.UNSURE


@dataclass(frozen=True)
class Group:
    """Learners who all need `skill`, and others who hold it and could help; both in the order of their numbers."""

    skill: str
    members: tuple[int, ...]
    helpers: tuple[int, ...] = ()

    @property
    def is_small(self) -> bool:
        """Too few to be a group: nobody else is left who needs what they need."""
        return len(self.members) < SMALLEST


def suggest_groups(
    needs: Mapping[int, Collection[str]],
    holds: Mapping[int, Collection[str]],
    skills: Sequence[str],
    *,
    helpers: int = 2,
) -> list[Group]:
    """Everybody who needs something is in exactly one group, for a skill that all of its members need.

    The skill that most of those left need comes first (of equals the first in `skills`); where it leaves fewer than
    `SMALLEST` for a later skill, these are joined by others who need it too and whom a larger group can spare. Groups
    are as equal as `SMALLEST` to `LARGEST` allow; fewer stay together only where nobody else needs what they need.
    Helpers go round: those who were asked least, then those who are in no group. Nobody is compared with anybody, and
    the order of the mappings does not matter. Raises ParameterError for a need that `skills` does not name.
    """
    unknown = sorted({skill for needed in needs.values() for skill in needed} - set(skills))
    if unknown:
        raise ParameterError(f"{unknown[0]}: needed, but not among the skills")
    pools = _joined(_pools(needs, skills), needs)
    asked = dict.fromkeys(sorted(holds), 0)
    grouped = {member for pool in pools.values() for member in pool}
    groups = []
    for skill, pool in pools.items():
        for members in _parted(sorted(pool)):
            able = [each for each in asked if skill in holds[each] and each not in members]
            chosen = sorted(able, key=lambda each: (asked[each], each in grouped, each))[:helpers]
            for each in chosen:
                asked[each] += 1
            groups.append(Group(skill, members, tuple(sorted(chosen))))
    return groups


def _pools(needs: Mapping[int, Collection[str]], skills: Sequence[str]) -> dict[str, list[int]]:
    """Everybody at the skill that most of those who are left need."""
    left = {learner: set(needed) for learner, needed in sorted(needs.items()) if needed}
    pools: dict[str, list[int]] = {}
    while left:
        counts = {skill: sum(skill in needed for needed in left.values()) for skill in skills}
        most = max(skills, key=lambda skill: counts[skill])
        pools[most] = [learner for learner, needed in left.items() if most in needed]
        left = {learner: needed for learner, needed in left.items() if most not in needed}
    return pools


def _joined(pools: dict[str, list[int]], needs: Mapping[int, Collection[str]]) -> dict[str, list[int]]:
    """Pools that are too small, filled up by those whom larger pools can spare."""
    for skill, pool in pools.items():
        for other in pools.values():
            if other is pool or len(other) <= SMALLEST:
                continue
            willing = [learner for learner in other if skill in needs[learner]]
            moving = willing[: max(0, min(SMALLEST - len(pool), len(other) - SMALLEST))]
            pool.extend(moving)
            other[:] = [learner for learner in other if learner not in moving]
    return pools


def _parted(members: Sequence[int]) -> list[tuple[int, ...]]:
    """As few groups as `LARGEST` allows, whose sizes differ by one at most."""
    number = -(-len(members) // LARGEST)
    size, more = divmod(len(members), number)
    ends = [place * size + min(place, more) for place in range(number + 1)]
    return [tuple(members[start:end]) for start, end in itertools.pairwise(ends)]
