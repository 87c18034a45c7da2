"""The map of skills: what it claims and on what, who sees it, in how many queries."""

import csv
import io
import uuid
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.insight.mastery import queries
from saem.apps.insight.mastery.pages import SkillMap
from saem.apps.insight.mastery.queries import SkillHead
from saem.apps.insight.mastery.words import FEW, THRESHOLD, Cell, Level
from saem.apps.learning.models import Attempt, Purpose, SkillMastery
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import grant
from saem.lib.content import content_hash, pack
from tests import cast, sample
from tests.apps.insight.conftest import Room

NOBODY_ASKS = "median"
SKILLS = [
    f"{{id: {key}, title: {{ko: {ko}, en: {en}}}}}"
    for key, ko, en in (("mean", "평균", "Mean"), ("spread", "흩어짐", "Spread"), (NOBODY_ASKS, "중앙값", "Median"))
]
ITEMS = """\
- id: mean-of-two
  kind: number
  skills: [mean]
  prompt: {ko: "{{a}}과 {{b}}의 **평균**은?", en: "What is the **mean** of {{a}} and {{b}}?"}
  explanation: {ko: 합의 절반이에요., en: Half of their sum.}
  parameters: {a: {low: 1, high: 50}, b: {low: 51, high: 99}}
  answer: (a + b) / 2
  mistakes: [{answer: a + b, feedback: {ko: 나누지 않았어요., en: You did not divide.}}]
- id: spread-of-two
  kind: number
  skills: [spread]
  prompt: {ko: "{{a}}와 {{b}}의 차이는?", en: "How far are {{a}} and {{b}} apart?"}
  explanation: {ko: 빼요., en: Subtract.}
  parameters: {a: {low: 1, high: 50}, b: {low: 51, high: 99}}
  answer: b - a
  mistakes: [{answer: a + b, feedback: {ko: 더했어요., en: You added.}}]
"""


@dataclass(frozen=True)
class Practising:
    """A class at practice and who looks at it."""

    classroom: Classroom
    teacher: User
    staff: User

    def client(self, user: User, language: str = "ko") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(user)
        return client

    def read(self, name: str, *rest: object, who: User | None = None, language: str = "ko", **ask: object) -> str:
        url = reverse(f"insight:{name}", args=[self.classroom.pk, *rest])
        answer = self.client(who or self.teacher, language).get(url, ask)
        assert answer.status_code == 200
        return answer.content.decode()


def version_with_items(folder: Path) -> Version:
    """The sample with three skills, two of which items ask for; stored without a rehearsal, which no page here needs."""
    skills = f"skills: [{', '.join(SKILLS)}]"
    text = sample.PROGRAM.replace("skills: [{id: mean, title: {ko: 평균, en: Mean}}]", skills)
    root = sample.sample_program(folder / "with-items", **{"program.yaml": text, "items__two.yaml": ITEMS})
    program = Program.objects.create(slug=sample.SLUG, owner=cast.a_school())
    version = Version.objects.create(
        program=program, number=1, content_hash=content_hash(root), title_ko="콩 기르기", title_en="Growing beans",
        summary_ko="콩", summary_en="Beans",
    )  # fmt: skip
    Artifact.objects.create(version=version, kind=Artifact.Kind.FOLDER, name="", data=pack(root))
    return version


@pytest.fixture
def practising(db: None, tmp_path: Path) -> Practising:
    cohort = cast.a_cohort(version_with_items(tmp_path))
    classroom = cast.a_classroom(cohort, name="2학년 3반")
    return Practising(classroom, cast.a_teacher(classroom), cast.a_staff_member(cohort))


def known(student: Enrolment, skill: str, low: float, high: float, **facts: object) -> SkillMastery:
    return SkillMastery.objects.create(
        enrolment=student, skill=skill, value=(low + high) / 2, low=low, high=high, **{"responses": 6, **facts}
    )


def answered(student: Enrolment, item: str, *, score: float = 1.0, is_first: bool = True, **facts: object) -> Attempt:
    return Attempt.objects.create(
        enrolment=student, version=student.classroom.cohort.version, item=item, seed=3, token=uuid.uuid4(),
        answer={"answer": "1"}, score=score, is_first=is_first, **facts,
    )  # fmt: skip


