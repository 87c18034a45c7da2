"""Kernels over batches of tags, on as many workers as asked for."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from joblib import Parallel, delayed, effective_n_jobs
from numpy.typing import NDArray

from .task import Task

# Batches for each worker, so that an uneven one does not hold up the rest.
BATCHES = 4


def over_tags(
    kernel: Callable[..., tuple[NDArray[Any], ...]], task: Task, jobs: int, *rest: Any
) -> tuple[NDArray[Any], ...]:
    """What `kernel(task, first, last, *rest)` returns for all tags, its arrays joined in the order of the tags.

    Kernels let go of the interpreter, so threads will do; joblib's configured backend may say otherwise.
    """
    tags = len(task.data.tag_sequence) - 1
    if jobs == 1:
        return kernel(task, 0, tags, *rest)
    work = np.concatenate([[0], np.cumsum(task.data.length)])[task.data.tag_sequence]
    batches = min(tags, BATCHES * effective_n_jobs(jobs))
    bounds = np.unique(np.searchsorted(work, np.linspace(0, work[-1], batches + 1)))
    parts = Parallel(n_jobs=jobs, prefer="threads")(
        delayed(kernel)(task, int(first), int(last), *rest) for first, last in pairwise(bounds)
    )
    return tuple(np.concatenate(each) for each in zip(*parts, strict=True))
