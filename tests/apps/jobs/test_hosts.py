"""Worker hosts: what a key may do, what it may never do, and the whole way over HTTP."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from saem.apps.events.models import Event
from saem.apps.events.services import record
from saem.apps.jobs import hosts, keys, kinds, services
from saem.apps.jobs.keys import NewKey
from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError
from saem.apps.jobs.models import Job, JobState, Worker, WorkerKey
from saem.cli.worker import works_with
from saem.lib.fleet import Claim, KeyRefusedError, Parcel, SiteQueue, Stopping, Work
from saem.lib.fleet import Worker as WorkerLoop
from saem.lib.fleet.site import InsecureSiteError

pytestmark = pytest.mark.django_db


def effect(claim: Claim, result: bytes) -> Effect:
    if result == b"nonsense":
        raise ResultRefusedError("nonsense")
    return Effect(
        write=lambda: record("probed", actor=None, object_kind="probe", object_id=claim.subject_id) and None,
    )


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_homes", {})
    monkeypatch.setattr(hosts, "OPEN_S", 0.0)
    probe = Kind(
        name="probe",
        pack=lambda claim: Parcel(facts={"n": claim.subject_id}, data=b"file\nof a student", supply="large"),
        supply=lambda claim: b"hidden answers %d" % claim.subject_id,
        perform=lambda _parcel, _supply: b"",
        effect=effect,
        is_portable=True,
    )
    kinds.register(probe)
    kinds.register(Kind(name="inner", perform=probe.perform, effect=effect))


def a_key(name: str = "host", capabilities: str = "cpu", most_jobs: int = 4) -> NewKey:
    return keys.make_key(name=name, capabilities=capabilities, most_jobs=most_jobs, by=None)


def ask(key: NewKey | str, path: str, told: object = None, **facts):
    secret = key if isinstance(key, str) else key.secret
    me = {"worker": "h:1:a", "capabilities": ["cpu", "gpu"], "kinds": ["probe", "inner"]}
    body = told if isinstance(told, bytes) else json.dumps(me | (told or {})).encode()
    return Client(enforce_csrf_checks=True).post(
        f"/api/workers/{path}",
        body,
        content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {secret}"},
        **facts,
    )


def look(key: NewKey, path: str):
    return Client().get(f"/api/workers/{path}", headers={"Authorization": f"Bearer {key.secret}"})


def claimed(key: NewKey) -> str:
    """Claims the next job; the beginning of the addresses under that claim."""
    told = ask(key, "claim").json()
    return f"jobs/{told['job_id']}/{told['attempt']}"


def test_a_job_goes_out_and_its_result_comes_back():
    key = a_key()
    job = services.enqueue("probe", 5, owner_key="a")
    under = claimed(key)
    assert Parcel.from_bytes(look(key, f"{under}/parcel").content) == Parcel(
        facts={"n": 5}, data=b"file\nof a student", supply="large"
    )
    assert look(key, f"{under}/supply").content == b"hidden answers 5"
    assert ask(key, f"{under}/renew").status_code == 204
    assert ask(key, f"{under}/finish", b"done").status_code == 204
    job.refresh_from_db()
    assert (job.state, job.worker) == (JobState.DONE, f"key-{key.key.pk}/h:1:a")
    assert Event.objects.filter(verb="probed", object_id="5").count() == 1
    key.key.refresh_from_db()
    assert (key.key.claimed, key.key.finished, key.key.refused) == (1, 1, 0)
    assert key.key.seen_at is not None
    assert ask(key, "claim").status_code == 204


@pytest.mark.parametrize("secret", ["", "saem-worker-wrong", "saem-worker-" + "x" * 5000])
def test_without_a_key_nothing_is_told(secret):
    services.enqueue("probe", 5, owner_key="a")
    assert ask(secret, "claim").status_code == 401
    assert Job.objects.get().state == JobState.WAITING


def test_guessing_is_slowed_down():
    answers = [ask(f"wrong-{number}", "claim").status_code for number in range(keys.BY_GUESSER.times + 2)]
    assert answers[0] == 401
    assert answers[-1] == 429
    assert ask(a_key(), "claim").status_code == 204, "a good key from the same address still works"


def test_a_mad_host_is_slowed_down(monkeypatch):
    monkeypatch.setattr(keys, "BURST", 2.0)
    monkeypatch.setattr(keys, "PER_SECOND", 0.0)
    monkeypatch.setattr(keys, "_asked", {})
    key, other = a_key(), a_key("other")
    assert [ask(key, "claim").status_code for _ in range(3)] == [204, 204, 429]
    assert ask(other, "claim").status_code == 204


def test_a_revoked_key_is_no_key():
    key = a_key()
    services.enqueue("probe", 5, owner_key="a")
    under = claimed(key)
    keys.revoke_key(key.key, by=None)
    assert look(key, f"{under}/parcel").status_code == 401
    assert ask(key, f"{under}/finish", b"done").status_code == 401
    assert not Event.objects.filter(verb="probed").exists()


def test_the_secret_is_not_kept():
    key = a_key()
    assert key.secret not in str(WorkerKey.objects.values().get())


def test_another_key_sees_and_writes_nothing_of_this_claim():
    mine, other = a_key("mine"), a_key("other")
    services.enqueue("probe", 5, owner_key="a")
    under = claimed(mine)
    assert [look(other, f"{under}/{what}").status_code for what in ("parcel", "supply")] == [409, 409]
    acts = ("renew", "finish", "fail", "release")
    assert [ask(other, f"{under}/{act}").status_code for act in acts] == [409] * 4
    assert Job.objects.get().state == JobState.RUNNING
    other.key.refresh_from_db()
    assert other.key.refused == 5, "all but the renewal"


def test_a_key_whose_number_begins_like_another_ones_is_still_another():
    first = a_key("first")
    WorkerKey.objects.create(pk=first.key.pk * 10, name="tenfold", key_hash=keys.hash_of("tenfold"))
    services.enqueue("probe", 5, owner_key="a")
    told = ask("tenfold", "claim").json()
    assert look(first, f"jobs/{told['job_id']}/{told['attempt']}/parcel").status_code == 409


def test_a_late_report_writes_nothing():
    key = a_key()
    services.enqueue("probe", 5, owner_key="a")
    late = claimed(key)
    Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    services.reap_expired()
    fresh = claimed(key)
    assert ask(key, f"{late}/finish", b"late").status_code == 409
    assert ask(key, f"{fresh}/finish", b"fresh").status_code == 204
    assert ask(key, f"{fresh}/finish", b"again").status_code == 409
    assert Event.objects.filter(verb="probed").count() == 1


def test_what_does_not_wait_for_hosts_is_not_given_to_them():
    services.enqueue("inner", 5, owner_key="a")
    services.enqueue("probe", 6, owner_key="a", capability="gpu")
    assert ask(a_key(), "claim").status_code == 204
    assert ask(a_key("big", "cpu gpu"), "claim").json()["subject_id"] == 6


def test_a_key_holds_no_more_than_it_may():
    key = a_key(most_jobs=2)
    for number in range(4):
        services.enqueue("probe", number, owner_key="a")
    assert [ask(key, "claim", {"worker": f"h:{n}:a"}).status_code for n in range(3)] == [200, 200, 204]


def test_a_claim_whose_answer_was_lost_is_given_again_at_once():
    key = a_key()
    services.enqueue("probe", 5, owner_key="a", max_failures=1)
    lost, fresh = claimed(key), claimed(key)
    assert lost != fresh
    assert ask(key, f"{lost}/finish", b"done").status_code == 409
    assert ask(key, f"{fresh}/finish", b"done").status_code == 204
    assert Job.objects.get().failures == 0


def test_nobody_holds_a_job_for_ever():
    key = a_key()
    services.enqueue("probe", 5, owner_key="a")
    under = claimed(key)
    Job.objects.update(started_at=timezone.now() - hosts.LONGEST - dt.timedelta(seconds=1))
    assert ask(key, f"{under}/renew").status_code == 409


def test_a_result_that_is_none_counts_as_a_failure():
    key = a_key()
    services.enqueue("probe", 5, owner_key="a", max_failures=1)
    assert ask(key, f"{claimed(key)}/finish", b"nonsense").status_code == 422
    job = Job.objects.get()
    assert (job.state, job.reason) == (JobState.DEAD, "ResultRefusedError: nonsense")
    key.key.refresh_from_db()
    assert key.key.refused == 1


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (b"x" * (hosts.SMALL + 1), 413),
        (b"[" * 10000, 400),
        (b"\xff", 400),
        (b"[]", 400),
        ({"worker": "../../etc"}, 400),
        ({"worker": "h/key-1/x"}, 400),
        ({"worker": 7}, 400),
        ({"capabilities": "cpu"}, 204),
        ({"kinds": {"probe": 1}}, 204),
        ({"capabilities": [["cpu"], None]}, 204),
    ],
)
def test_a_host_that_talks_nonsense_gets_nothing(told, status):
    services.enqueue("probe", 5, owner_key="a")
    assert ask(a_key(), "claim", told).status_code == status
    assert Job.objects.get().state == JobState.WAITING


def test_a_result_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(hosts, "LARGEST_RESULT", 10)
    key = a_key()
    services.enqueue("probe", 5, owner_key="a")
    assert ask(key, f"{claimed(key)}/finish", b"x" * 11).status_code == 413


@pytest.mark.parametrize("act", ["fail", "release"])
def test_a_host_may_give_back(act):
    key = a_key()
    services.enqueue("probe", 5, owner_key="a")
    told = {"reason": "r" * 5000, "delay_s": 1e300}
    assert ask(key, f"{claimed(key)}/{act}", told).status_code == 204
    job = Job.objects.get()
    assert (job.state, job.failures, len(job.reason)) == (JobState.WAITING, 1 if act == "fail" else 0, 200)
    assert (job.not_before - timezone.now()).total_seconds() <= 60


def test_waiting_says_at_once_that_there_is_work_and_that_too_many_wait(monkeypatch):
    key = a_key()
    services.enqueue("probe", 5, owner_key="a")
    monkeypatch.setattr(hosts, "OPEN_S", 20.0)
    assert ask(key, "wait").status_code == 200
    assert Worker.objects.count() == 0
    monkeypatch.setattr(hosts._open, "acquire", lambda **_: False)
    assert ask(key, "wait").status_code == 204
    assert Worker.objects.get().name == f"key-{key.key.pk}/h:1:a"
    assert ask(key, "leave").status_code == 204
    assert Worker.objects.count() == 0


def test_hosts_can_do_whatever_may_leave_the_house(monkeypatch):
    monkeypatch.undo()
    assert set(kinds.portable_kinds()) <= works_with(lambda: pytest.fail("no sandbox is needed to say so")).keys()
    assert "grade" in kinds.portable_kinds()


def test_a_key_may_travel_over_https_only():
    facts = {"key": "k", "name": "n", "capabilities": ["cpu"], "kinds": ["probe"]}
    for site in ("http://saem.school.example", "ftp://x", "saem.school.example"):
        with pytest.raises(InsecureSiteError):
            SiteQueue(site=site, **facts)
    SiteQueue(site="https://saem.school.example", **facts)


def a_site_queue(server, secret: str) -> SiteQueue:
    return SiteQueue(site=server.url, key=secret, name="h:1:a", capabilities=["cpu"], kinds=["probe"])


@pytest.mark.django_db(transaction=True)
def test_the_worker_loop_over_http(live_server):
    """The same loop as beside the database, through real sockets."""
    seen = []

    def perform(parcel, supply) -> bytes:
        seen.append((parcel.facts, parcel.data, supply()))
        if parcel.facts["n"] == 1:
            raise ValueError("a crash of the work")
        return b"done"

    queue = a_site_queue(live_server, a_key().secret)
    worker = WorkerLoop(queue, work_named={"probe": Work(perform=perform)}.get, stopping=Stopping())
    for number in (1, 2):
        services.enqueue("probe", number, owner_key="a", max_failures=1)
    assert [worker.do_next() for _ in range(3)] == [True, True, False]
    queue.close()
    assert sorted(seen, key=str) == [
        ({"n": 1}, b"file\nof a student", b"hidden answers 1"),
        ({"n": 2}, b"file\nof a student", b"hidden answers 2"),
    ]
    assert dict(Job.objects.values_list("subject_id", "state")) == {1: JobState.DEAD, 2: JobState.DONE}
    assert Event.objects.filter(verb="probed", object_id="2").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_key_ends_the_worker(live_server):
    queue = a_site_queue(live_server, "saem-worker-wrong")
    with pytest.raises(KeyRefusedError):
        queue.claim()
    queue.close()
