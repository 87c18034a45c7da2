"""What a score is called and which way it is good, for everybody outside the checker's cell."""

from collections.abc import Mapping
from typing import Self

from saem.lib.grading.checkers.metrics import METRICS


class Measure(str):
    """The name of a metric, which knows its direction. `words` has an author's own words for it, if any."""

    __slots__ = ("higher_is_better", "is_own", "words")
    higher_is_better: bool
    is_own: bool
    words: Mapping[str, str] | None

    def __new__(
        cls, name: str, *, higher_is_better: bool, is_own: bool = False, words: Mapping[str, str] | None = None
    ) -> Self:
        made = super().__new__(cls, name)
        made.higher_is_better, made.is_own, made.words = higher_is_better, is_own, words
        return made

    def is_better(self, score: float, than: float) -> bool:
        return score > than if self.higher_is_better else score < than


MEASURES: Mapping[str, Measure] = {
    name: Measure(name, higher_is_better=metric.higher_is_better) for name, metric in METRICS.items()
}
