"""The report of fifteen fields, and the sheet of results out and in again."""

import io

import openpyxl
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from saem.apps.cohorts.completion import sheets, training
from saem.apps.cohorts.models import AssessmentScore, Completion, Enrolment, RecordChange, TraineeRecord, TrainingCourse
from tests.apps.cohorts.completion.a_course import Course, a_course, a_participant, attend, designate, score
from tests.cast import a_cohort, a_staff_member

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def course(db: None, a_version_with_content: object) -> Course:
    course = a_course(version=a_version_with_content)
    attend(course, course.teacher)
    facts = {"birth_date": "1990-03-01", "neis_number": "A012345678", "school": "샘물고등학교"}
    training.set_trainee(course.teacher, facts, by=course.staff)
    return course


def table(file: io.IOBase) -> openpyxl.Workbook:
    with file:
        return openpyxl.load_workbook(file)


def cell(book: openpyxl.Workbook, title: str, row: int = 2) -> openpyxl.cell.Cell:
    sheet = book.active
    titles = {each.value: each.column for each in sheet[1]}
    return sheet.cell(row, titles[title])


def filled(course: Course, **values: object) -> io.BytesIO:
    """The sheet of results as staff send it back, with these columns of the first person changed."""
    book = table(sheets.write_results(course.cohort))
    for title, value in values.items():
        cell(book, title).value = value
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_the_report_has_fifteen_fields_of_who_completed(course: Course):
    a_participant(course.teacher.classroom, "미이수")
    score(course, course.teacher, 70, 50)
    designate(course, course.teacher)
    book = table(sheets.write_report(course.cohort, TrainingCourse.objects.get()))
    assert len(list(book.active[1])) == 15
    assert book.active.max_row == 2
    made = Completion.objects.get()
    found = {
        title: cell(book, title).value for title in ("성명", "NEIS 개인번호", "연수지명번호", "성적", "연수이수번호")
    }
    assert found == {
        "성명": "이연수",
        "NEIS 개인번호": "A012345678",
        "연수지명번호": "서울-2026-17",
        "성적": 62,
        "연수이수번호": made.number,
    }


def test_out_and_in_again_changes_nothing(course: Course):
    score(course, course.teacher, 70, 50)
    with sheets.write_results(course.cohort) as file:
        report = sheets.read_results(course.cohort, file, "results.xlsx")
    assert report.changes == ()
    assert not report.has_errors


def test_points_written_by_staff_are_shown_first_and_then_decide(course: Course):
    designate(course, course.teacher)
    report = sheets.read_results(course.cohort, filled(course, 온라인시험=70, 과제=50), "results.xlsx")
    assert [(each.key, each.before, each.after) for each in report.changes] == [
        ("online_exam", "", "70"),
        ("assignment", "", "50"),
    ]
    assert not AssessmentScore.objects.exists()
    assert sheets.apply(course.cohort, sheets.sealed(report, course.cohort), by=course.staff) == (2, 0)
    assert Completion.objects.filter(enrolment=course.teacher).count() == 1
    assert RecordChange.objects.filter(subject="score", reason="sheet").count() == 2


def test_what_a_colleague_changed_meanwhile_stays(course: Course):
    report = sheets.read_results(course.cohort, filled(course, 온라인시험=70, 과제=50), "results.xlsx")
    seal = sheets.sealed(report, course.cohort)
    score(course, course.teacher, 90, 90)
    assert sheets.apply(course.cohort, seal, by=course.staff) == (0, 2)
    assert {each.points for each in AssessmentScore.objects.all()} == {90}


def test_what_we_work_out_and_people_we_do_not_know(course: Course):
    book = table(sheets.write_results(course.cohort))
    cell(book, "환산점수").value = 100
    book.active.append(["AI-01", "어느학교", "", "모르는 사람", "1980-01-01"])
    file = io.BytesIO()
    book.save(file)
    report = sheets.read_results(course.cohort, file, "results.xlsx")
    assert report.changes == ()
    assert "completion.unknown_person" in {each.code for each in report.problems}


@pytest.mark.parametrize("points", [-1, 101, "많음"])
def test_points_that_cannot_be(course: Course, points: object):
    report = sheets.read_results(course.cohort, filled(course, 온라인시험=points), "results.xlsx")
    assert report.changes == ()
    assert report.has_errors