def needing(practising: Practising, number: int) -> list[Enrolment]:
    students = [cast.a_student(practising.classroom, f"학생 {place:02d}") for place in range(number)]
    for student in students:
        known(student, "mean", 0.1, 0.3)
    return students


# --- what is claimed


def test_who_surely_needs_a_skill_is_named_with_the_way_to_the_data(practising: Practising) -> None:
    sure, unsure, able = (cast.a_student(practising.classroom, name) for name in ("가온", "나래", "다솜"))
    known(sure, "mean", 0.2, 0.5)
    known(unsure, "mean", 0.2, 0.7)
    known(able, "mean", 0.7, 0.9)
    page = practising.read("skills")
    claims = page.split("누구에게 무엇이 필요한가요", 1)[1].split("학생별 지도", 1)[0]
    assert "가온" in claims
    assert "나래" not in claims
    assert "잘 아는 학생 1명 · 더 봐야 하는 학생 1명" in claims
    assert "도와줄 수 있는 학생: 다솜" in " ".join(claims.replace("</span>", "").split())
    assert reverse("insight:skill", args=[practising.classroom.pk, "mean"]) in claims


RANGES = st.lists(st.floats(0, 1), min_size=2, max_size=2).map(sorted)


@given(st.lists(st.tuples(RANGES, st.booleans(), st.integers(0, 9)), max_size=30))
def test_no_claim_about_anybody_whose_interval_holds_the_threshold(rows: list[tuple[list[float], bool, int]]) -> None:
    students = [Enrolment(pk=place, nickname=f"{place}") for place in range(len(rows))]
    mastery = {
        (place, "mean"): SkillMastery(
            value=(low + high) / 2, low=low, high=high, usable=usable, responses=responses, why="" if usable else "x"
        )
        for place, ((low, high), usable, responses) in enumerate(rows)
    }
    found = SkillMap(students, [SkillHead("mean", "평균")], mastery)
    surely = {
        place
        for place, ((_low, high), usable, responses) in enumerate(rows)
        if usable and responses >= FEW and high < THRESHOLD
    }
    assert {student.pk for need in found.needs for student in need.students} == surely
    assert sorted(student.pk for group in found.groups for student in group.members) == sorted(surely)
    helpers = {student.pk for group in found.groups for student in group.helpers}
    assert all(rows[place][0][0] >= THRESHOLD and rows[place][1] and rows[place][2] >= FEW for place in helpers)


def test_groups_say_what_is_needed_and_hold_everybody_once(practising: Practising) -> None:
    students = needing(practising, 7)
    page = practising.read("skills")
    groups = page.split("모둠 제안", 1)[1].split("학생별 지도", 1)[0]
    assert "이 4명에게는 ‘평균’ 연습이 필요해요." in groups
    assert "이 3명에게는 ‘평균’ 연습이 필요해요." in groups
    assert [groups.count(student.nickname) for student in students] == [1] * 7


def test_a_student_without_an_answer_is_not_yet_whatever_the_model_expects(practising: Practising) -> None:
    known(cast.a_student(practising.classroom, "가온"), "mean", 0.1, 0.2, responses=0)
    assert Cell.of("mean", SkillMastery.objects.get()).level == Level.NONE
    assert "아직 아무도 연습하지 않았어요" in practising.read("skills")


def test_two_answers_are_too_few_for_a_claim_however_narrow_the_range(practising: Practising) -> None:
    known(cast.a_student(practising.classroom, "가온"), "mean", 0.1, 0.2, responses=FEW - 1)
    assert "확실히 말할 수 있는 학생이 없어요" in practising.read("skills")
    assert "다른 성취 요소로 짐작한 숫자" in practising.read("skill", "mean")


def test_where_the_model_refuses_the_page_says_why_and_claims_nothing(practising: Practising) -> None:
    student = cast.a_student(practising.classroom, "가온")
    known(student, "mean", 0.1, 0.2, usable=False, why="skill_all_wrong")
    page = practising.read("skills")
    assert "확실히 말할 수 있는 학생이 없어요" in page
    assert "모두가 틀려서" in page
    assert "모두가 틀려서" in practising.read("skill", "mean")
    assert "got it wrong" in practising.read("skill", "mean", language="en")


