"""What a regrade would change, or has changed: student by student and check by check; three queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import spec_of
from saem.apps.projects.models import Regrade, RegradeItem, RegradeItemState
from saem.apps.projects.standings import standings_of
from saem.lib.grading import Measure

Told = Mapping[str, Any]
HANDLED = (RegradeItemState.GRADED, RegradeItemState.FAULT, RegradeItemState.APPLIED)


class Way(StrEnum):
    """Where a student's counting result goes, in the order in which staff want to see it."""

    DOWN = "down"
    UP = "up"
    SAME = "same"


WORDS: dict[Way, Promise | str] = {Way.DOWN: _("내려감"), Way.UP: _("올라감"), Way.SAME: _("그대로")}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One student: the submission that counts, by the rule of before and by the other one."""

    enrolment: int
    nickname: str
    classroom: str
    old: Told
    new: Told
    old_rank: str
    new_rank: str
    way: Way
    faults: int

    @property
    def word(self) -> Promise | str:
        return WORDS[self.way]


@dataclass(frozen=True, kw_only=True)
class CheckChange:
    """One check: in how many submissions it passed before and passes now; None where a rule has no such check."""

    title: Mapping[str, str]
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Everything that the page and the workbook show."""

    changes: list[Change]
    checks: list[CheckChange]
    faults: int

    @property
    def ways(self) -> list[tuple[Promise | str, int]]:
        return [(WORDS[way], sum(change.way == way for change in self.changes)) for way in Way]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a regrade is."""

    done: int
    total: int


def progress_of(regrade: Regrade) -> Progress:
    """Graded of all, then applied of all; one query."""
    counts = dict(regrade.items.values_list("state").annotate(number=Count("pk")).order_by())
    is_grading = not regrade.applied_at
    waiting = (RegradeItemState.WAITING,) if is_grading else (RegradeItemState.WAITING, RegradeItemState.GRADED)
    total = sum(counts.values())
    return Progress(done=total - sum(counts.get(state, 0) for state in waiting), total=total)


def preview_of(regrade: Regrade) -> Preview:
    """Students who are in the cohort now, those who lose first."""
    rows = list(
        RegradeItem.objects.filter(regrade=regrade, state__in=HANDLED, submission__enrolment__left_at=None)
        .order_by("submission__created_at", "pk")
        .values_list(
            *("submission__enrolment", "submission__enrolment__nickname", "submission__enrolment__classroom__name"),
            *("old", "new", "checks", "state"),
        )
    )
    names = {row[0]: (row[1], row[2]) for row in rows}
    before, after = _measure(regrade.before, regrade), _measure(regrade.version, regrade)
    old = _counting(((row[0], row[3]) for row in rows), before)
    new = _counting(((row[0], row[4]) for row in rows), after)
    old_ranks, new_ranks = _ranks(old, before), _ranks(new, after)
    faults: dict[int, int] = defaultdict(int)
    for row in rows:
        faults[row[0]] += row[6] == RegradeItemState.FAULT
    changes = [
        Change(
            enrolment=key,
            nickname=nickname,
            classroom=classroom,
            old=old[key],
            new=new[key],
            old_rank=old_ranks.get(key, ""),
            new_rank=new_ranks.get(key, ""),
            way=_way(old[key], new[key], after),
            faults=faults[key],
        )
        for key, (nickname, classroom) in names.items()
    ]
    order = list(Way)
    return Preview(
        changes=sorted(changes, key=lambda one: (order.index(one.way), one.classroom, one.nickname)),
        checks=_check_changes([row[5] for row in rows], regrade),
        faults=sum(faults.values()),
    )


def _measure(version: Version, regrade: Regrade) -> Measure | None:
    return spec_of(version, regrade.project).measure


def _counting(results: Iterable[tuple[int, Told]], metric: Measure | None) -> dict[int, Told]:
    """Student → the result that counts: the best public score, or without a metric the most points."""
    best: dict[int, Told] = {}
    for student, told in results:
        if student not in best or _key(told, metric) > _key(best[student], metric):
            best[student] = told
    return best


def _key(told: Told, metric: Measure | None) -> tuple[bool, bool, float, float]:
    has_value = metric is not None and "value" in told
    value = told["value"] * (1 if metric.higher_is_better else -1) if has_value and metric is not None else 0.0
    return (told["status"] == "scored", has_value, value, share_of(told))


def share_of(told: Told) -> float:
    """Points of all points: rules may give different numbers of them."""
    return told["score"] / told["max_score"] if told.get("max_score") else 0.0


def _way(old: Told, new: Told, metric: Measure | None) -> Way:
    """By being scored, then by points, then by the metric where it is the same one."""
    sign = 1 if metric is None or metric.higher_is_better else -1
    is_comparable = old.get("metric") == new.get("metric") and "value" in old and "value" in new
    before, after = (
        (told["status"] == "scored", share_of(told), sign * told["value"] if is_comparable else 0.0)
        for told in (old, new)
    )
    return Way.SAME if before == after else Way.UP if after > before else Way.DOWN


def _ranks(counting: Mapping[int, Told], metric: Measure | None) -> dict[int, str]:
    """Student → `3`, or `1–3` where bands overlap."""
    if metric is None:
        return {}
    rows = [
        (student, 1, told["value"], told["low"], told["high"], None)
        for student, told in counting.items()
        if told["status"] == "scored" and "value" in told
    ]
    board = standings_of(rows, higher_is_better=metric.higher_is_better)
    return {
        int(student): str(best) if best == worst else f"{best}–{worst}"
        for student, best, worst in zip(board.enrolments, board.best_ranks, board.worst_ranks, strict=True)
    }


def _check_changes(checks: Sequence[Mapping[str, list[bool | None]]], regrade: Regrade) -> list[CheckChange]:
    passed: dict[str, list[int | None]] = {}
    for one in checks:
        for name, sides in one.items():
            counts = passed.setdefault(name, [None, None])
            for side, is_passed in enumerate(sides):
                if is_passed is not None:
                    counts[side] = (counts[side] or 0) + is_passed
    titles = _titles(spec_of(regrade.before, regrade.project).model_dump(mode="json"))
    titles |= _titles(spec_of(regrade.version, regrade.project).model_dump(mode="json"))
    return [
        CheckChange(title=titles.get(name, {"ko": name, "en": name}), before=before, after=after)
        for name, (before, after) in passed.items()
    ]


def _titles(value: object) -> dict[str, Mapping[str, str]]:
    """Everything in a spec that has an id and a title."""
    found: dict[str, Mapping[str, str]] = {}
    if isinstance(value, dict):
        if isinstance(value.get("id"), str) and isinstance(value.get("title"), dict):
            found[value["id"]] = value["title"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            found |= _titles(inner)
    return found
