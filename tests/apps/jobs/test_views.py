"""The operators' page, the health check and the metrics."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from saem.apps.events.models import Event
from saem.apps.jobs import keys, services
from saem.apps.jobs.models import Job, JobState, WorkerKey
from saem.apps.people.models import User
from saem.errors import SaemError
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    person = cast.a_person("운영자")
    person.is_superuser = True
    person.save()
    return person


def a_dead_job() -> Job:
    return Job.objects.create(
        kind="probe", subject_id=7, owner_key="enrolment:7", state=JobState.DEAD, reason="왜냐하면"
    )


def test_the_queue_page_shows_depth_workers_and_what_was_set_aside(client, operator):
    a_dead_job()
    services.enqueue("probe", 1, owner_key="a")
    client.force_login(operator)
    page = client.get(reverse("jobs:queue")).content.decode()
    assert "일하는 작업자가 없어요" in page
    assert "왜냐하면" in page
    assert "다시 하기" in page
    services.report_worker("host:1:abc", capabilities=["cpu", "gpu"])
    part = client.get(reverse("jobs:queue"), headers={"HX-Request": "true"}).content.decode()
    assert "host:1:abc" in part
    assert "<html" not in part
    waiting = client.get(reverse("jobs:queue"), {"state": "waiting"}).content.decode()
    assert "probe 1" in waiting
    assert client.get(reverse("jobs:queue"), {"state": "nonsense"}).status_code == 200


def test_english_too(client, operator):
    a_dead_job()
    client.force_login(operator)
    page = client.get(reverse("jobs:queue"), headers={"accept-language": "en"}).content.decode()
    assert "Set aside" in page
    assert "Try again" in page


def test_a_dead_job_is_sent_again_once(client, operator):
    job = a_dead_job()
    client.force_login(operator)
    address = reverse("jobs:retry", args=[job.pk])
    assert client.get(address).status_code == 405
    assert "다시 줄에 세웠어요" in client.post(address, follow=True).content.decode()
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert "다시 세울 것이 없어요" in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("name", ["queue", "metrics"])
def test_operators_only(client, name):
    address = reverse(f"jobs:{name}")
    assert client.get(address).status_code in {302, 404}
    client.force_login(cast.a_staff_member(cast.a_cohort()))
    assert client.get(address).status_code == 404


def test_metrics_by_token_or_for_superusers(client, operator, settings):
    services.enqueue("probe", 1, owner_key="a")
    address = reverse("jobs:metrics")
    assert client.get(address, headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "secret"
    assert client.get(address, headers={"Authorization": "Bearer wrong"}).status_code == 404
    text = client.get(address, headers={"Authorization": "Bearer secret"}).content.decode()
    assert 'saem_jobs{state="waiting"} 1\n' in text
    assert "# TYPE saem_workers gauge\nsaem_workers 0\n" in text
    client.force_login(operator)
    assert client.get(address).status_code == 200


def test_health(client, monkeypatch):
    assert client.get("/healthz").json() == {"status": "ok"}

    def away():
        raise OperationalError("no database")

    monkeypatch.setattr("saem.apps.jobs.views.connection.cursor", away)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database"})


def test_the_page_costs_the_same_however_long_the_queue(client, operator, django_assert_max_num_queries):
    for number in range(60):
        services.enqueue("probe", number, owner_key=f"o{number}")
    client.force_login(operator)
    with django_assert_max_num_queries(14):
        client.get(reverse("jobs:queue"), {"state": "waiting"})


def test_a_key_is_shown_once_and_can_be_revoked(client, operator):
    client.force_login(operator)
    address = reverse("jobs:keys")
    told = {"name": "채점 1호", "capabilities": "cpu gpu", "most_jobs": "2"}
    made = client.post(address, told)
    key = WorkerKey.objects.get()
    secret = made.context["made"].secret
    assert secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    assert (key.name, key.capabilities, key.most_jobs, key.created_by) == ("채점 1호", "cpu gpu", 2, operator)
    again = client.get(address).content.decode()
    assert "채점 1호" in again
    assert secret not in again
    assert client.post(address, told).status_code == 422
    assert "그 컴퓨터는 이제" in client.post(reverse("jobs:revoke_key", args=[key.pk]), follow=True).content.decode()
    with pytest.raises(SaemError):
        keys.key_of(secret, address="192.0.2.1")
    assert list(Event.objects.values_list("verb", flat=True)) == ["key_made", "key_revoked"]


@pytest.mark.parametrize(
    "told",
    [
        {"name": "", "capabilities": "cpu", "most_jobs": "1"},
        {"name": "x", "capabilities": "CPU; DROP", "most_jobs": "1"},
        {"name": "x", "capabilities": "cpu", "most_jobs": "0"},
        {"name": "x" * 41, "capabilities": "cpu", "most_jobs": "1"},
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(client, operator, told):
    client.force_login(operator)
    answer = client.post(reverse("jobs:keys"), told, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert not WorkerKey.objects.exists()


def test_the_page_of_keys_costs_the_same_however_many(client, operator, django_assert_max_num_queries):
    for number in range(30):
        keys.make_key(name=f"host {number}", capabilities="cpu", most_jobs=1, by=operator)
    client.force_login(operator)
    with django_assert_max_num_queries(8):
        client.get(reverse("jobs:keys"))
