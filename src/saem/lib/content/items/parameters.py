"""The values of one variant: drawn, worked out, and drawn again until every condition holds."""

from collections.abc import Mapping
from typing import Any

from saem.lib.content.codes import Code
from saem.lib.content.errors import ExpressionError, VariantError
from saem.lib.content.items.draws import Draws
from saem.lib.content.items.expressions import evaluate, rounded
from saem.lib.content.schema import Drawn, ItemFile, VaryingFile

MOST_TRIES = 2000
# What `saem check` allows is far less, so that learners never meet the end of the tries.
CHECKED_TRIES = 100


def values_of(asked: ItemFile, seed: int, *, tries: int = MOST_TRIES) -> Mapping[str, Any]:
    """The values for a seed; the same on every machine. Raises VariantError, and ExpressionError for a broken one."""
    if not isinstance(asked, VaryingFile) or not asked.parameters:
        return {}
    draws = Draws(asked.id, seed, "values")
    reason = ""
    for _ in range(tries):
        try:
            values = _once(asked, draws)
            failing = next((each for each in asked.where if not evaluate(each, values)), None)
        except ExpressionError as error:
            if error.code is not Code.EXPRESSION_FAILS:
                raise
            # A division by zero in one draw is no mistake of the author's; the next draw may be better.
            reason = str(error.params["expression"])
            continue
        if failing is None:
            return values
        reason = failing
    raise VariantError(Code.NO_VARIANT, tries=tries, condition=reason)


def _once(asked: VaryingFile, draws: Draws) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, parameter in asked.parameters.items():
        values[name] = evaluate(parameter, values) if isinstance(parameter, str) else _drawn(parameter, values, draws)
    return values


def _drawn(parameter: Drawn, values: Mapping[str, Any], draws: Draws) -> Any:
    def single() -> Any:
        if parameter.one_of:
            return draws.pick(parameter.one_of)
        low, high = number_of(parameter.low, values), number_of(parameter.high, values)
        choices = int(rounded((high - low) / parameter.step)) + 1
        if choices < 1:
            raise ExpressionError(Code.EXPRESSION_FAILS, expression=f"{parameter.low} … {parameter.high}", detail="")
        found = rounded(low + draws.below(choices) * parameter.step)
        return int(found) if found.is_integer() else found

    return single() if parameter.count is None else [single() for _ in range(parameter.count)]


def number_of(written: object, values: Mapping[str, Any]) -> float:
    """A number written as it is or as an expression. Raises ExpressionError where it is none."""
    found = evaluate(written, values) if isinstance(written, str) else written
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise ExpressionError(Code.EXPRESSION_FAILS, expression=str(written), detail=type(found).__name__)
    return found
