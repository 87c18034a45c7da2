# Good predictions, but sorted before writing, so they no longer belong to their ids.
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
pixels = [name for name in train.columns if name.startswith("pixel")]
model = KNeighborsClassifier(n_neighbors=3).fit(train[pixels], train["digit"])
test["digit"] = sorted(model.predict(test[pixels]))
test[["id", "digit"]].to_csv("submission.csv", index=False)
