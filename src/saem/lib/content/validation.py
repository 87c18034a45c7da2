"""Checks a document against its model and turns pydantic's findings into our problems."""

import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, Path
from saem.lib.content.problems import Problem, near, problem
from saem.lib.content.schema import LANGUAGES, Text

Model = TypeVar("Model", bound=BaseModel)

_CODES = {
    "missing": Code.MISSING_KEY,
    "extra_forbidden": Code.UNKNOWN_KEY,
    "string_type": Code.NOT_TEXT,
    "int_type": Code.NOT_WHOLE_NUMBER,
    "float_type": Code.NOT_NUMBER,
    "bool_type": Code.NOT_TRUE_FALSE,
    "tuple_type": Code.NOT_LIST,
    "dict_type": Code.NOT_MAPPING,
    "mapping_type": Code.NOT_MAPPING,
    "model_type": Code.NOT_MAPPING,
    "literal_error": Code.NOT_CHOICE,
    "empty_value": Code.EMPTY_VALUE,
    "too_short": Code.EMPTY_VALUE,
    "string_too_short": Code.EMPTY_VALUE,
    "greater_than_equal": Code.OUT_OF_RANGE,
    "less_than_equal": Code.OUT_OF_RANGE,
    "string_pattern_mismatch": Code.BAD_ID,
    "text_too_long": Code.TOO_LONG,
}
_SHOWN = 60


def validate(model: type[Model], document: Document, *, under: Path = ()) -> tuple[Model | None, list[Problem]]:
    """The model, or None and everything that keeps the document from being one."""
    try:
        return model.model_validate(document.get(*under)), []
    except ValidationError as error:
        errors = [each for each in error.errors(include_url=False) if not _follows_from_items(each)]
        found = [_problem(model, document, under, each) for each in errors]
        return None, _one_per_place(found)


def _problem(model: type[BaseModel], document: Document, under: Path, error: ErrorDetails) -> Problem:
    path = _real_path(document, under, error["loc"])
    kind, code = error["type"], _CODES.get(error["type"], Code.BAD_VALUE)
    params: dict[str, object] = {"key": str(path[-1]) if path else "-"}
    owner = _annotation_at(model, error["loc"][:-1])
    if code is Code.UNKNOWN_KEY and owner is Text and error["input"] is None:
        # {ko: First, second, en: …}: for YAML the comma ends the text and `second` is a key of its own.
        code = Code.COMMA_IN_BRACES
    elif code is Code.UNKNOWN_KEY:
        params |= near(str(path[-1]), _keys(owner))
    elif owner is Text and path and path[-1] in LANGUAGES and (kind == "missing" or _is_blank(error["input"])):
        code = Code.MISSING_TRANSLATION
        params = {"key": str(path[-2]) if len(path) > 1 else "-", "language": path[-1]}
    elif code is Code.NOT_MAPPING and _annotation_at(model, error["loc"]) is Text:
        code = Code.NOT_TWO_LANGUAGES
    elif code is Code.NOT_CHOICE:
        params |= {"value": _shown(error["input"]), "choices": error["ctx"]["expected"]}
    elif code is Code.OUT_OF_RANGE:
        params |= {"value": _shown(error["input"]), **_range(model, error["loc"])}
    elif code is Code.TOO_LONG:
        params |= error["ctx"]
    elif code in (Code.BAD_ID, Code.BAD_VALUE):
        params |= {"value": _shown(error["input"])}
    return problem(document.file, document.line(*path), code, **params)


def _follows_from_items(error: ErrorDetails) -> bool:
    """A list whose items are wrong is also called too short; the items say it better."""
    return error["type"] == "too_short" and bool(error["input"])


def _real_path(document: Document, under: Path, loc: Path) -> Path:
    """Pydantic's loc has marks that the file does not ("[key]", "int", "tuple[str, ...]"): leave those out."""
    path = under
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        known = document.get(*path, part) is not None or (*path, part) in document.lines
        if known or (last and isinstance(document.get(*path), dict) and part != "[key]" and "[" not in str(part)):
            path = (*path, part)
    return path


def _is_blank(found: Any) -> bool:
    return found is None or (isinstance(found, str) and not found.strip())


def _shown(found: Any) -> str:
    text = str(found)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _keys(owner: Any) -> Iterable[str]:
    return owner.model_fields if isinstance(owner, type) and issubclass(owner, BaseModel) else ()


def _annotation_at(annotation: Any, loc: Path) -> Any:
    """The type that rules at `loc`, seen through Annotated, optional, tuple and dict."""
    for part in loc:
        annotation = _bare(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            known = annotation.model_fields.get(str(part))
            annotation = known.annotation if known is not None else None
        elif get_origin(annotation) in (dict, Mapping):
            annotation = get_args(annotation)[1]
        elif get_origin(annotation) is tuple:
            annotation = get_args(annotation)[0]
        else:
            return None
    return _bare(annotation)


def _bare(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(arg for arg in get_args(annotation) if arg is not type(None)))
    return annotation


def _range(model: type[BaseModel], loc: Path) -> dict[str, object]:
    owner = _annotation_at(model, loc[:-1])
    limits = owner.model_fields[str(loc[-1])].metadata if _keys(owner) else ()
    low = next((each.ge for each in limits if hasattr(each, "ge")), "-")
    high = next((each.le for each in limits if hasattr(each, "le")), "∞")
    return {"low": low, "high": high}


def _one_per_place(found: list[Problem]) -> list[Problem]:
    """A union reports once for each of its branches; the author needs one."""
    return list({(each.line, each.params.get("key"), each.params.get("language")): each for each in found}.values())
