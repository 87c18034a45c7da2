"""Flavours: what a process has at hand before it starts. A new one is one line here.

A job that asks for another flavour than the course's gets a zygote of its own, started when it is first asked for. A
checker has flavours of its own: the plain one is small, since every check pays for the fork of all that it has at hand.
There is none for graphics processors: CUDA does not survive a fork, and no device is shown inside.
"""

from dataclasses import dataclass

from saem.lib.sandbox.errors import FlavourMissing
from saem.lib.sandbox.interpreter import Interpreter
from saem.lib.sandbox.jobs import COURSE as DEFAULT
from saem.lib.sandbox.jobs import Role

COURSE = (
    *("json", "csv", "math", "random", "statistics", "datetime", "collections", "itertools", "functools", "re"),
    *("numpy", "pandas", "sklearn", "sklearn.linear_model", "sklearn.ensemble", "sklearn.tree", "sklearn.neighbors"),
    *("sklearn.metrics", "sklearn.model_selection", "sklearn.pipeline", "sklearn.preprocessing", "sklearn.datasets"),
    *("sklearn.compose", "sklearn.impute", "sklearn.cluster", "matplotlib.pyplot"),
)
CHECKER = ("json", "io", "numpy", "pandas", "checkers.practice")
# The checker's flavour for authors whose own checks compute with models.
SKLEARN = "sklearn"


@dataclass(frozen=True, kw_only=True)
class Flavour:
    """`needs` is the module without which it is not offered, `warm` how many cells wait for a job."""

    preload: tuple[str, ...]
    needs: str
    warm: int


_REGISTRY = {
    "torch": Flavour(preload=(*COURSE, "torch", "torch.nn", "torch.optim", "torch.utils.data"), needs="torch", warm=2),
}
_CHECKERS = {SKLEARN: Flavour(preload=(*CHECKER, "sklearn.metrics"), needs="sklearn", warm=2)}


def known() -> tuple[str, ...]:
    """Every flavour that a program may name."""
    return (DEFAULT, *_REGISTRY)


def offered(python: Interpreter) -> tuple[str, ...]:
    """The flavours whose libraries this Python has."""
    return (DEFAULT, *(name for name, flavour in _REGISTRY.items() if python.has(flavour.needs)))


def flavour_of(name: str, python: Interpreter, role: Role = Role.STUDENT) -> Flavour:
    """Another flavour than the course's. Raises FlavourMissing."""
    flavour = (_REGISTRY if role == Role.STUDENT else _CHECKERS).get(name)
    if flavour is None:
        raise FlavourMissing(f"no flavour is called {name!r}")
    if not python.has(flavour.needs):
        raise FlavourMissing(f"flavour {name!r} needs {flavour.needs}, which is not installed")
    return flavour
