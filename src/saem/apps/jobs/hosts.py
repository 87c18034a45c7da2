"""What worker hosts ask over HTTPS: jobs, what is needed to do them, and a place for results; each under a claim.

A host sees nothing but what it holds. It is told the reason of a refusal in a status: 401 the key, 409 the claim, 413
and 422 the report, 429 too often, 503 the database.
"""

import datetime as dt
import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from saem.apps.jobs import keys, services
from saem.apps.jobs.claims import is_waiting
from saem.apps.jobs.database import DatabaseQueue, reaching
from saem.apps.jobs.kinds import portable_kinds
from saem.apps.jobs.models import Job, WorkerKey
from saem.apps.jobs.wakeups import database_waiter
from saem.apps.people.addresses import client_address
from saem.errors import SaemError
from saem.lib.fleet import Claim, ClaimLostError, QueueAwayError

# A question for work stays open this long. Each occupies a thread of the web server, so there are only so many:
# a host that finds no place asks again in a second.
OPEN_S, MOST_OPEN = 20.0, 4
# No job runs longer: a host that keeps renewing cannot keep a submission from its verdict for ever.
LONGEST = dt.timedelta(minutes=30)
SMALL, LARGEST_RESULT = 16 * 2**10, 32 * 2**20
NAME = re.compile(r"[\w.:-]{1,60}")
NEVER = threading.Event()
# The queue as this process sees it for all hosts: it tidies at most once a second.
HOUSE = DatabaseQueue(worker="site", capabilities=())
_open = threading.BoundedSemaphore(MOST_OPEN)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
KeyView = Callable[Concatenate[HttpRequest, WorkerKey, P], HttpResponse]


def with_key(view: KeyView[P]) -> View[P]:
    """Give the view the key that the host shows, and turn what may happen into a status."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            secret = request.headers.get("Authorization", "").removeprefix("Bearer ")
            key = keys.key_of(secret, address=client_address(request))
            return view(request, key, *args, **kwargs)
        except SaemError as refused:
            return JsonResponse({"error": refused.code}, status=refused.status)
        except ClaimLostError:
            keys.count(key, "refused")
            return JsonResponse({"error": "claim_lost"}, status=409)
        except QueueAwayError:
            return JsonResponse({"error": "database"}, status=503)

    return answer


@dataclass(frozen=True, kw_only=True)
class Host:
    """Who asks: one worker process of a host, and what it can do of what its key allows."""

    worker: str
    capabilities: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def queue(self) -> DatabaseQueue:
        return DatabaseQueue(worker=self.worker, capabilities=self.capabilities, kinds=self.kinds)


@require_POST
@with_key
def claim(request: HttpRequest, key: WorkerKey) -> HttpResponse:
    """The next job for this host: 200 with the claim, 204 when there is none or the key holds enough."""
    host = _host(request, key)
    HOUSE.tidy()
    host.queue.report()
    with transaction.atomic():
        # Claims of one key meet here, so together they cannot hold more than it may.
        WorkerKey.objects.select_for_update().get(pk=key.pk)
        # Who asks has nothing in hand: what it seems to hold is a claim whose answer was lost on the way.
        for unheard in keys.jobs_held(key).filter(worker=host.worker):
            with suppress(ClaimLostError):
                services.release(_claim_of(unheard))
        taken = host.queue.claim() if not keys.is_full(key) else None
        if taken is None:
            return HttpResponse(status=204)
        keys.count(key, "claimed")
    return JsonResponse({**asdict(taken), "lease_s": settings.JOB_LEASE_SECONDS})


@require_POST
@with_key
def wait(request: HttpRequest, key: WorkerKey) -> HttpResponse:
    """200 when there may be work, or after a while; 204 at once when too many wait here already."""
    host = _host(request, key)
    if keys.is_full(key) or not _open.acquire(blocking=False):
        host.queue.report()
        return HttpResponse(status=204)
    try:
        _wait(host)
    finally:
        _open.release()
    return HttpResponse(status=200)


def _wait(host: Host) -> None:
    with reaching(Error, OSError):
        waiter = database_waiter()
        try:
            deadline = time.monotonic() + OPEN_S
            while time.monotonic() < deadline and not is_waiting(capabilities=host.capabilities, kinds=host.kinds):
                host.queue.report()
                HOUSE.tidy()
                waiter.wait(NEVER)
        finally:
            waiter.close()


@require_POST
@with_key
def leave(request: HttpRequest, key: WorkerKey) -> HttpResponse:
    """The host's process ends."""
    _host(request, key).queue.leave()
    return HttpResponse(status=204)


