"""The staff's pages of project badges, the learner's, and the portfolio."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.awards.goals import giving, levels
from saem.apps.awards.models import Badge, Earning, Goal, Level
from saem.apps.awards.portfolio.recognitions import recognitions
from saem.apps.jobs.worker import drain
from tests.apps.awards.a_completion import WORDS, signed_in_as
from tests.apps.awards.goals.a_goal import RANKED, a_goal, graded_again, handed_in
from tests.apps.awards.goals.conftest import Club
from tests.sample import PROJECT

ASKED = {name: str(value) for name, value in WORDS.items() if name != "hours"}


def page(club: Club, name: str, *args: object) -> str:
    return reverse(f"awards:{name}", args=[club.cohort.pk, *args])


def test_staff_make_a_badge_give_it_and_take_care_of_what_fell(club: Club) -> None:
    browser, student = signed_in_as(club.staff), club.student()
    row = handed_in(student)
    assert "새 배지 만들기" in browser.get(page(club, "goals")).text
    sent = ASKED | {"level": "share", "percent": "80", "baseline": "mean"}
    answer = browser.post(page(club, "goal_new", PROJECT), sent)
    goal = Goal.objects.get()
    assert answer["Location"] == page(club, "goal", goal.pk)
    assert (goal.level, goal.percent, goal.baseline) == (Level.SHARE, 80, "")
    assert "아직 못 받은 사람은 1명" in browser.get(page(club, "goal", goal.pk)).text
    batch = browser.post(page(club, "goal_give", goal.pk))["Location"]
    assert "배지를 주고 있어요" in browser.get(batch).text
    drain()
    assert "모두 줬어요" in browser.get(batch).text
    graded_again(row, 1)
    drain()
    for address in (page(club, "goal", goal.pk), page(club, "goals"), page(club, "cohort")):
        assert "1명" in browser.get(address).text
    assert "기준 아래" in browser.get(page(club, "goal", goal.pk)).text
    revoke = reverse("awards:revoke_badge", args=[Badge.objects.get().pk])
    assert "다시 채점한 결과가" in browser.get(revoke).text
    assert browser.post(revoke, {"reason": ""}).status_code == 422
    answer = browser.post(revoke, {"reason": "다시 채점"})
    assert answer["Location"] == page(club, "goal", goal.pk)
    assert Earning.objects.get().ended_at is not None
    handed_in(student)
    drain()
    assert "다시 주기" in browser.get(page(club, "goal", goal.pk)).text
    browser.post(page(club, "goal_give_one", goal.pk, student.pk))
    drain()
    assert Badge.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"level": "luck"},
        {"level": ""},
        {"level": "share", "percent": ""},
        {"level": "share", "percent": "0"},
        {"level": "share", "percent": "101"},
        {"level": "share", "percent": "많이"},
        {"level": "baseline", "baseline": "x"},
        {"level": "baseline", "baseline": ""},
        {"level": "share", "percent": "80", "name_ko": ""},
    ],
)
def test_a_level_that_makes_no_sense_is_refused(club: Club, changes: dict[str, str]) -> None:
    browser = signed_in_as(club.staff)
    assert browser.post(page(club, "goal_new", PROJECT), ASKED | changes).status_code == 422
    assert not Goal.objects.exists()


def test_the_same_level_twice_is_said_at_the_field(club: Club) -> None:
    a_goal(club.cohort, club.staff)
    answer = signed_in_as(club.staff).post(page(club, "goal_new", PROJECT), ASKED | {"level": "share", "percent": "80"})
    assert answer.status_code == 422
    assert "이미 있어요" in answer.text


def test_what_is_no_project_has_no_page(club: Club) -> None:
    assert signed_in_as(club.staff).get(page(club, "goal_new", "nothing")).status_code == 404


def test_other_words_are_for_badges_given_later(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    handed_in(student)
    giving.start(goal, by=club.staff)
    drain()
    browser = signed_in_as(club.staff)
    assert browser.post(page(club, "goal_words", goal.pk), ASKED | {"name_ko": "새 이름"}).status_code == 302
    assert giving.words_of(goal).name_ko == "새 이름"
    assert Badge.objects.get().template.name_ko == WORDS["name_ko"]
    assert browser.post(page(club, "goal_automatic", goal.pk), {"on": "yes"}).status_code == 302
    assert Goal.objects.get().is_automatic
    browser.post(page(club, "goal_close", goal.pk))
    assert Goal.objects.get().closed_at is not None
    assert "이제 새로 주지 않아요" in browser.get(page(club, "goal", goal.pk)).text


def test_the_learner_has_it_and_shows_it_and_a_stranger_checks_it(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    row = handed_in(student)
    giving.start(goal, by=club.staff)
    drain()
    badge = Badge.objects.get()
    mine = signed_in_as(student.user).get(reverse("awards:mine")).text
    assert WORDS["name_ko"] in mine
    title = levels.projects_in(club.cohort)[PROJECT].title.ko
    assert title in mine
    (shown,) = recognitions(student.user)
    assert shown.detail == title
    assert shown.files
    public = Client().get(reverse("awards:badge", args=[badge.pk])).text
    assert "진짜 배지이고" in public
    assert title in public
    assert "4점 가운데 4점" in public
    assert student.nickname not in public
    version = club.cohort.version.content_hash
    assert version[:19] in public
    assert version not in public
    graded_again(row, 1)
    drain()
    assert "살펴보고 있어요" in signed_in_as(student.user).get(reverse("awards:mine")).text


@pytest.mark.parametrize("name", ["goals", "goal", "goal_new", "goal_words"])
def test_pages_are_whole_in_english(club: Club, name: str) -> None:
    goal = a_goal(club.cohort, club.staff, **RANKED)
    handed_in(club.student(), rmse=1)
    giving.start(goal, by=club.staff)
    drain()
    extra: dict[str, list[object]] = {"goals": [], "goal_new": [PROJECT]}
    browser = signed_in_as(club.staff)
    text = browser.get(page(club, name, *extra.get(name, [goal.pk])), headers={"accept-language": "en"}).text
    main = text[text.index("<main") : text.index("</main>")]
    names = {
        club.staff.display_name,
        club.cohort.title,
        club.classroom.name,
        *Goal.objects.values_list("earnings__enrolment__nickname", flat=True),
    }
    for each in names:
        main = main.replace(str(each), "")
    words = re.sub(r"<[^>]*>|<textarea.*?</textarea>", " ", main)
    left = [found for found in re.findall(r"[가-힣]+", words) if found not in str(WORDS)]
    assert not left


def test_pages_take_as_many_queries_for_many_as_for_few(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    browser, learner = signed_in_as(club.staff), club.student()
    handed_in(learner)
    giving.set_automatic(goal, is_on=True, by=club.staff)
    drain()
    pages = [
        (browser, page(club, "goals")),
        (browser, page(club, "goal", goal.pk)),
        (browser, page(club, "cohort")),
        (signed_in_as(learner.user), reverse("awards:mine")),
    ]
    before = [count(*each) for each in pages]
    a_goal(club.cohort, club.staff, percent=50)
    a_goal(club.cohort, club.staff, **RANKED)
    for _person in range(5):
        handed_in(club.student())
    drain()
    assert [count(*each) for each in pages] == before


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
