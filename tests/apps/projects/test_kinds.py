"""Handing in scripts, functions and models, and what their results say."""

import pytest
from django.urls import reverse

from saem.apps.catalog.services import add_version
from saem.apps.people.models import Institution, InstitutionKind
from saem.apps.projects.models import BoardRow, SubmissionKind, SubmissionState
from saem.lib.content import pack
from tests import cast
from tests.apps.projects.conftest import Stage
from tests.apps.projects.test_pages import text_of
from tests.lib.grading.kinds import zipped
from tests.sample_kinds import CLEAN, FUNCTIONS, LINE, MEAN, MODEL, SCRIPT, SUM, checked_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


class KindStage(Stage):
    """The same cast around another project of the program."""

    project = SCRIPT

    def address(self, name="project", *more, enrolment=None):
        return reverse(f"projects:{name}", args=[(enrolment or self.student).pk, self.project, *more])


_checked: list[tuple] = []


@pytest.fixture
def kinds(db, sandbox, site_sandbox, tmp_path) -> KindStage:
    if not _checked:
        report = checked_kinds(sandbox, tmp_path)
        assert report.ok, report.problems
        _checked.append((report, pack(tmp_path / "growing-beans")))
    owner = Institution.objects.create(name="샘물교육지원청", kind=InstitutionKind.OFFICE, name_en="Office")
    cohort = cast.a_cohort(add_version(*_checked[0], by=None, owner=owner, agreement=None))
    classroom = cast.a_classroom(cohort)
    return KindStage(cohort, classroom, cast.a_student(classroom))


def test_a_script_shows_its_shown_case_only(kinds: KindStage):
    page = text_of(kinds.client(kinds.student.user).get(kinds.address()).content.decode())
    assert "낼 수 있는 파일: 파이썬 스크립트(.py)" in page
    submission, page = kinds.hand_in(SUM, name="sum.py")
    assert (submission.kind, submission.state) == (SubmissionKind.SCRIPT, SubmissionState.SCORED)
    assert submission.verdict is not None
    assert submission.verdict.score == 3
    submission, page = kinds.hand_in("print(input(), 'sum')", name="sum.py")
    words = text_of(page)
    assert "받은 입력" in words
    assert "1.5 2.5 sum" in words
    assert "나온 답이 1번째 줄에서 기대와 달라요." in words
    assert "나온 답이 기대와 달라요." in words
    assert "모두 더해요." in words
    assert "4.25" not in words
    assert "7.25" not in str(submission.verdict.questions) + str(submission.verdict.checks)


def test_an_error_in_a_shown_case_is_explained_with_its_line(kinds: KindStage):
    _, page = kinds.hand_in("x = input()\nprint(total)", name="sum.py")
    words = text_of(page)
    assert "2번째 줄:" in words
    assert "total" in words
    assert "2번째 줄에서 오류(NameError)가 나서 멈췄어요." in words


def test_functions_in_both_languages(kinds: KindStage):
    kinds.project = FUNCTIONS
    submission, page = kinds.hand_in("def clean(heights):\n    return clean(heights)\n", name="clean.py")
    assert submission.kind == SubmissionKind.FUNCTIONS
    assert "clean 함수가 자기 자신을 너무 여러 번 불렀어요." in text_of(page)
    _, page = kinds.hand_in(CLEAN.replace(">= 0", ">= 0 / 0"), name="clean.py", language="en")
    assert "Calling the function clean raised an error (ZeroDivisionError) in line 2." in text_of(page)


def test_a_model_has_a_place_on_the_board(kinds: KindStage):
    kinds.project = MODEL
    submission, page = kinds.hand_in(LINE, name="model.py")
    assert submission.kind == SubmissionKind.MODEL
    row = BoardRow.objects.get()
    assert row.score == submission.verdict.metrics["blame"]
    assert row.low <= row.score <= row.high
    words = text_of(page)
    for part in ("키 오차", "낮을수록 좋음", "코드 읽어 들이기", "학습하기", "새 자료 예측하기", "마쳤어요", "늘 평균"):
        assert part in words
    worse, _ = kinds.hand_in(MEAN, name="model.py")
    assert BoardRow.objects.get().submission == submission != worse
    board = text_of(kinds.client(kinds.student.user, "en").get(kinds.address("board")).content.decode())
    assert "Height error · lower is better" in board


def test_a_model_that_stops_says_where_and_stays_off_the_board(kinds: KindStage):
    kinds.project = MODEL
    _, page = kinds.hand_in(
        "def fit(X, y):\n    return X['speed']\ndef predict(model, X):\n    return 1\n", name="model.py"
    )
    words = text_of(page)
    assert "2번째 줄:" in words
    assert "speed" in words
    assert "학습이 끝나지 못해서 예측을 시작하지 못했어요." in words
    assert not BoardRow.objects.exists()


def test_a_zip_with_numbers_is_taken_and_one_with_a_pickle_is_not(kinds: KindStage):
    kinds.project = MODEL
    code = "import json\ndef load(): return json.load(open('w.json'))\ndef predict(model, X): return X['day'] * model\n"
    submission, _ = kinds.hand_in(zipped({"model.py": code, "w.json": "1.5"}), name="model.zip")
    assert submission.state == SubmissionState.SCORED
    refused, page = kinds.hand_in(zipped({"model.py": code, "w.pkl": "1.5"}), name="model.zip")
    assert refused.state == SubmissionState.REJECTED
    assert "w.pkl은 여는 순간 코드가 실행될 수 있는 형식이라서 받지 않아요." in text_of(page)


@pytest.mark.parametrize(
    ("project", "name", "words"),
    [(SCRIPT, "a.csv", "파이썬 스크립트(.py) 파일을 받아요"), (MODEL, "a.csv", "모델 코드를 담은 파이썬 파일"), (FUNCTIONS, "a.ipynb", "함수를 담은 파이썬 파일")],
)  # fmt: skip
def test_another_kind_is_refused_before_it_is_stored(kinds: KindStage, project: str, name: str, words: str):
    kinds.project = project
    answer = kinds.send(kinds.client(kinds.student.user), "id,height\n", name=name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
