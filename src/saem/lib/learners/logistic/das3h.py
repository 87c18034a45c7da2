"""DAS3H, learning and forgetting by time windows."""

import math
from typing import ClassVar

from saem.lib.learners.errors import ParameterError

from .model import LogisticModel
from .recipe import Recipe

HOUR, DAY = 3600.0, 86400.0


class DAS3H(LogisticModel):
    """DAS3H: item and skill, with log counts of right and wrong answers on each skill within windows of time.

    Choffin, Popineau, Bourda & Vie (2019), without a coefficient for the student, whom a model meets as a stranger.
    `windows` in seconds; the whole history is always one more. Needs responses with times.
    """

    name: ClassVar[str] = "das3h"

    def __init__(
        self,
        *,
        l2: float = 1.0,
        windows: tuple[float, ...] = (HOUR, DAY, 7 * DAY, 30 * DAY),
        tolerance: float = 1e-6,
        max_iterations: int = 50,
    ) -> None:
        self.l2 = l2
        self.windows = windows
        self.tolerance = tolerance
        self.max_iterations = max_iterations

    def recipe(self) -> Recipe:
        return Recipe(skill=("counts",), windows=(*sorted(set(self.windows)), math.inf))

    def _check_parameters(self) -> None:
        super()._check_parameters()
        if not self.windows or any(not 0 < window < math.inf for window in self.windows):
            raise ParameterError(f"windows must be seconds above 0, not {self.windows!r}")
