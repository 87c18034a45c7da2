"""What changes for many: the fact at once, decisions in batches that survive a kill, everybody by the newest in the end."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from saem.apps.cohorts.completion import due, handlers, rounds, ruling, training
from saem.apps.cohorts.models import DecisionRound, Enrolment, RecordChange, Standing
from saem.apps.cohorts.services import change_cohort
from saem.apps.cohorts.sessions import planning
from saem.apps.jobs.claims import claim_next
from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.services import fail, finish, reap_expired, retry
from saem.apps.jobs.worker import drain
from saem.lib.fleet import Claim, ClaimLostError
from tests.apps.cohorts.completion.a_course import HUNDRED, RULES, Course, a_course, attend, score
from tests.cast import a_student

pytestmark = pytest.mark.django_db
BATCH = 3
PEOPLE = 8
EIGHTY = RULES.replace("id: ninety", "id: eighty").replace("percent: 90", "percent: 80")
SEVENTY = RULES.replace("id: ninety", "id: seventy").replace("percent: 90", "percent: 70")


@pytest.fixture
def course(a_version_with_content: object, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Nine people, by rules that every one of them was decided by; three make a batch."""
    made = a_course(version=a_version_with_content)
    for _number in range(PEOPLE):
        a_student(made.teacher.classroom)
    rounds.cohort_changed(made.cohort, by=made.staff)
    assert by_rule() == ["ninety"] * (PEOPLE + 1)
    for module in (rounds, due):
        monkeypatch.setattr(module, "BATCH", BATCH)
    return made


def by_rule() -> list[str]:
    return list(Standing.objects.order_by("pk").values_list("rule", flat=True))


def declare(course: Course, text: str, seen: int) -> None:
    declared = ruling.declare(course.cohort, text, seen=seen, by=course.staff)
    assert declared.rules is not None, declared.problems


def claimed() -> Claim:
    found = claim_next(worker="w", capabilities=["cpu"], kinds=[rounds.ROUND_JOB])
    assert found is not None
    return found


def one_batch() -> None:
    claim = claimed()
    finish(claim, handlers.ROUND.effect(claim, b""))


def progress() -> tuple[int, int]:
    row = DecisionRound.objects.latest("pk")
    return row.done, row.total


def test_rules_are_written_at_once_and_people_follow_in_batches(course: Course):
    declare(course, EIGHTY, 1)
    assert ruling.rules_of(course.cohort).number == 2
    assert by_rule() == ["ninety"] * 9
    assert progress() == (0, 9)
    one_batch()
    assert by_rule() == ["eighty"] * 3 + ["ninety"] * 6
    assert progress() == (3, 9)
    drain()
    assert by_rule() == ["eighty"] * 9
    assert rounds.under_way(course.cohort) is None
    assert Job.objects.filter(kind=rounds.ROUND_JOB).exclude(state=JobState.DONE).count() == 0


def test_few_are_decided_in_the_transaction_of_the_act(course: Course, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rounds, "BATCH", PEOPLE + 1)
    declare(course, EIGHTY, 1)
    assert by_rule() == ["eighty"] * 9
    assert not DecisionRound.objects.exists()


def test_whose_fact_changes_meanwhile_is_decided_by_the_new_rules_at_once(course: Course):
    declare(course, EIGHTY, 1)
    last = Enrolment.objects.order_by("pk").last()
    score(course, last, 80, 80)
    assert Standing.objects.get(enrolment=last).rule == "eighty"


def test_a_kill_between_and_within_batches_loses_nothing(course: Course):
    declare(course, EIGHTY, 1)
    one_batch()
    first = claimed()
    effect = handlers.ROUND.effect(first, b"")
    Job.objects.filter(pk=first.job_id).update(lease_until=timezone.now() - dt.timedelta(minutes=1))
    assert reap_expired() == 1
    one_batch()
    with pytest.raises(ClaimLostError):
        finish(first, effect)
    assert progress() == (6, 9)
    drain()
    assert by_rule() == ["eighty"] * 9
    assert progress() == (9, 9)


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_a_second_declaration_during_the_first_ends_with_everybody_on_the_newest(course: Course, batches: int):
    declare(course, EIGHTY, 1)
    for _batch in range(batches):
        one_batch()
    held = claimed()
    declare(course, SEVENTY, 2)
    assert progress() == (0, 9)
    finish(held, handlers.ROUND.effect(held, b""))
    drain()
    assert by_rule() == ["seventy"] * 9
    assert DecisionRound.objects.count() == 1


def test_somebody_who_joins_meanwhile_is_counted_and_decided(course: Course):
    declare(course, EIGHTY, 1)
    one_batch()
    a_student(course.teacher.classroom)
    drain()
    assert by_rule() == ["eighty"] * 10
    assert progress() == (10, 10)


def test_a_job_that_comes_late_changes_nothing(course: Course):
    declare(course, EIGHTY, 1)
    drain()
    row = DecisionRound.objects.get()
    rounds.decide_batch(row.pk)
    rounds.decide_batch(row.pk + 1)
    assert progress() == (9, 9)


