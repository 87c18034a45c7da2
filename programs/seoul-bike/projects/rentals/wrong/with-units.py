# Writes a unit behind each number, so it is no number any more.
import pandas as pd

test = pd.read_csv("test.csv")
test["rented_count"] = "500대"
test[["id", "rented_count"]].to_csv("submission.csv", index=False)
