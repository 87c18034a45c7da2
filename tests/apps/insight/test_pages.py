"""The home page, the teacher's class and the manager's cohort: what they show, to whom, in how many queries."""

import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import Enrolment
from saem.apps.insight import queries, totals
from saem.apps.insight.progress import steps_of
from saem.apps.insight.totals import totals_of
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import grant
from saem.apps.projects.models import BoardRow, Submission, SubmissionKind, SubmissionState
from tests import cast
from tests.apps.insight.conftest import Room
from tests.sample import LESSON, MEAN, PROJECT


def finish_lesson(enrolment: Enrolment) -> None:
    LessonProgress.objects.create(
        enrolment=enrolment, lesson=LESSON, exercises_passed=1, exercises_total=1, done_at=timezone.now()
    )


def get_stuck(enrolment: Enrolment, *, minutes: int) -> None:
    LessonProgress.objects.create(enrolment=enrolment, lesson=LESSON, exercises_total=1)
    CellRecord.objects.create(
        enrolment=enrolment,
        lesson=LESSON,
        cell=MEAN,
        code="beans['heigth'].mean()",
        status="error",
        runs=3,
        failures_in_row=2,
        failing_since=timezone.now() - dt.timedelta(minutes=minutes),
    )


def hand_in(enrolment: Enrolment, *, score: float) -> Submission:
    submission = Submission.objects.create(
        enrolment=enrolment,
        project=PROJECT,
        kind=SubmissionKind.PREDICTIONS,
        token=uuid.uuid4(),
        name="my.csv",
        size=10,
        sha256="0" * 64,
        state=SubmissionState.SCORED,
    )
    BoardRow.objects.create(
        cohort=enrolment.classroom.cohort,
        project=PROJECT,
        enrolment=enrolment,
        submission=submission,
        score=score,
        low=score,
        high=score,
    )
    return submission


def read(client: Client, name: str, *numbers: int) -> str:
    response = client.get(reverse(f"insight:{name}", args=numbers))
    assert response.status_code == 200
    return response.content.decode()


def test_teacher_sees_who_is_stuck_before_everyone(room: Room) -> None:
    finish_lesson(room.done)
    get_stuck(room.stuck, minutes=14)
    page = read(room.client(room.teacher), "classroom", room.classroom.pk)
    attention, grid = page.split("학생별 진도", 1)
    assert "나래" in attention
    assert "2번 칸" in attention
    assert "14분째" in attention
    assert "가온" not in attention
    assert "막힘" in grid
    assert all(name in grid for name in ("가온", "나래", "다솜"))


@pytest.mark.parametrize("minutes", [9, 13 * 60])
def test_a_short_trouble_or_yesterdays_is_not_stuck(room: Room, minutes: int) -> None:
    get_stuck(room.stuck, minutes=minutes)
    assert "지금 막힌 학생이 없어요" in read(room.client(room.teacher), "classroom", room.classroom.pk)


def test_class_page_in_english(room: Room) -> None:
    get_stuck(room.stuck, minutes=14)
    page = read(room.client(room.teacher, "en"), "classroom", room.classroom.pk)
    assert "Students to look at now" in page
    assert "for 14 minutes" in page
    assert "막힘" not in page


def test_teacher_opens_a_students_code_and_submissions(room: Room) -> None:
    get_stuck(room.stuck, minutes=14)
    submission = hand_in(room.stuck, score=1.0)
    page = read(room.client(room.teacher), "student", room.classroom.pk, room.stuck.pk)
    assert "beans[&#x27;heigth&#x27;].mean()" in page
    assert reverse("projects:submission", args=[submission.pk]) in page


def test_a_student_of_another_class_does_not_exist_here(room: Room) -> None:
    other = cast.a_student(cast.a_classroom(room.classroom.cohort))
    url = reverse("insight:student", args=[room.classroom.pk, other.pk])
    assert room.client(room.teacher).get(url).status_code == 404


def test_student_goes_on_where_they_are(room: Room) -> None:
    fresh = read(room.client(room.done.user), "home")
    assert "시작하기" in fresh
    assert reverse("learning:lesson", args=[room.done.pk, LESSON]) in fresh
    finish_lesson(room.done)
    later = read(room.client(room.done.user), "home")
    main = later.split("btn main big", 1)[1][:200]
    assert reverse("projects:project", args=[room.done.pk, PROJECT]) in main


def test_home_of_a_stranger_and_of_nobody(room: Room) -> None:
    assert "참여 코드 넣기" in read(room.client(cast.a_stranger()), "home")
    assert reverse("cohorts:join") in Client().get("/").content.decode()


def test_home_offers_what_its_reader_may_do(room: Room) -> None:
    opening = reverse("cohorts:new")
    assert opening not in read(room.client(room.staff), "home"), "staff of a cohort alone may not open another"
    keeper, author = cast.a_person("최총괄"), cast.a_person("이집필")
    cohort = room.classroom.cohort
    grant(keeper, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=cohort.institution_id)
    grant(author, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=cohort.version.program_id)
    assert opening in read(room.client(keeper), "home")
    page = read(room.client(author), "home")
    assert reverse("catalog:program", args=[cohort.version.program.slug]) in page
    assert "참여 코드 넣기" not in page


def test_manager_filters_students(room: Room) -> None:
    url = reverse("insight:cohort", args=[room.classroom.cohort.pk])
    client = room.client(room.staff)
    found = client.get(url, {"q": "나"}).context["rows"]
    assert [row.enrolment.nickname for row in found] == ["나래"]
    assert len(client.get(url, {"q": "없는", "classroom": "x'--"}).context["rows"]) == 0
    assert client.get(url, {"page": "99999999"}).status_code == 200