def test_sign_number_and_range_stand_in_every_cell(practising: Practising) -> None:
    known(cast.a_student(practising.classroom, "가온"), "mean", 0.2, 0.9)
    page = practising.read("skills").split("학생별 지도", 1)[1]
    assert "더 봐야 해요" in page
    assert "(20–90)" in page
    assert 'class="doubt">55<' in page, "an interval that wide is drawn with dots"
    assert "아직" in page
    assert "중앙값" not in page, "no item asks for it"


# --- the data behind it


def test_the_data_behind_a_claim_are_the_attempts_on_that_skill(practising: Practising) -> None:
    student = cast.a_student(practising.classroom, "가온")
    known(student, "mean", 0.2, 0.4)
    answered(student, "mean-of-two", score=0.0, chance=0.4123)
    answered(student, "mean-of-two", is_first=False)
    answered(student, "mean-of-two", purpose=Purpose.BEFORE)
    answered(student, "spread-of-two")
    page = practising.read("skill", "mean")
    assert "30 % (20–40)" in page.replace("<span>", "").replace("</span>", "")
    assert ">1/2<" in page, "first tries only"
    assert "의 평균은?" in page
    assert "맞힐 것으로 본 비율 41%" in page
    assert "다시 푼 것" in page
    assert "사전 진단" in page
    assert "spread-of-two" not in page
    assert "Predicted chance 41%" in practising.read("skill", "mean", language="en")


def test_one_students_data_and_nobody_elses(practising: Practising) -> None:
    one, other = (cast.a_student(practising.classroom, name) for name in ("가온", "나래"))
    for student in (one, other):
        answered(student, "mean-of-two")
    assert "나래" not in practising.read("skill", "mean", student=one.pk)
    elsewhere = cast.a_student(cast.a_classroom(practising.classroom.cohort), "타인")
    answered(elsewhere, "mean-of-two")
    for strange in (elsewhere.pk, "x", ""):
        page = practising.read("skill", "mean", student=strange)
        assert "가온" in page
        assert "나래" in page
        assert "타인" not in page


def test_attempts_come_in_pages(practising: Practising, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "ATTEMPTS_PER_PAGE", 2)
    student = cast.a_student(practising.classroom)
    for _number in range(5):
        answered(student, "mean-of-two")
    assert practising.read("skill", "mean").count("의 평균은?") == 2
    assert practising.read("skill", "mean", page=3).count("의 평균은?") == 1


def test_a_skill_that_is_none_of_the_programs_does_not_exist(practising: Practising) -> None:
    client = practising.client(practising.teacher)
    assert client.get(reverse("insight:skill", args=[practising.classroom.pk, "cooking"])).status_code == 404
    assert "아직 아무도 풀지 않았어요" in practising.read("skill", NOBODY_ASKS)


# --- the workbook, the links, the cohort


def test_workbook_holds_numbers_and_never_a_zero_for_nothing(practising: Practising) -> None:
    known(cast.a_student(practising.classroom, "=1+1"), "mean", 0.2, 0.5)
    cast.a_student(practising.classroom, "나래")
    answer = practising.client(practising.teacher).get(
        reverse("insight:skills_workbook", args=[practising.classroom.pk])
    )
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["=1+1"][1:6] == ("도움 필요", 35, 20, 50, 6)
    assert rows["나래"][1:6] == ("아직", None, None, None, None)
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


def test_csv_has_the_rows_of_the_workbook_and_runs_nothing(practising: Practising) -> None:
    known(cast.a_student(practising.classroom, "=1+1"), "mean", 0.2, 0.5)
    cast.a_student(practising.classroom, "나래")
    answer = practising.client(practising.teacher).get(reverse("insight:skills_csv", args=[practising.classroom.pk]))
    data = b"".join(answer.streaming_content)
    assert data.startswith("학생".encode("utf-8-sig"))
    head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    rows = {line[0]: line for line in lines}
    assert head[:3] == ["학생", "평균: 판단", "평균: 숙달 정도 (%)"]
    assert rows["'=1+1"][1:6] == ["도움 필요", "35", "20", "50", "6"]
    assert rows["나래"][1:6] == ["아직", "", "", "", ""]
    assert all(len(line) == len(head) for line in lines)
    assert "표준오차" not in "".join(head), "the program has no diagnosis"


