"""Content of a test: how many items of each skill, and which items never meet in one test.

Modified constrained adaptive testing (Leung, Chang & Hau 2003): the best item is taken from all skills that are still
open. Open means here that the whole test can still be completed after this item, the condition of a shadow test (van
der Linden & Reese 1998), asked once for each class of items with the same skills and enemies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.responses import Booleans

from .blueprint import Blueprint
from .completion import Counts, Rest, completable
from .precomputed import Precomputed


@dataclass(frozen=True)
class Content:
    """A blueprint and groups of enemies over the items of one bank, as classes of like items.

    `of_class` (n,) is each item's class; `skills` (c, s) and `groups` (c, g) are what the items of a class have.
    """

    blueprint: Blueprint
    names: tuple[str, ...]
    of_class: Counts
    skills: Booleans
    groups: Booleans

    @classmethod
    def of(
        cls,
        tables: Precomputed,
        skills: Sequence[Iterable[str]],
        blueprint: Blueprint,
        enemies: Sequence[Iterable[str]] = (),
    ) -> "Content":
        """`skills` of each item in the bank's order; at most one item of each group of `enemies` is given in a test.

        Raises ParameterError for skills of another number of items and for enemies that the bank does not have.
        """
        if len(skills) != len(tables):
            raise ParameterError(f"{len(skills)} items have skills, and the bank has {len(tables)} items")
        names = tuple(sorted(blueprint.limits))
        has = np.array([[name in set(row) for name in names] for row in skills], dtype=np.bool_)
        in_group = np.zeros((len(tables), len(enemies)), dtype=np.bool_)
        for group, members in enumerate(enemies):
            in_group[list(tables.codes(members)), group] = True
        both = np.hstack([has.reshape(len(tables), len(names)), in_group])
        classes, of_class = np.unique(both, axis=0, return_inverse=True)
        return cls(
            blueprint, names, of_class.astype(np.int64).ravel(), classes[:, : len(names)], classes[:, len(names) :]
        )

    def counts(self, given: Sequence[int]) -> Counts:
        """(s,): how many of these items each limited skill has."""
        return np.asarray(self.skills[self.of_class[list(given)]].sum(axis=0), dtype=np.int64)

    def enemies_of(self, given: Sequence[int]) -> Booleans:
        """(n,): items that share a group of enemies with a given one."""
        met = self.groups[self.of_class[list(given)]].any(axis=0)
        return self._any(self.groups & met)

    def full(self, given: Sequence[int]) -> Booleans:
        """(n,): items of a skill that has as many items as it may."""
        closed = self.counts(given) >= self._limits()[1]
        return self._any(self.skills & closed)

    def lacking(self, given: Sequence[int]) -> Booleans:
        """(n,): items of a skill that has fewer items than it must."""
        short = self.counts(given) < self._limits()[0]
        return self._any(self.skills & short)

    def allows(self, item: int, given: Sequence[int], blocked: Booleans) -> bool:
        """Whether the test can be completed after `item`, with items that are not `blocked` (n,)."""
        after = (*given, item)
        closed = blocked | self.enemies_of(after)
        closed[list(after)] = True
        return self._completable(after, closed)

    def problems(self, blocked: Booleans | None = None) -> tuple[Finding, ...]:
        """Why no test can keep this content, skill by skill; empty where one can."""
        closed = np.zeros(len(self.of_class), dtype=np.bool_) if blocked is None else blocked
        if self._completable((), closed):
            return ()
        supply = self._supply(closed) @ self.skills
        short = np.flatnonzero(supply < self._limits()[0])
        if len(short):
            return tuple(Finding("skill_too_few_items", where=self.names[skill]) for skill in short)
        if int(np.count_nonzero(~closed)) < self.blueprint.length:
            return (Finding("bank_too_small"),)
        return (Finding("limits_conflict"),)

    def unmet(self, given: Sequence[int]) -> tuple[Finding, ...]:
        """Which limits these items, as a whole test, do not keep."""
        least, most = self._limits()
        counts = self.counts(given)
        few = tuple(Finding("skill_below_minimum", where=self.names[skill]) for skill in np.flatnonzero(counts < least))
        many = tuple(Finding("skill_above_maximum", where=self.names[skill]) for skill in np.flatnonzero(counts > most))
        return few + many

    def _completable(self, given: Sequence[int], closed: Booleans) -> bool:
        least, most = self._limits()
        counts = self.counts(given)
        left = self.blueprint.length - len(given)
        supply = self._supply(closed)
        return completable(Rest(self.skills, self.groups, supply, np.maximum(least - counts, 0), most - counts, left))

    def _any(self, of_classes: Booleans) -> Booleans:
        """(n,): the items whose class has anything in this table (c, any)."""
        return np.asarray(of_classes.any(axis=1))[self.of_class]

    def _supply(self, closed: Booleans) -> Counts:
        return np.bincount(self.of_class[~closed], minlength=len(self.skills)).astype(np.int64)

    def _limits(self) -> tuple[Counts, Counts]:
        limits = [self.blueprint.limits[name] for name in self.names]
        both = np.array(limits, dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]
