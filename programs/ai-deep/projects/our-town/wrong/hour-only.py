# A tree that sees nothing but the hour learns just the rule it was meant to beat.
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
tree = DecisionTreeClassifier(random_state=0).fit(train[["hour"]], train["busy"])
test["busy"] = tree.predict(test[["hour"]])
test[["id", "busy"]].to_csv("submission.csv", index=False)
