"""Teams and mentors matched by a job, with reasons, pairs set by hand and what a run leaves alone."""

import datetime as dt

import pytest

from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.apps.partners.contact import needs
from saem.apps.partners.matching import asking, explaining, loading, runs
from saem.apps.partners.models import FixedPair, MatchRun, Mentor, Pairing, RunState, Vetting
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.apps.projects.models import Team, TeamMentor
from saem.errors import SaemError
from tests.apps.partners.a_partnership import (
    DAY,
    a_member,
    a_mentor,
    a_pair,
    a_team,
    check,
    host_of,
    staff_of,
    today,
)
from tests.cast import a_classroom

pytestmark = pytest.mark.django_db


def matched(team: Team, *, days: int = 60) -> MatchRun:
    """The cohort of this team, matched from today on."""
    cohort = team.classroom.cohort
    run = runs.ask(cohort, first=today(), last=today() + days * DAY, by=staff_of(cohort.institution))
    drain()
    run.refresh_from_db()
    return run


def pairs_in(run: MatchRun) -> dict[str, str | None]:
    rows = run.rows.select_related("team", "mentor__user")
    return {row.team.name: str(row.mentor.user) if row.mentor else None for row in rows}


def wish(team: Team, *mentors: Mentor, **facts: list[str]) -> None:
    values = {"topics": [], "languages": ["ko"], "times": [], **facts}
    needs.say(team, needs.Need(**values, wishes=[one.pk for one in mentors]), by=a_member(team))


def words_in(run: MatchRun, team: Team) -> list[str]:
    row = run.rows.get(team=team)
    return explaining.row_words(row, explaining.names_in([row.reasons]))


def test_topics_and_wishes_decide_and_the_reasons_say_so() -> None:
    team = a_team()
    other = a_team(team.classroom, "그림")
    painter = a_mentor(host_of(team), "그림 멘토", topics=["image"], places=1)
    weather = a_mentor(host_of(team), "날씨 멘토", topics=["environment"], places=1)
    wish(team, topics=["environment", "table"], times=["mon"])
    wish(other, painter)
    run = matched(team)
    assert run.state == RunState.DONE
    assert pairs_in(run) == {"빗방울": str(weather.user), "그림": str(painter.user)}
    assert words_in(run, team) == [
        "맞는 주제: 날씨와 환경",
        "멘토가 맡지 않는 주제: 표 데이터와 통계",
        "함께 만날 수 있는 때: 월요일 저녁",
        "함께 쓰는 말: 한국어",
    ]
    assert words_in(run, other)[0] == "모둠이 1순위로 바란 멘토예요."
    assert (run.teams, run.mentors, run.matched) == (2, 2, 2)


def test_a_first_wish_that_failed_is_priced() -> None:
    team = a_team()
    second = a_team(team.classroom, "구름")
    star, plain = a_mentor(host_of(team), "인기", places=1), a_mentor(host_of(team), "보통", places=1)
    wish(team, star, topics=["image"])
    wish(second, star, topics=["image"])
    run = matched(team)
    assert pairs_in(run) == {"빗방울": "인기", "구름": "보통"}
    said = words_in(run, second)
    assert "1순위로 바란 인기 멘토가 아닌 까닭:" in said
    assert "그 자리는 다른 모둠이 쓰고 있어요: 빗방울" in said
    assert any(words.startswith("모두 합친 점수가 똑같아서") for words in said)
    answer = asking.answer(run, run.rows.get(team=team), plain.pk)
    assert answer.was_there
    assert answer.why_not


def test_without_enough_places_every_team_reads_what_would_be_enough() -> None:
    team = a_team()
    for name in ("구름", "바람"):
        a_team(team.classroom, name)
    mentor = a_mentor(host_of(team), places=2)
    run = matched(team)
    (left,) = [row for row in run.rows.all() if row.mentor_id is None]
    said = words_in(run, left.team)
    assert said[0] == "모둠 3개가 같은 멘토 1명만 만날 수 있는데 남은 자리는 2개예요."
    assert said[1] == f"이 가운데 한 명이 한 모둠만 더 맡으면 돼요: {mentor.user}"


@pytest.mark.parametrize(
    ("facts", "last", "words"),
    [
        ({"languages": ["en"]}, 90, "쓰는 말이 하나라도 같으면 맡을 수 있어요: 한멘토"),
        ({"times": ["sat-am"]}, 90, "만날 수 있는 때가 하나라도 겹치면 맡을 수 있어요: 한멘토"),
        ({}, 59, "경력 조회가 기간 끝까지 이어지면 맡을 수 있어요: 한멘토"),
    ],
)
def test_what_stands_in_the_way_is_said(facts: dict[str, list[str]], last: int, words: str) -> None:
    team = a_team()
    wish(team, times=["mon"])
    a_mentor(host_of(team), checked=check(last=today() + dt.timedelta(days=last)), **facts)
    assert words_in(matched(team), team) == [words]


def test_nobody_mentors_a_team_they_are_in_or_teach_or_have_a_conflict_with() -> None:
    team = a_team()
    member, teacher, relative = (a_mentor(host_of(team), name) for name in ("학생", "교사", "친척"))
    Mentor.objects.filter(pk=member.pk).update(user=a_member(team))
    grant(teacher.user, role=Role.TEACHER, scope=Scope.COHORT, scope_id=team.classroom.cohort_id)
    runs.declare_conflict(team, relative, reason="친척", by=staff_of(host_of(team)))
    run = matched(team)
    assert pairs_in(run) == {"빗방울": None}
    assert words_in(run, team) == ["지금은 만날 수 있는 멘토가 아무도 없어요."]
    for mentor in (member, teacher, relative):
        assert asking.answer(run, run.rows.get(), mentor.pk).why_not == ["이해관계가 있어서 맡을 수 없어요."]
        with pytest.raises(SaemError, match=r"match\.bar\.conflict"):
            runs.fix(team, Mentor.objects.get(pk=mentor.pk), by=staff_of(host_of(team)))


