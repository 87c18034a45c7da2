"""Taking a diagnosis: once, one item at a time, whatever happens to the browser in between."""

import math
import re
import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.models import Classroom
from saem.apps.events.models import Event
from saem.apps.learning.diagnosis import services
from saem.apps.learning.diagnosis.bank import LONGEST, SHORTEST, bank_of
from saem.apps.learning.itembank.parameters import ItemParameters
from saem.apps.learning.models import Attempt, Diagnosis, ItemRecord, PracticeState
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.learning.diagnosis.exams import Exam, an_exam
from tests.quiz import a_quiz_version, right_fields

WRONG = {"answer": ["0"]}


def token(row: Diagnosis) -> uuid.UUID:
    return uuid.UUID(row.given[-1]["token"])


def take(exam: Exam, moment: str = "before", *, right: bool) -> Diagnosis:
    """From the beginning to the end, everything right or everything wrong."""
    row = services.start(exam.sitting(moment)).row
    assert row is not None
    while row.finished_at is None:
        outcome = services.answer(exam.sitting(moment), token(row), right_fields(row) if right else WRONG)
        assert outcome.notice == ""
        row = exam.row(moment)
    return row


def test_the_bank_is_the_version_s_items_in_one_order(classroom: Classroom):
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    assert len(bank.items) == 40
    assert list(bank.items) == sorted(bank.items)
    assert bank.parameters["sum-0"].difficulty == -2.0
    assert bank.parameters["sum-0"].discrimination == 1.0


def test_live_difficulties_count_once_they_rest_on_answers(classroom: Classroom):
    version = classroom.cohort.version
    facts = {"program": version.program, "difficulty": 0.7, "variance": 0.1}
    ItemRecord.objects.create(item="sum-2", responses=50, **facts)
    ItemRecord.objects.create(item="sum-3", responses=5, **facts)
    bank = bank_of(version)
    assert bank is not None
    assert bank.parameters["sum-2"] == ItemParameters(0.7, 1.0)
    assert bank.parameters["sum-3"] == ItemParameters(pytest.approx(-1.69), 1.0)


def refit(classroom: Classroom, slopes: list[float | None]) -> None:
    """Items whose live difficulties are twice those of the refit, plus one."""
    for number, slope in enumerate(slopes):
        fit = {"model": "irt-2pl", "difficulty": number / 4 - 1, "discrimination": slope}
        ItemRecord.objects.create(
            program=classroom.cohort.version.program,
            item=f"sum-{number}",
            responses=300,
            difficulty=2 * (number / 4 - 1) + 1,
            variance=0.1,
            statistics={"discrimination": 0.3, "calibrated": fit},
        )


def test_a_refit_is_put_on_the_live_scale(classroom: Classroom):
    refit(classroom, [1.6] * 6)
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    assert bank.parameters["sum-4"] == ItemParameters(pytest.approx(1.0), pytest.approx(0.8))
    assert bank.parameters["sum-6"] == ItemParameters(pytest.approx(-1.38), 1.0)


def test_a_refit_that_measures_nothing_is_left_out(classroom: Classroom):
    refit(classroom, [1.6, 1.6, 1.6, 1.6, -3.0, 1.6])
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    assert bank.parameters["sum-4"] == ItemParameters(1.0, 1.0)
    assert bank.parameters["sum-5"].discrimination == pytest.approx(0.8)


def test_too_few_refitted_items_link_no_scales(classroom: Classroom):
    refit(classroom, [1.6, 1.6, 1.6, 1.6, None, None])
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    assert bank.parameters["sum-1"] == ItemParameters(-0.5, 1.0)


@pytest.mark.parametrize("right", [True, False])
def test_all_right_and_all_wrong_stay_finite(exam: Exam, right: bool):
    row = take(exam, right=right)
    assert SHORTEST <= len(row.given) <= LONGEST
    assert row.ability is not None
    assert row.error is not None
    assert math.isfinite(row.ability)
    assert math.isfinite(row.error)
    assert (row.ability > 1) == right
    page = exam.client.get(exam.url()).content.decode()
    assert "100개" in page
    assert "nan" not in page.lower().replace("finance", "")


