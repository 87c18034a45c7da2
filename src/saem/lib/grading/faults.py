"""The student's error as the harness described it, turned into the sandbox's own `Fault`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from saem.lib.sandbox import Fault, Frame


def fault_from(raw: Mapping[str, Any]) -> Fault:
    """`raw` has been through `checkers.answers.read_report`, so its shape and sizes are right."""
    frames = tuple(
        Frame(source=name, line=line, function=function, text=text) for name, line, function, text in raw["frames"]
    )
    where = frames[-1] if frames else None
    return Fault(
        type=raw["type"],
        message=raw["message"],
        source=where.source if where else "",
        line=where.line if where else None,
        text=where.text if where else "",
        traceback=_traceback(raw["type"], raw["message"], frames),
        frames=frames,
    )


def _traceback(kind: str, message: str, frames: tuple[Frame, ...]) -> str:
    """As Python prints it, with the student's own lines only."""
    lines = ["Traceback (most recent call last):"] if frames else []
    for frame in frames:
        lines.append(f'  File "{frame.source}", line {frame.line}, in {frame.function}')
        if frame.text:
            lines.append(f"    {frame.text.strip()}")
    return "\n".join([*lines, f"{kind}: {message}" if message else kind])


def renamed(fault: Fault, source: str, name: str) -> Fault:
    """The error with `name` for `source`, and without lines of any other."""
    frames = tuple(replace(frame, source=name) for frame in fault.frames if frame.source == source)
    if not frames and fault.source == source:
        return replace(fault, source=name, frames=())
    line, text = (frames[-1].line, frames[-1].text) if frames else (None, "")
    traceback = _traceback(fault.type, fault.message, frames)
    return replace(fault, source=name, line=line, text=text, frames=frames, traceback=traceback)
