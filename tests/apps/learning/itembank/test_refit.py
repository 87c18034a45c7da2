"""The refit through the queue: from answers to statistics, alarms and a proposal that somebody must accept."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from saem.apps.events.models import Event
from saem.apps.jobs import services as jobs
from saem.apps.jobs.kinds import ResultRefusedError
from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.queries import queue_state
from saem.apps.jobs.worker import drain
from saem.apps.learning.itembank import handlers, queries, refitting, services
from saem.apps.learning.models import Attempt, FittedModel, ItemRecord, ModelState
from saem.lib.fleet import Claim
from saem.lib.learners import Asked, LearnerModel
from saem.lib.learners.candidates import CANDIDATES
from tests import cast
from tests.apps.learning.itembank.conftest import ITEMS, UNUSED, Bank

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


def refit(bank: Bank) -> Event:
    services.request_refit(bank.program)
    assert drain() == 1
    return Event.objects.filter(verb=queries.REFITTED).latest("pk")


def test_two_hundred_learners_bring_statistics_and_a_model_that_is_accepted_and_then_retired(bank: Bank) -> None:
    bank.simulate(200)
    event = refit(bank)
    assert event.facts["note"] == "proposed"
    assert event.facts["items"] == len(ITEMS)
    record = ItemRecord.objects.get(program=bank.program, item=ITEMS[0])
    found = record.statistics
    assert found["responses"] == found["all_learners"] == 200
    assert found["calibrated"]["model"] == "irt-2pl"
    assert found["discrimination"] > 0
    assert "distractor_unused" in record.alarms
    assert {each["id"]: each["count"] for each in found["options"]}[UNUSED] == 0
    assert (record.difficulty, record.responses) == (0.25, 200), "what practice keeps stays as it is"

    first = FittedModel.objects.get()
    assert first.state == ModelState.PROPOSED
    assert {each["name"] for each in first.card["comparison"]["contenders"]} == set(CANDIDATES)
    assert first.card["evaluation"]["protocol"]["hash"].startswith("sha256:")
    assert first.card["evaluation"]["scores"]["log_loss"] < first.card["comparison"]["plain"]["log_loss"]
    assert services.accept(first, by=bank.author)
    assert not services.accept(first, by=bank.author), "it is decided once"
    assert not services.refuse(first, by=bank.author)
    stored = queries.model_in_force(bank.program)
    assert stored is not None
    model = refitting.loaded(stored)
    assert isinstance(model, LearnerModel)
    assert 0 < model.chance(model.new_state(), Asked(ITEMS[0], ("mean",))).value < 1

    assert refit(bank).facts["note"] == "nothing_better", "the same answers bring no second proposal"
    second = FittedModel.objects.create(
        program=bank.program, name="elo", document=b"{}", arrays=b"", card=first.card, state=ModelState.PROPOSED
    )
    assert services.accept(second, by=bank.author)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ModelState.RETIRED, ModelState.IN_FORCE)
    assert second.decided_by == bank.author
    told = Event.objects.filter(verb="model.accepted").latest("pk")
    assert (told.actor, told.facts["before"]) == (bank.author, first.pk)


def test_few_answers_bring_statistics_and_a_note(bank: Bank) -> None:
    bank.simulate(8)
    assert refit(bank).facts["note"] == "too_little_data"
    assert not FittedModel.objects.exists()
    found = ItemRecord.objects.get(program=bank.program, item=ITEMS[0]).statistics
    assert (found["responses"], found["discrimination"], found["calibrated"], found["drift"]) == (8, None, None, None)


def test_a_refused_model_does_not_come_back_with_the_same_answers(bank: Bank) -> None:
    bank.simulate(60)
    assert refit(bank).facts["note"] == "proposed"
    model = FittedModel.objects.get()
    assert model.name == "elo", "few learners bring ratings only"
    assert services.refuse(model, by=bank.author)
    assert refit(bank).facts["note"] == "refused_before"
    assert FittedModel.objects.count() == 1
    bank.simulate(20, seed=6)
    assert refit(bank).facts["note"] == "proposed"


def test_a_new_proposal_takes_the_place_of_one_that_nobody_decided(bank: Bank) -> None:
    bank.simulate(60)
    refit(bank)
    before = FittedModel.objects.get().pk
    refit(bank)
    assert FittedModel.objects.get().pk != before


def test_a_model_compared_with_one_that_was_replaced_meanwhile_is_not_proposed(bank: Bank) -> None:
    bank.simulate(60)
    tries = queries.tries_of(bank.program).to_bytes(None)
    found = refitting.refit(tries)
    FittedModel.objects.create(
        program=bank.program, name="elo", document=b"", arrays=b"", card={}, state=ModelState.IN_FORCE
    )
    with transaction.atomic():
        services.record_refit(bank.program.pk, found)
    assert Event.objects.latest("pk").facts["note"] == services.SUPERSEDED
    assert FittedModel.objects.count() == 1


def test_one_model_at_most_is_in_force(bank: Bank) -> None:
    facts = {"program": bank.program, "name": "elo", "document": b"", "arrays": b"", "card": {}}
    FittedModel.objects.create(**facts, state=ModelState.IN_FORCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        FittedModel.objects.create(**facts, state=ModelState.IN_FORCE)


def test_a_fault_in_the_fit_sets_the_job_aside_where_author_and_operator_see_it(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank.simulate(8)

    def broken(*_args: object, **_facts: object) -> None:
        raise FloatingPointError("the fit fell over")

    monkeypatch.setattr(refitting, "choose_model", broken)
    services.request_refit(bank.program)
    for _try in range(3):
        Job.objects.update(not_before=timezone.now())
        drain()
    job = Job.objects.get()
    assert (job.state, "fell over" in job.reason) == (JobState.DEAD, True)
    page = bank.client().get(f"/bank/{bank.program.slug}/").content.decode()
    assert "지난번 계산이 실패했어요" in page
    monkeypatch.undo()
    assert jobs.retry(job.pk)
    drain()
    assert "지난번 계산이 실패했어요" not in bank.client().get(f"/bank/{bank.program.slug}/").content.decode()


@pytest.mark.parametrize("result", [b"", b"[]", b"{}", b'{"model": null}', b"\xff"])
def test_a_result_that_is_none_is_refused(result: bytes) -> None:
    claim = Claim(job_id=1, kind=queries.REFIT, subject_id=1, attempt=1)
    with pytest.raises(ResultRefusedError):
        handlers.effect(claim, result)


def test_what_leaves_the_database_names_no_person(bank: Bank) -> None:
    (student,) = bank.students(1)
    bank.answer([(student, ITEMS[0], True)])
    data = queries.tries_of(bank.program).to_bytes(None).decode()
    assert json.loads(data)["tries"]["student"] == [student.pk]
    assert student.nickname not in json.loads(data).__repr__()
    assert not handlers.REFITTING.is_portable


class TestEveryNight:
    def test_the_night_is_planned_once_and_again_after_it(self, db: None) -> None:
        jobs.keep_nightly()
        jobs.keep_nightly()
        job = Job.objects.get(kind=queries.NIGHTLY)
        night = timezone.localtime(job.not_before)
        assert (night.hour, night.minute) == (jobs.NIGHT, 0)
        assert dt.timedelta() < night - timezone.now() <= dt.timedelta(days=1)
        assert drain() == 0, "not before its time"
        assert (queue_state().waiting, queue_state().oldest_waiting_s) == (0, 0.0)
        Job.objects.filter(kind=queries.NIGHTLY).update(not_before=timezone.now())
        assert drain() == 1
        jobs.keep_nightly()
        assert Job.objects.filter(kind=queries.NIGHTLY, state=JobState.WAITING).count() == 1

    def test_a_night_that_was_set_aside_does_not_stop_the_next(self, db: None) -> None:
        jobs.keep_nightly()
        Job.objects.update(state=JobState.DEAD)
        jobs.keep_nightly()
        assert Job.objects.filter(kind=queries.NIGHTLY, state=JobState.WAITING).count() == 1

    def test_programs_with_new_answers_are_computed_and_others_left(self, bank: Bank) -> None:
        other = cast.a_version().program
        bank.answer([(student, ITEMS[0], True) for student in bank.students(2)])
        assert queries.programs_with_news() == [bank.program.pk]
        with transaction.atomic():
            services.request_refits()
        assert drain() == 1
        assert queries.programs_with_news() == []
        assert not Job.objects.filter(subject_id=other.pk).exists()
        Attempt.objects.filter(item=ITEMS[0]).update(created_at=timezone.now())
        assert queries.programs_with_news() == [bank.program.pk]


class TestBadInput:
    def test_one_response(self, bank: Bank) -> None:
        bank.answer([(bank.students(1)[0], ITEMS[0], True)])
        assert refit(bank).facts["note"] == "too_little_data"
        assert bank.client().get(f"/bank/{bank.program.slug}/items/{ITEMS[0]}/").status_code == 200

    def test_nobody_answered(self, bank: Bank) -> None:
        assert refit(bank).facts == {"note": "too_little_data", "items": 0, "alarms": 0}

    @pytest.mark.parametrize("right", [True, False])
    def test_all_alike(self, bank: Bank, right: bool) -> None:
        students = bank.students(40)
        bank.answer([(student, item, right) for student in students for item in ITEMS])
        assert refit(bank).facts["note"] == "one_outcome"
        record = ItemRecord.objects.get(program=bank.program, item=ITEMS[0])
        assert record.statistics["discrimination"] is None
        assert record.statistics["calibrated"] is None
        assert ("too_easy" if right else "too_hard") in record.alarms

    def test_an_item_that_no_version_has(self, bank: Bank) -> None:
        bank.answer([(student, "long-gone", True) for student in bank.students(3)])
        assert refit(bank).facts["items"] == 1
        page = bank.client().get(f"/bank/{bank.program.slug}/items/long-gone/")
        assert page.status_code == 200
        assert "이 문항은 새 판에 없어요" in page.content.decode()

    def test_a_program_that_is_gone(self, bank: Bank) -> None:
        found = refitting.refit(queries.tries_of(bank.program).to_bytes(None))
        with transaction.atomic():
            services.record_refit(999_999, found)
        assert not Event.objects.filter(verb=queries.REFITTED).exists()

    def test_a_model_in_force_that_cannot_be_read_is_as_none(self, bank: Bank) -> None:
        bank.simulate(60)
        FittedModel.objects.create(
            program=bank.program, name="elo", document=b"nonsense", arrays=b"", card={}, state=ModelState.IN_FORCE
        )
        assert refit(bank).facts["note"] == "proposed"
