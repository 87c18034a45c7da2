"""Every model by its name, imported when it is asked for: kernels compile lazily, and so does importing them."""

from importlib import import_module

from .errors import ParameterError
from .model import LearnerModel

# name → module and class. A new model is one folder and one line here.
MODELS: dict[str, tuple[str, str]] = {
    "akt": ("saem.lib.learners.deep", "Akt"),
    "dina": ("saem.lib.learners.diagnosis", "Dina"),
    "dkt": ("saem.lib.learners.deep", "Dkt"),
    "gdina": ("saem.lib.learners.diagnosis", "Gdina"),
}


def model_class(name: str) -> type[LearnerModel]:
    """Raises ParameterError for a name that no model has."""
    try:
        module, cls = MODELS[name]
    except KeyError:
        raise ParameterError(f"no model is called {name!r}; there are {', '.join(sorted(MODELS))}") from None
    found: type[LearnerModel] = getattr(import_module(module), cls)
    return found
