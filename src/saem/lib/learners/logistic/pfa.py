"""Performance factors analysis."""

from typing import ClassVar

from .model import LogisticModel
from .recipe import Recipe


class PerformanceFactors(LogisticModel):
    """Performance factors analysis: each skill's easiness, and what each earlier success and failure on it is worth.

    Pavlik, Cen & Koedinger (2009), with one row per response: the terms of a response's skills are summed. `logs`
    takes log(1 + count) instead of the count, which predicts better (Gervet et al. 2020); False is the paper's model.
    """

    name: ClassVar[str] = "pfa"

    def __init__(
        self, *, l2: float = 1.0, logs: bool = True, tolerance: float = 1e-6, max_iterations: int = 50
    ) -> None:
        self.l2 = l2
        self.logs = logs
        self.tolerance = tolerance
        self.max_iterations = max_iterations

    def recipe(self) -> Recipe:
        return Recipe(items=False, logs=self.logs)
