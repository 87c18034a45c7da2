"""Splits the table by time: the first forty days to learn from, the last twenty to predict."""

from pathlib import Path

import pandas as pd

water = pd.read_csv("water.csv")
train, test = water[water["day"] <= 40], water[water["day"] > 40]
for name in ("public", "hidden"):
    Path(name).mkdir(exist_ok=True)
train.to_csv("public/train.csv", index=False)
test.drop(columns="cups").to_csv("public/test.csv", index=False)
test[["day"]].assign(cups=0).to_csv("public/sample_submission.csv", index=False)
# A part of the days decides the board while it is open, the rest decides at the end.
split = ["public" if day % 3 == 0 else "private" for day in test["day"]]
test[["day", "cups"]].assign(split=split).to_csv("hidden/solution.csv", index=False)
test[["day"]].assign(cups=train["cups"].mean()).to_csv("hidden/baseline-mean.csv", index=False)
