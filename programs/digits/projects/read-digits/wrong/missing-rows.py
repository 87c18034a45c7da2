# Hands in only the first hundred pictures.
import pandas as pd

test = pd.read_csv("test.csv").head(100)
test[["id"]].assign(digit=5).to_csv("submission.csv", index=False)
