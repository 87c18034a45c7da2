"""Cells run, keep their state, are checked and remembered."""

from saem.apps.events.models import Event
from saem.apps.learning.models import LessonProgress
from tests import sample
from tests.apps.learning.places import Desk

LOAD = 'import pandas as pd\nbeans = pd.read_csv("beans.csv")\nbeans.head()\n'


def test_a_cell_shows_its_table_and_the_next_one_knows_its_names(desk: Desk) -> None:
    shown = desk.post(LOAD, sample.LOAD)
    assert shown.status_code == 200
    assert "<th scope=\"col\">height</th>" in shown.content.decode()
    desk.post("print(len(beans))", sample.DRAW)
    assert desk.record(sample.DRAW).output["text"] == "40\n"


def test_the_right_answer_passes_and_finishes_the_lesson(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    shown = desk.post(sample.SOLUTION).content.decode()
    assert "맞아요" in shown
    assert "이 수업을 마쳤어요" in shown
    record = desk.record()
    assert record.passed_at is not None
    assert [check["status"] for check in record.checks] == ["passed"]
    progress = LessonProgress.objects.get(enrolment=desk.enrolment)
    assert (progress.exercises_passed, progress.exercises_total) == (1, 1)
    assert progress.done_at is not None
    verbs = list(Event.objects.filter(actor=desk.enrolment.user).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["cell.ran", "lesson.done", "cell.ran", "exercise.passed"] or verbs.count("lesson.done") == 1


def test_a_wrong_answer_gets_the_hint_and_never_the_expectation(desk: Desk) -> None:
    desk.post(LOAD, sample.LOAD)
    shown = desk.post(sample.WRONG).content.decode()
    assert "아직이에요" in shown
    assert "모두 더해서 개수로 나눠 보세요." in shown
    assert "31.35" not in shown
    assert desk.record().passed_at is None
    assert desk.record().error_code == "learning.checks_failed"
