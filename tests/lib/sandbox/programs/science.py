"""What a lesson ordinarily does; warnings are errors, so a missing door shows."""

import warnings

warnings.simplefilter("error")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

frame = load_iris(as_frame=True).frame
frame.to_csv("iris.csv", index=False)
again = pd.read_csv("iris.csv", parse_dates=False)
assert len(again.groupby("target").mean()) == 3
X, y = again.drop(columns="target"), again["target"]
train_X, test_X, train_y, test_y = train_test_split(X, y, random_state=0)
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300)).fit(train_X, train_y)
assert model.score(test_X, test_y) > 0.9
RandomForestClassifier(20, random_state=0, n_jobs=2).fit(train_X, train_y).predict(test_X)
KMeans(3, n_init=2, random_state=0).fit(X)
GridSearchCV(LinearRegression(), {"fit_intercept": [True, False]}, cv=3).fit(X, y)
assert cross_val_score(LogisticRegression(max_iter=300), X, y, cv=3).mean() > 0.9
memory = np.memmap("map.dat", dtype="f8", mode="w+", shape=(100,))
memory[:] = 1
np.save("a.npy", np.arange(5.0))
np.linalg.svd(np.random.default_rng(0).normal(size=(50, 50)))
figure, axes = plt.subplots(1, 2)
axes[0].hist(again.iloc[:, 0])
again.plot(ax=axes[1])
plt.tight_layout()
plt.savefig("figure.png")
plt.show()
print("fine")
