"""What staff and learners see and press."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.completion import ruling, training
from saem.apps.cohorts.models import Completion, CompletionRules, Standing, StandingOutcome, TrainingCourse
from saem.apps.cohorts.sessions.marking import Wanted, mark_said, said, save_marks
from saem.lib.completion import Mark, Status
from tests.apps.cohorts.completion.a_course import RULES, Course, a_course, a_participant, attend, designate, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None, a_version_with_content: object) -> Course:
    return a_course(version=a_version_with_content)


def root(course: Course) -> str:
    return f"/cohorts/{course.cohort.pk}/completion/"


def choices(**changed: object) -> dict[str, object]:
    usual = {"seen": 1, "attendance": 80, "grace": 0, "illness": "absent", "missing_check_out": "nothing"}
    return {key: value for key, value in (usual | changed).items() if value is not None}


def test_the_learner_reads_what_is_missing(client: Client, course: Course):
    attend(course, course.teacher)
    client.force_login(course.teacher.user)
    page = client.get(f"/completion/{course.teacher.pk}/").text
    assert "900분" in page
    assert "60점 더 채우면 돼요." in page


def test_choices_become_rules_that_decide(client: Client, course: Course):
    attend(course, course.teacher)
    designate(course, course.teacher)
    client.force_login(course.staff)
    answer = client.post(f"{root(course)}rules/", choices())
    assert answer.status_code == 302
    rules = ruling.rules_of(course.cohort)
    assert rules is not None
    assert rules.number == 2
    assert Standing.objects.get(enrolment=course.teacher).outcome == StandingOutcome.COMPLETED
    assert Completion.objects.get().credits == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"attendance": None},
        {"attendance": 101},
        {"points": 60, "online_exam": 50},
        {"illness": "whatever"},
    ],
)
def test_choices_that_cannot_be(client: Client, course: Course, wrong: dict[str, object]):
    client.force_login(course.staff)
    answer = client.post(f"{root(course)}rules/", choices(**wrong))
    assert answer.context["form"].errors
    assert CompletionRules.objects.count() == 1


def test_a_page_that_did_not_see_a_colleagues_rules_changes_nothing(client: Client, course: Course):
    client.force_login(course.staff)
    answer = client.post(f"{root(course)}rules/", choices(seen=0))
    assert answer.status_code == 409
    assert "그 사이 다른 담당자가 기준을 바꿨어요" in answer.text
    assert CompletionRules.objects.count() == 1


def test_a_book_with_mistakes_is_told_with_lines(client: Client, course: Course):
    client.force_login(course.staff)
    text = RULES.replace("percent: 90", "percent: 190")
    answer = client.post(f"{root(course)}rules/book/", {"seen": 1, "text": text})
    assert "10번째 줄" in answer.text
    late = RULES.replace("2026-01-01", "2030-01-01")
    answer = client.post(f"{root(course)}rules/book/", {"seen": 1, "text": late})
    assert answer.status_code == 409
    assert CompletionRules.objects.count() == 1
    answer = client.post(f"{root(course)}rules/book/", {"seen": 1, "text": RULES.replace("points: 60", "points: 50")})
    assert answer.status_code == 302


def test_staff_write_record_and_points_of_one_person(client: Client, course: Course):
    attend(course, course.teacher)
    client.force_login(course.staff)
    page = f"{root(course)}people/{course.teacher.pk}/"
    client.post(f"{page}scores/", {"part-online_exam": 70, "part-assignment": 50})
    assert "연수지명번호가 없어서" in client.get(page).text
    client.post(f"{page}record/", {"name": "이연수", "designation_number": "서울-2026-17"})
    made = Completion.objects.get()
    assert made.number in client.get(page).text
    client.post(f"{page}name/", {"name": "이연주", "reason": "오타"})
    client.post(f"{page}withdraw/", {"reason": "본인 확인을 하지 못함"})
    found = client.get(page).text
    assert "본인 확인을 하지 못함" in found
    assert client.post(f"{page}withdraw/", {"reason": "또"}).status_code == 409
    client.post(f"{page}again/")
    assert Completion.objects.filter(withdrawn_at=None).count() == 1
    answer = client.post(f"{page}scores/", {"part-online_exam": 170})
    assert answer.context["scores_form"].errors


def test_the_list_is_narrowed_and_costs_the_same_for_everybody(
    client: Client, course: Course, django_assert_max_num_queries: object
):
    attend(course, course.teacher)
    score(course, course.teacher, 70, 50)
    for number in range(30):
        a_participant(course.teacher.classroom, f"교사 {number:02d}")
    client.force_login(course.staff)
    client.get(root(course))
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert client.get(root(course)).status_code == 200
    rows = client.get(f"{root(course)}?show=undesignated").context["rows"]
    assert [each["enrolment"].pk for each in rows] == [course.teacher.pk]
    assert client.get(f"{root(course)}?show=nonsense").status_code == 200


def test_the_trail_is_told_in_words_of_each_language(client: Client, course: Course):
    attend(course, course.teacher, times=1)
    session = course.sessions[0]
    late = Wanted(enrolment=course.teacher.pk, mark=Mark(status=Status.PRESENT, late_minutes=5))
    save_marks(session, [late], by=course.staff)
    score(course, course.teacher, 70, 50)
    designate(course, course.teacher, "서울-2026-99")
    client.force_login(course.staff)
    address = reverse("completion:person", args=[course.cohort.pk, course.teacher.pk])
    korean = client.get(address).content.decode()
    trail = korean[korean.index("고친 자취") :]
    for words in (f"출결: {session.title}", "지각 5분", "점수: 온라인시험", "연수지명번호", "서울-2026-99"):
        assert words in trail, words
    for code in ("mark.", "session:", "late=", "trainee.", "score.", "online_exam<"):
        assert code not in trail, code
    client.cookies["django_language"] = "en"
    english = client.get(address).content.decode()
    assert "5 min late" in english[english.index("Trail of changes") :]


@pytest.mark.parametrize(
    "mark",
    [
        None,
        Mark(status=Status.PRESENT, late_minutes=5, early_minutes=10),
        Mark(status=Status.ABSENT),
        Mark(status=Status.EXCUSED, excuse="시도 대회 참가"),
    ],
)
def test_a_mark_in_the_trail_is_read_as_it_was_written(mark: Mark | None):
    assert mark_said(said(mark)) == mark


def test_what_the_training_says(client: Client, course: Course):
    client.force_login(course.staff)
    facts = {
        "hours": 30,
        "mode": "remote",
        "area": "직무연수",
        "number_name": "샘물원격연수원",
        "retention_years": 10,
        "personal_retention_years": 3,
    }
    assert client.post(f"{root(course)}training/", facts).status_code == 302
    assert TrainingCourse.objects.get().needs_designation is False
    assert client.post(f"{root(course)}training/", {"hours": 0}).status_code == 422
    for wrong in ("-1", "언제까지나", "201"):
        assert client.post(f"{root(course)}training/", facts | {"keep_school": wrong}).status_code == 422
    assert (
        client.post(f"{root(course)}training/", facts | {"keep_school": "5", "retention_years": ""}).status_code == 302
    )
    kept = TrainingCourse.objects.get()
    assert (kept.retention_by_field, kept.retention_years) == ({"school": 5}, None)
    assert 'name="keep_school" value="5"' in client.get(f"{root(course)}training/").content.decode()


@pytest.mark.parametrize(("value", "words"), [("80", "80"), ("80.000", "80"), ("87.50", "87.5"), ("66.6666", "66.667")])
def test_points_are_written_plainly(value: str, words: str):
    assert training.plain(Decimal(value)) == words
