"""What a zygote does once because its jobs will: a small lesson, a small network, or a module's own practice."""

import io
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout, suppress

from . import runner

_LESSON = r"""
import io, json, math, random
import numpy as np
import pandas as pd
rows = "".join(f"{n},{n / 3},{n % 2},{n % 3}a\n" for n in range(40))
table = pd.read_csv(io.StringIO("x,z,y,w\n" + rows))
--
table.head()
--
means = table.groupby("w")["x"].mean()
best = means.idxmax()
spread = means.max() - means.min()
means
--
def share(rows):
    return len(rows[rows["x"] > 3]) / len(rows)
print(f"{table['x'].mean():.2f}", json.dumps({"a": [1, 2.5, None]}))
table.to_csv(io.StringIO())
round(share(table), 3), table["w"].mode()[0]
--
table["v"] = table["x"] * 2 + np.sqrt(table["z"])
table.sort_values("v").loc[table["y"] == 1, ["x", "v"]].describe()
"""
_MODEL = """
from sklearn.linear_model import LogisticRegression
model = LogisticRegression(max_iter=50).fit(table[["x", "z"]], table["y"])
guesses = model.predict(table[["x", "z"]])
int(((guesses == 1) & (table["y"] == 1)).sum()), model.score(table[["x", "z"]], table["y"])
"""
_DRAWING = """
import matplotlib.pyplot as plt
table["day"] = pd.to_datetime("2026-03-" + (table.index % 28 + 1).astype(str).str.zfill(2))
counts = table[table["day"] >= "2026-03-10"].groupby(table["day"].dt.day).size()
plt.bar(counts.index, counts)
plt.xlabel("x")
plt.ylabel("y")
plt.show()
"""
_NETWORK = """
import torch
from torch import nn
network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2))
optimiser = torch.optim.Adam(network.parameters())
data = torch.utils.data.TensorDataset(torch.zeros(4, 1, 4, 4), torch.tensor([0, 1, 0, 1]))
for images, labels in torch.utils.data.DataLoader(data, batch_size=2, shuffle=True):
    optimiser.zero_grad()
    nn.functional.cross_entropy(network(images), labels).backward()
    optimiser.step()
"""


def rehearse(modules: Iterable[str], *, harness: str | None = None) -> None:
    """Libraries import parts of themselves at first use, which takes a tenth of a second, and torch takes seconds.

    A preloaded module that knows its own work has a function `practise`; the others are a student's, whose cells are
    run by the `harness`.
    """
    own = [sys.modules[name] for name in modules if hasattr(sys.modules.get(name), "practise")]
    for module in own:
        with suppress(Exception):  # then the first real task is the practice
            module.practise()
    if not own:
        _try(_lessons())
    if harness is not None and "pandas" in sys.modules:
        with suppress(Exception):
            sys.modules[harness].practise()


def _lessons() -> list[str]:
    lessons = []
    if "pandas" in sys.modules:
        lessons += _LESSON.split("--\n")
    if "pandas" in sys.modules and "matplotlib.pyplot" in sys.modules:
        lessons.append(_DRAWING)
    if "pandas" in sys.modules and "sklearn.linear_model" in sys.modules:
        lessons.append(_MODEL)
    if "torch" in sys.modules:
        lessons.append(_NETWORK)
    return lessons


def _try(cells: list[str]) -> None:
    sources = [{"name": "<rehearsal>", "code": code, "display": True} for code in cells]
    # Not into the stream that cells inherit, and not under the name that a job's own code has.
    with redirect_stdout(io.StringIO()):
        runner.run_sources(sources, {"__name__": "rehearsal"})
