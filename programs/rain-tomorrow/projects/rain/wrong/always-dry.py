# The most frequent answer for every day. Its accuracy looks fair, its balanced accuracy is 0.5.
import pandas as pd

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
test["rain_tomorrow"] = train["rain_tomorrow"].mode()[0]
test[["id", "rain_tomorrow"]].to_csv("submission.csv", index=False)
