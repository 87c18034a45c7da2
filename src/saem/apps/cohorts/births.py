"""The birth date of a person, where an application or the record of a training holds one."""

import datetime as dt

from saem.apps.cohorts.models import Application, TraineeRecord


def birth_date_of(user: int) -> dt.date | None:
    """The latest that is known: where two differ, nobody becomes older by the one that is more convenient."""
    return birth_dates_of([user]).get(user)


def birth_dates_of(users: list[int]) -> dict[int, dt.date]:
    """The latest known birth date of each of many people, in two queries."""
    trainee = TraineeRecord.objects.filter(enrolment__user__in=users, birth_date__isnull=False)
    applied = Application.objects.filter(applicant__in=users)
    found: dict[int, dt.date] = {}
    for user, day in [
        *trainee.values_list("enrolment__user", "birth_date"),
        *applied.values_list("applicant", "birth_date"),
    ]:
        if day is not None:
            found[user] = max(day, found.get(user, day))
    return found
