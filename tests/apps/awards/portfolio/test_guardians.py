"""A guardian asked by mail: what they read, what a yes opens, and how a no closes everything at once."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.models import SharingGuardian
from saem.apps.awards.portfolio import guardians, sharing
from saem.apps.awards.portfolio.gate import gate_of
from saem.apps.cohorts.calls import limits as call_limits
from saem.apps.cohorts.calls.vouching import Guardian, answer_consent, ask_guardian
from saem.apps.cohorts.guardians.asking import Paper
from saem.apps.cohorts.models import ConsentWay
from saem.apps.events.models import Event
from saem.apps.notices.handlers import letter_words
from saem.apps.notices.models import Delivery, Notice
from saem.apps.notices.words import Words
from saem.apps.people.limits import Limit
from saem.errors import SaemError
from tests.apps.awards.portfolio.shelf import Shelf, client_of
from tests.apps.cohorts.calls.a_call import CHILD, a_call, an_application
from tests.at_once import at_once, database_that_threads_share

ASK = "/portfolio/guardian/"
MOTHER = {"name": "김엄마", "relation": "어머니", "contact": "Mother@Example.org"}


@pytest.fixture
def child(shelf: Shelf) -> Shelf:
    an_application(a_call(), shelf.user, born=CHILD)
    return shelf


def asked(child: Shelf, **facts: str) -> str:
    """Ask as the page does; the address of the guardian's page."""
    assert child.client().post(ASK, MOTHER | facts).status_code == 302
    found = re.search(r"https?://[^/\s]+(/p/guardian/\S+)", the_letter().text)
    assert found is not None
    return found[1]


def the_letter() -> Words:
    """The letter that was written last, as it is sent."""
    return letter_words(Delivery.objects.filter(kind="sharing.asked").latest("pk"))


def answered(child: Shelf, answer: str = "agree") -> str:
    address = asked(child)
    assert Client().post(address, {"answer": answer}).status_code == 302
    return address


def a_link(child: Shelf) -> str:
    given = sharing.share(child.portfolio, label="친구", ends_on=None, with_name=False)
    return f"/p/{given.token}/"


def test_the_letter_calls_the_child_by_the_nickname_and_its_key_is_kept_nowhere(child: Shelf) -> None:
    child.user.display_name = "김진짜"
    child.user.save()
    address = asked(child)
    letter, words = Delivery.objects.get(kind="sharing.asked"), the_letter()
    assert letter.address == "mother@example.org"
    assert "하늘" in words.text + words.title
    assert "김진짜" not in words.text + words.title + Client().get(address).text
    assert "거두어들일 수" in words.text
    assert "under 14" in words.text
    token = address.split("/")[-2]
    row = SharingGuardian.objects.get()
    assert row.mailed_at is not None
    kept = [*Event.objects.values_list("facts", "object_id"), *Delivery.objects.values_list("facts", "path")]
    assert token not in str(kept) + str(row.token_sha256)


def test_the_page_says_what_is_seen_by_whom_and_until_when(child: Shelf) -> None:
    child.show(child.ref("project"))
    address = asked(child)
    answer = Client().get(address)
    title = next(each.work.title for each in child.everything() if each.kind == "project")
    for words in ("누가 보나요", "언제까지", "거두어들", title, "읽었고 동의해요"):
        assert words in answer.text, words
    assert "처음 푼 답으로" not in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    english = client_of(None, "en").get(address).text
    assert "Who sees it?" in english
    assert not re.search(
        "[가-힣]", re.sub(r"하늘|샘물[가-힣0-9 ]*|김엄마|어머니|콩[가-힣 ]*|한국어|<[^>]*>", "", english)
    )


def test_a_yes_opens_links_and_is_kept_as_evidence(child: Shelf) -> None:
    with pytest.raises(SaemError, match="guardian_needed"):
        a_link(child)
    answered(child)
    kept = SharingGuardian.objects.get()
    assert (kept.way, kept.contact, kept.recorded_by) == (ConsentWay.EMAIL_REPLY, "mother@example.org", None)
    assert "1. 무엇이 보이나요?" in kept.text
    assert "Who sees it?" in kept.text_en
    assert kept.given_on == timezone.localdate()
    assert Client().get(a_link(child)).status_code == 200
    assert Notice.objects.get(kind="sharing.answered").recipient == child.user
    assert Event.objects.get(verb="portfolio.guardian_agreed").facts["question"] == kept.pk
    seen = child.client(child.teacher).get(reverse("portfolio:student", args=[child.enrolment.pk])).text
    assert "mother@example.org" in seen


def test_the_same_link_takes_it_back_and_every_share_closes_at_once(child: Shelf) -> None:
    address = answered(child)
    link = a_link(child)
    assert Client().get(link).status_code == 200
    assert Client().post(address, {"answer": "withdraw"}).status_code == 302
    closed = Client().get(link)
    assert closed.status_code == 404
    assert "지금은 보여 주지 않는" in closed.text
    assert "거두어들였어요" in Client().get(address).text
    assert SharingGuardian.objects.get().withdrawn_at is not None
    # The old letter opens nothing again.
    Client().post(address, {"answer": "agree"})
    assert Client().get(link).status_code == 404
    guardians.withdraw(SharingGuardian.objects.get())
    assert Event.objects.filter(verb="portfolio.consent_withdrawn").count() == 1
    assert Client().post(asked(child), {"answer": "agree"}).status_code == 302
    assert Client().get(link).status_code == 200


