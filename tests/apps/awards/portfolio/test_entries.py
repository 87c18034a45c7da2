"""What a portfolio holds, and who sees which part of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.awards.models import Audience, Entry
from saem.apps.awards.portfolio import entries, reflecting
from saem.apps.awards.portfolio.project_work import ProjectWork, project_works
from saem.apps.cohorts.models import Completion, Enrolment
from tests import cast
from tests.apps.awards.portfolio.shelf import NOON, Shelf, client_of, complete, fill, scored

OWN = "/portfolio/"


def work_of(shelf: Shelf) -> ProjectWork:
    return project_works(entries.courses_of(shelf.user), "ko")[0]


def test_everything_that_was_done_is_there_and_nobody_else_sees_it(shelf: Shelf):
    kinds = [each.kind for each in shelf.everything()]
    assert kinds == ["project", "recognition", "growth", "lessons"]
    assert {each.audience for each in shelf.everything()} == {Audience.NOBODY}
    page = shelf.client().get(OWN).content.decode()
    assert "콩의 키" in page
    assert "72" in page
    assert "55–86" in page
    assert "RMSE" in page
    assert "이 프로젝트" not in page


def test_an_empty_portfolio_says_how_to_begin(shelf: Shelf):
    newcomer = cast.a_student(shelf.classroom)
    page = client_of(newcomer.user).get(OWN).content.decode()
    assert "아직 비어 있어요" in page


def test_the_best_score_counts_and_stands_beside_its_baselines(shelf: Shelf):
    scored(shelf.enrolment, 4.0, low=3.0, high=5.0, at=NOON + dt.timedelta(days=2))
    scored(shelf.enrolment, 9.0, low=8.0, high=10.0, at=NOON + dt.timedelta(days=3))
    work = work_of(shelf)
    assert work.score is not None
    assert (work.score.value, work.score.low, work.score.high) == (4.0, 3.0, 5.0)
    assert work.tries == 3
    assert (work.last - work.first).days == 3
    assert work.score.beaten == sum(score > 4.0 for _title, score in work.score.baselines)
    assert work.score.baselines == tuple(sorted(work.score.baselines, key=lambda pair: pair[1]))


@pytest.mark.parametrize(
    ("others", "place"),
    [
        ([], (1, 1, 1)),
        ([(1.0, 0.5, 2.0)], (2, 2, 2)),  # surely better
        ([(20.0, 19.0, 21.0)], (1, 1, 2)),  # surely worse
        ([(6.5, 5.5, 7.5)], (1, 2, 2)),  # bands overlap
        ([(1.0, 0.5, 2.0), (6.5, 5.5, 7.5), (20.0, 19.0, 21.0)], (2, 3, 4)),
    ],
)
def test_a_place_is_never_told_without_its_uncertainty(shelf: Shelf, others, place):
    for value, low, high in others:
        scored(cast.a_student(shelf.classroom), value, low=low, high=high)
    score = work_of(shelf).score
    assert score is not None
    assert score.place is not None
    assert (score.place.best, score.place.worst, score.place.total) == place


def test_who_left_the_class_takes_no_place(shelf: Shelf):
    gone = cast.a_student(shelf.classroom)
    scored(gone, 1.0, low=0.5, high=2.0)
    Enrolment.objects.filter(pk=gone.pk).update(left_at=NOON)
    score = work_of(shelf).score
    assert score is not None
    assert score.place is not None
    assert score.place.total == 1


def test_a_withdrawn_completion_is_no_recognition(shelf: Shelf):
    Completion.objects.update(withdrawn_at=NOON)
    assert "recognition" not in [each.kind for each in shelf.everything()]


def test_the_owner_chooses_reader_and_sentence(shelf: Shelf):
    ref = shelf.ref("project")
    chosen = {"audience": "link", "remark": "처음으로 <b>기준</b>을 넘었어요"}
    answer = shelf.client().post(f"{OWN}entry/{ref}/", chosen)
    assert answer["Location"] == f"{OWN}#{ref.replace(':', '-')}"
    page = shelf.client().get(OWN + "preview/").content.decode()
    assert "처음으로 &lt;b&gt;기준&lt;/b&gt;을 넘었어요" in page
    assert "익힌 정도" not in page


@pytest.mark.parametrize(
    "sent",
    [
        {"audience": "everybody"},
        {"audience": ""},
        {"audience": "link", "remark": "가" * 301},
    ],
)
def test_what_cannot_be_chosen_changes_nothing(shelf: Shelf, sent):
    answer = shelf.client().post(f"{OWN}entry/{shelf.ref('project')}/", sent)
    assert answer.status_code == 422
    assert {each.audience for each in shelf.everything()} == {Audience.NOBODY}


@pytest.mark.parametrize("ref", ["project:999:nothing", "recognition:completion:1 OR 1=1", "..", "가" * 500])
def test_what_is_not_there_cannot_be_shown(shelf: Shelf, ref: str):
    assert shelf.client().post(reverse("portfolio:entry", args=[ref]), {"audience": "link"}).status_code == 404
    assert Entry.objects.count() == 0


def test_nobody_chooses_for_somebody_elses_work(shelf: Shelf):
    classmate = cast.a_student(shelf.classroom)
    answer = client_of(classmate.user).post(f"{OWN}entry/{shelf.ref('project')}/", {"audience": "link"})
    assert answer.status_code == 404


def test_entries_move_and_stay_where_they_were_put(shelf: Shelf):
    before = [each.ref for each in shelf.everything()]
    shelf.client().post(OWN + "move/", {"ref": before[2], "way": "up"})
    assert [each.ref for each in shelf.everything()] == [before[0], before[2], before[1], before[3]]
    shelf.client().post(OWN + "move/", {"ref": before[0], "way": "up"})
    assert [each.ref for each in shelf.everything()] == [before[0], before[2], before[1], before[3]]
    assert {each.audience for each in shelf.everything()} == {Audience.NOBODY}
    assert shelf.client().post(OWN + "move/", {"ref": before[0], "way": "sideways"}).status_code == 404
    assert shelf.client().post(OWN + "move/", {"ref": "x", "way": "up"}).status_code == 404


def test_title_and_introduction(shelf: Shelf):
    shelf.client().post(OWN + "about/", {"title": "비를 읽는 사람", "introduction": "왜 <i>비</i>일까\n궁금했다"})
    page = shelf.client().get(OWN).content.decode()
    assert "비를 읽는 사람" in page
    assert "왜 &lt;i&gt;비&lt;/i&gt;일까<br>궁금했다" in page
    assert shelf.client().post(OWN + "about/", {"title": "가" * 81}).status_code == 422


def test_a_teacher_sees_what_is_meant_for_teachers_and_no_more(shelf: Shelf):
    address = reverse("portfolio:student", args=[shelf.enrolment.pk])
    secret = reflecting.begin(shelf.portfolio, prompt="hard", about="", text="비밀 이야기", audience=Audience.NOBODY)
    reflecting.begin(shelf.portfolio, prompt="proud", about="", text="선생님께만", audience=Audience.TEACHERS)
    shelf.show(shelf.ref("lessons"), Audience.TEACHERS)
    page = shelf.client(shelf.teacher).get(address).content.decode()
    assert "선생님께만" in page
    assert "마친 차시" in page
    assert secret.text not in page
    assert "RMSE" not in page


def test_a_teacher_of_another_class_and_staff_see_only_what_a_link_shows(shelf: Shelf):
    """The student is in two classes; what the lessons of one show is for the teacher of that one."""
    other = cast.a_classroom(cast.a_cohort(shelf.classroom.cohort.version))
    place = Enrolment.objects.create(classroom=other, user=shelf.user, nickname="하늘")
    shelf.show(shelf.ref("lessons"), Audience.TEACHERS)
    shelf.show(shelf.ref("growth"), Audience.LINK)
    other_teacher = client_of(cast.a_teacher(other))
    staff = client_of(cast.a_staff_member(shelf.classroom.cohort))
    for client, enrolment in ((other_teacher, place), (staff, shelf.enrolment)):
        page = client.get(reverse("portfolio:student", args=[enrolment.pk])).content.decode()
        assert "익힌 정도" in page
        assert "마친 차시" not in page


def test_pages_cost_the_same_however_much_there_is(shelf: Shelf):
    def cost(path: str, user) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client_of(user).get(path).status_code == 200
        return len(queries)

    student = reverse("portfolio:student", args=[shelf.enrolment.pk])
    first = cost(OWN, shelf.user), cost(student, shelf.teacher)
    version = shelf.classroom.cohort.version
    for number in range(3):
        place = Enrolment.objects.create(
            classroom=cast.a_classroom(cast.a_cohort(version)), user=shelf.user, nickname=f"하늘{number}"
        )
        fill(place)
        scored(place, 3.0 + number, low=1.0, high=9.0)
        for _each in range(3):
            reflecting.begin(shelf.portfolio, prompt="hard", about="", text="글", audience=Audience.LINK)
    complete(cast.a_student(shelf.classroom))
    assert (cost(OWN, shelf.user), cost(student, shelf.teacher)) == first
