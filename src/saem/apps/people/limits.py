"""Limits on what may be tried how often: exact under parallel tries, shared by all processes and machines.

`spend` before the act and `refund` after one that was not a guess, so that guesses running at the same time cannot
slip through between a check and a count. Windows of time are fixed: at their border twice the number may pass.
Call outside a transaction: a count that is rolled back has not counted.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from saem.apps.people.models import LimitCount


@dataclass(frozen=True)
class Limit:
    """At most `times` tries by one subject in `seconds`."""

    name: str
    times: int
    seconds: int


def spend(limit: Limit, subject: object) -> bool:
    """Count one try; return whether it is allowed."""
    key, expires_at = window_of(limit, subject)
    if count_one(key, limit):
        return True
    try:
        with transaction.atomic():
            LimitCount.objects.create(key=key, expires_at=expires_at)
    except IntegrityError:
        # The row stands: it is full, or somebody else made it just now.
        return count_one(key, limit)
    LimitCount.objects.filter(expires_at__lt=timezone.now()).delete()
    return True


def refund(limit: Limit, subject: object) -> None:
    """Take back one counted try."""
    key, _expires_at = window_of(limit, subject)
    LimitCount.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit, subject: object) -> None:
    """Start the present window of a subject afresh."""
    key, _expires_at = window_of(limit, subject)
    LimitCount.objects.filter(key=key).delete()


def count_one(key: str, limit: Limit) -> bool:
    return bool(LimitCount.objects.filter(key=key, count__lt=limit.times).update(count=F("count") + 1))


def window_of(limit: Limit, subject: object) -> tuple[str, dt.datetime]:
    """The key of the subject's present window, and when that window ends. Addresses and names are kept as a hash."""
    number = int(timezone.now().timestamp()) // limit.seconds
    key = hashlib.sha256(f"{limit.name}\n{subject}\n{number}".encode()).hexdigest()
    return key, dt.datetime.fromtimestamp((number + 1) * limit.seconds, tz=dt.UTC)
