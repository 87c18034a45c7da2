"""Until when an application is kept: as its call says, counted from the result, or for whoever takes part from the end
of the course.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.cohorts.models import Application, Call, Offer, OfferState, Selection


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day `years` later; of the 29th of February, the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What a page says of it. `until` is the last day on which everything is there; None where it is not known yet."""

    years: int
    basis: str
    is_by_course: bool
    until: dt.date | None


def keeping_of(call: Call, *, is_participant: bool = False) -> Keeping:
    is_known = is_participant or result_of(call) is not None
    return Keeping(
        years=call.retention_years,
        basis=call.get_retention_basis_display(),
        is_by_course=is_participant,
        until=last_day(call, is_participant=is_participant) if is_known else None,
    )


def last_day(call: Call, *, is_participant: bool) -> dt.date | None:
    """The last day on which the applications of a call are kept; None for participants of a course without an end."""
    day = result_of(call) or timezone.localdate(call.closes_at)
    if not is_participant:
        return years_after(day, call.retention_years)
    end = call.cohort.ends_on
    return years_after(max(day, end), call.retention_years) if end is not None else None


def result_of(call: Call) -> dt.date | None:
    """The day on which the result was published."""
    selection = Selection.objects.filter(call=call).first()
    if selection is None or selection.published_at is None:
        return None
    return timezone.localdate(selection.published_at)


def is_participant(application: Application) -> bool:
    """Whether somebody has taken the seat that the selection gave them."""
    return Offer.objects.filter(candidate__application=application, state=OfferState.ACCEPTED).exists()
