"""Handing in: once per form, within the day's attempts, by the right person, never losing anything silently."""

import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from saem.apps.events.models import Event
from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.worker import drain
from saem.apps.projects.models import Submission, SubmissionState
from tests import cast
from tests.apps.projects.conftest import Stage, predictions

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


def test_received_then_checking_then_scored(stage: Stage):
    client = stage.client(stage.student.user)
    answer = stage.send(client, predictions())
    submission = Submission.objects.get()
    waiting = client.get(answer["Location"]).content.decode()
    part = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()

    assert submission.state == SubmissionState.RECEIVED
    assert bytes(submission.file.data).decode() == predictions()
    assert Job.objects.get().subject_id == submission.pk
    assert Event.objects.filter(verb="submitted", object_id=str(submission.pk)).exists()
    assert "받음" in waiting
    assert 'hx-trigger="load delay:150ms"' in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "<html" not in part

    drain()
    page = client.get(answer["Location"]).content.decode()
    part = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.SCORED
    assert "채점됨" in page
    assert "hx-trigger" not in part
    assert 'hx-swap-oob="true">채점됨. RMSE 1.000' in part
    assert Event.objects.filter(verb="graded").count() == 1


def test_the_page_asks_less_often_as_time_goes_by(stage: Stage):
    client = stage.client(stage.student.user)
    address = stage.send(client, predictions())["Location"]
    seen = []
    for age in (0, 5, 60, 600, 99_999):
        Submission.objects.update(created_at=timezone.now() - dt.timedelta(seconds=age))
        found = re.search(r"delay:(\d+)ms", client.get(address).content.decode())
        assert found is not None
        seen.append(int(found[1]))
    assert seen == sorted(seen)
    assert seen[0] == 150
    assert len(set(seen)) == 5


def test_the_place_in_the_queue_is_told(stage: Stage):
    others = [cast.a_student(stage.classroom) for _ in range(3)]
    for other in others:
        there = stage.client(other.user)
        stage.send(there, predictions(), token=_token_of(there, stage, other), enrolment=other)
    client = stage.client(stage.student.user)
    address = stage.send(client, predictions())["Location"]
    assert "앞에 3개가 있어요." in client.get(address).content.decode()


def _token_of(client: Client, stage: Stage, enrolment) -> str:
    return str(client.get(stage.address(enrolment=enrolment)).context["form"].initial["token"])


