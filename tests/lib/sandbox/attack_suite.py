"""Small hostile programs, each saying in its first comments what must become of it.

# expect: status=ok|error stdout=blocked stderr~=Error exit_code=3 stdout!~=LEAK    all must hold, any status of a list
# limits: wall_s=1 memory_mb=64         # rungs: A B         # needs: numpy         # arch: x86_64

Run as a program (`python attack_suite.py RUNG CGROUP`) it prints the failures as JSON: that is how the suite runs
as an ordinary user.
"""

import json
import platform
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path

from saem.lib.sandbox import Job, Limits, LocalSandbox, Outcome, Sandbox, Source

FOLDER = Path(__file__).parent / "attacks"
_LINE = re.compile(r"^# (expect|limits|rungs|needs|arch): (.*)$", re.MULTILINE)
_CLAUSE = re.compile(r"^(\w+)(=|~=|!~=)(.*)$")
_KINDS = {field.name: field.type for field in fields(Limits)}


@dataclass(frozen=True)
class Attack:
    name: str
    code: str
    clauses: tuple[tuple[str, str, str], ...]
    limits: Limits
    rungs: tuple[str, ...]
    needs: tuple[str, ...]
    arch: tuple[str, ...]

    def is_for(self, rung: str) -> bool:
        fits = rung in self.rungs and platform.machine() in self.arch
        return fits and all(find_spec(name) for name in self.needs)


def load() -> list[Attack]:
    return [_parse(path) for path in sorted(FOLDER.glob("*.py"))]


def _parse(path: Path) -> Attack:
    code = path.read_text()
    said = dict(_LINE.findall(code))
    limits = dict(clause.split("=") for clause in said.get("limits", "").split())
    return Attack(
        name=path.stem,
        code=code,
        clauses=tuple(_CLAUSE.match(clause).groups() for clause in said["expect"].split()),
        limits=Limits(**{name: _KINDS[name](value) for name, value in limits.items()}),
        rungs=tuple(said.get("rungs", "A B C").split()),
        needs=tuple(said.get("needs", "").split()),
        arch=tuple(said.get("arch", "x86_64 aarch64").split()),
    )


def run(attack: Attack, sandbox: Sandbox) -> Outcome:
    return sandbox.run(Job((Source("main.py", attack.code),), limits=attack.limits))


def complaint(attack: Attack, outcome: Outcome) -> str:
    """What is wrong with the outcome, or nothing."""
    for field, relation, wanted in attack.clauses:
        found = str(getattr(outcome, field)).strip()
        held = {
            "=": found in wanted.split("|") if field == "status" else found == wanted,
            "~=": wanted in found,
            "!~=": wanted not in found,
        }[relation]
        if not held:
            return f"{attack.name}: {field} should be {relation} {wanted!r}: {outcome}"
    return ""


def failures(sandbox: Sandbox, rung: str, *, at_once: int = 2) -> list[str]:
    chosen = [attack for attack in load() if attack.is_for(rung)]
    with ThreadPoolExecutor(at_once) as threads:
        said = threads.map(lambda attack: complaint(attack, run(attack, sandbox)), chosen)
        return [text for text in said if text]


def main() -> None:
    rung, cgroup = sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with LocalSandbox(preload=(), rung=rung, cgroup=cgroup, concurrent=2) as sandbox:
        json.dump(failures(sandbox, rung), sys.stdout)


if __name__ == "__main__":
    main()
