# The answer of every hour twice: two tables were joined by the wrong column.
import pandas as pd

test = pd.read_csv("test.csv")
twice = pd.concat([test, test])
twice[["id"]].assign(rented_count=500).to_csv("submission.csv", index=False)