def test_a_double_click_is_one_submission(stage: Stage):
    client = stage.client(stage.student.user)
    token = stage.token(client)
    first, second = (stage.send(client, predictions(), token=token) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == Job.objects.count() == 1


def test_attempts_are_counted_when_scored_and_while_waiting(stage: Stage):
    client = stage.client(stage.student.user)
    for _ in range(5):
        assert stage.send(client, predictions()).status_code == 302
    refused = stage.send(client, predictions(), token="0c6f3b1e-0000-4000-8000-000000000001")
    assert refused.status_code == 409
    assert "오늘 낼 수 있는 5번을 모두 썼어요" in refused.content.decode()
    assert Submission.objects.count() == 5

    Submission.objects.filter(pk__in=Submission.objects.values("pk")[:2]).update(state=SubmissionState.REJECTED)
    assert "오늘 5번 가운데 2번 남았어요" in client.get(stage.address()).content.decode()
    Submission.objects.update(created_at=timezone.now() - dt.timedelta(days=1))
    assert "오늘 5번 가운데 5번 남았어요" in client.get(stage.address()).content.decode()


def test_attempts_are_counted_in_the_local_day(stage: Stage, monkeypatch):
    client = stage.client(stage.student.user)
    stage.send(client, predictions())
    late, early = (dt.datetime(2026, 9, day, hour, 30, tzinfo=dt.UTC) for day, hour in ((1, 14), (1, 15)))
    Submission.objects.update(created_at=late)
    monkeypatch.setattr("saem.apps.projects.services.timezone.now", lambda: early)
    assert "오늘 5번 가운데 5번 남았어요" in client.get(stage.address()).content.decode(), (
        "0:30 of the next day in Seoul"
    )
    Submission.objects.update(created_at=early)
    assert "오늘 5번 가운데 4번 남았어요" in client.get(stage.address()).content.decode()


def test_too_large_is_told_kindly_and_not_kept(stage: Stage, settings):
    settings.SUBMISSION_MAX_BYTES = 1024
    client = stage.client(stage.student.user)
    answer = stage.send(client, b"id,height\n" + b"1,2\n" * 1000)
    part = stage.send(client, b"x" * 5000, headers={"HX-Request": "true"})
    assert answer.status_code == part.status_code == 413
    assert "파일이 너무 커요" in answer.content.decode()
    assert "<html" in answer.content.decode()
    assert "<html" not in part.content.decode()
    assert not Submission.objects.exists()


class Flood(io.RawIOBase):
    """Two hundred megabytes that exist only while they are read."""

    def __init__(self, before: bytes, after: bytes, size: int) -> None:
        self.parts = [before, after]
        self.left = size
        self.largest = 0

    def read(self, size: int = -1) -> bytes:
        if self.parts and len(self.parts) == 2:
            return self.parts.pop(0)
        amount = min(self.left, 65536 if size < 0 else size)
        self.largest = max(self.largest, amount)
        self.left -= amount
        if amount:
            return b"1,2\n" * (amount // 4) + b"x" * (amount % 4)
        return self.parts.pop() if self.parts else b""


def test_two_hundred_megabytes_pass_by_without_being_kept(stage: Stage):
    client = stage.client(stage.student.user)
    token = stage.token(client)
    before = (
        f'--B\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'
        '--B\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
    ).encode()
    size = 200 * 2**20
    flood = Flood(before, b"\r\n--B--\r\n", size)
    answer = client.generic(
        "POST",
        stage.address("submit"),
        **{
            "wsgi.input": flood,
            "CONTENT_TYPE": "multipart/form-data; boundary=B",
            "CONTENT_LENGTH": str(size + len(before) + 9),
        },
    )
    assert answer.status_code == 413
    assert "20MB까지" in answer.content.decode()
    assert flood.left == 0
    assert flood.largest <= 2**20
    assert not Submission.objects.exists()


def test_an_expired_session_is_told_and_nothing_is_lost_silently(stage: Stage):
    client = stage.client(stage.student.user)
    token = stage.token(client)
    client.logout()
    answer = stage.send(client, predictions(), token=token)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={stage.address()}")
    assert "로그인이 풀려서 파일을 받지 못했어요" in client.get(answer["Location"]).content.decode()
    assert not Submission.objects.exists()


def test_a_stale_token_of_the_page_is_refused_kindly(stage: Stage):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.student.user)
    answer = stage.send(client, predictions())
    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("data", "words"), [(b"", "파일이 비어 있어요"), (None, "제출할 파일을 골라 주세요")])
def test_nothing_chosen_or_nothing_in_it(stage: Stage, data, words):
    client = stage.client(stage.student.user)
    if data is None:
        answer = client.post(stage.address("submit"), {"token": stage.token(client)})
    else:
        answer = stage.send(client, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_only_the_student_hands_in(stage: Stage):
    teacher, classmate = cast.a_teacher(stage.classroom), cast.a_student(stage.classroom)
    token = "0c6f3b1e-0000-4000-8000-000000000001"
    assert stage.send(stage.client(teacher), predictions(), token=token).status_code == 403
    assert stage.send(stage.client(classmate.user), predictions(), token=token).status_code == 404
    assert not Submission.objects.exists()


def test_a_fault_of_ours_costs_nothing_and_is_graded_after_a_retry(stage: Stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("a bug of ours")

    client = stage.client(stage.student.user)
    with monkeypatch.context() as patch:
        patch.setattr("saem.lib.grading.shipping.grade", broken)
        address = stage.send(client, predictions())["Location"]
        Job.objects.update(max_failures=1)
        drain()
    assert Submission.objects.get().state == SubmissionState.FAULT
    page = client.get(address).content.decode()
    assert "저희 쪽 문제로 아직 채점하지 못했어요" in page
    assert "오늘 5번 가운데 5번 남았어요" in client.get(stage.address()).content.decode()

    operator = cast.a_person("운영자")
    operator.is_superuser = True
    operator.save()
    job = Job.objects.get(state=JobState.DEAD)
    queue = stage.client(operator)
    assert "RuntimeError: a bug of ours" in queue.get("/operate/queue/").content.decode()
    assert queue.post(f"/operate/queue/{job.pk}/retry/").status_code == 302
    drain()
    assert Submission.objects.get().state == SubmissionState.SCORED
