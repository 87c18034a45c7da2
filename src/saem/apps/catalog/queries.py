"""Published programs for pages, and what is inside a version for the rooms that work with it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from saem.apps.catalog import folders
from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.people.models import Agreement, Role, Scope, User
from saem.apps.people.queries import granted_ids
from saem.lib import content
from saem.lib.grading import Assignment, Spec

# An assignment may weigh some megabytes; a process rarely grades more projects than this at a time.
ASSIGNMENTS_KEPT = 16
LESSONS_KEPT = 64


def published_programs() -> QuerySet[Version]:
    """The newest version of every program, newest first. Programs are public."""
    newest = Version.objects.filter(program=OuterRef("program")).order_by("-number").values("number")[:1]
    return (
        Version.objects.filter(number=Subquery(newest))
        .select_related("program__owner", "program__agreement")
        .order_by("-published_at", "pk")
    )


def programs_written_by(user: User) -> QuerySet[Version]:
    """The newest version of each published program whose author `user` is."""
    return published_programs().filter(program__in=granted_ids(user, roles=(Role.AUTHOR,), scope=Scope.PROGRAM))


def programs_kept_by(user: User) -> QuerySet[Program]:
    """Programs whose items and models `user` looks after: their own, and those of institutions whose staff they are."""
    return Program.objects.filter(
        Q(pk__in=granted_ids(user, roles=(Role.AUTHOR,), scope=Scope.PROGRAM))
        | Q(owner__in=granted_ids(user, roles=(Role.STAFF,), scope=Scope.INSTITUTION))
    )


def keeps(user: User | AnonymousUser, program: Program) -> bool:
    """Whether `user` looks after this program's items; nobody who is not signed in does."""
    return isinstance(user, User) and programs_kept_by(user).filter(pk=program.pk).exists()


def guides_read_by(user: User) -> QuerySet[Program]:
    """Programs whose pages for teachers `user` may read without a class of theirs.

    They are its authors, and authors and staff of its owner and of the institutions of its agreement, who review it.
    """
    institutions = granted_ids(user, roles=(Role.AUTHOR, Role.STAFF), scope=Scope.INSTITUTION)
    return Program.objects.filter(
        Q(pk__in=granted_ids(user, roles=(Role.AUTHOR,), scope=Scope.PROGRAM))
        | Q(owner__in=institutions)
        | Q(agreement__in=Agreement.objects.filter(institutions__in=institutions).values("pk"))
    )


def reads_guides(user: User | AnonymousUser, program: Program) -> bool:
    """Nobody who is not signed in does."""
    return isinstance(user, User) and guides_read_by(user).filter(pk=program.pk).exists()


def guide_for(user: User, slug: str, lesson: str) -> tuple[Version, content.Lesson]:
    """A lesson of the newest version that has a page for teachers which `user` may read, or Http404."""
    version = published_programs().filter(program__in=guides_read_by(user), program__slug=slug).first()
    found = program_of(version).lessons.get(lesson) if version is not None else None
    if version is None or found is None or not found.teacher:
        raise Http404
    return version, found


def newest_version(slug: str) -> Version:
    """The newest version of one program."""
    found = published_programs().filter(program__slug=slug).first()
    if found is None:
        raise Http404
    return found


def version_numbered(slug: str, number: int) -> Version:
    """One version of a program, as a cohort may have pinned it."""
    found = Version.objects.select_related("program__owner", "program__agreement")
    return get_object_or_404(found, program__slug=slug, number=number)


def versions_of(program: Program) -> QuerySet[Version]:
    return program.versions.order_by("-number")


def program_of(version: Version) -> content.Program:
    """What the version holds. Kept in memory: a version never changes."""
    return folders.program(version.content_hash)


def lesson_of(version: Version, lesson: str) -> content.Lesson:
    """One lesson of the version's program, or Http404."""
    found = program_of(version).lessons.get(lesson)
    if found is None:
        raise Http404
    return found


def assignment_of(version: Version, project: str) -> Assignment:
    """What a project is graded with; it holds hidden answers."""
    return _assignment(version.content_hash, project)


def assignment_data(version: Version, project: str) -> bytes:
    """The same as bytes, to be sent to where it is graded."""
    return _artifact(version.content_hash, Artifact.Kind.ASSIGNMENT, project)


def spec_of(version: Version, project: str) -> Spec:
    """What a project asks, without the files and answers of its assignment."""
    return _spec(version.content_hash, project)


def reference_of(version: Version, lesson: str) -> Mapping[str, Mapping[str, Any]]:
    """The expected values of the lesson's exercises by cell; hidden."""
    return _reference(version.content_hash, lesson)


def lesson_data(version: Version, lesson: str) -> Mapping[str, bytes]:
    """The files that are laid beside the lesson's code, by name."""
    return _lesson_data(version.content_hash, lesson)


@lru_cache(maxsize=ASSIGNMENTS_KEPT)
def _assignment(content_hash: str, project: str) -> Assignment:
    return Assignment.from_bytes(_artifact(content_hash, Artifact.Kind.ASSIGNMENT, project))


@lru_cache(maxsize=LESSONS_KEPT)
def _spec(content_hash: str, project: str) -> Spec:
    return Assignment.from_bytes(_artifact(content_hash, Artifact.Kind.ASSIGNMENT, project)).spec


@lru_cache(maxsize=LESSONS_KEPT)
def _reference(content_hash: str, lesson: str) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = json.loads(_artifact(content_hash, Artifact.Kind.REFERENCE, lesson))
    return found


@lru_cache(maxsize=LESSONS_KEPT)
def _lesson_data(content_hash: str, lesson: str) -> Mapping[str, bytes]:
    return folders.unzip(_artifact(content_hash, Artifact.Kind.LESSON_DATA, lesson))


def _artifact(content_hash: str, kind: Artifact.Kind, name: str) -> bytes:
    found = Artifact.objects.filter(version__content_hash=content_hash, kind=kind, name=name)
    data = found.values_list("data", flat=True).first()
    if data is None:
        raise Http404
    return bytes(data)