def test_the_items_behind_a_claim_lead_to_the_bank_for_who_keeps_it(practising: Practising) -> None:
    answered(cast.a_student(practising.classroom), "mean-of-two")
    way = reverse("itembank:item", args=[sample.SLUG, "mean-of-two"])
    assert way not in practising.read("skill", "mean")
    grant(practising.teacher, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=Program.objects.get().pk)
    assert way in practising.read("skill", "mean")


def test_class_and_cohort_lead_to_the_map_only_where_there_is_practice(practising: Practising, room: Room) -> None:
    assert reverse("insight:skills", args=[practising.classroom.pk]) in practising.read("classroom")
    page = room.client(room.teacher).get(reverse("insight:classroom", args=[room.classroom.pk])).content.decode()
    assert reverse("insight:skills", args=[room.classroom.pk]) not in page
    empty = room.client(room.teacher).get(reverse("insight:skills", args=[room.classroom.pk]))
    assert "연습 문항이 없어요" in empty.content.decode()


def test_the_cohort_page_hides_averages_of_fewer_than_five(practising: Practising) -> None:
    cohort = practising.classroom.cohort
    needing(practising, 5)
    small = cast.a_classroom(cohort, name="2학년 5반")
    for value in (0.5, 0.5, 0.5, 0.5):
        known(cast.a_student(small), "mean", value, value)
    refused, left = cast.a_student(small), cast.a_student(small)
    known(refused, "mean", 0.5, 0.5, usable=False)
    known(left, "mean", 0.5, 0.5)
    Enrolment.objects.filter(pk=left.pk).update(left_at=timezone.now())
    answer = practising.client(practising.staff).get(reverse("insight:cohort_skills", args=[cohort.pk]))
    cells = {room.name: row[0] for room, row in answer.context["rows"]}
    assert (cells["2학년 3반"].students, cells["2학년 3반"].value) == (5, 20)
    assert (cells["2학년 5반"].students, cells["2학년 5반"].value) == (4, None)
    page = answer.content.decode()
    assert "5명 미만" in page
    assert "50 %" not in page


@pytest.mark.parametrize("page", ["skills", "skill", "skills_workbook", "skills_csv", "cohort_skills"])
def test_queries_do_not_grow_with_class_skills_or_attempts(practising: Practising, page: str) -> None:
    room = practising.classroom
    user = practising.staff if page == "cohort_skills" else practising.teacher
    place = {"skill": [room.pk, "mean"], "cohort_skills": [room.cohort_id]}.get(page, [room.pk])
    client = practising.client(user)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse(f"insight:{page}", args=place))
            assert answer.status_code == 200
            answer.getvalue()
        return len(captured)

    answered(needing(practising, 1)[0], "mean-of-two")
    count()
    before = count()
    for number in range(12):
        student = cast.a_student(room)
        known(student, "mean", 0.1, 0.3)
        known(student, "spread", 0.7, 0.9)
        answered(student, "mean-of-two")
        answered(student, "spread-of-two")
        cast.a_classroom(room.cohort, name=f"3학년 {number}반")
    assert count() == before


@pytest.mark.parametrize("who", ["student", "stranger", "other teacher"])
def test_others_see_nothing(practising: Practising, who: str) -> None:
    room = practising.classroom
    people: dict[str, User] = {
        "student": cast.a_student(room).user,
        "stranger": cast.a_stranger(),
        "other teacher": cast.a_teacher(cast.a_classroom(room.cohort)),
    }
    client = practising.client(people[who])
    for name, place in (
        ("skills", [room.pk]),
        ("skill", [room.pk, "mean"]),
        ("skills_workbook", [room.pk]),
        ("skills_csv", [room.pk]),
        ("cohort_skills", [room.cohort_id]),
    ):
        assert client.get(reverse(f"insight:{name}", args=place)).status_code == 404
    assert (
        practising.client(practising.teacher).get(reverse("insight:cohort_skills", args=[room.cohort_id])).status_code
        == 404
    )
