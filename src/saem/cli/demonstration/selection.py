"""The selection of the demonstration's call: declared rules, two reviewers, a few of their scores."""

from typing import Any

from saem.apps.cohorts.models import Call, ReviewAssignment, Selection
from saem.apps.cohorts.selection import assigning, declaring, reviewers, scoring
from saem.apps.cohorts.selection.declaring import Manner
from saem.apps.people.models import User
from saem.cli.demonstration.people import person

MANNER = Manner(
    is_blind=True,
    reply_days=5,
    appeal_days=7,
    public_source="마감 다음 토요일 로또 당첨 번호 여섯 개를 작은 것부터 빈칸으로 띄어 쓴 것",
)


def words(ko: str, en: str) -> dict[str, str]:
    return {"ko": ko, "en": en}


def criterion(name: str, ko: str, en: str, weight: int = 1) -> dict[str, Any]:
    return {"id": name, "title": words(ko, en), "maximum": "10", "weight": weight}


# fmt: off
RULES: dict[str, Any] = {
    "title": words("AI 심화 과정 4기 모집", "Advanced AI course, cohort 4: call"),
    "seats": 20,
    "stages": [
        {
            "id": "s1", "title": words("서류 심사", "Applications"), "weight": 100, "reviews": 2,
            "minimum": "40", "disagreement": "30",
            "criteria": [
                criterion("c1", "지원 동기", "Motivation", 2),
                criterion("c2", "스스로 찾아 배우는 힘", "Learning by oneself", 2),
                criterion("c3", "함께하는 힘", "Working with others"),
            ],
        },
    ],
    "tie_breaks": [{"by": "younger"}, {"by": "lottery"}],
    "attributes": {"experience": ["none", "blocks", "python"]},
    "quotas": [
        {
            "id": "q1", "title": words("코딩이 처음이거나 블록 코딩만 해 본 학생", "New to code, or blocks only"),
            "where": {"experience": ["none", "blocks"]}, "at_least": "50%", "strength": "target",
        },
    ],
    "reserve": {"length": 10},
}
# fmt: on


def select(call: Call, staff: User) -> Selection:
    """Rules before anybody is read, two people who read everybody, one of them half way."""
    problems = declaring.declare(
        call, by=staff, data=RULES, manner=MANNER, reason="시범 사이트라서 모집을 연 날에 함께 선언해요."
    )
    assert not problems, problems
    selection = Selection.objects.select_related("rules", "call__cohort").get(call=call)
    for name, mailbox, ties in (("문심사", "reviewer", ["한빛중학교"]), ("류심사", "reviewer2", [])):
        user = person(name, mailbox)
        reviewers.invite(selection, email=str(user.email), name=name, limit=60, ties=ties, by=staff)
    assigning.assign(selection, "s1", by=staff)
    first = ReviewAssignment.objects.filter(selection=selection, reviewer__user__display_name="류심사")
    score(first.select_related("selection", "reviewer__user").order_by("application")[0], ("8", "7", "9"))
    return selection


def score(reading: ReviewAssignment, marks: tuple[str, ...]) -> None:
    assert reading.reviewer is not None
    values = {f"c{number}": mark for number, mark in enumerate(marks, start=1)}
    sent = scoring.Sent(values=values, comment="끝까지 해 보려는 마음이 잘 보여요.", revision=0)
    saved = scoring.save_review(reading, sent, by=reading.reviewer.user, hand_in=True)
    assert saved.outcome is scoring.Outcome.SUBMITTED
