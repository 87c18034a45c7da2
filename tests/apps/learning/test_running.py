"""Cells run, keep their state, are checked and remembered."""

import datetime as dt

import pytest

from saem.apps.events.models import Event
from saem.apps.learning import claims, runs
from saem.apps.learning.models import LessonProgress, RunClaim
from saem.lib.sandbox import Limits, Sandbox
from tests import sample
from tests.apps.learning.places import Desk

LOAD = 'import pandas as pd\nbeans = pd.read_csv("beans.csv")\nbeans.head()\n'
EXPECTED = "31.35"


def test_a_cell_shows_its_table_and_the_next_one_knows_its_names(desk: Desk) -> None:
    shown = desk.post(LOAD, sample.LOAD)
    assert shown.status_code == 200
    assert '<th scope="col">height</th>' in shown.content.decode()
    desk.post("print(len(beans))", sample.DRAW)
    assert desk.record(sample.DRAW).output["text"] == "40\n"


def test_the_right_answer_passes_and_finishes_the_lesson(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    shown = desk.post(sample.SOLUTION).content.decode()
    assert "맞아요" in shown
    assert "이 수업을 마쳤어요" in shown
    assert [check["status"] for check in desk.record().checks] == ["passed"]
    progress = LessonProgress.objects.get(enrolment=desk.enrolment)
    assert (progress.exercises_passed, progress.exercises_total) == (1, 1)
    assert progress.done_at is not None
    verbs = list(Event.objects.filter(actor=desk.enrolment.user).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["cell.ran", "lesson.done", "cell.ran", "exercise.passed"]


def test_a_wrong_answer_gets_the_hint_and_never_the_expectation(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    shown = desk.post(sample.WRONG).content.decode()
    assert "아직이에요" in shown
    assert "모두 더해서 개수로 나눠 보세요." in shown
    assert EXPECTED not in shown
    assert desk.record().passed_at is None
    assert desk.record().error_code == runs.CHECKS_FAILED


def test_the_expectation_is_nowhere_in_the_students_process(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    spy = (
        "import os\n"
        "found = [name for name in os.listdir('.')]\n"
        "print(found, [name for name in globals() if 'saem' in name], mean_height if 'mean_height' in globals() else 0)\n"
        "mean_height = 1"
    )
    desk.post(spy)
    assert EXPECTED not in str(desk.record().output)
    desk.post("import os\nprint(os.listdir('.'), sorted(globals()))\nmean_height = 1")
    assert EXPECTED not in str(desk.record().output)


def test_what_passed_stays_passed(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    desk.post(sample.SOLUTION)
    passed_at = desk.record().passed_at
    desk.post(sample.WRONG)
    assert desk.record().passed_at == passed_at
    assert LessonProgress.objects.get(enrolment=desk.enrolment).exercises_passed == 1


def test_an_error_is_explained_in_the_readers_language_above_the_traceback(desk: Desk) -> None:
    shown = desk.post("print(beens)").content.decode()
    assert "1번째 줄" in shown
    assert "beens" in shown
    assert shown.index("beens") < shown.index("Traceback")
    assert "칸 2" in shown
    assert desk.record().error_code.startswith("python.")
    desk.enrolment.user.language = "en"
    desk.enrolment.user.save()
    english = desk.post("print(beens)").content.decode()
    assert "cell 2" in english
    assert not any("가" <= letter <= "힣" for letter in english)


def test_a_misspelt_column_is_recognised(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    desk.post('beans["hieght"]')
    assert desk.record().error_code == "python.column_near"
    assert desk.record().error_params["nearest"] == "height"


def test_a_new_session_runs_the_cells_above_again_and_says_so(desk: Desk, site_sandbox: Sandbox) -> None:
    desk.post(LOAD, sample.LOAD)
    site_sandbox.close_session(runs.session_key(desk.place))
    shown = desk.post(sample.SOLUTION).content.decode()
    assert "앞의 칸을 다시 실행했어요." in shown
    assert desk.record().passed_at is not None
    assert "앞의 칸을 다시 실행했어요." not in desk.post(sample.SOLUTION).content.decode()


def test_the_cells_above_are_run_again_as_they_ran_not_as_they_were_changed_since(
    desk: Desk, site_sandbox: Sandbox
) -> None:
    desk.post(LOAD, sample.LOAD)
    desk.post("this is not Python", sample.LOAD, action="save")
    site_sandbox.close_session(runs.session_key(desk.place))
    desk.post(sample.SOLUTION)
    assert desk.record().passed_at is not None


def test_failures_are_counted_by_kind_and_end_with_the_first_success(desk: Desk) -> None:
    for _index in range(3):
        desk.post("print(beens)")
    failing = desk.record()
    assert failing.failures_in_row == 3
    assert failing.failing_since is not None
    desk.post("1 / 0")
    assert desk.record().failures_in_row == 1
    assert desk.record().failing_since == failing.failing_since
    desk.post(LOAD, sample.LOAD)
    desk.post(sample.SOLUTION)
    assert (desk.record().failures_in_row, desk.record().failing_since) == (0, None)


def test_a_loop_without_end_is_stopped_and_the_next_run_begins_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.post(LOAD, sample.LOAD)
    with monkeypatch.context() as patch:
        patch.setattr(runs, "LIMITS", Limits(wall_s=0.5, cpu_s=5.0))
        shown = desk.post("while True:\n    pass").content.decode()
    assert "안에 끝나지 않아서 멈췄어요" in shown
    assert desk.record().status == "timeout"
    assert "앞의 칸을 다시 실행했어요." in desk.post(sample.SOLUTION).content.decode()


def test_while_one_cell_runs_another_is_kindly_refused_and_its_code_is_kept(desk: Desk) -> None:
    with claims.claimed(desk.enrolment) as is_ours:
        assert is_ours
        answer = desk.post("print(1)")
    assert answer.status_code == 409
    assert "아직 끝나지 않았어요" in answer.content.decode()
    assert desk.record().code == "print(1)"
    assert desk.record().runs == 0
    assert desk.post("print(1)").status_code == 200
    assert not RunClaim.objects.exists()


def test_a_claim_left_by_a_dead_server_expires(desk: Desk) -> None:
    with claims.claimed(desk.enrolment):
        RunClaim.objects.update(until=claims.timezone.now() - dt.timedelta(seconds=1))
        assert desk.post("print(1)").status_code == 200
