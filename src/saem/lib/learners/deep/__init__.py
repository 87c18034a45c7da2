"""Deep knowledge tracing on PyTorch, an optional extra: requirements/deep.txt."""

from saem.lib.learners.errors import ParameterError

try:
    import torch  # noqa: F401  # only to say in one sentence what is missing, before a traceback would
except ModuleNotFoundError as error:
    raise ParameterError("deep models need PyTorch: `make deep` installs it (requirements/deep.txt)") from error

from .model import Akt, Dkt

__all__ = ["Akt", "Dkt"]
