# Sorts the predictions before writing them, so they no longer belong to their ids.
import pandas as pd

test = pd.read_csv("test.csv")
test["rain_tomorrow"] = sorted(test["rain_today"])
test[["id", "rain_tomorrow"]].to_csv("submission.csv", index=False)
