"""The next item of an adaptive test: the best of a rule's ranking that content and exposure allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isnan

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.responses import Booleans, Floats

from .content import Content
from .posterior import GridPosterior
from .precomputed import Precomputed
from .reasons import Nothing, Reason, ReasonCode
from .rules import MaximumInformation, Progress, Rule


@dataclass(frozen=True)
class Policy:
    """How items are chosen: a `rule`, a draw `among` the best few (randomesque, Kingsbury & Zara 1989), content, and
    the chance to `keep` an item once it is chosen, by its name (Sympson-Hetter; other items are always kept).
    """

    rule: Rule = field(default_factory=MaximumInformation)
    among: int = 1
    content: Content | None = None
    keep: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.among < 1:
            raise ParameterError(f"an item is drawn among at least one, not {self.among}")
        wrong = [name for name, chance in self.keep.items() if not 0 <= chance <= 1]
        if wrong:
            raise ParameterError(f"{wrong[0]}: the chance to keep an item lies between 0 and 1")


@dataclass(frozen=True)
class Pick:
    """The item to give, by code and name, why, and everything that exposure control has set aside so far."""

    item: int
    name: str
    reason: Reason
    set_aside: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


def started(tables: Precomputed, prior: GridPosterior | None = None) -> Progress:
    """A test before its first item; raises ParameterError for a prior on another grid."""
    begin = tables.prior() if prior is None else prior
    same = begin.grid is tables.grid or (len(begin.grid) == len(tables.grid) and np.allclose(begin.grid, tables.grid))
    if not same:
        raise ParameterError("the prior stands on another grid than the bank's tables")
    return Progress(begin)


def resumed(
    tables: Precomputed,
    given: Sequence[str],
    right: Sequence[bool],
    *,
    prior: GridPosterior | None = None,
    set_aside: Sequence[str] = (),
) -> Progress:
    """A test from its stored responses, by name, in order: all that has to be kept between two requests."""
    if len(given) != len(right) or len(set(given)) != len(given):
        raise ParameterError("a test has one response to each of its items")
    progress = started(tables, prior)
    codes = tables.codes(given)
    posterior = progress.posterior
    for item, answer in zip(codes, right, strict=True):
        posterior = posterior.updated(tables.likelihood(item, right=answer))
    return Progress(posterior, codes, tuple(bool(each) for each in right), tables.codes(set_aside))


def answered(tables: Precomputed, progress: Progress, pick: Pick | int, *, right: bool) -> Progress:
    """The test after a response to this item, at its place in the bank or as it was picked."""
    item, aside = (pick, progress.set_aside) if isinstance(pick, int) else (pick.item, pick.set_aside)
    if item in progress.given:
        raise ParameterError(f"{tables.bank.items[item]}: an item counts once in a test")
    likelihood = tables.likelihood(item, right=right)
    return Progress(progress.posterior.updated(likelihood), (*progress.given, item), (*progress.right, right), aside)


def next_item(
    tables: Precomputed,
    progress: Progress,
    policy: Policy,
    rng: np.random.Generator,
    *,
    recent: Booleans | None = None,
) -> Pick | Nothing:
    """Choose an item; `recent` (n,) are those that this learner has met elsewhere and should not meet here.

    Where no test can keep the content any more, the item breaks as little of it as can be, and a finding
    `content_not_kept` says so; enemies and recent items stay out. An item whose exposure is used up is given only
    where nothing else is left: `exposure_not_kept`.
    """
    closed = _closed(len(tables), progress, policy, recent)
    scores = policy.rule.scores(tables, progress, rng)
    kept = _Choosing(tables, progress, policy, rng, scores, closed).choose()
    if kept is not None:
        return kept
    relaxed = _Choosing(
        tables, progress, replace(policy, content=None), rng, scores, _least_broken(closed, progress, policy)
    )
    broken = relaxed.choose()
    if broken is None:
        return Nothing("items_used_up")
    return replace(broken, findings=(Finding("content_not_kept"), *broken.findings))


def _closed(items: int, progress: Progress, policy: Policy, recent: Booleans | None) -> Booleans:
    closed = np.zeros(items, dtype=np.bool_) if recent is None else recent.copy()
    if progress.given:
        closed[list(progress.given)] = True
    if policy.content is not None:
        closed |= policy.content.enemies_of(progress.given)
    return closed


def _least_broken(closed: Booleans, progress: Progress, policy: Policy) -> Booleans:
    """The first of these that leaves an item: what is lacking and not full, what is not full, anything."""
    content = policy.content
    if content is None:
        return closed
    full, lacking = content.full(progress.given), content.lacking(progress.given)
    wider = (closed | full | ~lacking, closed | full, closed)
    return next((mask for mask in wider if not mask.all()), closed)


@dataclass
class _Choosing:
    """One choice: candidates by falling score, asked for content first and for exposure then."""

    tables: Precomputed
    progress: Progress
    policy: Policy
    rng: np.random.Generator
    scores: Floats
    closed: Booleans
    blocked_by_content: bool = False

    def __post_init__(self) -> None:
        self.scores = np.array(self.scores, dtype=np.float64)
        np.copyto(self.scores, -np.inf, where=self.closed)
        self.aside = list(self.progress.set_aside)

    def choose(self) -> Pick | None:
        while (item := self._best(self.aside, self.policy.among)) is not None:
            keep = self.policy.keep.get(self.tables.bank.items[item], 1.0)
            if keep >= 1 or self.rng.random() < keep:
                return self._pick(item)
            self.aside.append(item)
        item = self._best([], 1)
        if item is None:
            return None
        return self._pick(item, Finding("exposure_not_kept", where=self.tables.bank.items[item]))

    def _best(self, aside: list[int], among: int) -> int | None:
        """The best item, or one of the best few, of those that the content allows."""
        scores = self.scores
        if aside or among > 1:
            scores = scores.copy()
            scores[aside] = -np.inf
        found: list[int] = []
        while len(found) < among and (score := float(scores[item := int(scores.argmax())])) != -np.inf:
            if isnan(score):  # argmax takes a NaN for the largest
                raise ParameterError(f"{self.tables.bank.items[item]}: its score is not a number")
            if self._fits(item):
                found.append(item)
                if among > 1:
                    scores[item] = -np.inf
            else:
                scores[self._shut(item)] = -np.inf
        if not found:
            return None
        return found[int(self.rng.integers(len(found)))] if len(found) > 1 else found[0]

    def _fits(self, item: int) -> bool:
        content = self.policy.content
        return content is None or content.allows(item, self.progress.given, self.closed)

    def _shut(self, item: int) -> Booleans:
        """(n,): the items like this one, which do not fit, either; they stay out of this choice."""
        content = self.policy.content
        like = np.arange(len(self.scores)) == item if content is None else content.of_class == content.of_class[item]
        self.scores[like] = -np.inf
        self.blocked_by_content = True
        return np.asarray(like)

    def _pick(self, item: int, *findings: Finding) -> Pick:
        code = ReasonCode.MEASURES_BEST
        if self.blocked_by_content:
            code = ReasonCode.CONTENT_NEEDED
        elif len(self.aside) > len(self.progress.set_aside):
            code = ReasonCode.SPREADS_EXPOSURE
        ability = self.progress.posterior.mean
        information = float(self.tables.information[self.tables.row(ability), item])
        reason = Reason(code, {"ability": ability, "information": information})
        return Pick(item, self.tables.bank.items[item], reason, tuple(self.aside), findings)
