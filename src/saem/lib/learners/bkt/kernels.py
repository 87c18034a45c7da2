"""EM for Bayesian knowledge tracing: expected counts, climbs in long strides, and the curvature at a summit.

All in one file, because numba's cache of a compiled function sees changes of that function's own file only.

Without forgetting the only hidden thing is the step at which the skill was learnt. A sequence's likelihood is a sum
over that step whose terms follow from each other by one multiplication, and so do the counts that EM needs: there is no
backward pass, and nothing is divided but once for each sequence. That is `plain_step`, with all weights relative to
"known from the start". `general_step` goes forward and backward, for forgetting, items and bands of students.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit

from .sequences import BLOCK, Answers, Booleans, Floats, Integers, Narrow, Sequences
from .task import (
    EVIDENCE,
    FORGET,
    GUESS,
    LEARN,
    PARAMETERS,
    PRIOR,
    RIGHT,
    SCALED,
    SLIP,
    TOTAL,
    TOTAL_RIGHT,
    TOTAL_STEP,
    UNIT,
    WEIGHT,
    Task,
    Work,
)

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
# No probability comes nearer to 0 or 1 than this, and guess + slip stays at most 1 minus this.
MARGIN = 1e-6
# Weights are brought back below this before they overflow: 16 answers multiply by 1e96 at most.
HUGE, RESCALE_EVERY = 1e100, 16
LOG_HUGE = float(np.log(HUGE))
# A start that has come this near to a summit already found, from below, has found it again.
SAME = 0.01
# Strides that must gain next to nothing, one after the other, before a climb is over: one alone may be a bad stride.
QUIET = 2
# Half the distance, in logits, over which curvature is measured.
NUDGE = 1e-3


def inner(function: Kernel) -> Kernel:
    """What only compiled code calls: without a way in from Python, which would take long to compile."""
    without: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    compiled: Kernel = njit(cache=True, nogil=True, error_model="numpy", **without)(function)
    return compiled


class Summits(NamedTuple):
    """Where climbs ended: parameters, log-likelihood with the log prior, and whether they converged."""

    theta: Floats
    height: Floats
    converged: Booleans


@inner
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


@inner
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


@inner
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


@inner
def _begin(answers: Answers, wrong: float, right: float, lanes: Floats) -> None:
    for lane in range(len(answers)):
        answer = float(answers[lane])
        lanes[WEIGHT, lane] = wrong + answer * (right - wrong)
        lanes[TOTAL, lane] = lanes[TOTAL_RIGHT, lane] = lanes[TOTAL_STEP, lane] = 0.0
        lanes[RIGHT, lane], lanes[UNIT, lane], lanes[SCALED, lane] = answer, 1.0, 0.0


@inner
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


@inner
def _rescale(lanes: Floats, alive: int) -> None:
    for lane in range(alive):
        if lanes[WEIGHT, lane] + lanes[TOTAL, lane] > HUGE:
            for row in (WEIGHT, TOTAL, TOTAL_RIGHT, TOTAL_STEP, UNIT):
                lanes[row, lane] /= HUGE
            lanes[SCALED, lane] += 1.0


@inner
def _finish_long(answers: Answers, step: int, wrong: float, right: float, lane: Floats) -> None:
    """The rest of one long sequence, when too few are left to go side by side."""
    weight, total, total_right, total_step = lane[WEIGHT], lane[TOTAL], lane[TOTAL_RIGHT], lane[TOTAL_STEP]
    so_far, unit, scaled = lane[RIGHT], lane[UNIT], lane[SCALED]
    for place in range(len(answers)):
        if place % RESCALE_EVERY == 0 and weight + total > HUGE:
            weight, total, total_right = weight / HUGE, total / HUGE, total_right / HUGE
            total_step, unit, scaled = total_step / HUGE, unit / HUGE, scaled + 1.0
        total += weight
        total_right += so_far * weight
        total_step += (step + place) * weight
        if answers[place]:
            weight *= right
            so_far += 1.0
        else:
            weight *= wrong
    lane[WEIGHT], lane[TOTAL], lane[TOTAL_RIGHT], lane[TOTAL_STEP] = weight, total, total_right, total_step
    lane[RIGHT], lane[UNIT], lane[SCALED] = so_far, unit, scaled


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
        likelihood += count[lane] * (np.log(lanes[EVIDENCE, lane]) + lanes[SCALED, lane] * LOG_HUGE)
    sums[0] += known
    sums[1] += learnt
    sums[2] += never
    sums[3] += unknown
    sums[4] += right
    sums[5] += likelihood


@inner
def general_step(task: Task, tag: int, theta: Floats, improved: Floats, work: Work) -> tuple[float, float]:
    """One step of EM from `theta` to `improved`, with as many bands and items as `work` has.

    Returns the log-likelihood at `theta`, and the log of the prior there (Beta densities without their constants).
    Leaves the expected counts in `work`.
    """
    change, likelihood = work.change, 0.0
    change[:], work.band[:], work.item[:] = 0.0, 0.0, 0.0
    emit = theta[PRIOR + len(work.band) :].reshape(2, len(work.item))
    for sequence in range(task.data.tag_sequence[tag], task.data.tag_sequence[tag + 1]):
        likelihood += task.data.counts[sequence] * _forward(task.data, sequence, theta, emit, work.path)
        _backward(task.data, sequence, theta, work)
    improved[LEARN] = inside(change[0] / change[1]) if change[1] > 0.0 else theta[LEARN]
    improved[FORGET] = inside(change[2] / change[3]) if task.forgetting and change[3] > 0.0 else theta[FORGET]
    centre = task.centre[task.place[tag] : task.place[tag + 1]] if task.pull > 0.0 else theta
    pulled = _improve_bands(task.pull, centre, theta, improved, work)
    return likelihood, pulled + _improve_items(task.pull, centre, theta, improved, work)


@inner
def _forward(data: Sequences, sequence: int, theta: Floats, emit: Floats, path: Floats) -> float:
    """Fill `path` with the chance of knowing before and after each answer; returns the log-likelihood."""
    first, likelihood = data.start[sequence], 0.0
    knows = theta[PRIOR + data.band[sequence]]
    for step in range(data.length[sequence]):
        item = data.item[first + step] if len(data.item) else 0
        unknown, known = emit[0, item], 1.0 - emit[1, item]
        if not data.answer[first + step]:
            unknown, known = 1.0 - unknown, 1.0 - known
        evidence = knows * known + (1.0 - knows) * unknown
        likelihood += np.log(evidence)
        path[step, 0] = knows
        path[step, 1] = knows * known / evidence
        knows = path[step, 1] * (1.0 - theta[FORGET]) + (1.0 - path[step, 1]) * theta[LEARN]
    return likelihood


@inner
def _backward(data: Sequences, sequence: int, theta: Floats, work: Work) -> None:
    """Add the sequence's expected counts, from its `path`, to `work`."""
    first, count, last = data.start[sequence], data.counts[sequence], data.length[sequence] - 1
    change, path, known = work.change, work.path, work.path[last, 1]
    for step in range(last, -1, -1):
        if step < last:
            after, before = path[step, 1], path[step + 1, 0]
            learnt = (1.0 - after) * theta[LEARN] * known / before
            # A chance of knowing that has rounded to 1 leaves nobody who could have forgotten.
            forgot = after * theta[FORGET] * (1.0 - known) / (1.0 - before) if before < 1.0 else 0.0
            known = min(max(known - learnt + forgot, 0.0), 1.0)
            change[0] += count * learnt
            change[1] += count * (1.0 - known)
            change[2] += count * forgot
            change[3] += count * known
        item = work.item[data.item[first + step] if len(data.item) else 0]
        right = float(data.answer[first + step])
        item[0] += count * (1.0 - known) * right
        item[1] += count * (1.0 - known)
        item[2] += count * known * right
        item[3] += count * known
    work.band[data.band[sequence], 0] += count * known
    work.band[data.band[sequence], 1] += count


