"""Reads by the closest mean picture, which is the baseline itself and no better."""

import pandas as pd
from sklearn.neighbors import NearestCentroid


def fit(X: pd.DataFrame, y: pd.Series) -> NearestCentroid:
    return NearestCentroid().fit(X, y)


def predict(model: NearestCentroid, X: pd.DataFrame) -> list[int]:
    return [int(digit) for digit in model.predict(X)]
