"""Tries an item as learners will: the right answer is right and every wrong one wrong, seed by seed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saem.lib.content.codes import Code
from saem.lib.content.errors import ExpressionError, VariantError
from saem.lib.content.items.answers import Answer
from saem.lib.content.items.judging import variant
from saem.lib.content.items.kinds.kind import Kind
from saem.lib.content.items.model import Options, Prose, Variant
from saem.lib.content.items.parameters import CHECKED_TRIES
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.registry import KINDS
from saem.lib.content.model import Item, Program
from saem.lib.content.problems import Problem, problem, warning
from saem.lib.content.schema import LANGUAGES, VaryingFile

SEEDS = range(20)
FEWEST_VARIANTS = 3
# Shorter answers, such as 3, stand in many prompts without giving anything away.
SHORTEST_GIVEN = 2


def rehearse(item: Item, program: Program) -> tuple[Problem, ...]:
    """Every way in which an item does not do what its author says. Code items are run elsewhere as well."""
    return tuple(_Rehearsal(item, program, KINDS[item.kind]).problems())


@dataclass(frozen=True)
class _Rehearsal:
    item: Item
    program: Program
    kind: Kind

    def problems(self) -> Iterator[Problem]:
        for seed in SEEDS:
            found = list(self._seed_problems(Posed(self.item, seed, CHECKED_TRIES)))
            if found:
                # The same mistake shows with nearly every seed; once is enough.
                yield from found
                return
        yield from self._variety_problems()
        yield from self._given_away()
        if self.kind.runs and self.item.asked.use == "diagnosis":
            yield self._problem("use", Code.CODE_NOT_FOR_DIAGNOSIS)

    def _seed_problems(self, posed: Posed) -> Iterator[Problem]:
        try:
            yield from self._answers(posed)
        except VariantError as error:
            yield self._problem("where", error.code, **error.params)
        except ExpressionError as error:
            yield self._problem("parameters", error.code, **error.params)

    def _answers(self, posed: Posed) -> Iterator[Problem]:
        yield from self._same_options(posed)
        yield from self._chart_problems(posed)
        if self.kind.runs:
            return
        right = self.kind.right(posed)
        if not self.kind.judge(posed, right).right:
            yield self._problem("", Code.RIGHT_ANSWER_FAILS, seed=posed.seed, answer=_shown(right))
        for wrong in self.kind.wrong(posed):
            if self.kind.judge(posed, wrong.answer).right:
                path = ".".join(map(str, wrong.path))
                yield self._problem(path, Code.WRONG_ANSWER_PASSES, seed=posed.seed, answer=_shown(wrong.answer))

    def _same_options(self, posed: Posed) -> Iterator[Problem]:
        """Two options that read the same are a riddle without an answer."""
        ask = self.kind.ask(posed)
        for language in LANGUAGES:
            texts = [option.text.in_(language) for option in ask.options] if isinstance(ask, Options) else []
            twice = next((text for text in texts if texts.count(text) > 1), None)
            if twice is not None:
                yield self._problem("", Code.SAME_OPTIONS, seed=posed.seed, text=twice)
                return

    def _chart_problems(self, posed: Posed) -> Iterator[Problem]:
        """What is drawn by an expression can be counted only now."""
        chart = self.kind.chart(posed)
        for series in chart.series if chart is not None else ():
            found, expected = len(series.values), len(chart.labels) if chart is not None else 0
            if found != expected:
                params = {"title": series.title.ko, "found": found, "expected": expected}
                yield self._problem("chart", Code.CHART_SHAPE, **params)

    def _variety_problems(self) -> Iterator[Problem]:
        if isinstance(self.item.asked, VaryingFile) and self.item.asked.parameters:
            found = len({_appearance(variant(self.item, seed)) for seed in SEEDS})
            if found < FEWEST_VARIANTS:
                yield self._problem("parameters", Code.SAME_VARIANTS, found=found, seeds=len(SEEDS))

    def _given_away(self) -> Iterator[Problem]:
        """Where every variant holds its own answer; in one or two it may be chance."""
        seen = [(variant(self.item, seed), self.kind.gives_away(Posed(self.item, seed))) for seed in SEEDS]
        if all(_holds(shown.prompt, answers) for shown, answers in seen):
            yield self._warning("prompt")
        for place in range(len(self.item.asked.hints)):
            if all(_holds(shown.hints[place], answers) for shown, answers in seen):
                yield self._warning(f"hints.{place}")

    def _line(self, path: str) -> int:
        return self.program.line_of(self.item.file, f"{self.item.place}.{path}")

    def _problem(self, path: str, code: Code, **params: object) -> Problem:
        return problem(self.item.file, self._line(path), code, **{"item": self.item.id, **params})

    def _warning(self, path: str) -> Problem:
        return warning(self.item.file, self._line(path), Code.GIVES_AWAY, item=self.item.id)


def _appearance(shown: Variant) -> str:
    """All that a learner reads, without the order of options."""
    options = sorted(option.text.ko for option in shown.ask.options) if isinstance(shown.ask, Options) else []
    return repr((shown.prompt, options, shown.chart))


def _holds(prose: Prose, answers: tuple[str, ...]) -> bool:
    long = [answer.strip() for answer in answers if len(answer.strip()) >= SHORTEST_GIVEN]
    return any(_is_in(answer, prose.in_(language)) for answer in long for language in LANGUAGES)


def _is_in(answer: str, text: str) -> bool:
    """As a word or number of its own: 12 does not stand in 1,123, nor mean in meaning."""
    return (
        re.search(rf"(?<![A-Za-z0-9_.,]){re.escape(answer)}(?![A-Za-z0-9_]|[.,][0-9])", text, re.IGNORECASE) is not None
    )


def _shown(answer: Answer) -> str:
    return ", ".join(value if isinstance(value, str) else " ".join(value) for value in answer.values())[:60]
