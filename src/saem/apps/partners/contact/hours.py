"""Minutes that mentors have given and those that are planned, by month."""

import calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils import timezone

from saem.apps.partners.models import Booking, ReviewRequest

HALF_HOUR = 30


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month of the site's time zone."""

    year: int
    month: int

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """From its first moment to the first one after it, for a filter."""
        after = self.last + dt.timedelta(days=1)
        zone = timezone.get_current_timezone()
        return tuple(dt.datetime.combine(day, dt.time(), zone) for day in (self.first, after))  # type: ignore[return-value]  # of two


def month_of(day: dt.date) -> Month:
    return Month(day.year, day.month)


def used_in(mentors: Collection[int], month: Month) -> dict[int, int]:
    """Minutes met and reviewed, by mentor; who gave none is left out."""
    begin, end = month.span
    met = Booking.objects.filter(
        slot__mentor__in=mentors, minutes__gt=0, slot__starts_at__gte=begin, slot__starts_at__lt=end
    )
    reviewed = ReviewRequest.objects.filter(
        pairing__mentor__in=mentors, minutes__gt=0, answered_at__gte=begin, answered_at__lt=end
    )
    return added(
        met.order_by().values_list("slot__mentor").annotate(total=Sum("minutes")),
        reviewed.order_by().values_list("pairing__mentor").annotate(total=Sum("minutes")),
    )


def planned_in(mentors: Collection[int], month: Month) -> dict[int, int]:
    """Half hours that are booked and not reported, and reviews that are due."""
    begin, end = month.span
    booked = Booking.objects.filter(
        slot__mentor__in=mentors,
        cancelled_at=None,
        reported_at=None,
        slot__starts_at__gte=begin,
        slot__starts_at__lt=end,
    )
    due = ReviewRequest.objects.filter(
        pairing__mentor__in=mentors, answered_at=None, cancelled_at=None, due_on__lte=month.last
    )
    return added(
        booked.order_by().values_list("slot__mentor").annotate(total=Count("pk") * HALF_HOUR),
        due.order_by().values_list("pairing__mentor").annotate(total=Count("pk") * HALF_HOUR),
    )


def added(*counts: Collection[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for rows in counts:
        for mentor, minutes in rows:
            found[mentor] = found.get(mentor, 0) + minutes
    return found
