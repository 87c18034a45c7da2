"""Best-LR, the logistic baseline that deep models must beat."""

from typing import ClassVar

from .model import LogisticModel
from .recipe import Recipe


class BestLR(LogisticModel):
    """Best-LR: item and skill, with log counts of right and wrong answers in all, on the item and on each skill.

    Gervet, Koedinger, Schneider & Mitchell (2020), "When is deep learning the best approach to knowledge tracing?".
    """

    name: ClassVar[str] = "best-lr"

    def __init__(self, *, l2: float = 1.0, tolerance: float = 1e-6, max_iterations: int = 50) -> None:
        self.l2 = l2
        self.tolerance = tolerance
        self.max_iterations = max_iterations

    def recipe(self) -> Recipe:
        return Recipe(student=("counts",), item=("counts",), skill=("counts",))


class BestLRPlus(BestLR):
    """Best-LR with recent history and followed abilities: still one logistic regression, from earlier rows alone.

    Columns beyond Best-LR's: right minus wrong answers, fading by each of `fades` per response (R-PFA, Galyardt &
    Goldin 2015), of the student, on the skill, and with coefficients of the skill's own; one column for each pattern of
    up to five last answers, of the student, on the skill, and of the student where the skills are those of the
    response before; and the learner's abilities as `online-irt` follows them, with difficulties from the training.
    """

    name: ClassVar[str] = "best-lr+"

    def __init__(
        self,
        *,
        l2: float = 1.0,
        fades: tuple[float, ...] = (0.5, 0.8, 0.95, 0.99, 1.0),
        tolerance: float = 1e-6,
        max_iterations: int = 50,
    ) -> None:
        super().__init__(l2=l2, tolerance=tolerance, max_iterations=max_iterations)
        self.fades = fades

    def recipe(self) -> Recipe:
        return Recipe(
            student=("counts", "rates", "pattern"),
            item=("counts",),
            skill=("counts", "rates"),
            shared=("rates", "pattern"),
            switch=True,
            abilities=True,
            fades=tuple(self.fades),
        )
