"""EM in long strides (SQUAREM) from several starts, and the curvature that tells how sure a summit is."""

from typing import NamedTuple

import numpy as np
from numba import njit

from .general import general_step
from .kernels import MARGIN, inside, plain_step
from .sequences import Booleans, Floats, Integers
from .task import FORGET, GUESS, LEARN, PARAMETERS, PRIOR, SLIP, Task, Work, longest_of, work_space

# A start that has come this near to a summit already found, from below, has found it again.
SAME = 0.01
# Strides that must gain next to nothing, one after the other, before a climb is over: one alone may be a bad stride.
QUIET = 2
# Half the distance, in logits, over which curvature is measured.
NUDGE = 1e-3


class Summits(NamedTuple):
    """Where climbs ended: parameters, log-likelihood with the log prior, and whether they converged."""

    theta: Floats
    height: Floats
    converged: Booleans


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
            summit[tag, start] = starts[start]
            earlier = Summits(summit[tag, :start], likelihood[tag, :start], converged[tag, :start])
            found = _climb(task, first + tag, summit[tag, start], earlier, work)
            likelihood[tag, start], steps[tag, start], converged[tag, start], same = found
            if same >= 0:
                summit[tag, start], likelihood[tag, start] = summit[tag, same], likelihood[tag, same]
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


@njit(cache=True, nogil=True, error_model="numpy")
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
            tried[:] = twice
            likelihood, density = em_step(task, tag, tried, once, work)
            steps += 1
        gained, height = likelihood + density - height, likelihood + density
        theta[:] = tried
        quiet = quiet + 1 if gained < task.tolerance else 0
        if quiet == QUIET:
            return likelihood, steps, True, -1
        same = _met(theta, height, earlier)
        if same >= 0:
            return likelihood, steps, True, same
    return likelihood, steps, False, -1


@njit(cache=True, nogil=True, error_model="numpy")
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
                moved[:] = summit[tag]
                odds = moved[i] / (1.0 - moved[i]) * np.exp(sign * NUDGE)
                moved[i] = odds / (1.0 + odds)
                _score(task, tag, moved, score, work)
            out[tag, i] = (low - high) / (2.0 * NUDGE)
    return out


@njit(cache=True, nogil=True, error_model="numpy")
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
