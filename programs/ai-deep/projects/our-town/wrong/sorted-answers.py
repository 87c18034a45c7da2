# Sorts the predictions before writing them, so they no longer belong to their ids.
import pandas as pd

test = pd.read_csv("test.csv")
test["busy"] = sorted(test["hour"].between(17, 21).astype(int))
test[["id", "busy"]].to_csv("submission.csv", index=False)