@require_GET
@with_key
def parcel(_request: HttpRequest, key: WorkerKey, job: int, attempt: int) -> HttpResponse:
    held = _held(key, job, attempt)
    return HttpResponse(HOUSE.parcel(held).to_bytes(), content_type="application/octet-stream")


@require_GET
@with_key
def supply(_request: HttpRequest, key: WorkerKey, job: int, attempt: int) -> HttpResponse:
    """What the parcel names; which that is follows from the job, never from what the host says."""
    held = _held(key, job, attempt)
    return HttpResponse(HOUSE.supply(held), content_type="application/octet-stream")


@require_POST
@with_key
def renew(_request: HttpRequest, key: WorkerKey, job: int, attempt: int) -> HttpResponse:
    try:
        is_held = HOUSE.renew(_held(key, job, attempt))
    except ClaimLostError:
        # A renewal that crosses the report of the same job is no offence: it is not counted.
        is_held = False
    return HttpResponse(status=204 if is_held else 409)


@require_POST
@with_key
def finish(request: HttpRequest, key: WorkerKey, job: int, attempt: int) -> HttpResponse:
    """The result. 422 when it is none: that counts as a failure of the job, as a crash would."""
    held = _held(key, job, attempt)
    accepted = HOUSE.finish(held, _body(request, LARGEST_RESULT))
    keys.count(key, "finished" if accepted else "refused")
    return HttpResponse(status=204 if accepted else 422)


@require_POST
@with_key
def fail(request: HttpRequest, key: WorkerKey, job: int, attempt: int) -> HttpResponse:
    held = _held(key, job, attempt)
    HOUSE.fail(held, reason=str(_json(request).get("reason", ""))[:200])
    return HttpResponse(status=204)


@require_POST
@with_key
def release(request: HttpRequest, key: WorkerKey, job: int, attempt: int) -> HttpResponse:
    held = _held(key, job, attempt)
    told = _json(request)
    delay_s = told.get("delay_s", 0.0)
    delay_s = min(max(float(delay_s), 0.0), 60.0) if isinstance(delay_s, int | float) else 0.0
    HOUSE.release(held, delay_s=delay_s, reason=str(told.get("reason", ""))[:200])
    return HttpResponse(status=204)


def _held(key: WorkerKey, job: int, attempt: int) -> Claim:
    """The claim, if one of this key's hosts holds it now."""
    found = keys.jobs_held(key).filter(pk=job, attempt=attempt).first()
    if found is None or found.started_at is None or timezone.now() - found.started_at > LONGEST:
        raise ClaimLostError(job)
    return _claim_of(found)


def _claim_of(job: Job) -> Claim:
    return Claim(
        job_id=job.pk,
        kind=job.kind,
        subject_id=job.subject_id,
        attempt=job.attempt,
        capability=job.capability,
    )


def _host(request: HttpRequest, key: WorkerKey) -> Host:
    told = _json(request)
    name = told.get("worker")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise SaemError("bad_request")
    allowed = key.capabilities.split()
    return Host(
        worker=(key.worker_prefix + name)[:80],
        capabilities=tuple(one for one in _names(told, "capabilities") if one in allowed),
        kinds=tuple(one for one in portable_kinds() if one in _names(told, "kinds")),
    )


def _names(told: dict[str, Any], what: str) -> list[str]:
    found = told.get(what)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _json(request: HttpRequest) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        found = json.loads(_body(request, SMALL) or b"{}")
        if isinstance(found, dict):
            return found
    raise SaemError("bad_request")


def _body(request: HttpRequest, limit: int) -> bytes:
    """The request's bytes, never more than `limit`."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > limit:
        raise SaemError("too_large", status=413)
    return request.read(int(length))
