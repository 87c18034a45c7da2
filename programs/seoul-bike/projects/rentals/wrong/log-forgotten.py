# Learns the logarithm of the rentals and forgets to turn it back into bikes.
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

features = ["hour", "month", "weekday", "temp_c", "rain_mm", "functioning"]
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
model = HistGradientBoostingRegressor(random_state=0).fit(train[features], np.log1p(train["rented_count"]))
test["rented_count"] = model.predict(test[features])
test[["id", "rented_count"]].to_csv("submission.csv", index=False)
