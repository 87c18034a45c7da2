"""Every model by its name, imported when it is asked for: kernels compile lazily, and so does importing them."""

from importlib import import_module

from .errors import ParameterError
from .model import LearnerModel

# name → module and class. A new model is one folder and one line here.
MODELS: dict[str, tuple[str, str]] = {
    "akt": ("saem.lib.learners.deep", "Akt"),
    "best-lr": ("saem.lib.learners.logistic.best_lr", "BestLR"),
    "best-lr+": ("saem.lib.learners.logistic.best_lr", "BestLRPlus"),
    "bkt": ("saem.lib.learners.bkt", "BKT"),
    "das3h": ("saem.lib.learners.logistic.das3h", "DAS3H"),
    "dina": ("saem.lib.learners.diagnosis", "Dina"),
    "dkt": ("saem.lib.learners.deep", "Dkt"),
    "elo": ("saem.lib.learners.elo.elo", "Elo"),
    "gdina": ("saem.lib.learners.diagnosis", "Gdina"),
    "gpcm": ("saem.lib.learners.irt.model", "GeneralisedPartialCredit"),
    "grm": ("saem.lib.learners.irt.model", "GradedResponse"),
    "irt-1pl": ("saem.lib.learners.irt.model", "OneParameter"),
    "irt-2pl": ("saem.lib.learners.irt.model", "TwoParameter"),
    "irt-3pl": ("saem.lib.learners.irt.model", "ThreeParameterModel"),
    "irt-4pl": ("saem.lib.learners.irt.model", "FourParameterModel"),
    "online-irt": ("saem.lib.learners.elo.online_irt", "OnlineIRT"),
    "pfa": ("saem.lib.learners.logistic.pfa", "PerformanceFactors"),
}


def model_class(name: str) -> type[LearnerModel]:
    """Raises ParameterError for a name that no model has."""
    try:
        module, cls = MODELS[name]
    except KeyError:
        raise ParameterError(f"no model is called {name!r}; there are {', '.join(sorted(MODELS))}") from None
    found: type[LearnerModel] = getattr(import_module(module), cls)
    return found
