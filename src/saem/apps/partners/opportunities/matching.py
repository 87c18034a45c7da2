"""Which opportunities suit a learner, and why: nothing is weighed that the learner cannot read.

An opportunity suits by what it builds on that the learner knows or takes, by topics they are curious about, and a
little by being of a kind they have not tried. Points only order the list; nothing is hidden from anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SKILL, PROGRAM, TOPIC, NEW_KIND = 3, 2, 2, 1


@dataclass(frozen=True)
class Known:
    """What is known of a learner: topics, programs (slugs), skills held ("program/skill"), kinds they have been to."""

    topics: frozenset[str] = frozenset()
    programs: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offered:
    """What an opportunity is about and builds on."""

    kind: str
    topics: frozenset[str] = frozenset()
    programs: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Suits:
    """What fits. `is_match`: something of it is the learner's; a new kind alone is no match."""

    skills: frozenset[str] = field(default_factory=frozenset)
    programs: frozenset[str] = field(default_factory=frozenset)
    topics: frozenset[str] = field(default_factory=frozenset)
    is_new_kind: bool = False

    @property
    def is_match(self) -> bool:
        return bool(self.skills or self.programs or self.topics)

    @property
    def points(self) -> int:
        return (
            SKILL * len(self.skills)
            + PROGRAM * len(self.programs)
            + TOPIC * len(self.topics)
            + NEW_KIND * (self.is_match and self.is_new_kind)
        )


def suits(known: Known, offered: Offered) -> Suits:
    return Suits(
        skills=known.skills & offered.skills,
        programs=known.programs & offered.programs,
        topics=known.topics & offered.topics,
        is_new_kind=offered.kind not in known.tried,
    )


def best_first(found: Mapping[int, Suits], in_time: Iterable[int]) -> list[int]:
    """Ids by points; among equals, the sooner one (`in_time` is their order in time)."""
    return sorted(in_time, key=lambda pk: -found[pk].points)
