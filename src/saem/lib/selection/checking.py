"""Reads rules from plain data and finds everything that is wrong with them; wrong rules are no exception."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from saem.lib.selection.contradictions import contradiction
from saem.lib.selection.problems import Code, Problem, problem, repeated
from saem.lib.selection.rules import (
    Aggregation,
    Quota,
    SelectionRules,
    Stage,
    TieRule,
    least_of,
    most_of,
    total_weight,
)


def read_rules(data: Mapping[str, Any]) -> tuple[SelectionRules | None, tuple[Problem, ...]]:
    """The rules, or None, and all problems; rules that come with problems must not be opened."""
    try:
        rules = SelectionRules.model_validate(data)
    except ValidationError as refused:
        return None, tuple(
            problem(".".join(map(str, error["loc"])) or "rules", Code.SHAPE, kind=error["type"])
            for error in refused.errors(include_url=False, include_context=False, include_input=False)
        )
    return rules, check_rules(rules)


def check_rules(rules: SelectionRules) -> tuple[Problem, ...]:
    """What does not fit together in rules of the right shape, in the order of the document."""
    found = (
        *_repeated_names(rules),
        *(found for stage in rules.stages for found in _stage_problems(stage)),
        *_advance_problems(rules),
        *_tie_break_problems(rules),
        *(found for quota in rules.quotas for found in _condition_problems(rules, quota)),
        *(found for quota in rules.quotas for found in _amount_problems(rules, quota)),
    )
    return (*found, *_contradictions(rules, found))


def _repeated_names(rules: SelectionRules) -> Iterator[Problem]:
    for name in repeated(stage.id for stage in rules.stages):
        yield problem(f"stages.{name}", Code.REPEATED_ID, id=name)
    for name in repeated(quota.id for quota in rules.quotas):
        yield problem(f"quotas.{name}", Code.REPEATED_ID, id=name)
    for stage in rules.stages:
        for name in repeated(criterion.id for criterion in stage.criteria):
            yield problem(f"stages.{stage.id}.criteria.{name}", Code.REPEATED_ID, id=name)


def _stage_problems(stage: Stage) -> Iterator[Problem]:
    for criterion in stage.criteria:
        if criterion.minimum >= criterion.maximum:
            yield problem(f"stages.{stage.id}.criteria.{criterion.id}", Code.SCALE, criterion=criterion.id)
    if stage.aggregation is Aggregation.TRIMMED and stage.reviews < 3:  # noqa: PLR2004 - the highest, the lowest, one
        yield problem(f"stages.{stage.id}.aggregation", Code.TRIMMED_TOO_FEW, reviews=stage.reviews)


def _advance_problems(rules: SelectionRules) -> Iterator[Problem]:
    """Somebody must be ranked by something, and no stage may let fewer go on than there are seats."""
    *earlier, last = rules.stages
    if not total_weight(rules.stages):
        yield problem("stages", Code.NO_WEIGHT)
    if last.advance is not None:
        yield problem(f"stages.{last.id}.advance", Code.LAST_STAGE_ADVANCES)
    for stage in earlier:
        place, going_on = f"stages.{stage.id}.advance", rules.advancing(stage)
        if going_on is None:
            if stage.minimum is None:
                yield problem(place, Code.STAGE_KEEPS_ALL)
            continue
        if going_on < rules.seats:
            yield problem(place, Code.ADVANCES_TOO_FEW, advance=going_on, seats=rules.seats)
        if not total_weight(rules.stages_until(stage.id)):
            yield problem(place, Code.NO_WEIGHT)


def _tie_break_problems(rules: SelectionRules) -> Iterator[Problem]:
    """The lottery ends the list and nothing else does, for it alone leaves no two people equal."""
    kinds = [tie.by for tie in rules.tie_breaks]
    if kinds.count(TieRule.LOTTERY) != 1 or kinds[-1] is not TieRule.LOTTERY:
        yield problem("tie_breaks", Code.LOTTERY_NOT_LAST)
    known = {stage.id for stage in rules.stages}
    for number, tie in enumerate(rules.tie_breaks):
        if (tie.by is TieRule.STAGE) != (tie.stage is not None) or (tie.stage is not None and tie.stage not in known):
            yield problem(f"tie_breaks.{number}", Code.UNKNOWN_STAGE, stage=tie.stage or "")
    for tie in repeated(rules.tie_breaks):
        yield problem("tie_breaks", Code.REPEATED_TIE_BREAK, by=tie.by.value, stage=tie.stage or "")


def _condition_problems(rules: SelectionRules, quota: Quota) -> Iterator[Problem]:
    place = f"quotas.{quota.id}"
    if not quota.where:
        yield problem(f"{place}.where", Code.QUOTA_FOR_EVERYBODY)
    for attribute, values in quota.where.items():
        known = rules.attributes.get(attribute)
        if known is None:
            yield problem(f"{place}.where", Code.UNKNOWN_ATTRIBUTE, attribute=attribute)
            continue
        for value in values:
            if value not in known:
                yield problem(f"{place}.where.{attribute}", Code.UNKNOWN_VALUE, attribute=attribute, value=value)


def _amount_problems(rules: SelectionRules, quota: Quota) -> Iterator[Problem]:
    place, seats = f"quotas.{quota.id}", rules.seats
    for name, amount in (("at_least", quota.at_least), ("at_most", quota.at_most)):
        if isinstance(amount, str) and float(amount[:-1]) > 100:  # noqa: PLR2004 - a whole
            yield problem(f"{place}.{name}", Code.SHARE_OVER_ALL, share=amount)
            return
    if quota.at_most is None and not least_of(quota.at_least, seats):
        yield problem(place, Code.QUOTA_OF_NOTHING)
    if least_of(quota.at_least, seats) > seats:
        yield problem(f"{place}.at_least", Code.FLOOR_OVER_SEATS, at_least=least_of(quota.at_least, seats), seats=seats)
    if quota.at_most is not None and least_of(quota.at_least, seats) > most_of(quota.at_most, seats):
        yield problem(
            place,
            Code.FLOOR_OVER_CAP,
            at_least=least_of(quota.at_least, seats),
            at_most=most_of(quota.at_most, seats),
        )


def _contradictions(rules: SelectionRules, found: Sequence[Problem]) -> Iterator[Problem]:
    """Asked only of quotas that are each in order, so that nothing is said twice."""
    if any(each.place.startswith("quotas") for each in found):
        return
    sides = contradiction(rules)
    if sides:
        yield problem("quotas", Code.QUOTAS_CONTRADICT, sides=[(side.quota, side.end.value) for side in sides])
