"""Quotas as bounds on the people of one list: who counts for each, at least and at most how many, hard or a target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from saem.lib.selection.rules import Quota, SelectionRules, Strength, least_of, most_of


@dataclass(frozen=True, kw_only=True)
class Bound:
    """`members` count for the quota; `at_most` None is no cap; numbers are people."""

    id: str
    members: frozenset[str]
    at_least: int = 0
    at_most: int | None = None
    is_hard: bool = True

    @property
    def has_floor(self) -> bool:
        return self.at_least > 0


def counts_for(quota: Quota, attributes: Mapping[str, str]) -> bool:
    """Whether somebody with these attributes counts for the quota: a value of every attribute it names."""
    return all(attributes.get(attribute) in values for attribute, values in quota.where.items())


def bounds(rules: SelectionRules, people: Mapping[str, Mapping[str, str]]) -> tuple[Bound, ...]:
    """The quotas of `rules` for people, given as application → attribute → value; in the order of the rules."""
    return tuple(
        Bound(
            id=quota.id,
            members=frozenset(name for name, attributes in people.items() if counts_for(quota, attributes)),
            at_least=least_of(quota.at_least, rules.seats),
            at_most=None if quota.at_most is None else most_of(quota.at_most, rules.seats),
            is_hard=quota.strength is Strength.HARD,
        )
        for quota in rules.quotas
    )


def widened(found: Iterable[Bound], going_on: int, seats: int) -> tuple[Bound, ...]:
    """The same quotas for a stage from which `going_on` people go on: floors grow with it, as targets, without caps."""
    if not seats:
        return ()
    return tuple(
        Bound(
            id=each.id,
            members=each.members,
            at_least=min(-(-each.at_least * going_on // seats), len(each.members)),
            is_hard=False,
        )
        for each in found
        if each.has_floor
    )


def masks(order: Sequence[str], found: Sequence[Bound]) -> list[int]:
    """For each person the quotas they count for, as bits in the order of the quotas."""
    mask = dict.fromkeys(order, 0)
    for place, bound in enumerate(found):
        for name in bound.members & mask.keys():
            mask[name] |= 1 << place
    return [mask[name] for name in order]