def test_every_answer_is_an_attempt_with_its_purpose_and_practice_is_left_alone(exam: Exam):
    row = take(exam, right=True)
    attempts = Attempt.objects.filter(enrolment=exam.enrolment)
    assert {str(attempt.token) for attempt in attempts} == {entry["token"] for entry in row.given}
    assert {(attempt.purpose, attempt.is_first, attempt.score) for attempt in attempts} == {("before", True, 1.0)}
    assert all(0 < attempt.chance < 1 for attempt in attempts)
    assert not PracticeState.objects.exists()
    assert not ItemRecord.objects.exists()
    verbs = list(Event.objects.filter(verb__startswith="diagnosis").values_list("verb", flat=True))
    assert verbs.count("diagnosis.answered") == len(row.given)
    assert (verbs.count("diagnosis.started"), verbs.count("diagnosis.finished")) == (1, 1)


def test_both_skills_are_asked_evenly_at_first(exam: Exam):
    row = take(exam, right=True)
    bank = exam.sitting().bank
    skills = [bank.items[entry["item"]].skills[0] for entry in row.given[:SHORTEST]]
    assert skills.count("mean") == skills.count("spread") == SHORTEST // 2


def test_the_second_test_avoids_what_the_first_one_showed(exam: Exam):
    before = take(exam, right=True)
    exam.learn()
    after = take(exam, "after", right=True)
    assert not {entry["item"] for entry in before.given} & {entry["item"] for entry in after.given}


def test_a_small_bank_repeats_items_in_other_variants_and_ends_when_it_is_used_up(
    db: None, sandbox: Sandbox, tmp_path: Path
):
    exam = an_exam(cast.a_classroom(cast.a_cohort(a_quiz_version(sandbox, tmp_path, 9))))
    before = take(exam, right=True)
    assert (len(before.given), before.stopped_by) == (9, "items_used_up")
    exam.learn()
    after = take(exam, "after", right=False)
    assert len(after.given) == 9
    seeds = {(entry["item"], entry["seed"]) for row in (before, after) for entry in row.given}
    assert len(seeds) == 18


def test_too_few_items_are_no_diagnosis(db: None, sandbox: Sandbox, tmp_path: Path):
    exam = an_exam(cast.a_classroom(cast.a_cohort(a_quiz_version(sandbox, tmp_path, 7))))
    assert exam.client.get(exam.url()).status_code == 404
    assert exam.client.get(reverse("diagnosis:overview", args=[exam.enrolment.pk])).status_code == 404
    assert exam.client.post(exam.url("start")).status_code == 404
    program = exam.client.get(reverse("learning:program", args=[exam.enrolment.pk])).content.decode()
    assert "/diagnosis/" not in program


def test_the_first_one_closes_when_a_step_is_done_and_the_second_opens(exam: Exam):
    assert exam.client.post(exam.url("start", "after")).status_code == 409
    exam.learn()
    assert exam.client.post(exam.url("start", "before")).status_code == 409
    assert exam.client.post(exam.url("start", "after")).status_code == 302
    assert [row.moment for row in Diagnosis.objects.all()] == ["after"]


def test_a_first_one_that_was_left_open_ends_with_the_second(exam: Exam):
    first = services.start(exam.sitting()).row
    assert first is not None
    exam.learn()
    assert services.answer(exam.sitting(), token(first), WRONG).notice == ""
    services.start(exam.sitting("after"))
    assert services.answer(exam.sitting(), token(exam.row()), WRONG).notice == services.CLOSED


