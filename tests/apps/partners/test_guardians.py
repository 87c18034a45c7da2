"""Outside school, a child has a place only with a guardian's consent: asked by mail or on paper, and taken back."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians.asking import Paper
from saem.apps.cohorts.models import ConsentWay, Enrolment
from saem.apps.notices.handlers import letter_words
from saem.apps.notices.models import Delivery, Notice
from saem.apps.partners.models import Opportunity, OpportunityGuardian, SignUp
from saem.apps.partners.opportunities import guardians, services, signing
from saem.apps.people.models import User
from saem.errors import SaemError
from tests.apps.partners.a_partnership import a_speaker, client_of, staff_of
from tests.apps.partners.test_challenges import an_office
from tests.apps.partners.test_opportunities import an_opportunity, held
from tests.apps.projects.showcase.a_showcase import born
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_classroom, a_person, a_student

db = pytest.mark.django_db
WHO = Guardian("김보호", "guardian@example.org", "어머니")


def a_child(nickname: str = "") -> Enrolment:
    """Twelve years old, as the record of a training says."""
    child = a_student(a_classroom(), nickname)
    born(child, timezone.localdate() - dt.timedelta(days=12 * 366))
    return child


def outside(**more: object) -> Opportunity:
    return an_opportunity(is_outside=True, **more)


def state_of(user: User) -> str:
    return SignUp.objects.filter(user=user).latest("pk").state


def agreed(row: SignUp) -> OpportunityGuardian:
    question, _token = guardians.ask(row, WHO)
    assert guardians.answer(question, agrees=True)
    return question


@db
def test_who_needs_a_guardian_and_who_does_not() -> None:
    visit, talk = outside(places=9), an_opportunity(places=9)
    child, older, unknown = a_child().user, a_student(a_classroom()), a_person()
    born(older, timezone.localdate() - dt.timedelta(days=15 * 366))
    assert signing.sign_up(talk, child).state == "going"
    assert signing.sign_up(visit, child, is_of_age=True).state == "held"
    assert signing.sign_up(visit, older.user).state == "going"
    assert signing.sign_up(visit, unknown).state == "held"
    assert signing.sign_up(visit, unknown, is_of_age=True).state == "going"
    assert signing.sign_up(visit, a_person(), is_of_age=True).state == "going"


@db
def test_a_place_is_kept_until_the_guardian_agrees_by_the_link() -> None:
    visit, child = outside(), a_child().user
    row = signing.sign_up(visit, child)
    assert signing.sign_up(visit, a_person(), is_of_age=True).state == "waiting"
    question, token = guardians.ask(row, WHO)
    assert guardians.question_by(token) == question
    assert guardians.question_by(f"{token}x") is None
    assert guardians.answer(question, agrees=True)
    assert not guardians.answer(question, agrees=False)
    assert state_of(child) == "going"
    assert Notice.objects.get(kind="opportunity.guardian").facts["has_place"] is True
    with pytest.raises(SaemError, match=r"consent\.given_already"):
        guardians.ask(row, WHO)


@db
@pytest.mark.parametrize("way", ["declined", "withdrawn by link", "withdrawn on paper"])
def test_a_no_frees_the_place_and_the_next_moves_up(way: str) -> None:
    visit, child, next_one = outside(), a_child().user, a_person()
    row = signing.sign_up(visit, child)
    signing.sign_up(visit, next_one, is_of_age=True)
    if way == "declined":
        question, _token = guardians.ask(row, WHO)
        assert guardians.answer(question, agrees=False)
    else:
        question, staff = agreed(row), staff_of(visit.host)
        by = staff if way == "withdrawn on paper" else None
        assert guardians.withdraw(question, by=by, remark="전화" if by else "")
        assert not guardians.withdraw(question)
        kept = OpportunityGuardian.objects.get()
        assert (kept.given_on, kept.withdrawn_by) == (timezone.localdate(), by)
    assert (state_of(child), state_of(next_one)) == ("cancelled", "going")
    assert Notice.objects.filter(kind="opportunity.moved_up", recipient=next_one).count() == 1


@db
def test_who_waits_with_a_consent_moves_up_at_once_and_who_has_none_has_a_place_kept() -> None:
    visit, first = outside(), a_person()
    signing.sign_up(visit, first, is_of_age=True)
    covered, missing = a_child().user, a_child().user
    row = signing.sign_up(visit, covered)
    signing.sign_up(visit, missing)
    agreed(row)
    assert state_of(covered) == "waiting"
    signing.give_up(visit, first)
    assert (state_of(covered), state_of(missing)) == ("going", "waiting")
    signing.change_places(visit, 2, by=a_person())
    assert state_of(missing) == "held"
    assert Notice.objects.get(kind="opportunity.moved_up", recipient=missing).facts["until"] is not None


@db
def test_a_place_that_is_kept_too_long_is_passed_on_in_the_night_or_when_somebody_comes() -> None:
    visit, child, next_one = outside(), a_child().user, a_person()
    row = signing.sign_up(visit, child)
    signing.sign_up(visit, next_one, is_of_age=True)
    assert signing.pass_on_overdue() == 0
    overdue = timezone.now() - dt.timedelta(minutes=1)
    SignUp.objects.filter(pk=row.pk).update(held_until=overdue)
    assert signing.pass_on_overdue() == 1
    assert (state_of(child), state_of(next_one)) == ("cancelled", "going")
    assert Notice.objects.filter(kind="opportunity.hold_ended", recipient=child).count() == 1
    again = signing.sign_up(outside(), child)
    SignUp.objects.filter(pk=again.pk).update(held_until=overdue)
    assert signing.sign_up(again.opportunity, a_person(), is_of_age=True).state == "going"


@db
def test_a_question_ends_with_the_place_that_it_was_about() -> None:
    visit, child = outside(), a_child().user
    row = signing.sign_up(visit, child)
    question, _token = guardians.ask(row, WHO)
    assert question.expires_at == row.held_until
    signing.give_up(visit, child)
    assert not guardians.answer(question, agrees=True)
    assert OpportunityGuardian.objects.get().closed_at is not None


@db
def test_after_it_began_nothing_is_asked_and_a_withdrawal_moves_nobody() -> None:
    visit, child, next_one = outside(), a_child().user, a_person()
    row = signing.sign_up(visit, child)
    signing.sign_up(visit, next_one, is_of_age=True)
    question = agreed(row)
    held(visit)
    assert guardians.withdraw(question)
    assert (state_of(child), state_of(next_one)) == ("going", "waiting")
    paper = Paper(guardian_name="김보호", way=ConsentWay.PHONE_CALL, given_on=timezone.localdate())
    with pytest.raises(SaemError, match=r"opportunity\.begun"):
        guardians.record_consent(row, paper, by=a_person())


@db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_of_the_child_and_the_guardian(language: str) -> None:
    visit, child = outside(title_en=""), a_child("별이")
    client = Client(headers={"accept-language": language})
    client.force_login(child.user)
    page = reverse("partners:opportunity", args=[visit.pk])
    ask = reverse("partners:opportunity_guardian", args=[visit.pk])
    assert client.get(ask).url == page
    client.post(reverse("partners:sign_up", args=[visit.pk]), {"is_of_age": "on"})
    assert ask in client.get(page).content.decode()
    assert client.post(ask, {"name": "김보호", "relation": "어머니", "contact": "010-0000-0000"}).status_code == 422
    assert client.post(ask, {"name": "김보호", "relation": "어머니", "contact": "G@example.org"}).url == page
    letter = Delivery.objects.get(kind="opportunity.guardian_asked")
    words = letter_words(letter)
    assert letter.address == "g@example.org"
    assert "별이" in words.title
    link = next(line for line in words.text.splitlines() if "/opportunities/guardian/" in line).strip()
    path = link[link.index("/opportunities/") :]
    assert client.post(path, {"answer": "agree"}).status_code == 403
    guardian = Client(headers={"accept-language": language})
    assert guardian.get(path).status_code == 200
    assert guardian.post(path, {"answer": "perhaps"}).status_code == 422
    assert guardian.get("/opportunities/guardian/nobodys-key/").status_code == 404
    guardian.post(path, {"answer": "agree"})
    assert state_of(child.user) == "going"
    guardian.post(path, {"answer": "withdraw"})
    assert state_of(child.user) == "cancelled"
    assert "X-Robots-Tag" in guardian.get(path).headers


@db
def test_staff_of_the_host_record_what_came_on_paper_and_a_partner_does_not() -> None:
    visit, child = outside(host=an_office()), a_child().user
    row = signing.sign_up(visit, child)
    staff, speaker = client_of(staff_of(visit.host)), client_of(a_speaker(visit.institution))
    page = reverse("partners:opportunity", args=[visit.pk])
    address = reverse("partners:opportunity_consent", args=[visit.pk, row.pk])
    assert speaker.get(address).status_code == 404
    assert address not in speaker.get(page).content.decode()
    assert address in staff.get(page).content.decode()
    given = {
        "guardian_name": "김보호",
        "way": "signed_paper",
        "given_on": f"{timezone.localdate()}",
        "remark": "교무실",
    }
    for wrong in ({"way": "magic"}, {"given_on": "2099-01-01"}, {"guardian_name": ""}):
        assert staff.post(address, given | wrong).status_code == 422
    assert staff.post(address, given).url == page
    assert state_of(child) == "going"
    # Sent twice by a double click, a consent does not take itself back.
    assert staff.post(address, given).status_code == 422
    assert state_of(child) == "going"
    staff.post(address, {"told_how": "전화"})
    assert state_of(child) == "cancelled"
    assert staff.get(address).status_code == 404
    other = signing.sign_up(visit, a_person(), is_of_age=True)
    assert staff.get(reverse("partners:opportunity_consent", args=[visit.pk, other.pk])).status_code == 404


@db
def test_the_list_of_sign_ups_asks_as_often_for_many_as_for_few() -> None:
    visit = outside(places=30)
    staff, page = client_of(staff_of(visit.host)), reverse("partners:opportunity", args=[visit.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert staff.get(page).status_code == 200
        return len(found)

    for _number in range(2):
        agreed(signing.sign_up(visit, a_child().user))
    asked()
    few = asked()
    for _number in range(6):
        signing.sign_up(visit, a_child().user)
    assert asked() == few


@db
def test_what_is_cancelled_asks_no_guardian_any_more() -> None:
    visit, child = outside(), a_child().user
    question, token = guardians.ask(signing.sign_up(visit, child), WHO)
    services.cancel(visit, reason="태풍", by=a_person())
    assert not guardians.answer(question, agrees=True)
    assert state_of(child) == "held"
    page = Client().get(reverse("partners:opportunity_guardian_answer", args=[token])).content.decode()
    assert "이 행사는 취소됐어요" in page
    assert 'value="agree"' not in page


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def _shared(self, transactional_db: None, tmp_path: Path) -> Iterator[None]:
        with database_that_threads_share(tmp_path):
            yield

    def test_a_guardian_answers_on_two_devices(self) -> None:
        row = signing.sign_up(outside(), a_child().user)
        question, _token = guardians.ask(row, WHO)

        def say(number: int) -> bool:
            return guardians.answer(OpportunityGuardian.objects.get(pk=question.pk), agrees=number == 0)

        assert sorted(at_once(say)) == [False, True]
        kept = OpportunityGuardian.objects.get()
        assert (kept.given_on is None) != (kept.declined_at is None)


@db
def test_a_guardians_no_outweighs_the_childs_own_word_on_their_age() -> None:
    visit, user = outside(places=3), a_student(a_classroom()).user
    question, _token = guardians.ask(signing.sign_up(visit, user), WHO)
    assert guardians.answer(question, agrees=False)
    row = signing.sign_up(visit, user, is_of_age=True)
    assert (row.state, state_of(user)) == ("held", "held")
    page = client_of(user).get(reverse("partners:opportunity", args=[visit.pk])).content.decode()
    assert "나는 만 14세 이상이에요" not in page
    agreed(row)
    assert state_of(user) == "going"
