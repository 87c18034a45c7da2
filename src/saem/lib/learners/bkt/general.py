"""Expected counts of knowledge tracing with forgetting, items and bands of students: forward, then backward."""

import numpy as np
from numba import njit

from .kernels import emission, inside
from .sequences import Floats, Sequences
from .task import FORGET, LEARN, PRIOR, Task, Work


@njit(cache=True, nogil=True, error_model="numpy")
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


@njit(cache=True, nogil=True, error_model="numpy")
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


@njit(cache=True, nogil=True, error_model="numpy")
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


@njit(cache=True, nogil=True, error_model="numpy")
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


@njit(cache=True, nogil=True, error_model="numpy")
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


@njit(cache=True, nogil=True, error_model="numpy")
def _beta(chance: float, centre: float) -> float:
    density: float = centre * np.log(chance) + (1.0 - centre) * np.log1p(-chance)
    return density
