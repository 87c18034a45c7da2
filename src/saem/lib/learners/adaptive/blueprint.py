"""What a test must hold of each skill."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from saem.lib.learners.errors import ParameterError


@dataclass(frozen=True)
class Blueprint:
    """A test of `length` items with a smallest and a largest number of items of each skill; other skills are free.

    Raises ParameterError, naming the skill, for limits that no test can keep.
    """

    length: int
    limits: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ParameterError(f"a test has at least one item, not {self.length}")
        for skill, (least, most) in self.limits.items():
            if not 0 <= least <= most:
                raise ParameterError(f"{skill}: from {least} to {most} items cannot be kept")
            if least > self.length:
                raise ParameterError(f"{skill}: {least} items do not fit into a test of {self.length}")

    @classmethod
    def of_shares(cls, length: int, shares: Mapping[str, float]) -> "Blueprint":
        """Each skill's share of the test, in whole items, rounded both ways; raises ParameterError above a sum of 1."""
        wrong = [skill for skill, share in shares.items() if not 0 <= share <= 1]
        if wrong:
            raise ParameterError(f"{wrong[0]}: a share lies between 0 and 1")
        if sum(shares.values()) > 1 + ROUNDING:
            raise ParameterError("the shares of the skills sum to more than 1")
        return cls(length, {skill: _whole(share * length) for skill, share in shares.items()})


# 0.3 × 10 is a hair above or below 3, and means 3.
ROUNDING = 1e-9


def _whole(items: float) -> tuple[int, int]:
    return int(items + ROUNDING), -int(-(items - ROUNDING) // 1)
