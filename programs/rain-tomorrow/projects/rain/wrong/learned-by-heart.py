# A tree without limits has a perfect score on the training days, which says nothing about new ones.
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

features = ["temp_max", "temp_min", "wind"]
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
tree = DecisionTreeClassifier(random_state=0).fit(train[features], train["rain_tomorrow"])
print("training score", tree.score(train[features], train["rain_tomorrow"]))
test["rain_tomorrow"] = tree.predict(test[features])
test[["id", "rain_tomorrow"]].to_csv("submission.csv", index=False)
