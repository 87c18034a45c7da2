"""Publishing: a checked folder becomes an immutable version, named by the hash of its content."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from saem.apps.catalog import folders
from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.events.services import record
from saem.apps.people.models import Agreement, Institution, User
from saem.lib import content
from saem.lib.content import Problem
from saem.lib.sandbox import Sandbox

TRIES = 5


class PublicationRefused(Exception):  # noqa: N818  # reads as the outcome it is
    """The program has problems; nothing was published."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def publish(
    folder: Path, *, by: User | None, owner: Institution, agreement: Agreement | None = None, sandbox: Sandbox
) -> Version:
    """Check the folder and make its content a version; the same content is the same version, however often.

    Raises PublicationRefused with all problems where one is an error.
    """
    known = Version.objects.filter(content_hash=content.content_hash(folder)).first() if folder.is_dir() else None
    if known is not None:
        return known
    report = check_program(
        folder,
        sandbox=sandbox,
        cache=settings.HOME / "cache" / "sources",
        mirrors=settings.DATA_MIRRORS,
        download=settings.DATA_DOWNLOAD,
    )
    if not report.ok:
        raise PublicationRefused(report.problems)
    return add_version(report, content.pack(folder), by=by, owner=owner, agreement=agreement)


def add_version(
    report: CheckReport, packed: bytes, *, by: User | None, owner: Institution, agreement: Agreement | None = None
) -> Version:
    """Store what checking built. Two who publish the same content at once get the same version."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                known = Version.objects.filter(content_hash=report.content_hash).first()
                return known or _add(report, packed, by, owner, agreement)
        except IntegrityError:
            # Somebody else took this number or this very content a moment ago: look again.
            if not left:
                raise
    raise AssertionError


def _add(
    report: CheckReport, packed: bytes, by: User | None, owner: Institution, agreement: Agreement | None
) -> Version:
    content_program = _sound(report)
    program, _is_new = Program.objects.get_or_create(
        slug=content_program.id, defaults={"owner": owner, "agreement": agreement}
    )
    last = program.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        program=program,
        number=last + 1,
        content_hash=report.content_hash,
        title_ko=content_program.title.ko,
        title_en=content_program.title.en,
        summary_ko=content_program.summary.ko,
        summary_en=content_program.summary.en,
        published_by=by,
        **_size(content_program),
    )
    Artifact.objects.bulk_create(_artifacts(version, report, packed))
    record(
        "version.published",
        actor=by,
        object_kind="version",
        object_id=version.pk,
        facts={"program": program.slug, "number": version.number, "content": version.content_hash},
    )
    return version


def _sound(report: CheckReport) -> content.Program:
    """The program of a report without errors: `add_version` is not for others."""
    assert report.ok
    assert report.program is not None
    return report.program


def _size(program: content.Program) -> dict[str, int]:
    lessons = [program.lessons[step.id].minutes for step in program.steps if step.kind == "lesson"]
    projects = [program.projects[step.id].minutes for step in program.steps if step.kind == "project"]
    return {"lessons": len(lessons), "projects": len(projects), "minutes": sum(lessons) + sum(projects)}


def _artifacts(version: Version, report: CheckReport, packed: bytes) -> Iterator[Artifact]:
    yield Artifact(version=version, kind=Artifact.Kind.FOLDER, data=packed)
    for project, assignment in report.assignments.items():
        yield Artifact(version=version, kind=Artifact.Kind.ASSIGNMENT, name=project, data=assignment.to_bytes())
    for lesson, references in report.references.items():
        yield Artifact(version=version, kind=Artifact.Kind.REFERENCE, name=lesson, data=json.dumps(references).encode())
    for lesson, files in report.lesson_data.items():
        yield Artifact(version=version, kind=Artifact.Kind.LESSON_DATA, name=lesson, data=folders.zip_of(files))
