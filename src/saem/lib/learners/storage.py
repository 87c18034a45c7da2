"""Models in a folder: `model.json` and `arrays.npz`. Reading one runs nothing and trusts nothing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import ModelFileError

FORMAT = 1


@dataclass(frozen=True)
class Stored:
    parameters: dict[str, Any]
    fit: dict[str, Any]
    trained_on: dict[str, Any]
    facts: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


def write(
    folder: Path,
    *,
    name: str,
    version: int,
    parameters: Mapping[str, Any],
    fit: Any,
    trained_on: Mapping[str, Any],
    facts: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
) -> None:
    """Write a model; `facts` must be JSON (NaN is refused), `arrays` numeric."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "format": FORMAT,
        "model": name,
        "version": version,
        "parameters": dict(parameters),
        "fit": asdict(fit),
        "trained_on": dict(trained_on),
        "facts": dict(facts),
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    with (folder / "arrays.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **dict(arrays))
    (folder / "model.json").write_text(text, encoding="utf-8")


def read(folder: Path, *, name: str, version: int) -> Stored:
    """Raises ModelFileError where there is no model called `name` of at most this version."""
    document = _document(folder)
    if document.get("model") != name:
        raise ModelFileError(f"{folder} holds {document.get('model')!r}, not {name!r}")
    if (
        document.get("format") != FORMAT
        or not isinstance(document.get("version"), int)
        or document["version"] > version
    ):
        raise ModelFileError(f"{folder} was written by a newer version")
    try:
        with np.load(folder / "arrays.npz", allow_pickle=False) as file:
            arrays = {key: file[key] for key in file.files}
        return Stored(document["parameters"], document["fit"], document["trained_on"], document["facts"], arrays)
    except (OSError, ValueError, KeyError) as error:
        raise ModelFileError(f"{folder}: {error}") from error


def name_in(folder: Path) -> str:
    """Which model a folder holds."""
    return str(_document(folder).get("model", ""))


def _document(folder: Path) -> dict[str, Any]:
    try:
        document = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{folder}: {error}") from error
    if not isinstance(document, dict):
        raise ModelFileError(f"{folder}: not a model")
    return document
