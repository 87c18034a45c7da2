# Writes 17,000 as people do, which is no number to a program.
import pandas as pd

test = pd.read_csv("test.csv")
test[["id"]].assign(rented="17,000").to_csv("submission.csv", index=False)