@inner
def _improve_bands(pull: float, centre: Floats, theta: Floats, improved: Floats, work: Work) -> float:
    """New priors of the bands; returns the log of the prior density at `theta`."""
    density = 0.0
    for band in range(len(work.band)):
        place, students = PRIOR + band, work.band[band, 1] + pull
        improved[place] = theta[place]
        if students > 0.0:
            improved[place] = inside((work.band[band, 0] + pull * centre[place]) / students)
        density += pull * _beta(theta[place], centre[place])
    return density


@inner
def _improve_items(pull: float, centre: Floats, theta: Floats, improved: Floats, work: Work) -> float:
    """New guess and slip of each item; returns the log of the prior density at `theta`."""
    density = 0.0
    for item in range(len(work.item)):
        guess = PRIOR + len(work.band) + item
        slip = guess + len(work.item)
        counts = work.item[item]
        counts[0] += pull * centre[guess]
        counts[1] += pull
        counts[2] += pull * (1.0 - centre[slip])
        counts[3] += pull
        improved[guess], improved[slip] = emission(counts, theta[guess], theta[slip])
        density += pull * (_beta(theta[guess], centre[guess]) + _beta(theta[slip], centre[slip]))
    return density


@inner
def _beta(chance: float, centre: float) -> float:
    density: float = centre * np.log(chance) + (1.0 - centre) * np.log1p(-chance)
    return density


