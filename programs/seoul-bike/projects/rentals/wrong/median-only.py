# The middle value for every hour of every day.
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
test["rented_count"] = train["rented_count"].median()
test[["id", "rented_count"]].to_csv("submission.csv", index=False)
