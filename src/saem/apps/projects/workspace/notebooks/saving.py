"""A draft becomes a version of what the stage asks for, and where the project takes notebooks, a submission."""

import uuid
from dataclasses import dataclass

from django.conf import settings

from saem.apps.projects import services
from saem.apps.projects.milestones.evidence import MEGABYTE, MOST_BYTES, Given, save_evidence
from saem.apps.projects.milestones.queries import beside
from saem.apps.projects.models import Evidence, EvidenceKind, Membership, NotebookDraft, Submission, SubmissionKind
from saem.apps.projects.workspace.notebooks.drafts import held
from saem.apps.projects.workspace.notebooks.files import assignment_for
from saem.apps.projects.workspace.notebooks.queries import Desk, cells_of
from saem.apps.projects.workspace.notebooks.writing import notebook_bytes
from saem.errors import SaemError


@dataclass(frozen=True, kw_only=True)
class Saved:
    """`is_new`: it says something else than the newest version did. Outputs are left out where they are too large."""

    version: Evidence
    is_new: bool
    has_outputs: bool
    data: bytes


def save_version(desk: Desk, mine: Membership, draft: NotebookDraft) -> Saved:
    """Keep the draft as another version, beside one that its writer has not seen; the draft goes on from there.

    Raises SaemError as `save_evidence`, and `evidence.too_large`.
    """
    with held(draft) as row:
        data, has_outputs = _within(row)
        newest = desk.place.newest
        version = save_evidence(
            mine,
            milestone=desk.place.stage.milestone.id,
            ask=draft.ask,
            given=Given(kind=EvidenceKind.NOTEBOOK, name=row.name, format="notebook", data=data),
            seen=row.based_on,
        )
        row.based_on, row.is_changed = version.number, False
        row.save(update_fields=["based_on", "is_changed"])
    return Saved(version=version, is_new=version != newest, has_outputs=has_outputs, data=data)


def unseen_before(version: Evidence) -> Evidence | None:
    """The version that this one's writer had not seen, where it is somebody else's."""
    before = beside(version)
    return before if before is not None and before.enrolment_id != version.enrolment_id else None


def hand_in(desk: Desk, mine: Membership, draft: NotebookDraft, *, token: uuid.UUID) -> Submission:
    """Save, and hand the same bytes in to be graded; raises SaemError as `save_version` and `submit_work`."""
    if not takes_notebooks(desk):
        raise SaemError("notebook.not_taken", status=409)
    saved = save_version(desk, mine, draft)
    if len(saved.data) > settings.SUBMISSION_MAX_BYTES:
        raise SaemError("upload_too_large", status=413, limit_mb=settings.SUBMISSION_MAX_BYTES // MEGABYTE)
    return services.submit_work(
        mine.enrolment,
        project=desk.place.access.team.project,
        upload=services.Upload(name=draft.name, kind=SubmissionKind.NOTEBOOK, data=saved.data),
        token=token,
        attempts_per_day=desk.place.access.project.attempts_per_day,
    )


def takes_notebooks(desk: Desk) -> bool:
    """Whether the team's project grades notebooks."""
    return SubmissionKind.NOTEBOOK in assignment_for(desk.place.access).spec.parts


def _within(draft: NotebookDraft) -> tuple[bytes, bool]:
    """The notebook's bytes, without outputs where they would be too large with them."""
    cells = cells_of(draft)
    for has_outputs in (True, False):
        data = notebook_bytes(draft.metadata, cells, outputs=has_outputs)
        if len(data) <= MOST_BYTES:
            return data, has_outputs
    raise SaemError("evidence.too_large", status=413, limit_mb=MOST_BYTES // MEGABYTE)
