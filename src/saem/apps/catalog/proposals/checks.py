"""Each revision is checked by a job, as `saem check` would; what passed is built, ready to be published."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from saem.apps.catalog import folders
from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Artifact
from saem.apps.catalog.proposals.files import archive_of, bytes_of, write_folder
from saem.apps.catalog.proposals.models import CheckState, Revision, RevisionBuild, RevisionCheck
from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError
from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.jobs.services import LOOKED_AT, enqueue
from saem.lib import content
from saem.lib.content import Problem, Severity
from saem.lib.fleet import Claim, Parcel, Supply
from saem.lib.grading import Assignment
from saem.lib.sandbox import SandboxUnavailable

CHECK_JOB = "proposal.check"
_REPORT = "report.json"


def ask_for_check(revision: Revision) -> None:
    """Call inside the transaction that writes the revision, or asks again."""
    RevisionCheck.objects.update_or_create(
        revision=revision, defaults={"state": CheckState.WAITING, "problems": [], "finished_at": None}
    )
    enqueue(CHECK_JOB, revision.pk, owner_key=f"proposal:{revision.proposal_id}", priority=LOOKED_AT)


def pack(claim: Claim) -> Parcel:
    """The revision's files; nothing where a newer one has come."""
    revision = Revision.objects.select_related("proposal__program").get(pk=claim.subject_id)
    is_newest = not revision.proposal.revisions.filter(number__gt=revision.number).exists()
    return Parcel(facts={"slug": revision.proposal.program.slug}, data=archive_of(revision.files) if is_newest else b"")


def perform(parcel: Parcel, _supply: Supply) -> bytes:
    """Check the files in a folder of their own; problems come back, and what was built where none is grave."""
    if not parcel.data:
        return b""
    with tempfile.TemporaryDirectory(prefix="saem-check-") as place:
        folder = Path(place) / str(parcel.facts["slug"])
        write_folder(folders.unzip(parcel.data), folder)
        report = check_program(
            folder,
            sandbox=site_sandbox(),
            cache=settings.HOME / "cache" / "sources",
            mirrors=settings.DATA_MIRRORS,
            download=settings.DATA_DOWNLOAD,
        )
    told = json.dumps({"ok": report.ok, "problems": [_told(each) for each in report.problems]}, default=str)
    return folders.zip_of({_REPORT: told.encode(), **(dict(_built(report)) if report.ok else {})})


def effect(claim: Claim, result: bytes) -> Effect:
    """Write what was found while the claim holds."""
    if not result:
        return Effect(write=lambda: None)
    files = dict(folders.unzip(result))
    try:
        report = json.loads(files.pop(_REPORT))
    except (KeyError, ValueError) as error:
        raise ResultRefusedError(str(error)) from error
    state = CheckState.PASSED if report["ok"] else CheckState.PROBLEMS
    return Effect(write=lambda: _write(claim.subject_id, state, report["problems"], files))


def set_aside(revision: int) -> None:
    """The job failed too often: it is said on the page, and an operator sees why."""
    RevisionCheck.objects.filter(revision=revision).update(state=CheckState.FAILED, finished_at=timezone.now())


def wait_again(revision: int) -> None:
    RevisionCheck.objects.filter(revision=revision).update(state=CheckState.WAITING, finished_at=None)


def problems_of(check: RevisionCheck) -> list[Problem]:
    return [
        Problem(
            file=each["file"],
            line=each["line"],
            code=each["code"],
            params=each["params"],
            severity=Severity(each["severity"]),
        )
        for each in check.problems
    ]


def report_of(revision: Revision, folder: Path) -> CheckReport:
    """What checking found and built, put together again from what was kept; `folder` is laid out for it."""
    write_folder(bytes_of(revision.files), folder)
    kept: dict[str, dict[str, bytes]] = {kind: {} for kind in Artifact.Kind.values}
    for build in revision.builds.all():
        kept[build.kind][build.name] = bytes(build.data)
    return CheckReport(
        program=content.load(folder).program,
        content_hash=content.content_hash(folder),
        problems=(),
        assignments={name: Assignment.from_bytes(data) for name, data in kept[Artifact.Kind.ASSIGNMENT].items()},
        references={name: json.loads(data) for name, data in kept[Artifact.Kind.REFERENCE].items()},
        lesson_data={name: folders.unzip(data) for name, data in kept[Artifact.Kind.LESSON_DATA].items()},
    )


def _told(problem: Problem) -> Mapping[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "code": problem.code,
        "params": dict(problem.params),
        "severity": problem.severity,
    }


def _built(report: CheckReport) -> Iterator[tuple[str, bytes]]:
    for name, assignment in report.assignments.items():
        yield f"{Artifact.Kind.ASSIGNMENT}/{name}", assignment.to_bytes()
    for name, references in report.references.items():
        yield f"{Artifact.Kind.REFERENCE}/{name}", json.dumps(references).encode()
    for name, files in report.lesson_data.items():
        yield f"{Artifact.Kind.LESSON_DATA}/{name}", folders.zip_of(files)


def _write(revision: int, state: CheckState, problems: list[object], files: Mapping[str, bytes]) -> None:
    RevisionBuild.objects.filter(revision=revision).delete()
    RevisionBuild.objects.bulk_create(
        RevisionBuild(revision_id=revision, kind=kind, name=name, data=data)
        for (kind, _, name), data in ((path.partition("/"), data) for path, data in files.items())
    )
    RevisionCheck.objects.filter(revision=revision).update(state=state, problems=problems, finished_at=timezone.now())


CHECK = Kind(
    name=CHECK_JOB,
    pack=pack,
    perform=perform,
    effect=effect,
    on_set_aside=set_aside,
    on_retry=wait_again,
    unavailable=(SandboxUnavailable,),
)
