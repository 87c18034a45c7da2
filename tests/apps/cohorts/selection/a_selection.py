"""Selections for the tests of this room: declared rules, applicants, reviewers who have read everything."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from saem.apps.cohorts.models import Application, Call, Cohort, ReviewAssignment, Reviewer, Selection
from saem.apps.cohorts.selection import assigning, declaring, drawing, reviewers, scoring
from saem.apps.cohorts.selection.declaring import Manner
from saem.apps.people.models import User
from tests.apps.cohorts.calls.a_call import a_call, submitted
from tests.cast import a_person, a_staff_member

MANNER = Manner(is_blind=True, reply_days=7, appeal_days=7, public_source="3월 6일 로또 번호")
PUBLIC = "7 11 16 35 36 44"
Marks = Callable[[Application, ReviewAssignment], Sequence[int]]


def title(ko: str, en: str = "") -> dict[str, str]:
    return {"ko": ko, "en": en or ko}


def criteria() -> list[dict[str, Any]]:
    return [
        {"id": "c1", "title": title("지원 동기", "Motivation"), "maximum": "10"},
        {"id": "c2", "title": title("꾸준함", "Perseverance"), "maximum": "10"},
    ]


def rules(*, seats: int = 2, reserve: int = 2, **more: Any) -> dict[str, Any]:
    """One stage with two reviewers, ties by the draw; `more` takes the place of parts."""
    stage = {
        "id": "s1",
        "title": title("서류 심사", "Applications"),
        "weight": 100,
        "criteria": criteria(),
        "reviews": 2,
        "disagreement": "30",
    }
    return {
        "title": title("AI 심화 과정 모집", "Advanced AI course"),
        "seats": seats,
        "stages": [stage],
        "tie_breaks": [{"by": "lottery"}],
        "attributes": {},
        "quotas": [],
        "reserve": {"length": reserve},
        **more,
    }


def two_stages() -> list[dict[str, Any]]:
    first = {**rules()["stages"][0], "advance": "200%"}
    test = {
        "id": "s2",
        "title": title("면접", "Interview"),
        "weight": 100,
        "criteria": criteria(),
        "reviews": 1,
    }
    return [first, test]


def women_first() -> dict[str, Any]:
    """A share of the seats by an answer of the form: at least one who has no experience."""
    return {
        "attributes": {"experience": ["yes", "no", "none"]},
        "quotas": [
            {
                "id": "q1",
                "title": title("처음 배우는 학생", "Beginners"),
                "where": {"experience": ["no"]},
                "at_least": 1,
            }
        ],
    }


def a_selection(cohort: Cohort | None = None, *, data: dict[str, Any] | None = None, **facts: Any) -> Selection:
    """A call that is open, with rules that were declared late, and why."""
    call = a_call(cohort, **facts)
    staff = a_staff_member(call.cohort)
    assert declaring.declare(call, by=staff, data=data or rules(), manner=MANNER, reason="시험") == ()
    return of(call)


def of(call: Call) -> Selection:
    return Selection.objects.select_related("rules", "call__cohort__institution", "call__form").get(call=call)


def applicants(selection: Selection, number: int, **answers: Any) -> list[Application]:
    """Complete applications of different people, each from a school of its own."""
    return [
        submitted(selection.call, a_person(f"지원 {at}"), **{"school": {"name": f"{at}중학교", "code": ""}, **answers})
        for at in range(1, number + 1)
    ]


def closed(selection: Selection) -> Selection:
    """The same with its call over."""
    now = timezone.now()
    Call.objects.filter(pk=selection.call_id).update(
        opens_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(hours=1), followup_days=0
    )
    return of(selection.call)


def a_reviewer(selection: Selection, name: str = "김심사", **facts: Any) -> Reviewer:
    user = a_person(name)
    values = {"limit": 100, "ties": [], **facts}
    return reviewers.invite(
        selection, email=str(user.email), name=name, by=a_staff_member(selection.call.cohort), **values
    )


def read_all(selection: Selection, marks: Marks, stage: str = "s1") -> None:
    """Every reading of a stage handed in, with numbers as `marks` says."""
    for one in selection.readings.filter(stage=stage, withdrawn_at=None, submitted_at=None, reviewer__isnull=False):
        values = {f"c{at}": str(mark) for at, mark in enumerate(marks(one.application, one), start=1)}
        sent = scoring.Sent(values=values, comment="", revision=one.revision)
        saved = scoring.save_review(one, sent, by=one.reviewer.user, hand_in=True)
        assert saved.outcome is scoring.Outcome.SUBMITTED


def drawn(selection: Selection) -> Selection:
    selection = closed(selection)
    assert drawing.hold_draw(selection, public_value=PUBLIC, by=staff_of(selection)) == ()
    return of(selection.call)


def staff_of(selection: Selection) -> User:
    return a_staff_member(selection.call.cohort)


def falling(applications: Sequence[Application]) -> Marks:
    """The first gets ten of ten, the next nine: ranks in the order given."""
    places = {one.pk: at for at, one in enumerate(applications)}
    return lambda application, _reading: [10 - places[application.pk]] * 2


def read_selection(number: int = 5, *, data: dict[str, Any] | None = None) -> tuple[Selection, list[Application]]:
    """People with marks from two reviewers, drawn; nothing is settled yet."""
    selection = a_selection(data=data)
    people = applicants(selection, number)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    read_all(selection, falling(people))
    return drawn(selection), people


def number(value: str) -> Decimal:
    return Decimal(value)