def test_taking_it_back_also_ends_what_an_application_had_agreed_to(child: Shelf) -> None:
    address = answered(child)
    call = a_call(guardian_text="포트폴리오를 링크로 보이는 데 동의합니다.")
    consent, _token = ask_guardian(
        an_application(call, child.user, born=CHILD), Guardian("김엄마", "m@example.org", "어머니"), by=child.user
    )
    answer_consent(consent, agrees=True)
    Client().post(address, {"answer": "withdraw"})
    assert not gate_of(child.portfolio).is_open


def test_a_no_opens_nothing_and_the_child_is_told(child: Shelf) -> None:
    address = answered(child, "decline")
    assert not gate_of(child.portfolio).is_open
    assert not consents()
    Client().post(address, {"answer": "agree"})
    assert not gate_of(child.portfolio).is_open
    assert Notice.objects.filter(kind="sharing.answered").count() == 1
    assert "보이지 않기로 답했어요" in child.client().get("/portfolio/links/").text


def test_a_late_answer_and_one_to_an_older_letter_open_nothing(child: Shelf) -> None:
    older = asked(child)
    newer = asked(child)
    Client().post(older, {"answer": "agree"})
    assert not consents()
    assert "가장 최근에 받은" in Client().get(older).text
    SharingGuardian.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    Client().post(newer, {"answer": "agree"})
    assert not consents()
    assert "기간이 지났어요" in Client().get(newer).text


def test_the_child_does_not_answer_for_the_guardian(child: Shelf) -> None:
    address = asked(child)
    assert child.client().post(address, {"answer": "agree"}).status_code == 403
    assert "읽었고 동의해요" not in child.client().get(address).text
    assert not consents()


def test_an_answer_that_is_none_changes_nothing(child: Shelf) -> None:
    address = asked(child)
    assert Client().post(address, {"answer": "maybe"}).status_code == 422
    assert Client().post(address, {}).status_code == 422
    assert SharingGuardian.objects.get().is_open


@pytest.mark.parametrize("facts", [{"name": ""}, {"contact": "010-1234-5678"}, {"contact": ""}, {"relation": ""}])
def test_who_cannot_be_written_to_is_not_asked(child: Shelf, facts: dict[str, str]) -> None:
    assert child.client().post(ASK, MOTHER | facts).status_code == 422
    assert not SharingGuardian.objects.exists()
    assert not Delivery.objects.exists()


def test_nobody_is_flooded_and_keys_are_not_guessed(child: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_limits, "MAILS_TO_ADDRESS", Limit("calls.mail_to", times=1, seconds=86_400))
    monkeypatch.setattr(call_limits, "LINK_FROM_ADDRESS", Limit("calls.link", times=2, seconds=3600))
    address = asked(child)
    assert child.client().post(ASK, MOTHER).status_code == 429
    assert Delivery.objects.filter(kind="sharing.asked").count() == 1
    codes = [Client().get(f"/p/guardian/guess{number}/").status_code for number in range(3)]
    assert codes == [404, 404, 429]
    assert Client().get(address).status_code == 429


def test_with_a_consent_in_force_nobody_is_asked_again(child: Shelf) -> None:
    answered(child)
    assert child.client().get(ASK).status_code == 302
    with pytest.raises(SaemError, match=r"consent\.given_already"):
        guardians.ask(child.user, Guardian("김엄마", "mother@example.org", "어머니"))


def test_a_consent_that_staff_recorded_meanwhile_ends_the_letter_and_stays(child: Shelf) -> None:
    address = asked(child)
    paper = Paper(guardian_name="김엄마", way=ConsentWay.SIGNED_PAPER, given_on=timezone.localdate())
    guardians.record_consent(child.user, paper, by=child.teacher)
    assert "다른 방법으로 동의를 받았어요" in Client().get(address).text
    Client().post(address, {"answer": "decline"})
    (kept,) = consents()
    assert (kept.way, kept.recorded_by) == (ConsentWay.SIGNED_PAPER, child.teacher)
    assert gate_of(child.portfolio).is_open


def consents() -> list[SharingGuardian]:
    return list(SharingGuardian.objects.filter(given_on__isnull=False))


def test_an_account_that_was_closed_answers_nothing(child: Shelf) -> None:
    address = asked(child)
    child.user.is_active = False
    child.user.save()
    assert Client().get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(child: Shelf, tmp_path: Path) -> None:
    question, _token = guardians.ask(child.user, Guardian("김엄마", "mother@example.org", "어머니"))
    with database_that_threads_share(tmp_path):
        assert sorted(at_once(lambda _number: guardians.answer(question, agrees=True))) == [False, True]
        assert len(consents()) == 1
        assert Notice.objects.filter(kind="sharing.answered").count() == 1
