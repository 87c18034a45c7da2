# Looks up the mean of each hour of each temperature; a temperature never seen in training gives no number.
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
means = train.groupby(["hour", "temp_c"])["rented_count"].mean().reset_index()
test = test.merge(means, on=["hour", "temp_c"], how="left")
test[["id", "rented_count"]].to_csv("submission.csv", index=False)
