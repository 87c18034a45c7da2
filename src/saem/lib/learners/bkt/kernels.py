"""Expected counts of Bayesian knowledge tracing without forgetting, in one forward pass for many sequences at a time.

Without forgetting the only hidden thing is the step at which the skill was learnt. A sequence's likelihood is a sum
over that step whose terms follow from each other by one multiplication, and so do the counts that EM needs: there is no
backward pass, and nothing is divided but once for each sequence. All weights are relative to "known from the start".
"""

import numpy as np
from numba import njit

from .sequences import Answers, Floats, Narrow, Sequences
from .task import (
    EVIDENCE,
    FORGET,
    GUESS,
    LEARN,
    PRIOR,
    RIGHT,
    SLIP,
    TOTAL,
    TOTAL_RIGHT,
    TOTAL_STEP,
    UNIT,
    WEIGHT,
    Task,
    Work,
)

# No probability comes nearer to 0 or 1 than this, and guess + slip stays at most 1 minus this.
MARGIN = 1e-6
# Weights are brought back below this before they overflow: 16 answers multiply by 1e96 at most.
HUGE, RESCALE_EVERY = 1e100, 16


@njit(cache=True, nogil=True, error_model="numpy")
def inside(chance: float) -> float:
    """The probability, kept off 0 and 1."""
    return min(max(chance, MARGIN), 1.0 - MARGIN)


@njit(cache=True, nogil=True, error_model="numpy")
def emission(counts: Floats, guess: float, slip: float) -> tuple[float, float]:
    """The guess and the slip that fit `counts` (a row of `Work.item`) best while guess + slip < 1.

    Those given stay where nothing counts. What is maximised is concave, so where its free maximum breaks the bound, its
    best lies on the bound, where both states answer alike: at the pooled rate.
    """
    right_unknown, unknown, right_known, known = counts
    if unknown > 0.0:
        guess = inside(right_unknown / unknown)
    if known > 0.0:
        slip = inside(1.0 - right_known / known)
    if guess + slip > 1.0 - MARGIN:
        pooled = inside((right_unknown + right_known) / max(unknown + known, MARGIN))
        return pooled * (1.0 - MARGIN), (1.0 - pooled) * (1.0 - MARGIN)
    return guess, slip


@njit(cache=True, nogil=True, error_model="numpy")
def plain_step(task: Task, tag: int, theta: Floats, improved: Floats, work: Work) -> float:
    """One step of EM from `theta` (5,) to `improved` (5,); returns the log-likelihood at `theta`.

    Leaves the expected counts in `work.sums`, and those of answers in `work.item[0]`.
    """
    data, sums = task.data, work.sums
    sums[:] = 0.0
    for block in range(data.tag_block[tag], data.tag_block[tag + 1]):
        _run_block(data, block, theta, work.lanes)
        first, last = data.block_sequence[block], data.block_sequence[block + 1]
        _add_counts(data.counts[first:last], data.length[first:last], theta, work.lanes, sums)
    students, responses, right = task.totals[tag]
    known, learnt, never, unknown, right_unknown, likelihood = sums
    chances, item = unknown - never, work.item[0]
    item[0], item[1], item[2], item[3] = right_unknown, unknown, right - right_unknown, responses - unknown
    improved[LEARN] = inside(learnt / chances) if chances > 0.0 else theta[LEARN]
    improved[FORGET] = 0.0
    improved[PRIOR] = inside(known / students)
    improved[GUESS], improved[SLIP] = emission(item, theta[GUESS], theta[SLIP])
    known_throughout: float = right * np.log1p(-theta[SLIP]) + (responses - right) * np.log(theta[SLIP])
    return known_throughout + float(likelihood)


@njit(cache=True, nogil=True, error_model="numpy")
def _run_block(data: Sequences, block: int, theta: Floats, lanes: Floats) -> None:
    """Fill `lanes` for the sequences of one block."""
    right, wrong = theta[GUESS] / (1.0 - theta[SLIP]), (1.0 - theta[GUESS]) / theta[SLIP]
    stay = 1.0 - theta[LEARN]
    first, place, steps = data.block_sequence[block], data.block_answer[block], data.block_step[block]
    width, wide = data.block_sequence[block + 1] - first, data.block_step[block + 1] - steps
    _begin(data.steps[place : place + width], (1.0 - theta[PRIOR]) * wrong, (1.0 - theta[PRIOR]) * right, lanes)
    place += width
    for step in range(1, wide):
        alive = data.alive[steps + step]
        if step % RESCALE_EVERY == 0:
            _rescale(lanes, alive)
        _advance(data.steps[place : place + alive], float(step), stay * wrong, stay * right, lanes)
        place += alive
    for lane in range(width):
        rest = data.length[first + lane] - wide
        if rest <= 0:
            break
        _finish_long(data.steps[place : place + rest], wide, stay * wrong, stay * right, lanes[:, lane])
        place += rest


