"""The inbox, the preferences, and the operators' log, through HTTP."""

import pytest
from django.urls import reverse

from saem.apps.notices import services
from saem.apps.notices.kinds import Topic, announce_notice
from saem.apps.notices.models import Delivery, DeliveryState, Notice, Pace
from saem.apps.notices.queries import paces_of
from saem.apps.people.models import User
from tests.cast import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds():
    announce_notice("regraded", topic=Topic.RESULT)


def a_told_person(client, count: int = 1) -> User:
    user = a_person(language="ko")
    for number in range(count):
        services.notify(user, "regraded", key=f"r{number}", facts={"project": "<비>"}, path="/programs/")
    client.force_login(user)
    return user


def test_shows_counts_and_opens(client):
    a_told_person(client, 2)
    page = client.get(reverse("notices:inbox")).content.decode()
    assert "「&lt;비&gt;」 채점 결과가 바뀌었어요" in page
    assert page.count("새 알림") == 2
    assert '2<span class="visually-hidden"> 개 읽지 않음</span>' in page
    opened = client.get(reverse("notices:notice", args=[Notice.objects.latest("pk").pk])).content.decode()
    assert 'href="/programs/"' in opened
    assert client.get(reverse("notices:inbox")).content.decode().count("새 알림") == 1


def test_all_read(client):
    a_told_person(client, 2)
    page = client.post(reverse("notices:read_all"), follow=True).content.decode()
    assert "새 알림" not in page
    assert "읽지 않음" not in page


def test_nobody_reads_anothers(client):
    a_told_person(client)
    client.force_login(a_person())
    assert client.get(reverse("notices:notice", args=[Notice.objects.get().pk])).status_code == 404
    assert "아직 알림이 없어요" in client.get(reverse("notices:inbox")).content.decode()


def test_a_long_inbox_costs_as_much_as_a_short_one(client, django_assert_max_num_queries):
    a_told_person(client, 70)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("notices:inbox")).content.decode()
    assert page.count("채점 결과가 바뀌었어요") == 30


def test_chooses_how_to_hear(client):
    user = a_told_person(client)
    choices = {topic.value: Pace.AT_ONCE.value for topic in Topic} | {Topic.RESULT.value: Pace.DAILY.value}
    client.post(reverse("notices:settings"), choices)
    assert paces_of(user)[Topic.RESULT] == Pace.DAILY
    assert paces_of(user)[Topic.COURSE] == Pace.AT_ONCE
    refused = client.post(reverse("notices:settings"), choices | {Topic.COURSE.value: "weekly"})
    assert refused.status_code == 422
    assert paces_of(user)[Topic.RESULT] == Pace.DAILY


def test_operators_see_and_send_again(client):
    a_told_person(client)
    letter = Delivery.objects.get()
    Delivery.objects.update(state=DeliveryState.UNSURE, reason="TimeoutError: no answer")
    client.force_login(User.objects.create_superuser(username="op", email="op@example.org", password="x"))
    page = client.get(reverse("notices:deliveries")).content.decode()
    assert letter.address in page
    assert "TimeoutError" in page
    client.post(reverse("notices:send_again", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == DeliveryState.WAITING
