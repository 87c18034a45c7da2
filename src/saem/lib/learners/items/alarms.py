"""What about an item an author should look at, as codes; a figure raises no alarm before it can be trusted."""

import math
from collections.abc import Iterator
from enum import StrEnum

from .statistics import ItemStatistics, OptionStatistics

# Shares and correlations are judged from this many answers on.
LEAST_ANSWERS = 30
# Beyond these shares right an item tells hardly any learner from another (Haladyna 2004: 0.25 to 0.95).
EASY, HARD = 0.95, 0.20
# An option below this share of 50 answers or more draws nobody (Haladyna & Downing 1993 say 5 %, of larger groups).
LEAST_ANSWERS_FOR_OPTIONS, UNUSED = 50, 0.02
# A distractor is judged by whom it draws when at least so many chose it.
LEAST_CHOOSERS = 10
# Standard errors: about one sound item in 40 passes the first by chance on its side, one in 370 the second.
CLEARLY, VERY_CLEARLY = 1.96, 3.0
# A change of half a logit moves an even chance to 62 %.
DRIFT = 0.5
# Mean squares above 1.3 are noisier than the scale bears (Wright & Linacre 1994); S-X2 meets many items at once.
MISFIT, MISFIT_P, LEAST_ANSWERS_FOR_FIT = 1.3, 0.001, 100
# In a program that so many have practised in, fewer than this share met the item.
LEAST_LEARNERS, RARE = 50, 0.05


class Alarm(StrEnum):
    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    BETTER_LEARNERS_CHOOSE_A_DISTRACTOR = "better_learners_choose_a_distractor"
    MISFITS = "misfits"
    DRIFTS = "drifts"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    DISTRACTOR_UNUSED = "distractor_unused"
    RARELY_MET = "rarely_met"


def alarms_of(item: ItemStatistics) -> tuple[Alarm, ...]:
    """The item's alarms, gravest first."""
    raised = {*_of_answers(item), *_of_options(item), *_of_models(item)}
    return tuple(alarm for alarm in Alarm if alarm in raised)


def _of_answers(item: ItemStatistics) -> Iterator[Alarm]:
    if item.all_learners >= LEAST_LEARNERS and item.exposure < RARE:
        yield Alarm.RARELY_MET
    if item.responses < LEAST_ANSWERS:
        return
    if item.right > EASY:
        yield Alarm.TOO_EASY
    if item.right < HARD:
        yield Alarm.TOO_HARD
    # The standard error of a correlation near 0 is 1 / sqrt(n - 1).
    if item.discrimination is not None and item.discrimination < -CLEARLY / math.sqrt(item.responses - 1):
        yield Alarm.NEGATIVE_DISCRIMINATION


def _of_options(item: ItemStatistics) -> Iterator[Alarm]:
    distractors = [option for option in item.options if not option.is_right]
    if item.responses >= LEAST_ANSWERS_FOR_OPTIONS and any(option.share < UNUSED for option in distractors):
        yield Alarm.DISTRACTOR_UNUSED
    if any(_draws_better_learners(option, item) for option in distractors):
        yield Alarm.BETTER_LEARNERS_CHOOSE_A_DISTRACTOR


def _draws_better_learners(option: OptionStatistics, item: ItemStatistics) -> bool:
    if option.count < LEAST_CHOOSERS or option.rest is None or item.rest_right is None:
        return False
    error = math.hypot(option.rest_error or 0.0, item.rest_right_error or 0.0)
    return option.rest - item.rest_right > CLEARLY * error


def _of_models(item: ItemStatistics) -> Iterator[Alarm]:
    known, drift = item.calibrated, item.drift
    if known is not None and item.responses >= LEAST_ANSWERS_FOR_FIT:
        unlikely = known.chi2_p is not None and known.chi2_p < MISFIT_P
        if known.infit > MISFIT or unlikely:
            yield Alarm.MISFITS
    if drift is not None and abs(drift.change) >= DRIFT and abs(drift.z) >= VERY_CLEARLY:
        yield Alarm.DRIFTS
