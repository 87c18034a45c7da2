# Maps some hours only; the others are left empty.
import pandas as pd

test = pd.read_csv("test.csv")
test["busy"] = test["hour"].map({8: 1, 18: 1, 19: 1})
test[["id", "busy"]].to_csv("submission.csv", index=False)
