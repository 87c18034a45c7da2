# The most frequent digit for every picture.
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
test["digit"] = train["digit"].mode()[0]
test[["id", "digit"]].to_csv("submission.csv", index=False)
