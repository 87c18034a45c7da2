"""Kinds of zygote: what each imports before it forks. A new kind is one line here."""

from importlib.util import find_spec

COURSE = (
    *("json", "csv", "math", "random", "statistics", "datetime", "collections", "itertools", "functools", "re"),
    *("numpy", "pandas", "sklearn", "sklearn.linear_model", "sklearn.ensemble", "sklearn.tree", "sklearn.neighbors"),
    *("sklearn.metrics", "sklearn.model_selection", "sklearn.pipeline", "sklearn.preprocessing", "sklearn.datasets"),
    *("sklearn.compose", "sklearn.impute", "sklearn.cluster", "matplotlib.pyplot"),
)
CHECKER = ("json", "io", "numpy", "pandas", "sklearn.metrics", "saem.lib.grading.checkers.practice")

# Flavour → what to preload, and the module without which it is not offered.
_REGISTRY = {
    "plain": ((), None),
    "course": (COURSE, None),
    "torch": ((*COURSE, "torch", "torch.nn", "torch.utils.data"), "torch"),
}


def preload_of(flavour: str) -> tuple[str, ...]:
    """The modules of a flavour. Raises KeyError for an unknown one or one that is not installed."""
    modules, needs = _REGISTRY[flavour]
    if needs is not None and find_spec(needs) is None:
        raise KeyError(flavour)
    return modules


def available() -> tuple[str, ...]:
    """The flavours this installation can offer."""
    return tuple(name for name, (_, needs) in _REGISTRY.items() if needs is None or find_spec(needs) is not None)
