import pandas as pd

test = pd.read_csv("test.csv").head(10)
test.assign(cups=5)[["day", "cups"]].to_csv("submission.csv", index=False)
