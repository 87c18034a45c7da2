"""Makes the files of the project from weather.csv: what pupils get, and what stays hidden."""

from pathlib import Path

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

LABEL = "rain_tomorrow"
INPUTS = ["precipitation", "temp_max", "temp_min", "wind"]
YESTERDAY = ["precipitation", "temp_max", "temp_min"]
# The first two years teach, the last two test, from their first day on: a rule that no score has a say in.
FIRST_TEST_DAY = "2014-01-01"
GAP = 3  # a test day, then the day that holds its answer, then the day the next row calls yesterday


def read_days() -> pd.DataFrame:
    days = pd.read_csv("weather.csv")
    days["date"] = pd.to_datetime(days["date"])
    rain = (days["precipitation"] > 0).astype(int)
    days["rain_today"] = rain
    for column in YESTERDAY:
        days[f"{column}_yesterday"] = days[column].shift(1)
    days[LABEL] = rain.shift(-1)
    # The first day has no yesterday and the last has no tomorrow.
    days = days.iloc[1:-1].copy()
    days[LABEL] = days[LABEL].astype(int)
    return days


def split(days: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    train = days[days["date"] < FIRST_TEST_DAY].copy()
    test = days[days["date"] >= FIRST_TEST_DAY].iloc[::GAP].copy()
    train.insert(0, "id", [f"A{i:04d}" for i in range(1, len(train) + 1)])
    test.insert(0, "id", [f"B{i:04d}" for i in range(1, len(test) + 1)])
    return train, test


def refuse_leaks(train: pd.DataFrame, test: pd.DataFrame) -> None:
    """The weather of the day after a test day must stand in no row, neither as today nor as yesterday."""
    one_day = pd.Timedelta(days=1)
    visible = set(train["date"]) | set(test["date"])
    visible |= {day - one_day for day in visible}
    leaked = [day for day in test["date"] if day + one_day in visible]
    if leaked:
        raise ValueError(f"the answers of {len(leaked)} test days can be read from other rows")


def baselines(train: pd.DataFrame, test: pd.DataFrame) -> dict[str, pd.Series]:
    wet_months = train.groupby(train["date"].dt.month)[LABEL].mean() > 0.5
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(train[INPUTS], train[LABEL])
    return {
        "always-dry": test[LABEL] * 0,
        "calendar": test["date"].dt.month.map(wet_months).astype(int),
        "logistic": pd.Series(model.predict(test[INPUTS]), index=test.index),
        "same-as-today": test["rain_today"],
    }


def write(train: pd.DataFrame, test: pd.DataFrame) -> None:
    for folder in ("public", "hidden"):
        Path(folder).mkdir(exist_ok=True)
    features = test.drop(columns=[LABEL])
    train.to_csv("public/train.csv", index=False, date_format="%Y-%m-%d")
    features.to_csv("public/test.csv", index=False, date_format="%Y-%m-%d")
    test[["id"]].assign(**{LABEL: 0}).to_csv("public/sample_submission.csv", index=False)

    # Every other test day is public, so both parts see every season; neighbours are three days apart.
    parts = ["public" if i % 2 == 0 else "private" for i in range(len(test))]
    test[["id", LABEL]].assign(split=parts).to_csv("hidden/solution.csv", index=False)
    for name, predictions in baselines(train, test).items():
        test[["id"]].assign(**{LABEL: predictions}).to_csv(f"hidden/baseline-{name}.csv", index=False)
    features.to_csv("hidden/features.csv", index=False, date_format="%Y-%m-%d")
    test[["id", LABEL]].to_csv("hidden/answers.csv", index=False)


train_days, test_days = split(read_days())
refuse_leaks(train_days, test_days)
write(train_days, test_days)
