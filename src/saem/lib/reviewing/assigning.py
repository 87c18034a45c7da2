"""Who reviews whose work.

Each reviewer gets the planned number of works, none of the own team and none twice; works get numbers of reviews as
equal as can be; samples are mixed in, as equally. Chance decides the rest, by the seed: the same lists, in whatever
order, give the same tasks. Who comes late is given works with the fewest reviews, and what is kept (begun or finished)
stays as it is.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from saem.lib.reviewing.assignment import Assignment, Plan, Reviewer, Task, Work, alias, check, order
from saem.lib.reviewing.balancing import Table
from saem.lib.reviewing.errors import RepeatedError, UnknownError

Kept = Mapping[str, Collection[str]]


def assign(
    reviewers: Sequence[Reviewer],
    works: Sequence[Work],
    plan: Plan,
    *,
    samples: Sequence[Work] = (),
    kept: Kept | None = None,
) -> Assignment:
    """Tasks for everybody. `kept`: the works, samples among them, that a reviewer has begun; reviews of people who
    have left stay counted. What is not in `kept` may move, so that late teams get reviews, too.

    Raises RepeatedError and UnknownError for lists that cannot be.
    """
    check(reviewers, works, samples)
    kept = kept or {}
    _check_kept(kept, works, samples)
    drawn = sorted(reviewers, key=lambda each: order(plan.seed, "reviewer", each.id))
    given, unmet = _works(drawn, works, plan, kept)
    sampled = _samples(drawn, samples, plan, kept)
    names = {each.id for each in samples}
    return Assignment(
        {each.id: _tasks(each.id, given[each.id] | sampled[each.id], names, plan) for each in reviewers}, unmet
    )


def _check_kept(kept: Kept, works: Iterable[Work], samples: Iterable[Work]) -> None:
    known = {each.id for each in (*works, *samples)}
    for reviewer, names in kept.items():
        if len(set(names)) < len(names):
            raise RepeatedError(reviewer)
        strange = sorted(set(names) - known)
        if strange:
            raise UnknownError(strange[0])


def _works(
    drawn: Sequence[Reviewer], works: Sequence[Work], plan: Plan, kept: Kept
) -> tuple[dict[str, set[str]], dict[str, int]]:
    names = {each.id for each in works}
    may = {
        each.id: sorted(
            (work.id for work in works if work.team != each.team),
            key=lambda work, reviewer=each.id: order(plan.seed, "work", reviewer, work),  # type: ignore[misc]
        )
        for each in drawn
    }
    table = Table(may, {reviewer: frozenset(names.intersection(each)) for reviewer, each in kept.items()})
    unmet: Counter[str] = Counter()
    # Round by round, so that where works are few everybody has some.
    for number in range(plan.each):
        for each in drawn:
            if len(table.given[each.id]) <= number and not table.add(each.id):
                unmet[each.id] += 1
    table.even_out()
    return table.given, dict(unmet)


def _samples(drawn: Sequence[Reviewer], samples: Sequence[Work], plan: Plan, kept: Kept) -> dict[str, set[str]]:
    names = {each.id for each in samples}
    found = {each.id: names.intersection(kept.get(each.id, ())) for each in drawn}
    used = Counter(name for chosen in found.values() for name in chosen)
    for each in drawn:
        while len(found[each.id]) < min(plan.samples, len(names)):
            rest = names - found[each.id]
            name = min(rest, key=lambda sample: (used[sample], order(plan.seed, "sample", each.id, sample)))
            found[each.id].add(name)
            used[name] += 1
    return found


def _tasks(reviewer: str, names: Iterable[str], samples: Collection[str], plan: Plan) -> tuple[Task, ...]:
    shown = sorted(names, key=lambda work: order(plan.seed, "shown", reviewer, work))
    return tuple(
        Task(
            reviewer,
            work,
            # Each reviewer knows a work by a name of their own, so that two cannot compare.
            alias(plan.secret, "work", work, reviewer),
            alias(plan.secret, "reviewer", reviewer, work),
            work in samples,
        )
        for work in shown
    )
