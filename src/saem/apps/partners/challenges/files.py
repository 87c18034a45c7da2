"""Files that a challenge brings: added by the partner until it is sent, taken by teams, gone with the data."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from saem.apps.partners.challenges.formats import Inside
from saem.apps.partners.challenges.services import locked
from saem.apps.partners.models import Challenge, ChallengeFile, ChallengeFileData
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.errors import SaemError

MOST_FILES = 5


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file as it was looked at, with what the partner confirms of it."""

    name: str
    data: bytes
    inside: Inside
    licence: str
    checklist: list[str]


def add_file(challenge: Challenge, brought: Brought, *, by: User) -> ChallengeFile:
    """The same bytes twice are one file. Raises SaemError `challenge.changed`, `challenge.file.too_many`."""
    digest = hashlib.sha256(brought.data).hexdigest()
    with transaction.atomic():
        row = _open(challenge)
        if (known := row.files.filter(sha256=digest).first()) is not None:
            return known
        if row.files.count() >= MOST_FILES:
            raise SaemError("challenge.file.too_many", status=409, most=MOST_FILES)
        file = ChallengeFile.objects.create(
            challenge=row,
            name=brought.name,
            size=len(brought.data),
            sha256=digest,
            licence=brought.licence,
            checklist=brought.checklist,
            added_by=by,
            **vars(brought.inside),
        )
        ChallengeFileData.objects.create(file=file, data=brought.data)
        note("data_added", file, by=by, challenge=row.pk, sha256=digest, checklist=brought.checklist)
    return file


def remove_file(file: ChallengeFile, *, by: User) -> None:
    """As long as nobody else has read it. Raises SaemError `challenge.changed`."""
    with transaction.atomic():
        row = _open(file.challenge)
        if row.files.filter(pk=file.pk).exists():
            note("data_removed", file, by=by, challenge=row.pk, sha256=file.sha256)
            row.files.filter(pk=file.pk).delete()


def bytes_of(file: ChallengeFile) -> bytes | None:
    """None once the partner has withdrawn the data."""
    kept = ChallengeFileData.objects.filter(file=file).first()
    return bytes(kept.data) if kept is not None else None


def hand_out(file: ChallengeFile, *, to: User) -> bytes | None:
    """The bytes, with a note of who took them; None once the partner has withdrawn the data."""
    with transaction.atomic():
        data = bytes_of(file)
        if data is not None:
            note("data_downloaded", file, by=to, challenge=file.challenge_id, sha256=file.sha256)
    return data


def _open(challenge: Challenge) -> Challenge:
    row = locked(challenge)
    if not row.may_change:
        raise SaemError("challenge.changed", status=409)
    return row
