"""Gives teams their mentors.

The goals, in this order:
1. Never a conflict of interest, a mentor whose vetting does not hold on every day of the period, without a shared
   language or time, or above a mentor's places.
2. As many teams as possible have a mentor; nobody a second one before.
3. The points of all pairs, less what loads cost (`Weights`), are the most that any assignment has.
4. Of equally good ones: the first declared team has its best mentor, then the second, and so on; of mentors worth the
   same, the one declared first. For a second mentor, or teams that come late, match again with `has` and `barred` as
   they are then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from saem.lib.matching.errors import UnknownError
from saem.lib.matching.exchanges import Exchanges
from saem.lib.matching.explanations import Explainer, Matched, Refusal, Unmatched
from saem.lib.matching.fitting import Fit, fit
from saem.lib.matching.people import Mentor, Period, Team, Weights, check
from saem.lib.matching.problem import NOBODY, Integers, Problem
from saem.lib.matching.ties import ordered


@dataclass(frozen=True, eq=False)
class Matching:
    """A best assignment that can say why. `given` (t,): the place of each team's mentor in the list, -1 for none."""

    teams: tuple[Team, ...]
    mentors: tuple[Mentor, ...]
    fits: tuple[tuple[Fit, ...], ...]
    period: Period
    problem: Problem
    given: Integers

    @property
    def pairs(self) -> dict[str, str]:
        """The mentor of each team that has one."""
        return {
            team.id: self.mentors[place].id
            for team, place in zip(self.teams, self.given, strict=True)
            if place != NOBODY
        }

    @property
    def loads(self) -> dict[str, int]:
        """Teams of each mentor, with those they had."""
        return {
            mentor.id: mentor.has + int(load)
            for mentor, load in zip(self.mentors, self.problem.loads(self.given), strict=True)
        }

    @cached_property
    def matched(self) -> tuple[Matched, ...]:
        return tuple(
            Matched(team.id, self.mentors[mentor].id, self.fits[place][mentor], self._explainer.first_wish(place))
            for place, (team, mentor) in enumerate(zip(self.teams, self.given, strict=True))
            if mentor != NOBODY
        )

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        return tuple(self._explainer.unmatched(int(place)) for place in np.flatnonzero(self.given == NOBODY))

    @cached_property
    def is_best(self) -> bool:
        """Checked, not believed: no exchange of places is worth anything."""
        return self._exchanges.is_best

    def why_not(self, team: str, mentor: str) -> Refusal:
        """Raises UnknownError for names that are not in the lists, or a mentor whom the team has."""
        teams = {each.id: place for place, each in enumerate(self.teams)}
        mentors = {each.id: place for place, each in enumerate(self.mentors)}
        if team not in teams or mentor not in mentors or self.pairs.get(team) == mentor:
            raise UnknownError(f"{team}, {mentor}")
        return self._explainer.refusal(teams[team], mentors[mentor])

    @cached_property
    def _exchanges(self) -> Exchanges:
        return Exchanges(self.problem, self.given)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.teams, self.mentors, self.period, self._exchanges)


def match(
    teams: Sequence[Team], mentors: Sequence[Mentor], period: Period, *, weights: Weights | None = None
) -> Matching:
    """The best matching. Raises RepeatedError, UnknownError or RangeError for lists that cannot be (`people.check`)."""
    check(teams, mentors)
    weights = weights or Weights()
    fits = tuple(tuple(fit(team, mentor, period, weights) for mentor in mentors) for team in teams)
    problem = _problem(fits, mentors, weights, len(teams))
    given = ordered(problem, problem.solved())
    return Matching(tuple(teams), tuple(mentors), fits, period, problem, given)


def _problem(fits: Sequence[Sequence[Fit]], mentors: Sequence[Mentor], weights: Weights, count: int) -> Problem:
    shape = (count, len(mentors))
    points = np.array([[each.points for each in row] for row in fits], dtype=np.int64).reshape(shape)
    return Problem(
        costs=int(points.max(initial=0)) - points,
        may=np.array([[not each.bars for each in row] for row in fits], dtype=np.bool_).reshape(shape),
        places=np.array([mentor.places for mentor in mentors], dtype=np.int64),
        has=np.array([mentor.has for mentor in mentors], dtype=np.int64),
        load=weights.load,
        top=int(points.max(initial=0)),
    )
