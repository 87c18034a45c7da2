# Maps words to numbers and forgets some words; those days are left empty.
import pandas as pd

test = pd.read_csv("test.csv")
test["rain_tomorrow"] = test["weather"].map({"rain": 1, "sun": 0})
test[["id", "rain_tomorrow"]].to_csv("submission.csv", index=False)
