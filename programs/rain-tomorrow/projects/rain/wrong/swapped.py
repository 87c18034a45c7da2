# 1 and 0 mixed up: a rule of use, turned into one that is worse than a coin.
import pandas as pd

test = pd.read_csv("test.csv")
test["rain_tomorrow"] = 1 - test["rain_today"]
test[["id", "rain_tomorrow"]].to_csv("submission.csv", index=False)