@njit(cache=True, nogil=True, error_model="numpy")
def climb_tags(task: Task, first: int, last: int, starts: Floats) -> tuple[Floats, Floats, Integers, Booleans]:
    """Climb in the tags from `first` to `last`, from each of the `starts` (starts, 5).

    Returns summits (tags, starts, 5), log-likelihoods, steps of EM and whether each converged (tags, starts). A start
    that meets the summit of an earlier one shares it.
    """
    tags, tries = last - first, len(starts)
    summit, likelihood = np.empty((tags, tries, PARAMETERS)), np.empty((tags, tries))
    steps, converged = np.zeros((tags, tries), dtype=np.int64), np.zeros((tags, tries), dtype=np.bool_)
    work = work_space(longest_of(task.data, first, last), 1, 1)
    for tag in range(tags):
        for start in range(tries):
            _copy(starts[start], summit[tag, start])
            earlier = Summits(summit[tag, :start], likelihood[tag, :start], converged[tag, :start])
            found = _climb(task, first + tag, summit[tag, start], earlier, work)
            likelihood[tag, start], steps[tag, start], converged[tag, start], same = found
            if same >= 0:
                _copy(summit[tag, same], summit[tag, start])
                likelihood[tag, start] = likelihood[tag, same]
    return summit, likelihood, steps, converged


