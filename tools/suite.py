"""Runs the whole suite: once on SQLite with everything, once more on PostgreSQL for all that touches a database.

A few failures get a second look, alone on a quiet machine: what passes then stumbled over the load and is named at the
end. Ends with one line that counts both runs, and says loudly what could not run here and why.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.brokers import missing  # noqa: E402  # found only after the path is set
from tests.postgresql import programs_folder  # noqa: E402  # the suite's own module, found only after the path is set

WORKERS = os.environ.get("SAEM_TEST_WORKERS", "2")
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|deselected)")
FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
# More failures than these are no accident.
FEW = 3
STUMBLED: list[str] = []


def run(title: str, *arguments: str, database: str) -> dict[str, int]:
    """Run pytest, let its output through, and return its counts."""
    print(f"\n=== {title}", flush=True)
    FAILED.unlink(missing_ok=True)
    started = time.monotonic()
    code, counts = pytest("-n", WORKERS, "--dist", "loadfile", "-rs", "--durations=30", *arguments, database=database)
    if code != 0:
        counts["failed"] = counts.get("failed", 0) + counts.pop("error", 0) or 1
    if 0 < len(failures()) == counts.get("failed", 0) <= FEW:
        second_look(counts, *arguments, database=database)
    print(f"=== {title}: {time.monotonic() - started:.0f} s", flush=True)
    return counts


def second_look(counts: dict[str, int], *arguments: str, database: str) -> None:
    """Run what failed once more with nothing beside it, and move what passes from the failures to the stumbled."""
    names = failures()
    print(f"\n!! FAILED, and looked at once more, alone: {', '.join(names)}", flush=True)
    pytest("-n", "0", "--last-failed", "--last-failed-no-failures", "none", *arguments, database=database)
    stumbled = [name for name in names if name not in failures()]
    counts["failed"] -= len(stumbled)
    counts["passed"] = counts.get("passed", 0) + len(stumbled)
    STUMBLED.extend(stumbled)


def pytest(*arguments: str, database: str) -> tuple[int, dict[str, int]]:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    environment = {**os.environ, "SAEM_TEST_DATABASE": database}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    code = process.wait()
    return code, {kind.rstrip("s"): int(number) for number, kind in COUNT.findall("".join(lines[-3:]))}


def failures() -> list[str]:
    """The tests that pytest's cache remembers as failed."""
    return sorted(json.loads(FAILED.read_text())) if FAILED.exists() else []


def main() -> int:
    runs = [run("SQLite, isolation, browser", *sys.argv[1:], database="sqlite")]
    if programs_folder() is None:
        print("\n!! SKIPPED the PostgreSQL half: no server is installed (`apt-get install postgresql`)")
    else:
        runs.append(run("PostgreSQL", "tests/apps", "--migrations", *sys.argv[1:], database="postgresql"))
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        print("\n!! SKIPPED the browser journeys: no Chromium is installed (`apt-get install chromium`)")
    if not (ROOT / "tests" / "lib" / "credentials" / "verifier" / "node_modules").is_dir():
        print("\n!! SKIPPED the independent badge verifier: it is not installed (`make tests-ready`)")
    for kind in ("redis", "rabbitmq"):
        if missing(kind):
            print(f"\n!! SKIPPED the Celery engine on {kind}: {missing(kind)}")
    total = {kind: sum(counts.get(kind, 0) for counts in runs) for kind in ("passed", "failed", "skipped")}
    for name in STUMBLED:
        print(f"\n!! STUMBLED, and passed alone: {name}")
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
