import numpy as np
import pandas as pd

train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
slope, start = np.polyfit(train["temperature"], train["cups"], 1)
test.assign(cups=start + slope * test["temperature"])[["day", "cups"]].to_csv("submission.csv", index=False)
