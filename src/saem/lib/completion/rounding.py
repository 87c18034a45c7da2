"""How an office rounds before it compares, as data, and what that means exactly."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from pydantic import Field

from saem.lib.completion.schema import Strict


class Rounding(Strict):
    """`exact` compares fractions as they are; the others round to `places` decimals first (half_up: 사사오입)."""

    mode: Literal["exact", "down", "half_up", "up"] = "exact"
    places: int = Field(default=0, ge=0, le=6)

    def of(self, number: Fraction) -> Fraction:
        """The number as this office writes it; numbers are not negative."""
        if self.mode == "exact":
            return number
        scale = 10**self.places
        scaled = number * scale
        rounded = {"down": scaled // 1, "up": -(-scaled // 1), "half_up": (scaled + Fraction(1, 2)) // 1}[self.mode]
        return Fraction(rounded, scale)


@dataclass(frozen=True)
class Bound:
    """The exact numbers that pass: from `least` on, or above it where `strict`."""

    least: Fraction
    strict: bool = False

    def is_met_by(self, number: Fraction) -> bool:
        return number > self.least if self.strict else number >= self.least

    def fewest_of(self, whole: int) -> int:
        """The smallest whole part of `whole` whose percentage passes; it may be more than `whole`."""
        exact = self.least * whole / 100
        return exact.numerator // exact.denominator + 1 if self.strict else -(-exact.numerator // exact.denominator)


@lru_cache(maxsize=1024)
def bound_of(wanted: Fraction, rounding: Rounding) -> Bound:
    """What must be reached so that the rounded number is at least `wanted`: rounding is undone once, not done often."""
    if rounding.mode == "exact":
        return Bound(wanted)
    step = Fraction(1, 10**rounding.places)
    grid = -(-wanted // step) * step
    if rounding.mode == "down":
        return Bound(grid)
    return Bound(grid - step / 2) if rounding.mode == "half_up" else Bound(grid - step, strict=grid > 0)
