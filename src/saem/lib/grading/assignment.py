"""Everything grading needs of one project version, in one value that is stored as bytes."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from saem.lib.grading.errors import AssignmentError
from saem.lib.grading.spec import Spec
from saem.lib.sandbox import COURSE

FORMAT = 1
MANIFEST, CHECKS = "assignment.json", "checks.py"
MOST_BYTES = 512 * 2**20
# A fixed time makes equal assignments equal bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What `prepare` makes once and `grade` uses for every submission.

    `public` lies beside the student's code, `hidden` and `reference` (values of the author's solution, as written by
    the harness) never leave the checker's cell. `baselines` maps id to the metric of the public and private part.
    `flavour` is the sandbox's, for the student's code.
    """

    spec: Spec
    public: Mapping[str, bytes]
    hidden: Mapping[str, bytes]
    reference: Mapping[str, bytes] = field(default_factory=dict)
    baselines: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    checks_code: str = ""
    content_version: str = ""
    flavour: str = COURSE

    def to_bytes(self) -> bytes:
        """A zip of JSON and files; no pickle, the same bytes for the same content."""
        manifest = {
            "format": FORMAT,
            "spec": self.spec.model_dump(mode="json"),
            "baselines": {name: dict(values) for name, values in self.baselines.items()},
            "content_version": self.content_version,
            "flavour": self.flavour,
        }
        entries = {MANIFEST: json.dumps(manifest, ensure_ascii=False).encode(), CHECKS: self.checks_code.encode()}
        for folder, files in (("public", self.public), ("hidden", self.hidden), ("reference", self.reference)):
            entries.update({f"{folder}/{name}": data for name, data in files.items()})
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in sorted(entries):
                archive.writestr(zipfile.ZipInfo(name, EPOCH), entries[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Assignment":
        """The inverse of `to_bytes`; raises AssignmentError for anything else."""
        try:
            entries = _entries(data)
            manifest = json.loads(entries[MANIFEST])
            if manifest["format"] != FORMAT:
                raise AssignmentError(f"format {manifest['format']}")
            return cls(
                spec=Spec.model_validate(manifest["spec"]),
                public=_folder(entries, "public/"),
                hidden=_folder(entries, "hidden/"),
                reference=_folder(entries, "reference/"),
                baselines=manifest["baselines"],
                checks_code=entries[CHECKS].decode(),
                content_version=manifest["content_version"],
                flavour=manifest.get("flavour", COURSE),
            )
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, ValidationError) as error:
            raise AssignmentError(str(error)) from error


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if sum(info.file_size for info in infos) > MOST_BYTES:
            raise AssignmentError("too large")
        return {info.filename: archive.read(info) for info in infos}


def _folder(entries: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    return {name.removeprefix(prefix): data for name, data in entries.items() if name.startswith(prefix)}
