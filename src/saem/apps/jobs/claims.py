"""Taking a job: the one statement on which the queue rests, the same on SQLite and PostgreSQL."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from django.utils import timezone

from saem.lib.fleet import Claim

# The state is written out, not passed in: SQLite uses the partial index only for a literal.
_NEXT = """
    SELECT id FROM jobs_job
    WHERE state = 'waiting' AND capability IN ({capabilities}) AND kind IN ({kinds}) AND not_before <= %s
    ORDER BY priority DESC, due_at, id LIMIT 1
"""
_TAKE = """
    UPDATE jobs_job
    SET state = 'running', attempt = attempt + 1, worker = %s, lease_until = %s, started_at = %s, finished_at = NULL
    WHERE id = ({next} {lock})
    RETURNING id, kind, subject_id, attempt, capability
"""


def lease_end() -> dt.datetime:
    """Until when a claim taken or renewed now holds."""
    return timezone.now() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def is_waiting(*, capabilities: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether `claim_next` would find something."""
    if not capabilities or not kinds:
        return False
    chosen = _NEXT.format(capabilities=_places(capabilities), kinds=_places(kinds))
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(chosen, [*capabilities, *kinds, now])
        return bool(cursor.fetchall())


def claim_next(*, worker: str, capabilities: Sequence[str], kinds: Sequence[str]) -> Claim | None:
    """Take the fairest waiting job, or None. Two workers never take the same one."""
    if not capabilities or not kinds:
        return None
    on_postgresql = connection.vendor == "postgresql"
    chosen = _NEXT.format(capabilities=_places(capabilities), kinds=_places(kinds))
    now, until = (connection.ops.adapt_datetimefield_value(moment) for moment in (timezone.now(), lease_end()))
    choice = [*capabilities, *kinds, now]
    with connection.cursor() as cursor:
        if not on_postgresql:
            # An UPDATE takes SQLite's one write lock even when it finds nothing, so an idle worker only reads.
            cursor.execute(chosen, choice)
            if not cursor.fetchall():
                return None
        lock = "FOR UPDATE SKIP LOCKED" if on_postgresql else ""
        cursor.execute(_TAKE.format(next=chosen, lock=lock), [worker, until, now, *choice])
        taken = cursor.fetchall()
    if not taken:
        return None
    job_id, kind, subject_id, attempt, capability = taken[0]
    return Claim(job_id=job_id, kind=kind, subject_id=subject_id, attempt=attempt, capability=capability)


def _places(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))
