"""Checks of the notebook that need more than comparing a value."""

import pandas as pd

LAST_DAY_TO_FIT = 14
FIRST_TEST_DAY = 22


def check_split(values):
    """Days up to the 14th are for fitting, later ones for validating, and no row is lost or added."""
    fit, valid = values["fit"], values["valid"]
    if not all(isinstance(part, pd.DataFrame) and {"id", "date"} <= set(part) for part in (fit, valid)):
        return False, 0.0
    if fit.empty or valid.empty:
        return False, 0.0
    fit_days, valid_days = pd.to_datetime(fit["date"]).dt.day, pd.to_datetime(valid["date"]).dt.day
    apart = fit_days.max() <= LAST_DAY_TO_FIT < valid_days.min() and valid_days.max() < FIRST_TEST_DAY
    ids = sorted([*fit["id"], *valid["id"]])
    complete = ids == [f"A{i:04d}" for i in range(1, len(ids) + 1)] and len(ids) > 5000
    return bool(apart and complete), (apart + complete) / 2 if apart else 0.0
