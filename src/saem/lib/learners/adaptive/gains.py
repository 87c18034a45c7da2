"""Diagnosis before and after: two measurements on one scale, and what was gained, for one learner and for a group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.irt.bank import ItemBank
from saem.lib.learners.responses import Booleans, Floats

from .precomputed import Precomputed
from .stops import FirstOf, Length, StandardError

# Wider than the selection's grid: an estimate without a prior may lie far out after a handful of items.
SCALE = np.linspace(-6.0, 6.0, 481)
NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Measurement:
    """An ability in logits with its standard error, from this many `items` that are calibrated on one `scale`."""

    ability: float
    error: float
    items: int
    scale: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Gain:
    """What one learner gained, in logits; `low` and `high` hold about 95 %."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class GroupGain:
    """The mean gain of a group; its `error` holds sampling, measurement and linking.

    `spread` is the standard deviation of the learners' true gains: the observed one less what measurement adds.
    """

    mean: float
    error: float
    low: float
    high: float
    learners: int
    spread: float
    findings: tuple[Finding, ...] = ()


def diagnosis_stop(shortest: int = 8, longest: int = 15, error: float = 0.4) -> FirstOf:
    """A diagnosis ends at this standard error, between the shortest and the longest length."""
    if not 1 <= shortest <= longest:
        raise ParameterError(f"a diagnosis of {shortest} to {longest} items cannot be given")
    return FirstOf((StandardError(error), Length(longest)), shortest)


def met_before(tables: Precomputed, given: Sequence[int]) -> Booleans:
    """(n,): the items of the first measurement, which the second one leaves out (`recent` of `next_item`)."""
    met = np.zeros(len(tables), dtype=np.bool_)
    met[list(given)] = True
    return met


def measured(bank: ItemBank, given: Sequence[str], right: Sequence[bool], *, scale: str = "") -> Measurement:
    """The ability by weighted likelihood (Warm 1989): L √I at its highest, with error 1 / √I.

    No prior draws it towards the group's mean, so differences between two measurements are not shrunk, and it is finite
    where every response is right or wrong. (For three and four parameters L √I is Jeffreys' modal estimate, which is
    close to Warm's.) Raises ParameterError for no items, another number of responses, or an item not in the bank.
    """
    if not given or len(given) != len(right):
        raise ParameterError("a measurement needs items and one response to each")
    items = bank.chosen(given)
    chance = np.clip(items.chance(SCALE), 1e-12, 1 - 1e-12)
    answers = np.asarray(right, dtype=np.bool_)
    information = items.information(SCALE).sum(axis=1)
    height = np.log(np.where(answers, chance, 1.0 - chance)).sum(axis=1) + 0.5 * np.log(np.maximum(information, 1e-300))
    ability, at_the_end = _top(height)
    error = 1.0 / float(np.sqrt(max(np.interp(ability, SCALE, information), 1e-12)))
    findings = (Finding("beyond_the_scale"),) if at_the_end else ()
    return Measurement(ability, error, len(given), scale, findings)


def gain(before: Measurement, after: Measurement, *, link_error: float = 0.0) -> Gain:
    """The difference of two measurements of one learner; their errors are independent given both abilities.

    `link_error` is the standard error of the constant that put both tests on one scale, 0 where one calibration gave
    all items. Raises ParameterError for measurements on different scales and for numbers that are not finite.
    """
    if before.scale != after.scale:
        raise ParameterError(f"a gain needs one scale, not {before.scale!r} and {after.scale!r}")
    value = after.ability - before.ability
    error = float(np.sqrt(before.error**2 + after.error**2 + link_error**2))
    if not np.isfinite([value, error]).all():
        raise ParameterError("a gain needs two finite measurements")
    return Gain(value, error, value - NORMAL_95 * error, value + NORMAL_95 * error)


def group_gain(gains: Sequence[Gain], *, link_error: float = 0.0) -> GroupGain:
    """The mean of the learners' gains; see `mean_gain`. Raises ParameterError for an empty group."""
    values = np.array([each.value for each in gains], dtype=np.float64)
    return mean_gain(values, np.array([each.error for each in gains], dtype=np.float64), link_error=link_error)


def mean_gain(values: Floats, errors: Floats, *, link_error: float = 0.0) -> GroupGain:
    """The mean of gains (n,) with their standard errors (n,), with Student's t for its interval.

    The variance of observed gains already holds measurement error; where a small group happens to show less than
    measurement alone must give, the latter is used. `link_error` is shared by all and does not shrink with the group
    (leave it out of the learners' gains then). Learners of one class are not independent: for cohorts of classes use
    the means of the classes. Raises ParameterError for an empty group.
    """
    count = len(values)
    if not count:
        raise ParameterError("a group's gain needs learners")
    measurement = float(np.mean(errors**2))
    observed = float(values.var(ddof=1)) if count > 1 else measurement
    error = float(np.sqrt(max(observed, measurement) / count + link_error**2))
    far = float(stdtrit(count - 1, 0.975)) if count > 1 else NORMAL_95
    mean = float(values.mean())
    spread = float(np.sqrt(max(0.0, observed - measurement)))
    findings = () if count > 1 else (Finding("one_learner"),)
    return GroupGain(mean, error, mean - far * error, mean + far * error, count, spread, findings)


def _top(height: Floats) -> tuple[float, bool]:
    """Where the curve over SCALE is highest, between its points by a parabola, and whether that is an end."""
    at = int(height.argmax())
    if at in {0, len(SCALE) - 1}:
        return float(SCALE[at]), True
    left, here, right = height[at - 1 : at + 2]
    bend = left - 2 * here + right
    shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return float(SCALE[at] + shift * (SCALE[1] - SCALE[0])), False
