"""Checks of the notebook that need more than comparing a value."""

import pandas as pd

FIT_ROWS, VALID_ROWS = 900, 300


def check_split(values):
    """The first 900 rows in `fit`, the last 300 in `valid`, in their order."""
    fit, valid = values["fit"], values["valid"]
    if not all(isinstance(part, pd.DataFrame) and "id" in part for part in (fit, valid)):
        return False, 0.0
    expected = [f"A{i:04d}" for i in range(1, FIT_ROWS + VALID_ROWS + 1)]
    return fit["id"].tolist() == expected[:FIT_ROWS] and valid["id"].tolist() == expected[FIT_ROWS:]
