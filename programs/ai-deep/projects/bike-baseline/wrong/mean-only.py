# The mean of the training days for every day: a baseline is not beaten by itself.
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
test[["id"]].assign(rented=train["rented"].mean()).to_csv("submission.csv", index=False)
