"""On which days a mentor may meet pupils: the days on which every kind of vetting holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saem.apps.partners.models import Mentor, Vetting, VettingKind

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    def holds_on(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as there can be: a check that follows on the day after goes on."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def common(one: list[Span], other: list[Span]) -> list[Span]:
    """The days that are in both."""
    pairs = [(max(a.first, b.first), min(a.last, b.last)) for a in one for b in other]
    return sorted(Span(first, last) for first, last in pairs if first <= last)


@dataclass(frozen=True)
class Clearance:
    """The days of one mentor, in order."""

    spans: tuple[Span, ...] = ()

    def holds_on(self, day: dt.date) -> bool:
        return any(span.holds_on(day) for span in self.spans)

    def around(self, day: dt.date) -> Span | None:
        """The span that holds on this day, else the next one to come, else the last one there was."""
        ahead = [span for span in self.spans if span.last >= day]
        return ahead[0] if ahead else (self.spans[-1] if self.spans else None)

    def is_over(self, day: dt.date) -> bool:
        """Whether there were days, and all of them are past."""
        return bool(self.spans) and self.spans[-1].last < day

    def until(self, day: dt.date) -> dt.date | None:
        """The last day of the span that holds on this day."""
        return next((span.last for span in self.spans if span.holds_on(day)), None)


def clearance_from(checks: Iterable[tuple[str, dt.date, dt.date]]) -> Clearance:
    """Of checks as (kind, first day, last day)."""
    by_kind: Mapping[str, list[Span]] = {kind: [] for kind in VettingKind.values}
    for kind, first, last in checks:
        by_kind[kind].append(Span(first, last))
    days, *others = (joined(spans) for spans in by_kind.values())
    for spans in others:
        days = common(days, spans)
    return Clearance(tuple(days))


def clearances_of(mentors: Iterable[Mentor]) -> dict[int, Clearance]:
    """Of many mentors, in one query."""
    pks = [mentor.pk for mentor in mentors]
    checks: dict[int, list[tuple[str, dt.date, dt.date]]] = defaultdict(list)
    rows = Vetting.objects.filter(mentor__in=pks, withdrawn_at=None).order_by("pk")
    for pk, kind, first, last in rows.values_list("mentor_id", "kind", "holds_from", "holds_until"):
        checks[pk].append((kind, first, last))
    return {pk: clearance_from(checks[pk]) for pk in pks}


def clearance_of(mentor: Mentor) -> Clearance:
    return clearances_of([mentor])[mentor.pk]