def test_a_seal_of_another_cohort_or_a_made_up_one(course: Course):
    report = sheets.read_results(course.cohort, filled(course, 온라인시험=70), "results.xlsx")
    seal = sheets.sealed(report, course.cohort)
    other = a_cohort()
    with pytest.raises(signing.BadSignature):
        sheets.apply(other, seal, by=a_staff_member(other))
    with pytest.raises(signing.BadSignature):
        sheets.apply(course.cohort, seal[:-3] + "abc", by=course.staff)


def test_the_pages(client: Client, course: Course):
    client.force_login(course.staff)
    root = f"/cohorts/{course.cohort.pk}/completion"
    answer = client.get(f"{root}/results.xlsx")
    assert answer.headers["Content-Type"] == XLSX
    assert b"".join(answer.streaming_content).startswith(b"PK")
    sent = SimpleUploadedFile("성적.xlsx", filled(course, 온라인시험=70).getvalue(), XLSX)
    answer = client.post(f"{root}/results/", {"file": sent})
    assert "반영하기" in answer.text
    seal = answer.context["sealed"]
    client.post(f"{root}/results/apply/", {"sealed": seal})
    assert AssessmentScore.objects.get().points == 70
    answer = client.post(f"{root}/results/", {"file": SimpleUploadedFile("x.xlsx", b"not a sheet")})
    assert answer.status_code == 422
    assert "note bad" in answer.text
    client.post(f"{root}/results/apply/", {"sealed": "made up"})
    assert AssessmentScore.objects.get().points == 70


def test_people_without_a_record_are_in_the_sheet_too(course: Course):
    other = a_participant(course.teacher.classroom, "박연수")
    TraineeRecord.objects.filter(enrolment=other).delete()
    rows = sheets.result_rows(course.cohort)
    assert set(rows) == set(Enrolment.objects.values_list("pk", flat=True))
    assert rows[other.pk]["name"] == "박연수"


def test_columns_and_people_in_another_order_merged_cells_strangers_and_doubles(course: Course):
    """What is clear is taken by name and birthday, whatever the order; what is not is told and changes nothing."""
    birthdays = {"박연수": "1991-04-02", "최연수": "1992-05-03", "정연수": "1993-06-04"}
    for name, birthday in birthdays.items():
        place = a_participant(course.teacher.classroom, name)
        training.set_trainee(place, {"birth_date": birthday}, by=course.staff)
    table_of = [[one.value for one in row] for row in table(sheets.write_results(course.cohort)).active.iter_rows()]
    heads, people = table_of[0], {row[table_of[0].index("성명")]: row for row in table_of[1:]}
    exam = heads.index("온라인시험")
    people["박연수"][exam], people["최연수"][exam] = 70, 80
    people["이연수"][exam] = 90
    stranger = list(people["박연수"])
    stranger[heads.index("성명")] = "모르는 사람"
    doubled = list(people["정연수"])
    doubled[exam], people["정연수"][exam] = 50, 60
    book = openpyxl.Workbook()
    for row in (heads, people["최연수"], stranger, people["정연수"], doubled, people["박연수"], people["이연수"]):
        book.active.append(row[::-1])
    place = len(heads) - heads.index("성명")
    book.active.merge_cells(start_row=6, end_row=7, start_column=place, end_column=place)
    file = io.BytesIO()
    book.save(file)
    report = sheets.read_results(course.cohort, file, "results.xlsx")
    # Of two rows of one person the first counts, and the second is told.
    assert {(each.name, each.after) for each in report.changes} == {
        ("박연수", "70"),
        ("최연수", "80"),
        ("정연수", "60"),
    }
    codes = {each.code for each in report.problems}
    assert {"completion.unknown_person", "completion.person_twice", "completion.merged_unclear"} <= codes
    assert sheets.apply(course.cohort, sheets.sealed(report, course.cohort), by=course.staff) == (3, 0)
    points = {
        each.enrolment.trainee.name or each.enrolment.nickname: each.points for each in AssessmentScore.objects.all()
    }
    assert points == {"박연수": 70, "최연수": 80, "정연수": 60}
