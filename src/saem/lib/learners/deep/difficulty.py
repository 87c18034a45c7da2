"""How hard each item is, as other students found it."""

import numpy as np
from scipy.special import expit

from saem.lib.learners.responses import Floats, Responses

from .sequences import Indexes

STEPS = 30
FOLDS = 10
# Standard deviation of abilities and of difficulties before any answer is seen, in logits.
SPREAD = 1.0


def item_features(responses: Responses) -> Floats:
    """(items + 1, 2), row code + 1: Rasch difficulty in logits, and how unsure it is, from 1 (never answered) to 0.

    Row 0 is of unknown items.
    """
    difficulty, count = _rasch(responses)
    return np.column_stack([np.append(0.0, difficulty), 1.0 / np.sqrt(1.0 + np.append(0.0, count))])


def out_of_fold_features(responses: Responses, generator: np.random.Generator) -> Floats:
    """(rows, 2): the same for each row, from students of other folds than its own.

    A network that learns with a difficulty which its own targets went into trusts it too much: with a dozen answers an
    item that costs far more than it gives.
    """
    fold: Indexes = generator.integers(0, FOLDS, len(responses.students))[responses.student]
    features = np.empty((len(responses), 2))
    for each in range(FOLDS):
        mine = fold == each
        features[mine] = item_features(responses.rows(~mine))[responses.item[mine] + 1]
    return features


def _rasch(responses: Responses) -> tuple[Floats, Floats]:
    """Penalised maximum likelihood by Newton steps on abilities and difficulties in turn; and answers by item."""
    student, item, right = responses.student, responses.item, responses.right_or_wrong().astype(np.float64)
    ability, difficulty, centre = np.zeros(len(responses.students)), np.zeros(len(responses.items)), 0.0
    for _ in range(STEPS):
        for unknown, codes, sign in ((ability, student, 1.0), (difficulty, item, -1.0)):
            chance = expit(centre + ability[student] - difficulty[item])
            slope = sign * np.bincount(codes, right - chance, len(unknown)) - unknown / SPREAD**2
            unknown[:] = unknown + slope / (np.bincount(codes, chance * (1 - chance), len(unknown)) + 1 / SPREAD**2)
        chance = expit(centre + ability[student] - difficulty[item])
        centre += float((right - chance).sum() / max((chance * (1 - chance)).sum(), 1.0))
    return difficulty, np.bincount(item, minlength=len(difficulty)).astype(np.float64)
