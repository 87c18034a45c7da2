"""Jobs and outcomes as JSON headers with raw bytes behind them, for the daemon's socket."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from saem.lib.sandbox.inside.frames import Caps
from saem.lib.sandbox.jobs import Display, Fault, Frame, Job, Limits, Outcome, Source, Status, Table

CAPS = Caps(header=64 << 20, blobs=1 << 30)

Packed = tuple[dict[str, Any], list[bytes]]


def pack_job(job: Job) -> Packed:
    header = {
        "sources": [asdict(source) for source in job.sources],
        "files": list(job.files),
        "collect": list(job.collect),
        "limits": asdict(job.limits),
        "seed": job.seed,
        "argv": list(job.argv),
        "flavour": job.flavour,
    }
    return header, list(job.files.values())


def unpack_job(header: Mapping[str, Any], blobs: Sequence[bytes]) -> Job:
    """Raises KeyError, TypeError or ValueError for a header that is not a job's."""
    return Job(
        sources=tuple(Source(**source) for source in header["sources"]),
        files=dict(zip(header["files"], blobs, strict=True)),
        collect=tuple(header["collect"]),
        limits=Limits(**header["limits"]),
        seed=header["seed"],
        argv=tuple(header["argv"]),
        flavour=str(header["flavour"]),
    )


def pack_outcome(outcome: Outcome) -> Packed:
    plain = {
        name: getattr(outcome, name)
        for name in (
            "exit_code",
            "stdout",
            "stderr",
            "wall_ms",
            "cpu_ms",
            "overhead_ms",
            "isolation",
            "fresh",
            "in_prelude",
        )
    }
    header = {
        **plain,
        "status": outcome.status.value,
        "fault": asdict(outcome.fault) if outcome.fault else None,
        "files": list(outcome.files),
        "displays": [_pack_display(display) for display in outcome.displays],
    }
    return header, [*outcome.files.values(), *(display.png for display in outcome.displays)]


def _pack_display(display: Display) -> dict[str, Any]:
    table = asdict(display.table) if display.table else None
    return {"kind": display.kind, "text": display.text, "source": display.source, "table": table}


def unpack_outcome(header: Mapping[str, Any], blobs: Sequence[bytes]) -> Outcome:
    """Raises KeyError, TypeError or ValueError for a header that is not an outcome's."""
    fields = {name: header[name] for name in header if name not in ("files", "displays", "fault", "status", "blobs")}
    names = header["files"]
    images = blobs[len(names) :]
    return Outcome(
        **fields,
        status=Status(header["status"]),
        fault=_unpack_fault(header["fault"]),
        files=dict(zip(names, blobs[: len(names)], strict=True)),
        displays=tuple(_unpack_display(display, png) for display, png in zip(header["displays"], images, strict=True)),
    )


def _unpack_fault(raw: Mapping[str, Any] | None) -> Fault | None:
    if raw is None:
        return None
    return Fault(**{**raw, "frames": tuple(Frame(**frame) for frame in raw["frames"])})


def _unpack_display(raw: Mapping[str, Any], png: bytes) -> Display:
    table = raw["table"]
    if table is not None:
        table = Table(
            columns=tuple(table["columns"]),
            index=tuple(table["index"]),
            rows=tuple(tuple(row) for row in table["rows"]),
            total_rows=table["total_rows"],
            total_columns=table["total_columns"],
        )
    return Display(kind=raw["kind"], text=raw["text"], source=raw["source"], table=table, png=png)
