"""`sklearn:<name>`: the small data sets that come with scikit-learn, features first, `target` last."""

from importlib import import_module

from saem.lib.content.model import DataSource
from saem.lib.content.sources.reading import Reading
from saem.lib.content.sources.tables import Table, shaped

_LOADERS = {
    "breast_cancer": "load_breast_cancer",
    "diabetes": "load_diabetes",
    "digits": "load_digits",
    "iris": "load_iris",
    "wine": "load_wine",
}


def names() -> tuple[str, ...]:
    return tuple(_LOADERS)


def read(source: DataSource, _reading: Reading) -> Table:
    # Two seconds of importing, needed once per published version: nobody who only reads a page should wait.
    datasets = import_module("sklearn.datasets")
    found = getattr(datasets, _LOADERS[source.rest])()
    columns = [_texts(column) for column in found.data.T]
    columns.append(_texts(found.target))
    rows = list(zip(*columns, strict=True))
    return shaped(Table((*map(str, found.feature_names), "target"), rows), source)


def _texts(column: object) -> list[str]:
    """Whole numbers without `.0`, others with all their digits."""
    numbers = [float(number) for number in column]  # type: ignore[attr-defined]  # an array of the data set's own
    if all(number.is_integer() for number in numbers):
        return [str(int(number)) for number in numbers]
    return [repr(number) for number in numbers]
