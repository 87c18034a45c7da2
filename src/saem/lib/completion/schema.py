"""What the values of a rule file may be: exact numbers, days, ids."""

import datetime as dt
import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$"
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?|[0-9]{1,12}/0*[1-9][0-9]{0,11}")
HUNDRED = 100


class Strict(BaseModel):
    """`strict`: a number in quotes is a text. `forbid`: a misspelt key is a problem, not a silence."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


def _exact(found: Any) -> Fraction:
    """0.1 is a tenth, as it is written, and no binary number near it; `2/3` can be said exactly."""
    if isinstance(found, Fraction):
        return found
    text = str(found)
    if isinstance(found, bool) or not isinstance(found, int | float | str) or not _NUMBER.fullmatch(text):
        raise PydanticCustomError("not_number", "not a number")
    return Fraction(text)


def _percent(found: Any) -> Fraction:
    number = _exact(found)
    if not 0 <= number <= HUNDRED:
        raise PydanticCustomError("out_of_range", "out of range", {"low": 0, "high": HUNDRED})
    return number


def _day(found: Any) -> dt.date:
    try:
        return found if isinstance(found, dt.date) else dt.date.fromisoformat(found)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("not_day", "not a day") from error


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Exact = Annotated[Fraction, BeforeValidator(_exact), PlainSerializer(str)]
Percent = Annotated[Fraction, BeforeValidator(_percent), PlainSerializer(str)]
Day = Annotated[dt.date, BeforeValidator(_day)]
