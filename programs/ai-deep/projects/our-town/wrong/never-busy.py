# The most frequent answer for every hour. Its accuracy looks fine, its balanced accuracy is 0.5.
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
test["busy"] = train["busy"].mode()[0]
test[["id", "busy"]].to_csv("submission.csv", index=False)