def test_starting_twice_is_starting_once_and_resuming_shows_the_same_item(exam: Exam):
    exam.client.post(exam.url("start"))
    first = exam.row().given
    exam.client.post(exam.url("start"))
    assert exam.row().given == first
    page = exam.client.get(exam.url()).content.decode()
    again = Client()
    again.force_login(exam.enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    assert first[0]["token"] in page
    assert first[0]["token"] in again.get(exam.url()).content.decode()


def test_a_double_click_and_another_tab_count_once(exam: Exam):
    exam.client.post(exam.url("start"))
    sent = {"token": exam.row().given[0]["token"], "answer": "0"}
    exam.client.post(exam.url("answer"), sent)
    after = exam.row().given
    assert len(after) == 2
    assert exam.client.post(exam.url("answer"), sent | {"answer": "5"}).status_code == 302
    assert exam.row().given == after
    assert Attempt.objects.count() == 1


def test_two_requests_that_both_read_the_same_item_count_once(exam: Exam):
    row = services.start(exam.sitting()).row
    assert row is not None
    one, two = exam.sitting(), exam.sitting()
    assert services.answer(one, token(row), WRONG).notice == ""
    assert services.answer(two, token(row), WRONG).notice == services.STALE
    assert Attempt.objects.count() == 1


def test_an_answer_that_cannot_be_read_counts_nothing_and_stays_in_the_form(exam: Exam):
    exam.client.post(exam.url("start"))
    before = exam.row().given
    for typed in ("", "많이", "1e999999"):
        answer = exam.client.post(exam.url("answer"), {"token": before[0]["token"], "answer": typed})
        assert answer.status_code == 422
        assert before[0]["token"] in answer.content.decode()
        assert typed in answer.content.decode()
    assert exam.row().given == before
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"token": "nonsense"}, {"token": str(uuid.uuid4()), "answer": "3"}])
def test_a_form_of_nothing_changes_nothing(exam: Exam, sent: dict[str, str]):
    exam.client.post(exam.url("start"))
    before = exam.row().given
    assert exam.client.post(exam.url("answer"), sent).status_code in {302, 422}
    assert exam.row().given == before


def test_not_knowing_counts_as_wrong(exam: Exam):
    exam.client.post(exam.url("start"))
    exam.client.post(exam.url("answer"), {"token": exam.row().given[0]["token"], "unknown": "on"})
    assert exam.row().given[0]["score"] == 0
    assert (Attempt.objects.get().score, Attempt.objects.get().answer) == (0, {})


def test_nothing_is_given_away_during_the_test(exam: Exam):
    exam.client.post(exam.url("start"))
    row = exam.row()
    page = exam.client.get(exam.url()).content.decode()
    # Tokens are drawn by chance, and now and then hold the digits of an answer.
    page = re.sub(r'name="(token|csrfmiddlewaretoken)" value="[^"]*"|nonce="[^"]*"', "", page)
    assert right_fields(row)["answer"][0] not in page
    assert "손가락" not in page
    assert "차례로" not in page


def test_a_finished_test_takes_no_more_answers(exam: Exam):
    row = take(exam, right=True)
    sent = {"token": row.given[-1]["token"], "answer": "0"}
    exam.client.post(exam.url("answer"), sent)
    assert exam.row().given == row.given
    assert exam.client.post(exam.url("start")).status_code == 302
    assert exam.row().finished_at == row.finished_at


def test_the_teacher_reads_the_result_and_may_not_answer(exam: Exam, classroom: Classroom):
    client = Client()
    client.force_login(cast.a_teacher(classroom))
    exam.client.post(exam.url("start"))
    page = client.get(exam.url()).content.decode()
    assert exam.row().given[0]["token"] not in page
    assert client.post(exam.url("answer"), {"token": exam.row().given[0]["token"]}).status_code == 403
    assert client.post(exam.url("start", "after")).status_code == 403


def test_somebody_else_s_diagnosis_is_not_there(exam: Exam, classroom: Classroom):
    other = an_exam(classroom)
    exam.client.post(exam.url("start"))
    for page in ("sitting", "start", "answer"):
        assert other.client.post(exam.url(page)).status_code in {404, 405}
    assert other.client.get(exam.url()).status_code == 404
    assert exam.client.get(exam.url(moment="between")).status_code == 404


def test_pages_ask_the_same_number_of_questions(exam: Exam, django_assert_max_num_queries):
    exam.client.post(exam.url("start"))
    with django_assert_max_num_queries(14):
        exam.client.get(exam.url())
    take(exam, right=True)
    with django_assert_max_num_queries(14):
        exam.client.get(exam.url())
    with django_assert_max_num_queries(14):
        exam.client.get(reverse("diagnosis:overview", args=[exam.enrolment.pk]))
