"""What marks come to: one level for each criterion, and a mark of 100. Knows no database.

A level is what markers agreed on, or the mean of theirs. Where they lie two steps apart they have to agree first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saem.apps.projects.models import HIGHEST
from saem.lib import content

APART = 2
WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One criterion: `given` are the markers' levels, `level` what counts (None: nobody has marked it)."""

    criterion: content.Criterion
    given: tuple[int, ...]
    agreed: int | None

    @property
    def level(self) -> float | None:
        if self.agreed is not None:
            return float(self.agreed)
        return sum(self.given) / len(self.given) if self.given else None

    @property
    def apart(self) -> int:
        return max(self.given) - min(self.given) if self.given else 0

    @property
    def is_open(self) -> bool:
        """Whether markers have to talk first."""
        return self.agreed is None and self.apart >= APART


def outcomes(rubric: content.Rubric, markings: Sequence[Mapping[str, int]], agreed: Mapping[str, int]) -> list[Outcome]:
    """In the rubric's order; `markings` are levels by criterion, one for each marker who has finished."""
    return [
        Outcome(
            criterion=each,
            given=tuple(levels[each.id] for levels in markings if each.id in levels),
            agreed=agreed.get(each.id),
        )
        for each in rubric.criteria
    ]


def is_ready(found: Sequence[Outcome]) -> bool:
    """Every criterion has a level that counts."""
    return all(each.level is not None and not each.is_open for each in found)


def total(rubric: content.Rubric, levels: Mapping[str, float], board_step: int | None) -> float:
    """A mark of 100: weights times shares of the highest level; with a step of the board, its share beside them."""
    weighed = sum(each.weight * levels[each.id] / HIGHEST for each in rubric.criteria)
    if board_step is None:
        return weighed
    return weighed * (WHOLE - rubric.board) / WHOLE + rubric.board * board_step / HIGHEST
