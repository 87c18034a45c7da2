"""Makes the files of the notebook from weather.csv: three years to learn from, days of a fourth kept apart."""

from pathlib import Path

import pandas as pd

FIRST_HIDDEN = "2015"
# Every third day only: a day's answer is the temperature of the next, which would stand in the next row.
STEP = 3


def read_days() -> pd.DataFrame:
    days = pd.read_csv("weather.csv").drop(columns="weather")
    days.insert(1, "month", days["date"].str[5:7].astype(int))
    days["tomorrow"] = days["temp_max"].shift(-1)
    days = days.dropna()
    days.insert(0, "id", range(1, len(days) + 1))
    return days


def write(days: pd.DataFrame) -> None:
    for folder in ("public", "hidden"):
        Path(folder).mkdir(exist_ok=True)
    is_hidden = days["date"] >= FIRST_HIDDEN
    days[~is_hidden].to_csv("public/train.csv", index=False)
    hidden = days[is_hidden].iloc[::STEP]
    hidden.drop(columns="tomorrow").to_csv("hidden/features.csv", index=False)
    hidden[["id", "tomorrow"]].to_csv("hidden/answers.csv", index=False)


write(read_days())
