"""Rows as the badges room of lib knows them."""

import datetime as dt

from django.urls import reverse
from django.utils import formats, translation

from saem.apps.awards.models import BadgeTemplate, Earning, Goal, Level
from saem.apps.notices.words import address_of
from saem.apps.people.models import User
from saem.lib.credentials.badges import Achievement, Evidence, Language, Mark, Recipient, Text

LANGUAGES: tuple[Language, ...] = ("ko", "en")
ACCOUNT = "systemId"
SCORE = "score"
SCORE_NAME = Text("프로젝트 점수", "Project score")
GENRE = Text("프로젝트 결과", "Project result")
# What a badge says of the work behind it, and nothing of whose it is.
WORK = {
    "ko": "{day}에 낸 것을 자동으로 채점했어요. {score} 콘텐츠 판: {version}",
    "en": "Handed in on {day} and graded automatically. {score} Content version: {version}",
}
OF_POINTS = {"ko": "{most}점 가운데 {points}점({percent}%).", "en": "{points} of {most} points ({percent} %)."}
OF_BASELINE = {
    "ko": "{metric} {value}, 기준 모델 ‘{baseline}’은 {beaten}.",
    "en": "{metric} {value}; the baseline “{baseline}” has {beaten}.",
}


def achievement_of(template: BadgeTemplate) -> Achievement:
    """The words of a badge; their address is this very row's, so other words have another address. Needs `goal`."""
    return Achievement(
        id=address_of(reverse("awards:achievement", args=[template.pk])),
        name=Text(template.name_ko, template.name_en),
        description=Text(template.description_ko, template.description_en),
        criteria=Text(template.criteria_ko, template.criteria_en),
        kind="Achievement" if template.goal_id is not None else "CertificateOfCompletion",
        image=address_of(reverse("awards:achievement_image", args=[template.pk])),
        hours=template.hours,
        marks=(mark_of(template.goal),) if template.goal is not None else (),
    )


def mark_of(goal: Goal) -> Mark:
    """The number that each badge of a goal carries: a share of the points, or a score beside a baseline."""
    if goal.level == Level.SHARE:
        return Mark(id=SCORE, name=SCORE_NAME, kind="Percent", required=goal.percent, most=100)
    return Mark(id=SCORE, name=SCORE_NAME, kind="RawScore")


def marks_of(earning: Earning | None) -> dict[str, float]:
    return {SCORE: earning.facts["score"]} if earning is not None else {}


def evidence_of(earning: Earning | None) -> tuple[Evidence, ...]:
    """The project and what its result was, in both languages, out of the frozen facts."""
    if earning is None:
        return ()
    title = earning.facts["title"]
    told = {language: work_in(earning.facts, language) for language in LANGUAGES}
    narrative = Text(told["ko"], told["en"])
    return (Evidence(name=Text(title["ko"], title["en"]), narrative=narrative, genre=GENRE),)


def work_in(facts: dict[str, object], language: Language) -> str:
    words = OF_POINTS if "percent" in facts else OF_BASELINE
    with translation.override(language):
        day = formats.date_format(dt.date.fromisoformat(str(facts["day"])), "DATE_FORMAT")
    told = {name: in_language(value, language) for name, value in facts.items()}
    return WORK[language].format(day=day, score=words[language].format(**told), version=facts["version"])


def in_language(value: object, language: Language) -> str:
    if isinstance(value, dict):
        return str(value[language])
    return f"{value:g}" if isinstance(value, float) else str(value)


def recipient_of(user: User) -> Recipient:
    """By e-mail, or by the account here where a pupil has none; hashed either way."""
    return Recipient(identity=user.email) if user.email else Recipient(identity=user.username, kind=ACCOUNT)
