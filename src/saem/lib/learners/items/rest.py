"""The rest score: how well a learner does at everything but the item in question."""

import numpy as np

from saem.lib.learners.responses import Booleans, Floats, Responses

# A share of right answers over fewer others than this says next to nothing about a learner.
LEAST_OTHERS = 3
# Correlations over fewer rows have a standard error above 0.2, as wide as the figures that matter.
LEAST_ROWS = 30


def rest_scores(responses: Responses) -> Floats:
    """(n,): the share right of the row's learner over all their rows on other items; NaN where these are fewer than
    LEAST_OTHERS. Leaving the item out keeps it from correlating with itself (corrected item-total; Crocker & Algina
    1986, ch. 14).
    """
    pair = responses.student.astype(np.int64) * len(responses.items) + responses.item
    _, place = np.unique(pair, return_inverse=True)
    right = responses.score
    others = np.bincount(responses.student)[responses.student] - np.bincount(place)[place]
    rights = np.bincount(responses.student, weights=right)[responses.student] - np.bincount(place, weights=right)[place]
    enough = others >= LEAST_OTHERS
    rest: Floats = np.full(len(responses), np.nan)
    rest[enough] = rights[enough] / others[enough]
    return rest


def correlation(score: Floats, rest: Floats) -> float | None:
    """The point-biserial correlation over rows that have a rest score; None for fewer than LEAST_ROWS of them, or where
    one side does not vary.
    """
    known: Booleans = ~np.isnan(rest)
    score, rest = score[known], rest[known]
    if len(score) < LEAST_ROWS or not score.std() or not rest.std():
        return None
    return float(np.corrcoef(score, rest)[0, 1])
