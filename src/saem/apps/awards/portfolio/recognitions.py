"""What a learner was given by an institution: the one place that knows where recognitions come from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from saem.apps.cohorts.models import Completion
from saem.apps.people.models import User


@dataclass(frozen=True)
class Evidence:
    """A file that belongs to a recognition, such as a signed badge; its bytes are read when they are wanted."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True)
class Recognition:
    """Something that an institution stands by. `address` is where a stranger checks it, if there is such a page.

    `name` is whom the record is about, as its record says; `picture` is an address of this site; `files` are what the
    learner takes along.
    """

    ref: str
    title: str
    issuer: str
    given_on: dt.date
    detail: str = ""
    number: str = ""
    name: str = ""
    address: str = ""
    picture: str = ""
    files: tuple[Evidence, ...] = ()


def recognitions(user: User) -> list[Recognition]:
    """Everything that is in force, the newest first. What was withdrawn is no recognition."""
    rows = (
        Completion.objects.filter(enrolment__user=user.pk, withdrawn_at=None)
        .select_related("institution", "enrolment__classroom__cohort")
        .order_by("-completed_on", "-pk")
    )
    return [of_completion(row) for row in rows]


def of_completion(row: Completion) -> Recognition:
    title = _("%(course)s 이수") % {"course": row.enrolment.classroom.cohort.local_title}
    detail = _("%(credits)s학점") % {"credits": row.credits} if row.credits else ""
    return Recognition(
        ref=f"recognition:completion:{row.pk}",
        title=title,
        issuer=row.institution.name,
        given_on=row.completed_on,
        detail=detail,
        number=row.number,
        name=row.name,
    )
