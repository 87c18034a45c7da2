"""Asks the three training pictures that are closest to each new one."""

import pandas as pd
from sklearn.neighbors import KNeighborsClassifier


def fit(X: pd.DataFrame, y: pd.Series) -> KNeighborsClassifier:
    return KNeighborsClassifier(n_neighbors=3).fit(X, y)


def predict(model: KNeighborsClassifier, X: pd.DataFrame) -> list[int]:
    return [int(digit) for digit in model.predict(X)]
