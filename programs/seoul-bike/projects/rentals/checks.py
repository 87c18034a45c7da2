"""Checks of the notebook that need more than comparing a value."""

import pandas as pd

LAST_FIT_DAY = 14
HOURS = 6048


def check_split(values):
    """Days 1 to 14 of each month in `fit`, days 15 to 21 in `valid`; no day in both and no hour lost."""
    fit, valid = values["fit"], values["valid"]
    if not all(isinstance(part, pd.DataFrame) and "date" in part for part in (fit, valid)):
        return False, 0.0
    fit_days, valid_days = pd.to_datetime(fit["date"]), pd.to_datetime(valid["date"])
    if fit_days.empty or valid_days.empty:
        return False, 0.0
    apart = not set(fit_days) & set(valid_days)
    in_place = fit_days.dt.day.max() <= LAST_FIT_DAY < valid_days.dt.day.min()
    complete = len(fit) + len(valid) == HOURS
    return bool(apart and in_place and complete), (int(apart) + int(in_place and complete)) / 2
