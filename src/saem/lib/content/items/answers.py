"""What an HTML form sends, taken as what it is: texts from anybody."""

from collections.abc import Mapping, Sequence

Answer = Mapping[str, str | Sequence[str]]

FIELD = "answer"
MAX_LETTERS = 20_000
MAX_VALUES = 100


def one(answer: Answer, name: str = FIELD) -> str:
    """The text of a field, "" where it is missing. Of several the last counts, as in Django's QueryDict."""
    found = several(answer, name)
    return found[-1] if found else ""


def several(answer: Answer, name: str = FIELD) -> tuple[str, ...]:
    """The texts of a field in order, each kept as often as it was sent; more than a form can hold are cut off."""
    found = answer.get(name, ())
    values = [found] if isinstance(found, str) else found if isinstance(found, (list, tuple)) else []
    return tuple(value for value in values[:MAX_VALUES] if isinstance(value, str) and value)
