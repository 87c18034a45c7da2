"""The call of the demonstration: open now, with applications at every step of their way."""

import datetime as dt
from typing import Any

from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.cohorts.calls import applying, running, vouching
from saem.apps.cohorts.calls.applying import Seen
from saem.apps.cohorts.calls.vouching import Evidence, Guardian, Recommender
from saem.apps.cohorts.models import Application, Call, ConsentWay
from saem.apps.people.models import User
from saem.cli.demonstration import people
from saem.cli.demonstration.people import Places, person

SUMMARY = """토요일 여섯 번, **우리 동네 날씨 자료**로 내일 비가 올지 예측하는 모형을 만들어요.

- 파이썬을 처음 써도 괜찮아요.
- 노트북은 교육장에 있어요."""
SUMMARY_EN = """Six Saturdays with **weather data of our own town**: models that say if it will rain tomorrow.

- You need not know Python yet.
- There are computers in the room."""


def words(ko: str, en: str) -> dict[str, str]:
    return {"ko": ko, "en": en}


def option(value: str, ko: str, en: str) -> dict[str, Any]:
    return {"value": value, "label": words(ko, en)}


FORM: dict[str, Any] = {
    "questions": [
        {"id": "school", "kind": "school", "label": words("다니는 학교", "Your school"), "required": True},
        {
            "id": "motive",
            "kind": "long",
            "label": words("지원하는 까닭", "Why do you apply?"),
            "help": words(
                "무엇을 알고 싶고, 무엇을 만들어 보고 싶은지 써 주세요.", "What would you like to find out, or to make?"
            ),
            "required": True,
            "max_length": 800,
        },
        {
            "id": "experience",
            "kind": "choice",
            "label": words("코딩을 해 본 적이 있나요?", "Have you written code before?"),
            "required": True,
            "options": [
                option("none", "아직 없어요", "Not yet"),
                option("blocks", "블록 코딩을 해 봤어요", "With blocks"),
                option("python", "파이썬을 써 봤어요", "In Python"),
            ],
        },
        {
            "id": "made",
            "kind": "short",
            "label": words("파이썬으로 무엇을 만들어 봤나요?", "What have you made in Python?"),
            "required": True,
            "shown_if": {"question": "experience", "value": "python"},
        },
        {
            "id": "activities",
            "kind": "group",
            "label": words("관련 활동", "What you have done in this field"),
            "maximum": 5,
            "questions": [
                {"id": "title", "kind": "short", "label": words("활동 이름", "Activity"), "required": True},
                {"id": "year", "kind": "number", "label": words("연도", "Year"), "minimum": 2015, "maximum": 2030},
            ],
        },
        {
            "id": "work",
            "kind": "file",
            "label": words("보여 주고 싶은 것", "Something you would like to show"),
            "help": words("없어도 괜찮아요.", "Only if you like."),
        },
        {
            "id": "portrait",
            "kind": "consent",
            "label": words("수업 사진에 내 모습이 나와도 괜찮아요.", "I may be seen in pictures of the course."),
        },
        {
            "id": "privacy",
            "kind": "consent",
            "label": words(
                "지원 접수와 심사를 위해 이 지원서의 개인정보를 처리하는 데 동의해요.",
                "I agree that the personal data in this application is processed to receive and review it.",
            ),
            "required": True,
        },
    ]
}


def call_for_applicants(version: Version, places: Places, staff: User) -> Call:
    """A cohort that is still to begin, its call, and four people who apply."""
    cohort = people.open_cohort(version, places, title="AI 심화 과정 4기", title_en="Advanced AI course, cohort 4")
    cohort.starts_on, cohort.ends_on = days(42), days(84)
    cohort.save()
    call = running.open_call(cohort, by=staff, facts=facts(), form=FORM)
    problems = running.publish_call(call, by=staff)
    assert not problems, problems
    call.refresh_from_db()
    apply_all(call, staff)
    return call


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def facts() -> dict[str, Any]:
    now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    return {
        "title": "AI 심화 과정 4기 모집",
        "title_en": "Advanced AI course, cohort 4: call",
        "summary": SUMMARY,
        "summary_en": SUMMARY_EN,
        "opens_at": now - dt.timedelta(days=3),
        "closes_at": now + dt.timedelta(days=18, hours=9),
        "grace_minutes": 10,
        "seats": 20,
        "eligibility": "서울에 있는 학교에 다니고, 토요일 수업에 모두 올 수 있는 학생",
        "eligibility_en": "Pupils of schools in Seoul who can come on all Saturdays",
        "grades": ["e6", "m1", "m2", "m3", "h1", "h2"],
        "needs_recommendation": True,
        "recommendation_prompt": "끝까지 해 보는 힘과 친구와 함께하는 모습을 중심으로 써 주세요.",
        "recommendation_prompt_en": "Please write above all about perseverance and about working with others.",
    }


def apply_all(call: Call, staff: User) -> None:
    """One complete, one child whose guardian agreed on paper, one that waits for both, one that is being written."""
    first = apply(call, person("윤지원", "applicant"), born=5300, grade="m3", motive="비가 오는 날을 미리 알고 싶어요.")
    recommend(first, "설명을 끝까지 듣고, 틀리면 왜 틀렸는지 다시 찾아보는 학생입니다.")
    second = apply(call, person("한보람", "applicant2"), born=4700, grade="e6", motive="우산을 자주 잃어버려서요.")
    recommend(second, "궁금한 것을 스스로 찾아 친구에게 알려 줍니다.")
    mother = Guardian("한어머니", "010-0000-0000", "어머니")
    paper = Evidence(ConsentWay.SIGNED_PAPER, mother, timezone.now(), "서명한 동의서를 교육청에서 직접 받음", None)
    vouching.record_consent(second, paper, by=staff)
    third = apply(call, person("오새롬", "applicant3"), born=4600, grade="e6", motive="날씨 앱을 만들어 보고 싶어요.")
    vouching.ask_guardian(third, Guardian("오아버지", "010-0000-0001", "아버지"), by=third.person)
    write(call, person("강다정", "applicant4"), born=5700, grade="h1", motive="아직 쓰는 중이에요.")


def write(call: Call, user: User, *, born: int, grade: str, motive: str) -> Application:
    """A draft of somebody who is `born` days old."""
    draft = applying.start(call, by=user, name=user.display_name, birth_date=days(-born), grade=grade)
    answers = {
        "school": {"name": "샘물중학교", "code": ""},
        "motive": motive,
        "experience": "blocks",
        "activities": [{"title": "학교 정보 동아리", "year": "2025"}],
        "privacy": True,
    }
    return applying.save(draft, read=lambda _before: answers, seen=Seen(draft.revision)).application


def apply(call: Call, user: User, *, born: int, grade: str, motive: str) -> Application:
    draft = write(call, user, born=born, grade=grade, motive=motive)
    assert call.form is not None
    result = applying.submit(draft, by=user, read=dict, seen=Seen(None), form=call.form)
    assert result.outcome is applying.Outcome.SUBMITTED, result.problems
    return result.application


def recommend(application: Application, statement: str) -> None:
    teacher = Recommender("박선생", f"teacher@{people.MAIL}", "담임 선생님")
    asked, _token = vouching.ask_recommender(application, teacher, by=application.person)
    vouching.answer_recommendation(asked, statement=statement, is_recommended=True)