def test_a_pair_set_by_hand_is_kept_and_the_others_are_matched_around_it() -> None:
    team = a_team()
    second = a_team(team.classroom, "구름")
    best, other = a_mentor(host_of(team), "좋은", places=1), a_mentor(host_of(team), "다른", places=1, topics=["robot"])
    wish(team, best, topics=["image"])
    wish(second, best, topics=["image"])
    staff = staff_of(host_of(team))
    assert pairs_in(matched(team)) == {"빗방울": "좋은", "구름": "다른"}
    runs.fix(second, best, by=staff)
    run = matched(team)
    assert pairs_in(run) == {"빗방울": "다른", "구름": "좋은"}
    assert words_in(run, second) == ["담당자가 정한 짝이에요. 다시 배정해도 그대로 있어요."]
    with pytest.raises(SaemError, match=r"match\.full"):
        runs.fix(team, best, by=staff)
    runs.fix(second, other, by=staff)
    assert FixedPair.objects.get().mentor == other
    runs.loosen(second, by=staff)
    assert pairs_in(matched(team)) == {"빗방울": "좋은", "구름": "다른"}


def test_a_hand_cannot_overrule_a_missing_check() -> None:
    team = a_team()
    mentor = a_mentor(host_of(team), checked=check(last=today() - DAY))
    with pytest.raises(SaemError, match=r"match\.bar\.not_vetted"):
        runs.fix(team, mentor, by=staff_of(host_of(team)))


def test_the_second_press_gives_tells_and_opens_the_project() -> None:
    team = a_team()
    mentor = a_mentor(host_of(team))
    run = matched(team)
    staff = staff_of(host_of(team))
    runs.give(run, by=staff)
    with pytest.raises(SaemError, match=r"match\.not_newest"):
        runs.give(run, by=staff)
    drain()
    run.refresh_from_db()
    assert run.state == RunState.GIVEN
    assert Pairing.objects.get(until=None).mentor == mentor
    assert TeamMentor.objects.get(until=None).user == mentor.user
    assert Notice.objects.filter(kind="mentor.paired", recipient=a_member(team)).count() == 1
    assert Notice.objects.filter(kind="mentor.given", recipient=mentor.user).count() == 1
    with pytest.raises(SaemError, match=r"match\.no_teams"):
        runs.ask(team.classroom.cohort, first=today(), last=today(), by=staff)


def test_who_lost_the_check_or_the_places_in_between_is_passed_over() -> None:
    team = a_team()
    second = a_team(team.classroom, "구름")
    lapsed, full = a_mentor(host_of(team), "끝난", places=1), a_mentor(host_of(team), "찬", places=1)
    run = matched(team)
    assert None not in pairs_in(run).values()
    Vetting.objects.filter(mentor=lapsed).update(holds_until=today() - DAY)
    a_pair(a_team(a_classroom()), full)
    runs.give(run, by=staff_of(host_of(team)))
    drain()
    assert Pairing.objects.filter(team__in=[team, second]).count() == 0
    run.refresh_from_db()
    assert run.state == RunState.GIVEN


def test_many_pairs_are_given_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "GIVEN_AT_ONCE", 2)
    team = a_team()
    for number in range(4):
        a_team(team.classroom, f"모둠 {number}")
    a_mentor(host_of(team), places=5)
    run = matched(team)
    runs.give(run, by=staff_of(host_of(team)))
    drain()
    assert Pairing.objects.filter(until=None).count() == 5
    assert MatchRun.objects.get().state == RunState.GIVEN


def test_a_second_press_while_it_works_finds_the_same_run() -> None:
    team = a_team()
    a_mentor(host_of(team))
    staff = staff_of(host_of(team))
    cohort = team.classroom.cohort
    first = runs.ask(cohort, first=today(), last=today(), by=staff)
    assert runs.ask(cohort, first=today(), last=today() + DAY, by=staff) == first


def test_an_old_run_is_not_given() -> None:
    team = a_team()
    a_mentor(host_of(team))
    old = matched(team)
    matched(team)
    with pytest.raises(SaemError, match=r"match\.not_newest"):
        runs.give(old, by=staff_of(host_of(team)))


def test_a_run_that_failed_is_said_and_can_be_sent_on() -> None:
    team = a_team()
    staff = staff_of(host_of(team))
    run = runs.ask(team.classroom.cohort, first=today(), last=today(), by=staff)
    runs.set_aside(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    runs.wait_again(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.WAITING


def test_reading_asks_as_often_for_many_teams_as_for_few(django_assert_max_num_queries) -> None:
    team = a_team()
    for number in range(6):
        a_team(team.classroom, f"모둠 {number}")
        a_mentor(host_of(team), f"멘토 {number}")
    cohort = team.classroom.cohort
    run = MatchRun.objects.create(cohort=cohort, first=today(), last=today())
    with django_assert_max_num_queries(11):
        given = loading.read(run)
    assert (len(given.teams), len(given.mentors)) == (7, 6)


def test_a_mentor_who_was_not_in_the_run_is_said_to_be_new() -> None:
    team = a_team()
    run = matched(team)
    late = a_mentor(host_of(team))
    assert not asking.answer(run, run.rows.get(), late.pk).was_there
