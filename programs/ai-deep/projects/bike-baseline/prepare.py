"""Makes the files of the project from bike.csv: one row a day, and the answers of the test days kept apart."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

TARGET = "rented"
FIRST_TEST_DAY = 22  # of each month
LINE = ["temp", "rain", "weekend", "holiday"]


def read_days() -> pd.DataFrame:
    hours = pd.read_csv("bike.csv")
    hours["date"] = pd.to_datetime(hours["date"])
    days = hours.groupby("date").agg(
        holiday=("holiday", "max"),
        temp=("temp_c", "mean"),
        temp_max=("temp_c", "max"),
        humidity=("humidity_pct", "mean"),
        wind=("wind_ms", "mean"),
        rain=("rain_mm", "sum"),
        snow=("snow_cm", "max"),
        running=("functioning", "min"),
        rented=("rented_count", "sum"),
    )
    # What was rented on a day that stood still says nothing about how many wanted to ride.
    days = days[days["running"] == 1].drop(columns="running").reset_index().round(2)
    days.insert(0, "id", range(1, len(days) + 1))
    days.insert(2, "month", days["date"].dt.month)
    days.insert(3, "weekday", days["date"].dt.day_of_week)
    days.insert(4, "weekend", (days["weekday"] >= 5).astype(int))
    return days


def baselines(train: pd.DataFrame, test: pd.DataFrame) -> dict[str, np.ndarray]:
    line = LinearRegression().fit(train[LINE], train[TARGET])
    return {
        "mean": np.full(len(test), train[TARGET].mean()),
        "month-mean": test["month"].map(train.groupby("month")[TARGET].mean()).to_numpy(),
        # As in the lesson but for one thing: a number of bikes is not below zero.
        "line": line.predict(test[LINE]).clip(min=0),
    }


def write(days: pd.DataFrame) -> None:
    for folder in ("public", "hidden"):
        Path(folder).mkdir(exist_ok=True)
    is_test = days["date"].dt.day >= FIRST_TEST_DAY
    train, test = days[~is_test], days[is_test]
    features = test.drop(columns=[TARGET])
    train.to_csv("public/train.csv", index=False, date_format="%Y-%m-%d")
    features.to_csv("public/test.csv", index=False, date_format="%Y-%m-%d")
    test[["id"]].assign(**{TARGET: 0}).to_csv("public/sample_submission.csv", index=False)

    parts = ["public" if turn % 2 == 0 else "private" for turn in range(len(test))]
    test[["id", TARGET]].assign(split=parts).to_csv("hidden/solution.csv", index=False)
    for name, predictions in baselines(train, test).items():
        test[["id"]].assign(**{TARGET: predictions}).to_csv(f"hidden/baseline-{name}.csv", index=False)
    features.to_csv("hidden/features.csv", index=False, date_format="%Y-%m-%d")
    test[["id", TARGET]].to_csv("hidden/answers.csv", index=False)


write(read_days())