@njit(cache=True, nogil=True, error_model="numpy")
def refine_tags(task: Task, first: int, last: int, bands: int) -> tuple[Floats, Floats, Integers, Booleans]:
    """Climb once in each tag from the centre to which its bands and items are drawn.

    Returns summits laid out as `task.centre` is, from `task.place[first]` on, log-likelihoods, steps of EM and whether
    each converged.
    """
    tags, place = last - first, task.place - task.place[first]
    summit, likelihood = task.centre[task.place[first] : task.place[last]].copy(), np.empty(tags)
    steps, converged = np.zeros(tags, dtype=np.int64), np.zeros(tags, dtype=np.bool_)
    nothing = Summits(np.empty((0, PARAMETERS)), np.empty(0), np.empty(0, dtype=np.bool_))
    longest = longest_of(task.data, first, last)
    for tag in range(first, last):
        theta, k = summit[place[tag] : place[tag + 1]], tag - first
        work = work_space(longest, bands, (len(theta) - PRIOR - bands) // 2)
        likelihood[k], steps[k], converged[k], _ = _climb(task, tag, theta, nothing, work)
    return summit, likelihood, steps, converged


@njit(cache=True, nogil=True, error_model="numpy")
def em_step(task: Task, tag: int, theta: Floats, improved: Floats, work: Work) -> tuple[float, float]:
    """One step of EM by the kernel that suits the task; the log-likelihood and the log prior at `theta`."""
    if task.plain:
        return plain_step(task, tag, theta, improved, work), 0.0
    return general_step(task, tag, theta, improved, work)


@inner
def _climb(task: Task, tag: int, theta: Floats, earlier: Summits, work: Work) -> tuple[float, int, bool, int]:
    """Climb from `theta` and leave it at the summit; returns its log-likelihood, the steps, whether it converged, and
    which earlier summit it met (-1: none).
    """
    once, twice, tried = np.empty_like(theta), np.empty_like(theta), np.empty_like(theta)
    likelihood, density = em_step(task, tag, theta, once, work)
    height, steps, quiet = likelihood + density, 1, 0
    while steps < task.most:
        middle, pulled = em_step(task, tag, once, twice, work)
        stride(theta, once, twice, tried, len(work.band))
        likelihood, density = em_step(task, tag, tried, once, work)
        steps += 2
        if not likelihood + density >= middle + pulled:
            # Too long a stride: fall back on what two steps of EM found, which cannot be lower.
            _copy(twice, tried)
            likelihood, density = em_step(task, tag, tried, once, work)
            steps += 1
        gained, height = likelihood + density - height, likelihood + density
        _copy(tried, theta)
        quiet = quiet + 1 if gained < task.tolerance else 0
        if quiet == QUIET:
            return likelihood, steps, True, -1
        same = _met(theta, height, earlier)
        if same >= 0:
            return likelihood, steps, True, same
    return likelihood, steps, False, -1


@inner
def _copy(one: Floats, other: Floats) -> None:
    for i in range(len(one)):
        other[i] = one[i]


@inner
def _met(theta: Floats, height: float, earlier: Summits) -> int:
    for k in range(len(earlier.height)):
        if earlier.converged[k] and height <= earlier.height[k]:
            apart = 0.0
            for i in range(len(theta)):
                apart = max(apart, abs(earlier.theta[k, i] - theta[i]))
            if apart < SAME:
                return k
    return -1


@njit(cache=True, nogil=True, error_model="numpy")
def stride(theta: Floats, once: Floats, twice: Floats, tried: Floats, bands: int) -> None:
    """Where two steps of EM lead in the end, as it seems (SQUAREM S3, Varadhan and Roland 2008), inside the bounds."""
    moved, bent = 0.0, 0.0
    for i in range(len(theta)):
        moved += (once[i] - theta[i]) ** 2
        bent += (twice[i] - 2.0 * once[i] + theta[i]) ** 2
    length = max(1.0, np.sqrt(moved / bent)) if bent > 0.0 else 1.0
    for i in range(len(theta)):
        step, bend = once[i] - theta[i], twice[i] - 2.0 * once[i] + theta[i]
        tried[i] = inside(theta[i] + 2.0 * length * step + length * length * bend)
    if twice[FORGET] == 0.0:
        tried[FORGET] = 0.0
    first = PRIOR + bands
    items = (len(theta) - first) // 2
    for guess in range(first, first + items):
        both = tried[guess] + tried[guess + items]
        if both > 1.0 - MARGIN:
            tried[guess] *= (1.0 - MARGIN) / both
            tried[guess + items] *= (1.0 - MARGIN) / both


@njit(cache=True, nogil=True, error_model="numpy")
def information_tags(task: Task, summit: Floats) -> Floats:
    """Observed information (tags, 5, 5) of the logits of learn, forget, prior, guess and slip at `summit` (tags, 5).

    Differences of the score, which EM's expected counts give exactly (Fisher's identity). Not yet symmetric.
    """
    tags = len(summit)
    out, work = np.zeros((tags, PARAMETERS, PARAMETERS)), work_space(longest_of(task.data, 0, tags), 1, 1)
    low, high, moved = np.zeros(PARAMETERS), np.zeros(PARAMETERS), np.empty(PARAMETERS)
    for tag in range(tags):
        for i in range(PARAMETERS):
            if i == FORGET and not task.forgetting:
                continue
            for sign, score in ((-1.0, low), (1.0, high)):
                _copy(summit[tag], moved)
                odds = moved[i] / (1.0 - moved[i]) * np.exp(sign * NUDGE)
                moved[i] = odds / (1.0 + odds)
                _score(task, tag, moved, score, work)
            for j in range(PARAMETERS):
                out[tag, i, j] = (low[j] - high[j]) / (2.0 * NUDGE)
    return out


@inner
def _score(task: Task, tag: int, theta: Floats, score: Floats, work: Work) -> None:
    """The slope of the log-likelihood in each logit: expected successes less trials times the chance."""
    em_step(task, tag, theta, score, work)
    item, change, band, sums = work.item[0], work.change, work.band[0], work.sums
    if task.plain:
        change[0], change[1], change[2], change[3] = sums[1], sums[3] - sums[2], 0.0, 0.0
        band[0], band[1] = sums[0], task.totals[tag, 0]
    score[LEARN] = change[0] - change[1] * theta[LEARN]
    score[FORGET] = change[2] - change[3] * theta[FORGET]
    score[PRIOR] = band[0] - band[1] * theta[PRIOR]
    score[GUESS] = item[0] - item[1] * theta[GUESS]
    score[SLIP] = item[3] - item[2] - item[3] * theta[SLIP]


@njit(cache=True, nogil=True, error_model="numpy")
def work_space(longest: int, bands: int, items: int) -> Work:
    """For sequences of at most `longest` responses."""
    return Work(
        np.empty((EVIDENCE + 1, BLOCK)),
        np.empty((longest, 2)),
        np.empty(6),
        np.empty(4),
        np.empty((bands, 2)),
        np.empty((items, 4)),
    )


@inner
def longest_of(data: Sequences, first: int, last: int) -> int:
    """The length of the longest sequence of the tags from `first` to `last`."""
    longest = 0
    for sequence in range(data.tag_sequence[first], data.tag_sequence[last]):
        longest = max(longest, data.length[sequence])
    return longest
