"""The pages of the item bank: what they say, to whom, in how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from saem.apps.events.models import Event
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.apps.learning.itembank import services
from saem.apps.learning.itembank.pages import Order, lines_of
from saem.apps.learning.itembank.queries import bank_of
from saem.apps.learning.models import Attempt, FittedModel, ItemRecord, ModelState
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.lib.learners.candidates import CANDIDATES, Note
from saem.lib.learners.items import Alarm
from saem.web.messages import TABLE, message
from tests import cast
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
