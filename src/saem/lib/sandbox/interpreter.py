"""Which Python runs inside, and the folders it needs to start there."""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_ASK = "import json, sys, site; print(json.dumps([sys.executable, sys.prefix, sys.base_prefix]))"


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """A Python and its two prefixes (they differ in a virtual environment)."""

    executable: str
    prefix: str
    base_prefix: str

    def has(self, module: str) -> bool:
        """Whether this Python finds a module; it is not imported."""
        return _finds(self.executable, module)

    def folders(self) -> tuple[str, ...]:
        """Existing paths to show read-only, as they are written in the prefixes and as they resolve."""
        wanted: list[str] = []
        for prefix in (self.prefix, self.base_prefix, str(Path(self.base_prefix).resolve())):
            wanted += [f"{prefix}/bin", f"{prefix}/lib", f"{prefix}/lib64", f"{prefix}/pyvenv.cfg"]
        return tuple(dict.fromkeys(path for path in wanted if Path(path).exists()))


@cache
def _finds(executable: str, module: str) -> bool:
    if executable == sys.executable:
        return find_spec(module) is not None
    ask = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    with suppress(OSError, subprocess.SubprocessError):
        return subprocess.run([executable, "-I", "-c", ask], check=False, timeout=30).returncode == 0
    return False


def current() -> Interpreter:
    return Interpreter(executable=sys.executable, prefix=sys.prefix, base_prefix=sys.base_prefix)


def at(python: Path) -> Interpreter:
    """Ask another Python. Raises OSError or subprocess.SubprocessError when it does not answer."""
    answer = subprocess.run([str(python), "-I", "-c", _ASK], capture_output=True, check=True, timeout=30)
    executable, prefix, base_prefix = json.loads(answer.stdout)
    return Interpreter(executable=executable, prefix=prefix, base_prefix=base_prefix)
