"""Telling people: once, in their language, as they wish to hear it."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from saem.apps.jobs.models import Job
from saem.apps.notices import services
from saem.apps.notices.kinds import Topic, announce_notice
from saem.apps.notices.models import Channel, Delivery, DeliveryState, Notice, Pace
from saem.apps.notices.services import Telling
from saem.apps.notices.words import notice_words, words_of
from saem.apps.people.models import User
from tests.cast import a_classroom, a_person, a_student

pytestmark = pytest.mark.django_db
TITLE = {"ko": "내일 비가 올까?", "en": "Will it rain tomorrow?"}


@pytest.fixture(autouse=True)
def kinds():
    announce_notice("regraded", topic=Topic.RESULT)


def tell(user: User, key: str = "regrade:1", **facts: object) -> None:
    services.notify(user, "regraded", key=key, facts={"project": TITLE, **facts}, path="/there/")


def test_tells_once_in_the_inbox_and_by_mail():
    user = a_person(email="haneul@example.org")
    tell(user)
    tell(user)
    notice, letter = Notice.objects.get(), Delivery.objects.get()
    assert (notice.recipient, notice.path, notice.read_at) == (user, "/there/", None)
    assert (letter.address, letter.recipient, letter.state) == ("haneul@example.org", user, DeliveryState.WAITING)
    assert Job.objects.get(kind="delivery").subject_id == letter.pk


def act_that_fails(user: User) -> None:
    with transaction.atomic():
        tell(user)
        raise RuntimeError


def test_the_act_that_fails_tells_nobody():
    with pytest.raises(RuntimeError):
        act_that_fails(a_person())
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    assert not Job.objects.exists()


def test_a_pupil_without_an_address_has_the_inbox_alone():
    pupil = a_student(a_classroom()).user
    tell(pupil)
    assert Notice.objects.filter(recipient=pupil).count() == 1
    assert not Delivery.objects.exists()


def test_nobody_announced_this():
    with pytest.raises(LookupError):
        services.notify(a_person(), "nonsense", key="1")


@pytest.mark.parametrize(
    ("pace", "letters", "waits"), [(Pace.AT_ONCE, 1, False), (Pace.DAILY, 0, True), (Pace.NEVER, 0, False)]
)
def test_mails_as_the_person_prefers(pace, letters, waits):
    user = a_person()
    services.set_preferences(user, {Topic.RESULT: pace, Topic.COURSE: Pace.NEVER})
    tell(user)
    assert Delivery.objects.count() == letters
    assert Notice.objects.get().waits_for_digest is waits


def test_what_is_required_is_mailed_whatever_is_preferred():
    announce_notice("regraded", topic=Topic.RESULT, is_required=True)
    user = a_person()
    services.set_preferences(user, {Topic.RESULT: Pace.NEVER})
    tell(user)
    assert Delivery.objects.count() == 1


def test_many_cost_as_many_statements_as_few(django_assert_max_num_queries):
    people = [a_person() for _number in range(40)]
    with django_assert_max_num_queries(12):
        services.notify_many(
            "regraded", [Telling(recipient=user, facts={"project": TITLE}, key="r") for user in people]
        )
    assert Notice.objects.count() == Delivery.objects.count() == Job.objects.filter(kind="delivery").count() == 40


def test_words_are_in_the_readers_language_and_plain():
    user = a_person()
    tell(user, key="2", project={"ko": "A<b>'s", "en": "B"})
    notice = Notice.objects.get()
    assert notice_words(notice, "ko").title == "「A<b>'s」 채점 결과가 바뀌었어요"
    assert notice_words(notice, "en").title == "Your result in “B” has changed"


def test_a_title_is_one_line():
    assert "\n" not in words_of("regraded", {"project": "a\r\nBcc: evil@example.org"}, "ko").title


def test_digest_gathers_what_is_unread_once():
    user = a_person()
    services.set_preferences(user, {Topic.RESULT: Pace.DAILY})
    for number in range(3):
        tell(user, key=f"r{number}")
    services.mark_read(Notice.objects.get(key="r1"))
    assert services.gather_digests() == 1
    letter = Delivery.objects.get()
    assert letter.facts["count"] == 2
    assert [item["path"] for item in letter.facts["items"]] == ["/there/", "/there/"]
    assert services.gather_digests() == 0
    assert Delivery.objects.count() == 1


def test_who_no_longer_wants_digests_gets_none():
    user = a_person()
    services.set_preferences(user, {Topic.RESULT: Pace.DAILY})
    tell(user)
    services.set_preferences(user, {Topic.RESULT: Pace.NEVER})
    assert services.gather_digests() == 0


def test_writes_to_somebody_without_an_account_once():
    for _again in range(2):
        services.write_to("guardian@example.org", "regraded", key="consent:5", language="en", facts={"project": TITLE})
    letter = Delivery.objects.get()
    assert (letter.recipient, letter.language, letter.channel) == (None, "en", Channel.EMAIL)


def test_all_read():
    user, other = a_person(), a_person()
    tell(user, key="a")
    tell(user, key="b")
    tell(other)
    assert services.mark_all_read(user) == 2
    assert Notice.objects.filter(read_at=None).get().recipient == other


def test_the_log_is_kept_for_a_year_and_what_waits_stays():
    now = timezone.now()
    for number, (state, days) in enumerate([("sent", 366), ("unsure", 366), ("sent", 364), ("waiting", None)]):
        settled = None if days is None else now - dt.timedelta(days=days)
        Delivery.objects.create(
            address="a@example.org", language="ko", kind="regraded", key=str(number), state=state, settled_at=settled
        )
    assert services.shorten_log(now) == 2
    assert set(Delivery.objects.values_list("key", flat=True)) == {"2", "3"}
