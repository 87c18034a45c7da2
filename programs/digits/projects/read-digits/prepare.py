"""Makes the files of the project from digits.csv: what pupils get, and what stays hidden."""

from pathlib import Path

import numpy as np
import pandas as pd

TRAIN_ROWS = 1200  # neighbouring rows may be by the same hand, so what comes later is newer handwriting


def split(digits: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """In order, so that new handwriting is tested; then the test is shuffled.

    In the source digits stand in runs of 0, 1, 2, ..., 9: unshuffled, the place of a row would give its answer away.
    """
    digits = digits.rename(columns={"target": "digit"})
    train = digits.iloc[:TRAIN_ROWS].copy()
    test = digits.iloc[TRAIN_ROWS:].sample(frac=1, random_state=20260301).copy()
    train.insert(0, "id", [f"A{i:04d}" for i in range(1, len(train) + 1)])
    test.insert(0, "id", [f"B{i:04d}" for i in range(1, len(test) + 1)])
    return train, test


def nearest_mean(train: pd.DataFrame, test: pd.DataFrame, pixels: list[str]) -> np.ndarray:
    means = train.groupby("digit")[pixels].mean()
    gaps = test[pixels].to_numpy()[:, None, :] - means.to_numpy()[None, :, :]
    return means.index.to_numpy()[(gaps**2).sum(axis=2).argmin(axis=1)]


def write(train: pd.DataFrame, test: pd.DataFrame) -> None:
    for folder in ("public", "hidden"):
        Path(folder).mkdir(exist_ok=True)
    pixels = [name for name in train.columns if name.startswith("pixel")]
    features = test.drop(columns=["digit"])
    train.to_csv("public/train.csv", index=False)
    features.to_csv("public/test.csv", index=False)
    test[["id"]].assign(digit=0).to_csv("public/sample_submission.csv", index=False)

    # The test is shuffled already, so every other row is as good as drawn by lot.
    parts = ["public" if i % 2 == 0 else "private" for i in range(len(test))]
    test[["id", "digit"]].assign(split=parts).to_csv("hidden/solution.csv", index=False)
    baselines = {
        "most-frequent": train["digit"].mode()[0],
        "nearest-mean": nearest_mean(train, test, pixels),
    }
    for name, predictions in baselines.items():
        test[["id"]].assign(digit=predictions).to_csv(f"hidden/baseline-{name}.csv", index=False)
    features.to_csv("hidden/features.csv", index=False)
    test[["id", "digit"]].to_csv("hidden/answers.csv", index=False)


write(*split(pd.read_csv("digits.csv")))
