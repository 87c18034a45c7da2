"""Makes the files of the project from bike.csv: what pupils get, and what stays hidden."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

TARGET = "rented_count"
FIRST_TEST_DAY = 22  # of each month
NUMBERS = [
    "temp_c",
    "humidity_pct",
    "wind_ms",
    "visibility_10m",
    "dew_point_c",
    "solar_mj",
    "rain_mm",
    "snow_cm",
    "holiday",
    "functioning",
]
CATEGORIES = ["hour", "month", "weekday", "season"]


def read_hours() -> pd.DataFrame:
    bike = pd.read_csv("bike.csv")
    bike["date"] = pd.to_datetime(bike["date"])
    bike.insert(0, "id", range(1, len(bike) + 1))
    bike.insert(2, "month", bike["date"].dt.month)
    bike.insert(3, "weekday", bike["date"].dt.day_of_week)
    # The target stands last, where pupils look for it.
    return bike[[name for name in bike.columns if name != TARGET] + [TARGET]]


def one_hot(hours: pd.DataFrame) -> pd.DataFrame:
    switches = pd.get_dummies(hours[CATEGORIES].astype(str)).astype(int)
    return pd.concat([hours[NUMBERS], switches], axis=1)


def baselines(hours: pd.DataFrame, is_test: pd.Series) -> dict[str, np.ndarray]:
    train, test = hours[~is_test], hours[is_test]
    inputs = one_hot(hours)
    ridge = Ridge().fit(inputs[~is_test], train[TARGET])
    hour_mean = train.groupby("hour")[TARGET].mean()
    return {
        "median": np.full(len(test), train[TARGET].median()),
        "hour-mean": test["hour"].map(hour_mean).to_numpy(),
        # A straight line may fall below zero, which no number of bikes can.
        "ridge": ridge.predict(inputs[is_test]).clip(min=0),
    }


def write(hours: pd.DataFrame) -> None:
    for folder in ("public", "hidden"):
        Path(folder).mkdir(exist_ok=True)
    is_test = hours["date"].dt.day >= FIRST_TEST_DAY
    train, test = hours[~is_test], hours[is_test]
    features = test.drop(columns=[TARGET])
    train.to_csv("public/train.csv", index=False, date_format="%Y-%m-%d")
    features.to_csv("public/test.csv", index=False, date_format="%Y-%m-%d")
    test[["id"]].assign(**{TARGET: 0}).to_csv("public/sample_submission.csv", index=False)

    # Whole days are public or private, in turn: hours of one day resemble each other.
    days = {day: turn for turn, day in enumerate(sorted(test["date"].unique()))}
    parts = ["public" if days[day] % 2 == 0 else "private" for day in test["date"]]
    solution = test[["id", TARGET]].assign(split=parts, group=test["date"].dt.strftime("%Y-%m-%d"))
    solution.to_csv("hidden/solution.csv", index=False)
    for name, predictions in baselines(hours, is_test).items():
        test[["id"]].assign(**{TARGET: predictions}).to_csv(f"hidden/baseline-{name}.csv", index=False)
    features.to_csv("hidden/features.csv", index=False, date_format="%Y-%m-%d")
    test[["id", TARGET]].to_csv("hidden/answers.csv", index=False)


write(read_hours())