def test_students_who_left_are_not_counted(room: Room) -> None:
    finish_lesson(room.absent)
    Enrolment.objects.filter(pk=room.absent.pk).update(left_at=timezone.now())
    page = room.client(room.staff).get(reverse("insight:cohort", args=[room.classroom.cohort.pk]))
    found = page.context["totals"]
    assert (found.students, [count for _step, count, _share in found.done]) == (2, [0, 0])
    assert page.context["summaries"][0].students == 2


def test_a_chosen_class_narrows_the_list_and_stays_chosen(room: Room) -> None:
    other = cast.a_classroom(room.classroom.cohort, name="2학년 9반")
    cast.a_student(other, "라온")
    client, url = room.client(room.staff), reverse("insight:cohort", args=[room.classroom.cohort.pk])
    answer = client.get(url, {"classroom": other.pk})
    assert [row.enrolment.nickname for row in answer.context["rows"]] == ["라온"]
    assert f'<option value="{other.pk}" selected>2학년 9반</option>' in answer.content.decode()


def test_classes_come_in_pages_of_their_own(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    monkeypatch.setattr(queries, "CLASSES_PER_PAGE", 2)
    finish_lesson(room.done)
    for number in range(3, 6):
        cast.a_student(cast.a_classroom(room.classroom.cohort, name=f"3학년 {number}반"), f"학생 {number}")
    client, url = room.client(room.staff), reverse("insight:cohort", args=[room.classroom.cohort.pk])
    pages = [client.get(url, {"classes": number, "page": 2}) for number in (1, 2)]
    shown = [[(one.classroom.name, one.students, one.done) for one in page.context["summaries"]] for page in pages]
    assert shown == [
        [("2학년 3반", 3, [1, 0]), ("3학년 3반", 1, [0, 0])],
        [("3학년 4반", 1, [0, 0]), ("3학년 5반", 1, [0, 0])],
    ]
    assert [page.context["page"].number for page in pages] == [2, 2]
    assert "classes=2&amp;page=2" in pages[0].content.decode()


def test_a_small_cohort_is_counted_at_every_request(room: Room) -> None:
    cohort, steps = room.classroom.cohort, steps_of(room.classroom.cohort, "ko")
    assert [count for _step, count, _share in totals_of(cohort, steps).done] == [0, 0]
    finish_lesson(room.done)
    again = hand_in(room.done, score=1.0)
    again.pk, again.token = None, uuid.uuid4()
    again.save()
    now = totals_of(cohort, steps)
    assert [(count, share) for _step, count, share in now.done] == [(1, 33), (1, 33)]
    assert now.counted_at is None


def test_a_large_cohort_shows_numbers_of_the_last_minute_with_their_moment(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(totals, "LARGE", 2)
    cohort, steps = room.classroom.cohort, steps_of(room.classroom.cohort, "ko")
    client, url = room.client(room.staff), reverse("insight:cohort", args=[cohort.pk])
    assert "기준</span>" in client.get(url).content.decode()
    finish_lesson(room.done)
    assert totals_of(cohort, steps).done[0][1] == 0, "kept for a minute"

    monkeypatch.setattr(totals, "RECENT", dt.timedelta(0))
    key = f"insight:totals:{cohort.pk}:{cohort.version_id}"
    cache.set(f"{key}:counting", True)
    assert totals_of(cohort, steps).done[0][1] == 0, "somebody else is counting"
    cache.delete(f"{key}:counting")
    assert totals_of(cohort, steps).done[0][1] == 1
    cache.clear()


def test_workbook_holds_every_student_and_no_formula(room: Room) -> None:
    finish_lesson(room.done)
    hand_in(room.done, score=0.25)
    Enrolment.objects.filter(pk=room.stuck.pk).update(nickname="=1+1")
    response = room.client(room.staff).get(reverse("insight:progress", args=[room.classroom.cohort.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("학급", "학생")
    students = {row[1]: row for row in rows[1:]}
    assert set(students) == {"가온", "=1+1", "다솜"}
    assert {cell.data_type for cell in sheet["B"]} == {"s"}
    assert students["가온"][2] == "마침"
    assert students["가온"][4] == 0.25
    assert students["다솜"][4] is None


@pytest.mark.parametrize("page", ["home", "classroom", "cohort", "progress"])
def test_queries_do_not_grow_with_the_class(room: Room, page: str) -> None:
    place = {"home": [], "classroom": [room.classroom.pk]}.get(page, [room.classroom.cohort.pk])
    user = room.staff if page in {"cohort", "progress"} else room.teacher
    client = room.client(user)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse(f"insight:{page}", args=place))
            assert response.status_code == 200
            response.getvalue()
        return len(captured)

    count()
    before = count()
    for _number in range(20):
        student = cast.a_student(room.classroom)
        finish_lesson(student)
        hand_in(student, score=0.5)
    assert count() == before


@pytest.mark.parametrize("who", ["student", "stranger", "other teacher"])
def test_others_see_neither_class_nor_cohort(room: Room, who: str) -> None:
    people: dict[str, User] = {
        "student": room.done.user,
        "stranger": cast.a_stranger(),
        "other teacher": cast.a_teacher(cast.a_classroom(room.classroom.cohort)),
    }
    client = room.client(people[who])
    for name, number in (("classroom", room.classroom.pk), ("cohort", room.classroom.cohort.pk)):
        assert client.get(reverse(f"insight:{name}", args=[number])).status_code == 404
