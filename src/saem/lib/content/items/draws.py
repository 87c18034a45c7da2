"""Chance that can be repeated: the same item and seed give the same draws on every machine."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Draws:
    """A stream of chance named by words. Of Python's generator only `random()` is promised to stay as it is."""

    def __init__(self, *names: object) -> None:
        self._stream = random.Random("/".join(map(str, names)))  # noqa: S311  # variety, not secrecy

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self._stream.random() * limit)

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        found = list(things)
        for last in range(len(found) - 1, 0, -1):
            other = self.below(last + 1)
            found[last], found[other] = found[other], found[last]
        return found
