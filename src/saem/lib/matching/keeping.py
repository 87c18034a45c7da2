"""A matching as bytes: "why not?" is answered later about the very lists it was made of, and without matching again."""

import io
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from saem.lib.matching.errors import UnknownError
from saem.lib.matching.exchanges import Exchanges
from saem.lib.matching.explanations import Explainer, Refusal
from saem.lib.matching.fitting import Fit, fit
from saem.lib.matching.matching import Matching
from saem.lib.matching.people import Mentor, Period, Team, Weights
from saem.lib.matching.problem import NOBODY, Integers, Problem

_SETS = ("topics", "languages", "times", "ties", "barred")
_DATES = ("vetted_from", "vetted_until")


@dataclass(frozen=True, eq=False)
class Kept:
    """What `reopen` gives: the lists, who has whom, and the price of every other pair."""

    teams: tuple[Team, ...]
    mentors: tuple[Mentor, ...]
    period: Period
    problem: Problem
    given: Integers

    def why_not(self, team: str, mentor: str) -> Refusal:
        """As `Matching.why_not`. Raises UnknownError for names that are not in the lists, or a mentor whom it has."""
        row, column = self._place(team, mentor)
        if self.given[row] == column:
            raise UnknownError(f"{team}, {mentor}")
        return self._explainer.refusal(row, column)

    def fit(self, team: str, mentor: str, weights: Weights | None = None) -> Fit:
        """What of the two fits. Raises UnknownError for names that are not in the lists."""
        row, column = self._place(team, mentor)
        return fit(self.teams[row], self.mentors[column], self.period, weights or Weights())

    def mentor_of(self, team: str) -> str | None:
        """Raises UnknownError for a team that is not in the list."""
        if team not in self._teams:
            raise UnknownError(team)
        place = int(self.given[self._teams[team]])
        return None if place == NOBODY else self.mentors[place].id

    def _place(self, team: str, mentor: str) -> tuple[int, int]:
        if team not in self._teams or mentor not in self._mentors:
            raise UnknownError(f"{team}, {mentor}")
        return self._teams[team], self._mentors[mentor]

    @cached_property
    def _teams(self) -> dict[str, int]:
        return {each.id: place for place, each in enumerate(self.teams)}

    @cached_property
    def _mentors(self) -> dict[str, int]:
        return {each.id: place for place, each in enumerate(self.mentors)}

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.teams, self.mentors, self.period, Exchanges(self.problem, self.given))


def keep(matching: Matching) -> bytes:
    """Everything that `reopen` needs: 500 teams and 200 mentors are some 100 kB."""
    lists = {
        "teams": [_plain(each) for each in matching.teams],
        "mentors": [_plain(each) for each in matching.mentors],
        "period": [matching.period.first.isoformat(), matching.period.last.isoformat()],
    }
    problem, out = matching.problem, io.BytesIO()
    np.savez_compressed(
        out,
        lists=np.frombuffer(json.dumps(lists).encode(), dtype=np.uint8),
        costs=problem.costs,
        may=problem.may,
        places=problem.places,
        has=problem.has,
        numbers=np.array([problem.load, problem.top], dtype=np.int64),
        given=matching.given,
    )
    return out.getvalue()


def reopen(data: bytes) -> Kept:
    """What `keep` wrote. The bytes are our own: nothing else may be given to it."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        lists = json.loads(kept["lists"].tobytes())
        load, top = (int(number) for number in kept["numbers"])
        problem = Problem(kept["costs"], kept["may"], kept["places"], kept["has"], load, top)
        given = kept["given"]
    first, last = (date.fromisoformat(day) for day in lists["period"])
    return Kept(
        tuple(Team(**_facts(each)) for each in lists["teams"]),
        tuple(Mentor(**_facts(each)) for each in lists["mentors"]),
        Period(first, last),
        problem,
        given,
    )


def _plain(person: Team | Mentor) -> dict[str, Any]:
    facts = dict(vars(person))
    for name in _SETS:
        if name in facts:
            facts[name] = sorted(facts[name])
    for name in _DATES:
        if facts.get(name) is not None:
            facts[name] = facts[name].isoformat()
    return facts


def _facts(plain: dict[str, Any]) -> dict[str, Any]:
    facts = dict(plain)
    for name in _SETS:
        if name in facts:
            facts[name] = frozenset(facts[name])
    for name in _DATES:
        if facts.get(name) is not None:
            facts[name] = date.fromisoformat(facts[name])
    if "wishes" in facts:
        facts["wishes"] = tuple(facts["wishes"])
    return facts
