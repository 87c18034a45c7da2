"""Chances and their logits, kept off 0 and 1."""

import numpy as np

from .kernels import MARGIN
from .sequences import Floats


def logit_of(chance: Floats) -> Floats:
    inside = np.clip(chance, MARGIN, 1.0 - MARGIN)
    return np.asarray(np.log(inside) - np.log1p(-inside))


def chance_of(logit: Floats) -> Floats:
    return np.asarray(np.clip(1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))), MARGIN, 1.0 - MARGIN))
