"""Keys of worker hosts: made and revoked by operators, shown once, looked up by hash."""

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from saem.apps.events.services import record
from saem.apps.jobs.models import Job, JobState, WorkerKey
from saem.apps.people.limits import Limit, spend
from saem.apps.people.models import User
from saem.errors import SaemError

PREFIX = "saem-worker-"
SEEN_EVERY_S = 1.0
# What one key may ask of one web process: far above an honest host, and a mad one gets 429 before any work.
# Counted in memory, because a row written for each question would cost more than the question.
BURST, PER_SECOND = 400.0, 200.0
BY_GUESSER = Limit("worker-key-guess", times=30, seconds=60)


_asked: dict[int, tuple[float, float]] = {}


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """A key just made; `secret` is nowhere else."""

    key: WorkerKey
    secret: str


def make_key(*, name: str, capabilities: str, most_jobs: int, by: User | None) -> NewKey:
    """Make a key; raises SaemError `key_name_taken`."""
    # 256 random bits need no slow hash: there is nothing to guess.
    secret = PREFIX + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            key = WorkerKey.objects.create(
                name=name, key_hash=hash_of(secret), capabilities=capabilities, most_jobs=most_jobs, created_by=by
            )
            record("key_made", actor=by, object_kind="worker_key", object_id=key.pk, facts={"name": name})
    except IntegrityError as error:
        raise SaemError("key_name_taken", status=409, name=name) from error
    return NewKey(key=key, secret=secret)


def revoke_key(key: WorkerKey, *, by: User | None) -> None:
    """End a key at once: what its hosts hold is given to others when the lease runs out."""
    with transaction.atomic():
        revoked = WorkerKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
        if revoked:
            record("key_revoked", actor=by, object_kind="worker_key", object_id=key.pk, facts={"name": key.name})


def all_keys() -> QuerySet[WorkerKey]:
    """Those in use first."""
    return WorkerKey.objects.select_related("created_by").order_by(F("revoked_at").desc(nulls_first=True), "name")


def key_of(secret: str, *, address: str) -> WorkerKey:
    """The key that a host shows; raises SaemError `key_unknown` (401) or `too_many_requests` (429)."""
    found = WorkerKey.objects.filter(key_hash=hash_of(secret), revoked_at=None).first()
    if found is None:
        allowed = spend(BY_GUESSER, address)
        raise SaemError("key_unknown" if allowed else "too_many_requests", status=401 if allowed else 429)
    if not _may_ask(found.pk):
        raise SaemError("too_many_requests", status=429)
    now = timezone.now()
    if found.seen_at is None or (now - found.seen_at).total_seconds() > SEEN_EVERY_S or found.seen_from != address:
        WorkerKey.objects.filter(pk=found.pk).update(seen_at=now, seen_from=address[:60])
    return found


def _may_ask(pk: int) -> bool:
    """A bucket that fills again: `BURST` questions at once, `PER_SECOND` for long."""
    now = time.monotonic()
    left, then = _asked.get(pk, (BURST, now))
    left = min(BURST, left + (now - then) * PER_SECOND) - 1
    _asked[pk] = (max(left, 0.0), now)
    return left >= 0


def count(key: WorkerKey, what: str) -> None:
    """Count a claim, a finished job, or a report that was refused; operators see it."""
    WorkerKey.objects.filter(pk=key.pk).update(**{what: F(what) + 1})


def jobs_held(key: WorkerKey) -> QuerySet[Job]:
    """What the key's hosts are working on now."""
    return Job.objects.filter(state=JobState.RUNNING, worker__startswith=key.worker_prefix)


def is_full(key: WorkerKey) -> bool:
    """Whether the key's hosts hold as many jobs as they may; what a lost host left behind does not count for long."""
    return jobs_held(key).filter(lease_until__gte=timezone.now()).count() >= key.most_jobs


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
