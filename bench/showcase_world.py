"""The works that `bench.pages` finds in the showcase."""

import random
from collections.abc import Mapping, Sequence

from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment, new_join_code
from saem.apps.projects.models import (
    Area,
    Method,
    Showcase,
    ShowcasePublication,
    ShowcaseTerm,
    ShowcaseVersion,
    ShowcaseVoice,
    Team,
    TermKind,
)
from saem.apps.projects.showcase.finding import words_in

BATCH = 2000
PLACES = ("운동장", "급식실", "도서관", "정류장", "체육관", "복도", "놀이터", "시장")
THINGS = ("비", "줄", "소음", "그늘", "책", "버스", "온도", "쓰레기", "자전거", "우산")
SKILLS = [{"id": "honest-split", "ko": "시간 순서로 나누기", "en": "Splitting in the order of time"}]


def show(cohort: Cohort, teams: Sequence[Team], members: Mapping[int, list[Enrolment]], *, works: int) -> str:
    """A public page of each team, and of teams of earlier years up to `works`; returns the first one's address."""
    earlier = earlier_teams(cohort, works - len(teams))
    makers = {team.pk: members.get(team.pk, members[teams[0].pk]) for team in (*teams, *earlier)}
    now = timezone.now()
    pages = Showcase.objects.bulk_create(
        [Showcase(team=team, status="approved", revision=2) for team in (*teams, *earlier)], BATCH
    )
    versions = ShowcaseVersion.objects.bulk_create(
        [version_of(page, makers[page.team_id][0], place) for place, page in enumerate(pages)], BATCH // 10
    )
    for page, version in zip(pages, versions, strict=True):
        page.public, page.published_at = version, now
    Showcase.objects.bulk_update(pages, ["public", "published_at"], BATCH // 10)
    ShowcasePublication.objects.bulk_create([ShowcasePublication(version=one, since=now) for one in versions], BATCH)
    ShowcaseVoice.objects.bulk_create(
        [
            ShowcaseVoice(version=version, enrolment=one, allows=True, is_of_age=True, answered_at=now)
            for page, version in zip(pages, versions, strict=True)
            for one in makers[page.team_id]
        ],
        BATCH,
    )
    ShowcaseTerm.objects.bulk_create([term for one in versions for term in terms_of(one)], BATCH)
    return pages[0].address


def earlier_teams(cohort: Cohort, count: int) -> list[Team]:
    """Closed teams of one big class."""
    before = Cohort.objects.create(
        institution=cohort.institution, version=cohort.version, title="earlier", starts_on=cohort.starts_on
    )
    room = Classroom.objects.create(cohort=before, name="earlier")
    now = timezone.now()
    return Team.objects.bulk_create(
        [
            Team(classroom=room, project="rain", name=f"지난 모둠 {n}", closed_at=now, join_code=new_join_code())
            for n in range(count)
        ],
        BATCH,
    )


def version_of(page: Showcase, by: Enrolment, number: int) -> ShowcaseVersion:
    place, thing = PLACES[number % len(PLACES)], THINGS[number % len(THINGS)]
    return ShowcaseVersion(
        showcase=page, number=1, title=f"{place}의 {thing} 맞히기", area=random.choice(Area.values),
        methods=[random.choice(Method.values)], skills=SKILLS, problem=f"{place}에서 {thing} 때문에 불편하다.",
        whose=f"{place}을 쓰는 사람", method="두 주 동안 세고 요일로 맞혔다.", found=f"{thing}은 화요일에 많다.",
        limits="시험 기간에는 맞지 않는다.", ai_use="쓰지 않았다.", reflection="세는 방법이 중요하다.", enrolment=by,
    )  # fmt: skip


def terms_of(version: ShowcaseVersion) -> list[ShowcaseTerm]:
    """As publishing writes them, for many works at once."""
    text = f"{version.title} {version.problem} {version.whose} {version.method} {version.found} {version.limits}"
    named = [(TermKind.AREA, version.area), *((TermKind.METHOD, code) for code in version.methods)]
    rows = [(TermKind.WORD, word) for word in words_in(text)] + named
    skills = [
        ShowcaseTerm(showcase=version.showcase, kind="skill", term=one["id"], title=one["ko"], title_en=one["en"])
        for one in version.skills
    ]
    return [ShowcaseTerm(showcase=version.showcase, kind=kind, term=term) for kind, term in rows] + skills