def test_a_round_that_stopped_is_told_and_begun_again(client: Client, course: Course):
    declare(course, EIGHTY, 1)
    one_batch()
    for _try in range(3):
        Job.objects.update(not_before=timezone.now())
        fail(claimed(), reason="out of memory")
    client.force_login(course.staff)
    address = f"/cohorts/{course.cohort.pk}/completion/"
    assert "9명 가운데 3명까지 다시 계산하고 멈췄어요." in client.get(address).content.decode()
    client.post(f"{address}decide/")
    assert "0 / 9명 다시 계산했어요." in client.get(address).content.decode()
    drain()
    assert by_rule() == ["eighty"] * 9
    assert retry(Job.objects.get(state=JobState.DEAD).pk)
    assert drain() == 1


def test_an_operator_lets_a_round_go_on_where_it_stopped(course: Course):
    declare(course, EIGHTY, 1)
    one_batch()
    for _try in range(3):
        Job.objects.update(not_before=timezone.now())
        fail(claimed(), reason="out of memory")
    assert rounds.under_way(course.cohort).is_stuck
    assert retry(Job.objects.get(state=JobState.DEAD).pk)
    assert not rounds.under_way(course.cohort).is_stuck
    one_batch()
    assert progress() == (6, 9)


def test_the_page_shows_how_far_it_is_and_asks_again_until_it_is_done(client: Client, course: Course):
    client.force_login(course.staff)
    address = f"/cohorts/{course.cohort.pk}/completion/"
    sent = {"seen": 1, "text": EIGHTY}
    assert "다시 계산하고 있어요" in client.post(f"{address}rules/book/", sent, follow=True).content.decode()
    one_batch()
    text = client.get(address).content.decode()
    assert "3 / 9명 다시 계산했어요." in text
    assert 'hx-trigger="load delay:1s"' in text
    assert 'http-equiv="refresh"' in text
    drain()
    assert "새 결과 보기" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'id="round"' not in client.get(address).content.decode()


def test_a_page_that_is_read_writes_nothing(client: Client, course: Course):
    past = timezone.now() - dt.timedelta(hours=1)
    Standing.objects.update(rule="", decide_again_at=past)
    client.force_login(course.staff)
    address = f"/cohorts/{course.cohort.pk}/completion/"
    assert "다시 따질 사람이 9명 있어요." in client.get(address).content.decode()
    assert by_rule() == [""] * 9
    client.post(f"{address}decide/")
    assert "0 / 9명 다시 계산했어요." in client.get(address).content.decode()
    drain()
    assert by_rule() == ["ninety"] * 9


def test_few_whose_hour_has_come_are_decided_by_the_press(client: Client, course: Course):
    Standing.objects.filter(enrolment=course.teacher).update(rule="", decide_again_at=timezone.now())
    client.force_login(course.staff)
    answer = client.post(f"/cohorts/{course.cohort.pk}/completion/decide/", follow=True)
    assert "이수 여부를 다시 계산했어요." in answer.content.decode()
    assert by_rule() == ["ninety"] * 9


def test_the_night_decides_batch_by_batch(course: Course):
    Standing.objects.update(rule="", decide_again_at=timezone.now())
    assert due.decide_due() == 9
    assert by_rule() == ["ninety"] * 9


def test_another_plan_is_decided_in_the_round(course: Course):
    attend(course, course.teacher, times=2)
    planning.cancel(course.sessions[2], by=course.staff)
    assert progress() == (0, 9)
    drain()
    assert Standing.objects.get(enrolment=course.teacher).findings["parts"][0]["state"] == "met"


def test_other_dates_and_another_training_decide_for_everybody(course: Course):
    facts = {"title": "새 이름", "title_en": "", "starts_on": course.cohort.starts_on, "ends_on": None}
    change_cohort(course.cohort, by=course.staff, **facts)
    drain()
    training.set_training(course.cohort, {"hours": 30}, by=course.staff)
    assert progress() == (0, 9)
    drain()
    assert DecisionRound.objects.exclude(finished_at=None).count() == 2


def test_a_sheet_of_many_is_written_at_once_and_decided_in_a_round(course: Course, django_assert_max_num_queries):
    people = list(Enrolment.objects.order_by("pk").values_list("pk", flat=True))
    points = {pk: {"online_exam": (HUNDRED, HUNDRED), "assignment": (HUNDRED, HUNDRED)} for pk in people}
    with django_assert_max_num_queries(25):
        assert training.set_scores(points, reason="sheet", by=course.staff) == 18
    assert training.set_scores(points, reason="sheet", by=course.staff) == 0
    assert RecordChange.objects.filter(subject="score").count() == 18
    with django_assert_max_num_queries(30):
        training.set_trainees({pk: {"school": "샘물초"} for pk in people}, reason="sheet", by=course.staff)
    assert RecordChange.objects.filter(subject="trainee", field="school").count() == 9
    drain()
    totals = [each.findings["parts"][1]["have"] for each in Standing.objects.all()]
    assert totals == ["100"] * 9
    assert training.set_scores({people[0]: {"assignment": None}}, by=course.staff) == 1
    assert Standing.objects.get(enrolment=people[0]).findings["parts"][1]["have"] != "100"


def test_a_cohort_without_rules_begins_no_round(course: Course):
    Standing.objects.all().delete()
    course.cohort.completion_rules.all().delete()
    training.set_training(course.cohort, {"hours": 30}, by=course.staff)
    assert not DecisionRound.objects.exists()
