"""Checks of the notebook that need more than comparing a value."""

import pandas as pd

BORDER = pd.Timestamp("2013-07-01")
ALL_DAYS = 730


def check_split(values):
    """Days before the border are for fitting, later ones for validating, and no day is lost or in both."""
    fit, valid = values["fit"], values["valid"]
    if not all(isinstance(part, pd.DataFrame) and "date" in part for part in (fit, valid)):
        return False, 0.0
    fit_days, valid_days = pd.to_datetime(fit["date"]), pd.to_datetime(valid["date"])
    if fit_days.empty or valid_days.empty:
        return False, 0.0
    in_order = fit_days.max() < BORDER <= valid_days.min()
    complete = len(fit) + len(valid) == ALL_DAYS
    return bool(in_order and complete), (in_order + complete) / 2 if in_order else 0.0
