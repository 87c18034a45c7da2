"""The whole portfolio as a ZIP, sent while it is made: one file in memory at a time."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.template.loader import render_to_string
from django.utils import timezone

from saem.apps.people.models import User
from saem.apps.projects.models import Submission, SubmissionFile

# What no file system minds: letters of any script, digits, and a few signs.
UNWANTED = re.compile(r"[^\w.\- ]")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Member:
    """A file of the archive; its bytes are read when its turn comes."""

    name: str
    load: Callable[[], bytes]


class Sink(io.RawIOBase):
    """Where the archive is written to; what has come is taken away by `taken`. It cannot be rewound."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        part = bytes(data)  # type: ignore[call-overload]  # zipfile writes bytes-like objects
        self.parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        found, self.parts = b"".join(self.parts), []
        return found


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive in pieces, one or more for each member."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member.name, member.load())
            yield sink.taken()
    yield sink.taken()


def submitted_files(user: User) -> Iterator[Member]:
    """Every file that the person ever handed in, by project, the oldest first; those of classes they left, too."""
    rows = Submission.objects.filter(enrolment__user=user.pk).order_by("created_at", "pk")
    for pk, project, name, created_at in rows.values_list("pk", "project", "name", "created_at"):
        day = timezone.localdate(created_at).isoformat()
        yield Member(f"files/{project}/{day}-{pk}-{safe_name(name)}", partial(file_of, pk))


def file_of(submission: int) -> bytes:
    """The bytes; empty where the file is gone, so that the rest of the archive still comes."""
    data = SubmissionFile.objects.filter(pk=submission).values_list("data", flat=True).first()
    return bytes(data) if data is not None else b""


def safe_name(name: str) -> str:
    """A name that leads nowhere: no folders, no leading dots, no signs of control."""
    plain = UNWANTED.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(". ")
    return plain[-LONGEST_NAME:] or "file"


def read_me() -> bytes:
    """What lies in the archive, in both languages."""
    return render_to_string("portfolio/read_me.txt").encode()
