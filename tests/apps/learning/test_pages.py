"""Who may open a lesson, what it says in both languages, and how many queries it takes."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.cohorts.models import Enrolment
from saem.apps.events.models import Event
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.people.models import User
from tests import cast, sample
from tests.apps.learning.places import Desk

BACKEND = "django.contrib.auth.backends.ModelBackend"
HANGUL = re.compile(r"[가-힣]")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_the_lesson_shows_text_mathematics_pictures_cells_and_hints(desk: Desk) -> None:
    page = desk.client.get(desk.lesson_url).content.decode()
    assert "<h1>콩의 키</h1>" in page
    assert "<math" in page
    assert 'aria-label="콩 그림"' in page
    assert page.count('data-code="python"') == 3
    assert page.index("힌트 1/2") < page.index("mean()을 떠올려") < page.index("힌트 2/2")
    assert 'aria-current="step"' in page


def test_the_whole_journey_works_without_scripts(desk: Desk) -> None:
    for cell, code in ((sample.LOAD, None), (sample.MEAN, sample.SOLUTION)):
        first = next(each for each in desk.place.page.cells if each.id == cell).code
        answer = desk.post(code or first, cell, htmx=False)
        assert answer["Location"] == f"{desk.lesson_url}#cell-{cell}"
    page = desk.client.get(desk.lesson_url).content.decode()
    assert "31.35" in page
    assert "맞아요" in page
    assert "이 수업을 마쳤어요" in page
    assert reverse("projects:project", args=[desk.enrolment.pk, sample.PROJECT]) in page


def test_the_english_lesson_has_no_korean_words(desk: Desk) -> None:
    desk.enrolment.user.language = "en"
    desk.enrolment.user.display_name = "Haneul"
    desk.enrolment.user.save()
    desk.post("print(1)\nx", sample.LOAD)
    desk.post(sample.WRONG)
    page = desk.client.get(desk.lesson_url).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Heights of beans" in main
    assert not HANGUL.search(main), HANGUL.search(main)


def test_in_a_finished_lesson_every_section_is_done(desk: Desk) -> None:
    desk.post(desk.place.cell(sample.LOAD).code, sample.LOAD)
    shown = desk.post(sample.SOLUTION).content.decode()
    assert shown.count('<li class="done') == 3
    assert "aria-current" not in shown


def test_opening_a_lesson_is_remembered_once(desk: Desk) -> None:
    desk.client.get(desk.lesson_url)
    desk.client.get(desk.lesson_url)
    assert LessonProgress.objects.filter(enrolment=desk.enrolment).count() == 1
    assert Event.objects.filter(verb="lesson.opened").count() == 1
    assert Enrolment.objects.get(pk=desk.enrolment.pk).last_seen_at is not None


@pytest.mark.parametrize("make", ["teacher", "staff"])
def test_teachers_and_staff_read_but_do_not_run(desk: Desk, make: str) -> None:
    desk.post("mine = 'my own words'")
    classroom = desk.enrolment.classroom
    user = cast.a_teacher(classroom) if make == "teacher" else cast.a_staff_member(classroom.cohort)
    client = signed_in(user)
    page = client.get(desk.lesson_url).content.decode()
    assert "my own words" in page
    assert "<textarea" not in page
    assert 'name="action"' not in page
    assert client.post(desk.cell_url(), {"action": "run", "code": "1"}).status_code == 403
    assert desk.record().runs == 1
    assert client.get(reverse("learning:program", args=[desk.enrolment.pk])).status_code == 200


def test_for_anybody_else_the_lesson_does_not_exist(desk: Desk) -> None:
    other_room = cast.a_classroom(desk.enrolment.classroom.cohort)
    others = [
        cast.a_stranger(),
        cast.a_student(desk.enrolment.classroom).user,
        cast.a_student(other_room).user,
        cast.a_teacher(other_room),
    ]
    for user in others:
        client = signed_in(user)
        assert client.get(desk.lesson_url).status_code == 404
        assert client.get(reverse("learning:program", args=[desk.enrolment.pk])).status_code == 404
        assert client.post(desk.cell_url(), {"action": "run", "code": "1"}).status_code == 404
        assert client.get(asset_url(desk)).status_code == 404
    assert not CellRecord.objects.exists()


def test_nobody_is_asked_to_sign_in(desk: Desk) -> None:
    answer = Client().get(desk.lesson_url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def asset_url(desk: Desk, path: str = f"lessons/{sample.LESSON}/images/bean.svg") -> str:
    return reverse("learning:asset", args=[desk.enrolment.pk, sample.LESSON, path])


def test_a_picture_comes_with_its_type_sandboxed_and_to_be_kept(desk: Desk) -> None:
    page = desk.client.get(desk.lesson_url).content.decode()
    assert '<svg class="drawing" role="img"' in page
    address = re.search(r'href="([^"]+bean\.svg)"', page)
    assert address is not None
    answer = desk.client.get(address[1])
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "program.yaml",
        f"lessons/{sample.LESSON}/lesson.yaml",
        f"projects/{sample.PROJECT}/solution/predict.py",
        f"lessons/{sample.LESSON}/images/../lesson.yaml",
        "../../../../etc/passwd",
        "@abc/../program.yaml",
        "lessons/%2e%2e/program.yaml",
    ],
)
def test_no_other_file_of_the_program_can_be_had(desk: Desk, path: str) -> None:
    assert desk.client.get(f"{desk.lesson_url}assets/{path}").status_code == 404


def test_a_lesson_takes_the_same_queries_however_much_was_done(desk: Desk) -> None:
    desk.client.get(desk.lesson_url)
    with CaptureQueriesContext(connection) as before:
        desk.client.get(desk.lesson_url)
    for cell in (sample.LOAD, sample.MEAN, sample.DRAW):
        desk.post("print(1)", cell)
    with CaptureQueriesContext(connection) as after:
        desk.client.get(desk.lesson_url)
    assert len(after) == len(before)
    assert len(after) <= 10


def test_the_program_page_names_the_step_to_go_on_with(desk: Desk) -> None:
    url = reverse("learning:program", args=[desk.enrolment.pk])
    assert "시작하기" in desk.client.get(url).content.decode()
    desk.client.get(desk.lesson_url)
    assert "이어서 하기" in desk.client.get(url).content.decode()
    desk.post(desk.place.cell(sample.LOAD).code, sample.LOAD)
    desk.post(sample.SOLUTION)
    page = desk.client.get(url).content.decode()
    assert "2단계 가운데 1단계를 마쳤어요" in page
    assert reverse("projects:project", args=[desk.enrolment.pk, sample.PROJECT]) in page


def test_a_scored_project_finishes_the_program(desk: Desk) -> None:
    desk.post(desk.place.cell(sample.LOAD).code, sample.LOAD)
    desk.post(sample.SOLUTION)
    Event.objects.create(
        actor=desk.enrolment.user,
        verb="graded",
        object_kind="submission",
        object_id="1",
        cohort_id=desk.enrolment.classroom.cohort_id,
        facts={"project": sample.PROJECT, "status": "scored"},
    )
    page = desk.client.get(reverse("learning:program", args=[desk.enrolment.pk])).content.decode()
    assert "모든 단계를 마쳤어요" in page
