"""Makes the files of the example table from bike.csv: what teams get, and what stays hidden."""

from pathlib import Path

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

LABEL = "busy"
MANY = 1200  # rentals in an hour from which on a lorry has to bring bikes
FIRST_TEST_DAY = 22  # of each month, so that every season is tested and no day is in both parts
KNOWN = ["hour", "temp_c", "humidity_pct", "wind_ms", "rain_mm", "snow_cm", "solar_mj"]
INPUTS = ["hour", "temp_c", "humidity_pct", "rain_mm", "solar_mj"]


def read_hours() -> pd.DataFrame:
    hours = pd.read_csv("bike.csv")
    hours = hours[hours["functioning"] == 1].copy()
    hours["date"] = pd.to_datetime(hours["date"])
    hours["weekend"] = (hours["date"].dt.day_of_week >= 5).astype(int)
    hours[LABEL] = (hours["rented_count"] >= MANY).astype(int)
    return hours[["date", *KNOWN, "weekend", "holiday", LABEL]]


def split(hours: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    tested = hours["date"].dt.day >= FIRST_TEST_DAY
    train, test = hours[~tested].copy(), hours[tested].copy()
    train.insert(0, "id", [f"A{i:04d}" for i in range(1, len(train) + 1)])
    test.insert(0, "id", [f"B{i:04d}" for i in range(1, len(test) + 1)])
    return train, test


def baselines(train: pd.DataFrame, test: pd.DataFrame) -> dict[str, pd.Series]:
    busy_hours = train.groupby("hour")[LABEL].mean() > 0.5
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(train[INPUTS], train[LABEL])
    return {
        "quiet": test[LABEL] * 0,
        "hours": test["hour"].map(busy_hours).astype(int),
        "logistic": pd.Series(model.predict(test[INPUTS]), index=test.index),
    }


def write(train: pd.DataFrame, test: pd.DataFrame) -> None:
    for folder in ("public", "hidden"):
        Path(folder).mkdir(exist_ok=True)
    features = test.drop(columns=[LABEL])
    train.to_csv("public/train.csv", index=False, date_format="%Y-%m-%d")
    features.to_csv("public/test.csv", index=False, date_format="%Y-%m-%d")
    test[["id"]].assign(**{LABEL: 0}).to_csv("public/sample_submission.csv", index=False)

    # Whole days are public or private, as hours of one day resemble each other; every other day is public.
    days = {day: place for place, day in enumerate(sorted(test["date"].unique()))}
    parts = ["public" if days[day] % 2 == 0 else "private" for day in test["date"]]
    groups = test["date"].dt.strftime("%Y-%m-%d")
    test[["id", LABEL]].assign(split=parts, group=groups).to_csv("hidden/solution.csv", index=False)
    for name, predictions in baselines(train, test).items():
        test[["id"]].assign(**{LABEL: predictions}).to_csv(f"hidden/baseline-{name}.csv", index=False)
    features.to_csv("hidden/features.csv", index=False, date_format="%Y-%m-%d")
    test[["id", LABEL]].to_csv("hidden/answers.csv", index=False)


write(*split(read_hours()))
