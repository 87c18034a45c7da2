"""Takes documents in: checked by content and size, kept as rows (ADR 8), replaced without being lost."""

import hashlib

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.calls.applying import locked, note
from saem.apps.cohorts.calls.inspection import RefusedDocumentError, kind_of
from saem.apps.cohorts.models import Application, ApplicationState, Document, DocumentFile
from saem.apps.people.models import User
from saem.errors import SaemError

MOST_BYTES = 10 * 2**20
# One sending of a form may bring several documents.
MOST_BYTES_SENT = 3 * MOST_BYTES
LONGEST_NAME = 200


def inspect(name: str, data: bytes) -> tuple[str, str]:
    """Return the document's kind by content, and its name without folders or unseen signs; raise `SaemError`."""
    if len(data) > MOST_BYTES:
        raise SaemError("document.too_large", status=413, limit_mb=MOST_BYTES // 2**20)
    try:
        kind = kind_of(data)
    except RefusedDocumentError as refused:
        raise SaemError(refused.reason, status=422) from refused
    visible = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    return kind, visible.strip()[-LONGEST_NAME:] or f"document.{kind}"


def attach(application: Application, *, by: User, field_id: str, name: str, data: bytes) -> Document:
    """Keep a document as the answer to a question; the one before it stays with the versions that named it."""
    kind, visible = inspect(name, data)
    with transaction.atomic():
        row = locked(application)
        if row.state == ApplicationState.WITHDRAWN:
            raise SaemError("application.withdrawn", status=409)
        row.documents.filter(field_id=field_id, replaced_at=None).update(replaced_at=timezone.now())
        document = store(row, field_id=field_id, name=visible, kind=kind, data=data)
        note("application.document_attached", row, by=by, field=field_id, sha256=document.sha256)
    return document


def store(application: Application, *, field_id: str, name: str, kind: str, data: bytes) -> Document:
    document = Document.objects.create(
        application=application,
        field_id=field_id,
        name=name,
        kind=kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    DocumentFile.objects.create(document=document, data=data)
    return document


def detach(application: Application, *, by: User, field_id: str) -> bool:
    """Take the document of a question out of the draft; False where there was none."""
    with transaction.atomic():
        row = locked(application)
        gone = row.documents.filter(field_id=field_id, replaced_at=None).update(replaced_at=timezone.now())
        if gone:
            note("application.document_removed", row, by=by, field=field_id)
    return bool(gone)
