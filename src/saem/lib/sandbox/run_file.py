"""One script, one outcome, as the command line prints it."""

import re
from pathlib import Path
from typing import Any

from saem.lib.sandbox import flavours
from saem.lib.sandbox.jobs import Job, Limits, Source
from saem.lib.sandbox.protocol import Sandbox

_IMPORT = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)


def run_file(path: Path, sandbox: Sandbox, *, limits: Limits | None = None) -> dict[str, Any]:
    """Run a script and return what `saem run FILE --json` prints. Raises OSError, UnicodeDecodeError, SandboxError."""
    source = Source(path.name, path.read_text(encoding="utf-8-sig"))
    outcome = sandbox.run(Job((source,), limits=limits or Limits()))
    return {
        "status": outcome.status.value,
        "exit_code": outcome.exit_code,
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
        "wall_ms": outcome.wall_ms,
        "cpu_ms": outcome.cpu_ms,
        "overhead_ms": outcome.overhead_ms,
        "isolation": outcome.isolation,
    }


def preload_for(code: str) -> tuple[str, ...]:
    """What a zygote that will run only this code should import: nothing that the code does not ask for."""
    wanted = set(_IMPORT.findall(code))
    if "sklearn" in wanted:
        wanted |= {"numpy"}
    return tuple(name for name in flavours.COURSE if name.partition(".")[0] in wanted and "." not in name) + (
        ("matplotlib.pyplot",) if "matplotlib" in wanted else ()
    )
