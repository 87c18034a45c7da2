"""The pages of the item bank: what they say, to whom, in how many queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from saem.apps.events.models import Event
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.apps.learning.itembank import refitting, services
from saem.apps.learning.itembank.pages import Order, lines_of
from saem.apps.learning.itembank.queries import bank_of
from saem.apps.learning.itembank.views import DECISIONS
from saem.apps.learning.models import Attempt, FittedModel, ItemRecord, ModelState
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.lib.learners import model_class
from saem.lib.learners.candidates import CANDIDATES, Note
from saem.lib.learners.items import Alarm
from saem.lib.learners.simulation import simulate_irt
from saem.web.messages import TABLE, message
from tests import cast, sample
from tests.apps.learning.itembank.conftest import ITEMS, Bank

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


def page(bank: Bank, path: str = "", language: str = "ko") -> str:
    answer = bank.client(language=language).get(f"/bank/{bank.program.slug}/{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_code_has_words() -> None:
    codes = [
        *(f"itembank.{alarm}{end}" for alarm in Alarm for end in ("", ".advice")),
        *(f"itembank.note.{note}" for note in [*Note, services.SUPERSEDED, services.REFUSED_BEFORE]),
        *(f"itembank.model.{name}" for name in CANDIDATES),
        *(f"itembank.decided.{decision}" for decision in DECISIONS),
    ]
    assert [code for code in codes if code not in TABLE] == []


def test_the_list_has_every_item_even_before_anybody_answered(bank: Bank) -> None:
    text = page(bank)
    assert all(item in text for item in ITEMS)
    assert "아직 통계를 계산한 적이 없어요" in text
    assert "평균" in text


def test_items_to_look_at_come_first_gravest_before_others(bank: Bank) -> None:
    bank.answer([(bank.students(1)[0], item, True) for item in ITEMS])
    ItemRecord.objects.filter(item=ITEMS[5]).update(alarms=["too_easy"], difficulty=-3)
    ItemRecord.objects.filter(item=ITEMS[7]).update(alarms=["drifts", "negative_discrimination", "of-an-old-release"])
    ItemRecord.objects.filter(item=ITEMS[9]).update(difficulty=3)
    found = bank_of(bank.program)
    by_alarms = [line.id for line in lines_of(found, "ko", Order.ALARMS)]
    assert by_alarms[:3] == [ITEMS[7], ITEMS[5], ITEMS[0]]
    by_difficulty = [line.id for line in lines_of(found, "ko", Order.HARDEST)]
    assert (by_difficulty[0], by_difficulty[-1]) == (ITEMS[9], ITEMS[5])
    text = page(bank)
    assert message("itembank.negative_discrimination") in text
    assert page(bank, "?sort=nonsense").index(ITEMS[7]) < page(bank, "?sort=nonsense").index(ITEMS[0])


def test_an_item_shows_its_question_its_options_and_what_to_do(bank: Bank) -> None:
    bank.simulate(60)
    services.request_refit(bank.program)
    drain()
    services.request_refit(bank.program)
    drain()
    text = page(bank, f"items/{ITEMS[0]}/")
    for words in ("평균은 무엇일까요?", "더해 보세요.", "무지개", "난이도가 지나온 길"):
        assert words in text
    assert escape(message("itembank.distractor_unused.advice")) in text
    english = page(bank, f"items/{ITEMS[0]}/", language="en")
    assert "What is a mean?" in english
    assert "A rainbow" in english
    assert bank.client().get(f"/bank/{bank.program.slug}/items/nothing/").status_code == 404


def test_compute_again_is_one_job_however_often_it_is_pressed(bank: Bank) -> None:
    for _press in range(2):
        answer = bank.client().post(f"/bank/{bank.program.slug}/refit/")
        assert answer.status_code == 302
    assert Job.objects.count() == 1
    assert "지금 계산하고 있어요" in page(bank)
    assert bank.client().get(f"/bank/{bank.program.slug}/refit/").status_code == 405


def test_a_model_is_accepted_or_refused_by_a_press(bank: Bank) -> None:
    bank.simulate(60)
    services.request_refit(bank.program)
    drain()
    model = FittedModel.objects.get()
    text = page(bank, "models/")
    protocol = model.card["evaluation"]["protocol"]["hash"]
    for words in ("받아들이기", "쓰지 않기", "늘 평균 정답률", protocol):
        assert words in text
    url = f"/bank/{bank.program.slug}/models/{model.pk}"
    assert bank.client().post(f"{url}/accept/").status_code == 302
    model.refresh_from_db()
    assert (model.state, model.decided_by) == (ModelState.IN_FORCE, bank.author)
    bank.client().post(f"{url}/refuse/")
    model.refresh_from_db()
    assert model.state == ModelState.IN_FORCE, "what is decided stays"
    text = page(bank, "models/")
    assert "받아들이기" not in text
    assert "지금까지의 결정" in text
    assert Event.objects.filter(verb="model.accepted", actor=bank.author).count() == 1


def test_a_retired_model_is_looked_at_and_brought_back(bank: Bank) -> None:
    bank.simulate(60)
    services.request_refit(bank.program)
    drain()
    first = FittedModel.objects.get()
    second = FittedModel.objects.create(
        program=bank.program, name=first.name, document=first.document, arrays=first.arrays, card=first.card
    )
    assert services.accept(first, by=bank.author)
    assert services.accept(second, by=bank.author)
    url = f"/bank/{bank.program.slug}/models/{first.pk}/"
    assert url in page(bank, "models/"), "the decisions lead to the card"
    card = page(bank, f"models/{first.pk}/")
    assert "다시 쓰기" in card
    assert "늘 평균 정답률" in card
    assert "다시 쓰기" not in page(bank, f"models/{second.pk}/"), "it is in use"
    for _press in range(2):
        assert bank.client().post(f"{url}reinstate/").status_code == 302
    states = [FittedModel.objects.get(pk=model.pk).state for model in (first, second)]
    assert states == [ModelState.IN_FORCE, ModelState.RETIRED]
    event = Event.objects.get(verb="model.reinstated")
    assert (event.actor, event.object_id, event.facts["before"]) == (bank.author, str(first.pk), second.pk)


def test_a_model_that_this_release_cannot_read_stays_retired(bank: Bank) -> None:
    facts = {"program": bank.program, "name": "elo", "document": b"of long ago", "arrays": b"", "card": {}}
    model = FittedModel.objects.create(**facts, state=ModelState.RETIRED)
    answer = bank.client().post(f"/bank/{bank.program.slug}/models/{model.pk}/reinstate/", follow=True)
    assert message("itembank.unreadable_model") in answer.content.decode()
    model.refresh_from_db()
    assert model.state == ModelState.RETIRED
    assert not Event.objects.filter(verb="model.reinstated").exists()


@pytest.mark.parametrize("state", [ModelState.PROPOSED, ModelState.REFUSED, ModelState.IN_FORCE])
def test_only_a_retired_model_is_brought_back(bank: Bank, state: ModelState) -> None:
    stored = refitting.stored(model_class("elo")().fit(simulate_irt(30, 10, seed=1)[0]))
    model = FittedModel.objects.create(
        program=bank.program, name="elo", document=stored.document, arrays=stored.arrays, card={}, state=state
    )
    assert not services.reinstate(model, by=bank.author)
    model.refresh_from_db()
    assert model.state == state


def test_a_decision_that_is_none_does_not_exist(bank: Bank) -> None:
    model = FittedModel.objects.create(program=bank.program, name="elo", document=b"", arrays=b"", card={})
    assert bank.client().post(f"/bank/{bank.program.slug}/models/{model.pk}/burn/").status_code == 404


def test_a_card_tells_the_error_of_each_group_and_names_only_classes_that_one_may_see(bank: Bank) -> None:
    bank.simulate(40)
    bank.classroom = cast.a_classroom(bank.classroom.cohort, name="2학년 햇살반")
    bank.simulate(20, seed=6)
    services.request_refit(bank.program)
    drain()
    model = FittedModel.objects.get()
    told = {each["group"]: each for each in model.card["evaluation"]["groups"]}
    assert [each["students"] for each in told.values()] == [40, 20]
    assert sum(each["scores"]["n"] for each in told.values()) == model.card["trained_on"]["responses"]
    text = page(bank, "models/")
    assert "집단마다의 오차" in text
    assert "학급 1" in text
    assert "햇살반" not in text, "an author runs no class"
    assert "운영 기관의 종류" not in text, "one kind of institution is everybody"
    staff = cast.a_person()
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=bank.program.owner_id)
    assert "햇살반" in bank.client(staff).get(f"/bank/{bank.program.slug}/models/").content.decode()


def test_a_card_without_groups_says_what_it_would_take(bank: Bank) -> None:
    bank.simulate(60)
    services.request_refit(bank.program)
    drain()
    assert "견줄 집단이 없어요" in page(bank, "models/")


def test_authors_find_the_bank_from_the_program_and_its_steps(bank: Bank) -> None:
    program = f"/programs/{bank.program.slug}/"
    own = bank.client().get(program).content.decode()
    way = f"/bank/{bank.program.slug}/?step={sample.LESSON}"
    assert way in own
    assert "문항 12개" in own
    for client in (Client(), bank.client(cast.a_stranger())):
        assert "/bank/" not in client.get(program).content.decode()
    text = page(bank, f"?step={sample.LESSON}")
    assert all(item in text for item in ITEMS)
    assert "모든 문항 보기" in text
    assert "문항만 보고 있어요" not in page(bank, "?step=nonsense")
    assert f"{program}#{sample.LESSON}" in page(bank, f"items/{ITEMS[0]}/")


def test_who_reads_a_lesson_and_keeps_its_items_finds_them(bank: Bank) -> None:
    (student,) = bank.students(1)
    staff, teacher = cast.a_person(), cast.a_teacher(bank.classroom)
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=bank.program.owner_id)
    lesson = f"/learn/{student.pk}/{sample.LESSON}/"
    assert f"?step={sample.LESSON}" in bank.client(staff).get(lesson).content.decode()
    for user in (teacher, student.user):
        assert "/bank/" not in bank.client(user).get(lesson).content.decode()


def test_a_card_of_an_older_release_is_shown_as_far_as_it_goes(bank: Bank) -> None:
    FittedModel.objects.create(program=bank.program, name="elo", document=b"", arrays=b"", card={})
    assert "온라인 평점" in page(bank, "models/")


def test_authors_and_staff_of_the_owner_see_it_and_nobody_else(bank: Bank) -> None:
    staff, other = cast.a_person(), cast.a_person()
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=bank.program.owner_id)
    grant(other, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=cast.a_school().pk)
    paths = ["", f"items/{ITEMS[0]}/", "models/"]
    for user, status in ((staff, 200), (bank.author, 200), (other, 404), (cast.a_teacher(bank.classroom), 404)):
        found = [bank.client(user).get(f"/bank/{bank.program.slug}/{path}").status_code for path in paths]
        assert found == [status] * len(paths)
    assert f"/bank/{bank.program.slug}/" in bank.client(staff).get("/").content.decode()
    assert f"/bank/{bank.program.slug}/" not in bank.client(other).get("/").content.decode()


def test_a_model_is_reached_only_through_its_own_program(bank: Bank) -> None:
    elsewhere = cast.a_version().program
    model = FittedModel.objects.create(program=elsewhere, name="elo", document=b"", arrays=b"", card={})
    assert bank.client().post(f"/bank/{bank.program.slug}/models/{model.pk}/accept/").status_code == 404
    model.refresh_from_db()
    assert model.state == ModelState.PROPOSED


@pytest.mark.parametrize("path", ["", f"items/{ITEMS[0]}/", "models/"])
def test_pages_take_the_same_queries_for_ten_attempts_and_for_a_thousand(bank: Bank, path: str) -> None:
    bank.answer([(bank.students(1)[0], ITEMS[number % 2], True) for number in range(10)])
    counts = []
    for _round in range(2):
        services.request_refit(bank.program)
        drain()
        client = bank.client()
        client.get(f"/bank/{bank.program.slug}/{path}")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/bank/{bank.program.slug}/{path}")
        counts.append(len(found))
        bank.simulate(83)
    assert Attempt.objects.count() >= 1000
    assert counts[0] == counts[1] <= 9, counts
