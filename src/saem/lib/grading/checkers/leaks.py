"""Finds splits that give the answer away: near-equal rows in both parts, and lags that hold the next row's answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .reasons import Reason, reason

MOST_ROWS = 20_000
FEWEST_MATCHES = 20
SHARE_OF_TWINS = 0.05
SHARE_OF_LAGS = 0.95
FEWEST_VALUES = 8  # a column of few values matches by chance


def find_leaks(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Warnings about `train.csv`, `test.csv` and the hidden table; nothing is said where a file is not there."""
    train, test, solution = (_read(folder / name) for name in ("train.csv", "test.csv", "solution.csv"))
    if train is None or test is None or solution is None:
        return {"warnings": []}
    key, target = task["id"], task["target"]
    return {"warnings": [*_twins(train, test, key, target), *_lags(test, solution, key, target)]}


def _read(path: Path) -> pd.DataFrame | None:
    try:
        return pd.read_csv(path, nrows=MOST_ROWS) if path.exists() else None
    except (ValueError, pd.errors.ParserError):
        return None


def _twins(train: pd.DataFrame, test: pd.DataFrame, key: str, target: str) -> list[Reason]:
    """Rows of the test part that are, to three digits, also in the training part, where their answer stands."""
    shared = [name for name in test.columns if name in train.columns and name not in (key, target)]
    if not shared or target not in train.columns:
        return []
    scales = {name: float(train[name].std()) or 1.0 for name in shared if _is_number(train, name)}
    a, b = _rounded(train[shared], scales), _rounded(test[shared], scales)
    known = set(a.itertuples(index=False, name=None))
    if len(known) < len(a) / 2:
        return []  # rows repeat by nature (few, coarse columns); equality says nothing then
    twins = [place for place, row in enumerate(b.itertuples(index=False, name=None)) if row in known]
    if len(twins) < SHARE_OF_TWINS * len(b):
        return []
    return [reason("leak_near_duplicates", count=len(twins), rows=[place + 2 for place in twins[:5]])]


def _is_number(frame: pd.DataFrame, name: str) -> bool:
    return pd.api.types.is_numeric_dtype(frame[name])


def _rounded(frame: pd.DataFrame, scales: Mapping[str, float]) -> pd.DataFrame:
    """Numbers to three digits of their spread in the training part, everything else as text."""
    return pd.DataFrame(
        {
            name: (frame[name].astype(float) / scales[name]).round(3)
            if name in scales and _is_number(frame, name)
            else frame[name].astype(str)
            for name in frame.columns
        }
    )


def _lags(test: pd.DataFrame, solution: pd.DataFrame, key: str, target: str) -> list[Reason]:
    """Columns of a test row that hold the answer of the row before: a contiguous split with lag columns."""
    if key not in test.columns or key not in solution.columns or target not in solution.columns:
        return []
    answers = (
        test[[key]]
        .astype(str)
        .merge(solution[[key, target]].astype({key: str}).drop_duplicates(key), on=key, how="left")[target]
    )
    if not pd.api.types.is_numeric_dtype(answers) or answers.nunique() < FEWEST_VALUES:
        return []
    found = []
    for name in test.columns.drop(key):
        if not pd.api.types.is_numeric_dtype(test[name]):
            continue
        later, earlier = test[name].to_numpy(dtype=float)[1:], answers.to_numpy(dtype=float)[:-1]
        both = np.isfinite(later) & np.isfinite(earlier)
        if both.sum() >= FEWEST_MATCHES and np.isclose(later[both], earlier[both]).mean() >= SHARE_OF_LAGS:
            found.append(reason("leak_lag", column=str(name)))
    return found
