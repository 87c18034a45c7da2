"""The groups that a model's error is told of: none of a few learners, nor one that its table would give away."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.people.models import InstitutionKind

Json = Mapping[str, Any]

# An error of fewer learners is mostly chance, and says too much of each of them.
FEWEST = 10
CLASSROOM, INSTITUTION = "classroom", "institution"
# Learners of groups that are too small stand together under this name.
OTHERS = "others"
KINDS: dict[str, Promise] = {CLASSROOM: _("학급"), INSTITUTION: _("운영 기관의 종류")}
# Together so many comparisons of a table call a gap real by chance, where there is none.
FALSE_ALARMS = 0.05


def pooled(kind: str, group_of: Mapping[int, object], fewest: int = FEWEST) -> dict[int, str]:
    """Learner to group, as `classroom/12`; groups of fewer than `fewest` learners become one.

    That one is made large enough by the next smallest groups, or what is hidden could be worked out from the total of
    all. Nothing where fewer than two groups are left: one group is everybody, whose error stands on the card already.
    """
    sizes = Counter(group_of.values())
    small = {group for group, size in sizes.items() if size < fewest}
    rest = sorted((group for group in sizes if group not in small), key=lambda group: (sizes[group], str(group)))
    while rest and 0 < sum(sizes[group] for group in small) < fewest:
        small.add(rest.pop(0))
    if len(rest) + bool(small) < 2:  # noqa: PLR2004  # two groups, as above
        return {}
    return {who: f"{kind}/{OTHERS if group in small else group}" for who, group in group_of.items()}


@dataclass(frozen=True)
class GroupLine:
    """One group's error as a card keeps it. `compared` is how many groups stand in the same table."""

    told: Json
    label: str
    compared: int

    @property
    def students(self) -> int:
        return int(self.told["students"])

    @property
    def gap(self) -> float:
        """In per cent; above 0 where the model expects more than the group shows."""
        return 100 * float(self.told["gap"])

    @property
    def error(self) -> float:
        return 100 * float(self.told["gap_error"])

    @property
    def direction(self) -> str:
        """Which way the model is off for this group, where chance alone would hardly make it look so (Bonferroni)."""
        reach = NormalDist().inv_cdf(1 - FALSE_ALARMS / 2 / self.compared) * self.error
        return "high" if self.gap > reach else "low" if self.gap < -reach else ""


@dataclass(frozen=True)
class GroupTable:
    """The groups of one kind, the largest first."""

    title: str
    lines: tuple[GroupLine, ...]


def tables_of(told: Sequence[Json], rooms: Mapping[str, str]) -> list[GroupTable]:
    """`rooms` are the names of the classes that the reader may know; all others are numbered."""
    found = []
    for kind, title in KINDS.items():
        own = sorted((each for each in told if split(each)[0] == kind), key=lambda each: -each["students"])
        labels = _labels(kind, [split(each)[1] for each in own], rooms)
        lines = tuple(GroupLine(each, label, len(own)) for each, label in zip(own, labels, strict=True))
        found += [GroupTable(str(title), lines)] if lines else []
    return found


def rooms_among(told: Iterable[Json]) -> list[str]:
    """The ids of the classes among these groups."""
    found = map(split, told)
    return [name for kind, name in found if kind == CLASSROOM and name != OTHERS]


def split(told: Json) -> tuple[str, str]:
    kind, _slash, name = str(told["group"]).partition("/")
    return kind, name


def _labels(kind: str, names: Sequence[str], rooms: Mapping[str, str]) -> list[str]:
    if kind == INSTITUTION:
        known = dict(InstitutionKind.choices)
        return [str(known.get(name, _("그 밖의 기관"))) for name in names]
    return [
        str(_("작은 학급을 합친 것")) if name == OTHERS else rooms.get(name) or str(_("학급 %d") % number)
        for number, name in enumerate(names, start=1)
    ]
