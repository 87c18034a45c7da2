"""Whether somebody's facts fit a call, said as codes."""

import datetime as dt

from saem.apps.cohorts.calls.definition import Problem
from saem.apps.cohorts.models import Call


def problems_of(call: Call, *, birth_date: dt.date, grade: str) -> list[Problem]:
    """Everything in the facts that the call does not admit; `where` is the field of the facts."""
    found = []
    if call.born_from is not None and birth_date < call.born_from:
        found.append(Problem("birth_date", "call.born_before", {"day": call.born_from.isoformat()}))
    if call.born_until is not None and birth_date > call.born_until:
        found.append(Problem("birth_date", "call.born_after", {"day": call.born_until.isoformat()}))
    if call.grades and grade not in call.grades:
        found.append(Problem("grade", "call.grade", {"grades": call.grade_names}))
    return found
