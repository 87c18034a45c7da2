"""Messages on their way out: sent once, never twice, and known for unsure where nobody can know."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.worker import drain
from saem.apps.notices import services
from saem.apps.notices.channels import MAIL_SERVER, NotSentError, UndeliverableError
from saem.apps.notices.handlers import letter_words
from saem.apps.notices.kinds import Topic, announce_notice
from saem.apps.notices.models import Channel, Delivery, DeliveryState
from tests.apps.notices.letterbox import letterbox
from tests.cast import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings):
    announce_notice("regraded", topic=Topic.RESULT)
    settings.SITE_URL = "https://saem.example.org/"
    MAIL_SERVER.forget()
    monkeypatch.setattr("saem.lib.fleet.worker.REST_S", 0.0)
    monkeypatch.setattr("saem.apps.jobs.database.connection.close", lambda: None)
    yield
    MAIL_SERVER.forget()


def a_letter(**facts: object) -> Delivery:
    user = a_person("김하늘", email=f"haneul{Delivery.objects.count()}@example.org", language="ko")
    services.notify(user, "regraded", key="r", facts={"project": "비"}, path="/projects/7/rain/")
    letter = Delivery.objects.latest("pk")
    Delivery.objects.filter(pk=letter.pk).update(**facts)
    return letter


def state_of(letter: Delivery) -> str:
    letter.refresh_from_db()
    return letter.state


def sent_text(message: mail.EmailMessage) -> str:
    return str(message.body)


def test_sends_with_the_way_and_the_way_out():
    letter = a_letter()
    drain()
    (message,) = mail.outbox
    assert message.to == [letter.address]
    assert message.subject == "「비」 채점 결과가 바뀌었어요"
    assert "https://saem.example.org/projects/7/rain/" in message.body
    assert "https://saem.example.org/notices/settings/" in message.body
    assert message.extra_headers["Message-ID"] == f"<saem-{letter.pk}@localhost>"
    assert state_of(letter) == DeliveryState.SENT
    assert letter.settled_at is not None


def test_somebody_without_an_account_is_not_shown_settings():
    services.write_to("g@example.org", "regraded", key="k", language="en", facts={"project": "rain"})
    drain()
    assert "/notices/" not in mail.outbox[0].body


def test_a_link_that_is_a_key_is_kept_by_nobody_but_its_reader():
    services.write_to(
        "g@example.org", "consent.asked", key="k", language="en", facts={"call": "AI"}, path="/consent/abc/"
    )
    letter = Delivery.objects.get()
    assert "abc" not in letter.path
    assert "/consent/abc/" in letter_words(letter).text
    drain()
    assert mail.outbox[0].body.count("https://saem.example.org/consent/abc/") == 1
    letter.refresh_from_db()
    assert (letter.state, letter.path) == (DeliveryState.SENT, "")


def test_a_key_that_did_not_go_out_is_kept_to_be_sent_again():
    services.write_to(
        "g@example.org", "consent.asked", key="k", language="en", facts={"call": "AI"}, path="/consent/abc/"
    )
    services.settle(Delivery.objects.get().pk, DeliveryState.FAILED, reason="no such mailbox")
    assert "/consent/abc/" in letter_words(Delivery.objects.get()).text


def test_an_account_that_somebody_else_made_is_shown_how_to_come_in(client):
    invited = a_person("박심사", email="park@example.org", language="en")
    invited.set_unusable_password()
    invited.save()
    services.notify(invited, "regraded", key="r", facts={"project": "rain"})
    words = letter_words(Delivery.objects.get())
    link = re.search(r"https://saem.example.org(/account/password/reset/\S+)", words.text)
    assert link
    assert 'name="password1"' in client.get(link[1], follow=True).content.decode()
    invited.set_password("long enough 2026")
    invited.save()
    assert "/account/password/" not in letter_words(Delivery.objects.get()).text


def test_a_worker_that_died_while_sending_leaves_it_open():
    letter = a_letter()
    assert services.begin(letter.pk) is not None
    drain()
    assert mail.outbox == []
    assert state_of(letter) == DeliveryState.UNSURE


def test_only_one_may_begin():
    letter = a_letter()
    assert services.begin(letter.pk) is not None
    assert services.begin(letter.pk) is None


def test_a_server_that_is_away_costs_nothing(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    letter, other = a_letter(), a_letter()
    drain()
    assert (state_of(letter), state_of(other)) == (DeliveryState.WAITING, DeliveryState.WAITING)
    assert set(Job.objects.values_list("state", "failures")) == {(JobState.WAITING, 0)}


def test_what_could_not_be_sent_for_days_is_given_up(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    letter = a_letter(created_at=timezone.now() - dt.timedelta(days=4))
    drain()
    assert state_of(letter) == DeliveryState.FAILED


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, DeliveryState.SENT),
        ({"RCPT": "550 no such user"}, DeliveryState.FAILED),
        ({"RCPT": "451 greylisted, come again"}, DeliveryState.WAITING),
        ({"MAIL": "552 too large"}, DeliveryState.FAILED),
        ({"END": "554 refused after all"}, DeliveryState.FAILED),
        ({"END": "452 disk full"}, DeliveryState.WAITING),
        ({"END": None}, DeliveryState.UNSURE),
        ({"QUIT": None}, DeliveryState.SENT),
    ],
)
def test_believes_what_the_server_says(settings, answers, state):
    letter = a_letter()
    with letterbox(settings, **answers):
        drain()
    assert state_of(letter) == state


def test_arrives_in_korean(settings):
    letter = a_letter()
    with letterbox(settings) as box:
        drain()
        drain()
    (raw,) = box.letters
    assert f"Message-ID: <saem-{letter.pk}@localhost>" in raw
    assert "Auto-Submitted: auto-generated" in raw


def test_an_operator_sends_again():
    letter = a_letter()
    services.begin(letter.pk)
    drain()
    assert services.send_again(letter.pk)
    assert not services.send_again(letter.pk)
    drain()
    assert len(mail.outbox) == 1
    assert state_of(letter) == DeliveryState.SENT


SENT: list[tuple[str, str]] = []


def to_a_list(number: str, text: str) -> None:
    SENT.append((number, text))


def nobody(_number: str, _text: str) -> None:
    raise UndeliverableError("no such number")


def later(_number: str, _text: str) -> None:
    raise NotSentError("busy")


def half(_number: str, _text: str) -> None:
    raise TimeoutError("no answer")


@pytest.mark.parametrize(
    ("sender", "state"),
    [
        ("to_a_list", DeliveryState.SENT),
        ("nobody", DeliveryState.FAILED),
        ("later", DeliveryState.WAITING),
        ("half", DeliveryState.UNSURE),
        ("", DeliveryState.FAILED),
    ],
)
def test_text_messages_go_through_the_operators_sender(settings, sender, state):
    SENT.clear()
    settings.SMS_SENDER = sender and f"{__name__}.{sender}"
    services.write_to("010-0000-0000", "regraded", key="s", language="ko", facts={"project": "비"}, channel=Channel.SMS)
    drain()
    assert state_of(Delivery.objects.get()) == state
    assert [number for number, _text in SENT] == (["010-0000-0000"] if sender == "to_a_list" else [])
