"""Parameters and fit of items by item response theory, where there are learners enough to carry them."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.irt.analysis import abilities_of, item_fit_of
from saem.lib.learners.irt.bank import ItemBank
from saem.lib.learners.irt.model import ItemResponseModel, OneParameter, TwoParameter
from saem.lib.learners.responses import Booleans, Floats, Responses

# Rasch difficulties are within about ±0.5 logits from 30 learners on (Linacre 1994); slopes need several hundred, and
# below 200 they are mostly noise (Drasgow 1989). An item counts from the answers of so many learners of its own.
LEAST_LEARNERS_1PL, LEAST_OF_ITEM_1PL = 30, 30
LEAST_LEARNERS_2PL, LEAST_OF_ITEM_2PL = 200, 100
LEAST_ITEMS = 3


@dataclass(frozen=True)
class Calibrated:
    """One item on the logit scale where the learners' abilities have mean 0 and standard deviation 1.

    Errors are standard errors; `chi2_p` is of S-X2, None where it cannot be had (learners who met different items, as
    in practice). `infit` is 1 where answers are as noisy as the model says. A one-parameter fit has one discrimination
    for all items, so none is told.
    """

    model: str
    difficulty: float
    difficulty_error: float | None
    discrimination: float | None
    discrimination_error: float | None
    infit: float
    chi2_p: float | None


@dataclass(frozen=True)
class Scale:
    """A fitted model's items, and each learner's ability (students,) on the same scale."""

    bank: ItemBank
    ability: Floats
    by_item: dict[str, Calibrated]


def calibrate_items(responses: Responses) -> Scale | None:
    """A two-parameter fit, or a one-parameter fit of fewer data, or None where they are too few or all alike.

    Of a learner's several tries at an item (other variants) the first counts.
    """
    right = responses.right_or_wrong()
    learners, counts = len(np.unique(responses.student)), _learners_of(responses)
    met = counts[counts > 0]
    if learners < LEAST_LEARNERS_1PL or len(met) < LEAST_ITEMS or right.all() or not right.any():
        return None
    is_rich = learners >= LEAST_LEARNERS_2PL and float(np.median(met)) >= LEAST_OF_ITEM_2PL
    model = (TwoParameter if is_rich else OneParameter)(repeats="first").fit(responses)
    least = LEAST_OF_ITEM_2PL if is_rich else LEAST_OF_ITEM_1PL
    return Scale(model.bank(), abilities_of(model, responses).theta, _items(model, responses, counts >= least))


def _learners_of(responses: Responses) -> Floats:
    """(items,): how many learners met each."""
    pairs = np.unique(np.stack([responses.student, responses.item], axis=1), axis=0)
    return np.bincount(pairs[:, 1], minlength=len(responses.items)).astype(np.float64)


def _items(model: ItemResponseModel, responses: Responses, enough: Booleans) -> dict[str, Calibrated]:
    fit, bank = item_fit_of(model, responses), model.bank()
    errors = np.full((len(bank), 4), np.nan) if bank.errors is None else bank.errors
    scarce = {finding.where for finding in model.fit_.findings if finding.code.startswith("item_")}
    has_slopes = isinstance(model, TwoParameter)
    return {
        name: Calibrated(
            model=model.name,
            difficulty=float(bank.difficulty[code]),
            difficulty_error=known(errors[code, 1]),
            discrimination=float(bank.discrimination[code]) if has_slopes else None,
            discrimination_error=known(errors[code, 0]) if has_slopes else None,
            infit=float(fit.infit[code]),
            chi2_p=known(fit.p[code]),
        )
        for code, name in enumerate(bank.items)
        if enough[code] and name not in scarce
    }


def known(value: float) -> float | None:
    """The number, or None for NaN and infinity: what goes into JSON."""
    return float(value) if np.isfinite(value) else None