@njit(cache=True, nogil=True, error_model="numpy")
def _begin(answers: Answers, wrong: float, right: float, lanes: Floats) -> None:
    for lane in range(len(answers)):
        answer = float(answers[lane])
        lanes[WEIGHT, lane] = wrong + answer * (right - wrong)
        lanes[TOTAL, lane] = lanes[TOTAL_RIGHT, lane] = lanes[TOTAL_STEP, lane] = 0.0
        lanes[RIGHT, lane], lanes[UNIT, lane] = answer, 1.0


@njit(cache=True, nogil=True, error_model="numpy")
def _advance(answers: Answers, step: float, wrong: float, right: float, lanes: Floats) -> None:
    """One more answer of each sequence that has one: WEIGHT is of not knowing yet after `step` answers, TOTAL its sum
    over earlier steps, TOTAL_RIGHT and TOTAL_STEP that sum times the right answers, and all answers, before each.
    """
    weight, total, total_right, total_step = lanes[WEIGHT], lanes[TOTAL], lanes[TOTAL_RIGHT], lanes[TOTAL_STEP]
    so_far = lanes[RIGHT]
    for lane in range(len(answers)):
        answer = float(answers[lane])
        old = weight[lane]
        total[lane] += old
        total_right[lane] += so_far[lane] * old
        total_step[lane] += step * old
        weight[lane] = old * (wrong + answer * (right - wrong))
        so_far[lane] += answer


@njit(cache=True, nogil=True, error_model="numpy")
def _rescale(lanes: Floats, alive: int) -> None:
    for lane in range(alive):
        if lanes[WEIGHT, lane] + lanes[TOTAL, lane] > HUGE:
            for row in (WEIGHT, TOTAL, TOTAL_RIGHT, TOTAL_STEP, UNIT):
                lanes[row, lane] /= HUGE


@njit(cache=True, nogil=True, error_model="numpy")
def _finish_long(answers: Answers, step: int, wrong: float, right: float, lane: Floats) -> None:
    """The rest of one long sequence, when too few are left to go side by side."""
    weight, total, total_right, total_step = lane[WEIGHT], lane[TOTAL], lane[TOTAL_RIGHT], lane[TOTAL_STEP]
    so_far, unit = lane[RIGHT], lane[UNIT]
    for place in range(len(answers)):
        if place % RESCALE_EVERY == 0 and weight + total > HUGE:
            weight, total, total_right = weight / HUGE, total / HUGE, total_right / HUGE
            total_step, unit = total_step / HUGE, unit / HUGE
        total += weight
        total_right += so_far * weight
        total_step += (step + place) * weight
        if answers[place]:
            weight *= right
            so_far += 1.0
        else:
            weight *= wrong
    lane[WEIGHT], lane[TOTAL], lane[TOTAL_RIGHT], lane[TOTAL_STEP] = weight, total, total_right, total_step
    lane[RIGHT], lane[UNIT] = so_far, unit


@njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})
def _add_counts(count: Floats, length: Narrow, theta: Floats, lanes: Floats, sums: Floats) -> None:
    """Add a block's expected counts and its log-likelihood to `sums`."""
    learn, prior = theta[LEARN], theta[PRIOR]
    known, learnt, never, unknown, right = 0.0, 0.0, 0.0, 0.0, 0.0
    for lane in range(len(count)):
        first, later, last = prior * lanes[UNIT, lane], learn * lanes[TOTAL, lane], lanes[WEIGHT, lane]
        evidence = first + later + last
        share = count[lane] / evidence
        known += share * first
        learnt += share * later
        never += share * last
        unknown += share * (learn * lanes[TOTAL_STEP, lane] + length[lane] * last)
        right += share * (learn * lanes[TOTAL_RIGHT, lane] + lanes[RIGHT, lane] * last)
        lanes[EVIDENCE, lane] = evidence
    likelihood = 0.0
    for lane in range(len(count)):
        likelihood += count[lane] * np.log(lanes[EVIDENCE, lane])
        if lanes[UNIT, lane] != 1.0:
            likelihood -= count[lane] * np.log(lanes[UNIT, lane])
    sums[0] += known
    sums[1] += learnt
    sums[2] += never
    sums[3] += unknown
    sums[4] += right
    sums[5] += likelihood
