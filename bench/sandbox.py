"""What the sandbox costs: overhead, throughput, memory and cold start, beside a plain cold Python in the same run.

Run `python bench/sandbox.py` (about a minute); `--json` prints the figures for a machine.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from saem.lib.sandbox import Job, LocalSandbox, Outcome, Role, Source

TRIVIAL = "print(1)"
FIT = """
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
X, y = load_iris(return_X_y=True)
print(LogisticRegression(max_iter=200).fit(X[::2], y[::2]).score(X[1::2], y[1::2]))
"""
ANSWER = """
import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
X, y = load_iris(return_X_y=True)
np.save("answer.npy", LogisticRegression(max_iter=200).fit(X[::2], y[::2]).predict(X[1::2]))
"""
TRIVIAL_ANSWER = """
import numpy as np
np.save("answer.npy", np.arange(75) // 25)
"""
CHECK = """
import numpy as np
answer = np.load("answer.npy", allow_pickle=False)
hidden = np.load("hidden.npy", allow_pickle=False)
print((answer == hidden).mean() if answer.shape == hidden.shape else 0)
"""
HIDDEN = """
import numpy as np
from sklearn.datasets import load_iris
np.save("hidden.npy", load_iris().target[1::2])
"""
COURSE_IMPORTS = "import numpy, pandas, sklearn.linear_model, sklearn.ensemble, matplotlib.pyplot"
# Students pause between submissions; the pool refills then.
PAUSE_S = 0.08


def job(code: str, **options: object) -> Job:
    return Job((Source("main.py", code),), **options)


def quantiles(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def overheads(sandbox: LocalSandbox, code: str, times: int) -> list[float]:
    found = []
    for _ in range(times):
        found.append(sandbox.run(job(code)).overhead_ms)
        time.sleep(PAUSE_S)
    return found


def verdict(sandbox: LocalSandbox, code: str, hidden: bytes) -> Outcome:
    """Two trust domains: the student's answer travels as bytes, the hidden one never meets it but in the checker."""
    answer = sandbox.run(job(code, collect=("answer.npy",)))
    files = {"answer.npy": answer.files["answer.npy"], "hidden.npy": hidden}
    return sandbox.run(job(CHECK, files=files), role=Role.CHECKER)


def verdict_overheads(sandbox: LocalSandbox, times: int) -> list[float]:
    hidden = sandbox.run(job(HIDDEN, collect=("hidden.npy",))).files["hidden.npy"]
    found = []
    for _ in range(times):
        start = time.perf_counter()
        answer = sandbox.run(job(ANSWER, collect=("answer.npy",)))
        own_ms = answer.wall_ms - answer.overhead_ms
        checked = sandbox.run(
            job(CHECK, files={"answer.npy": answer.files["answer.npy"], "hidden.npy": hidden}), role=Role.CHECKER
        )
        assert float(checked.stdout) > 0.9, checked
        found.append((time.perf_counter() - start) * 1e3 - own_ms)
        time.sleep(PAUSE_S)
    return found


def per_second(run: object, seconds: float, threads: int) -> float:
    """Back to back, no pauses, for a while; the pool's warm cells are used up first and not counted."""

    def loop(end: float) -> int:
        count = 0
        while time.perf_counter() < end:
            run()
            count += 1
        return count

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(loop, [time.perf_counter() + 1.0] * threads))
        start = time.perf_counter()
        counts = list(pool.map(loop, [start + seconds] * threads))
        return sum(counts) / (time.perf_counter() - start)


def idle_cell_megabytes() -> tuple[float, float, float, int]:
    """Private memory of the idle cells of both roles, mean and most; a zygote's own resident memory; how many cells."""
    cells, zygotes = [], []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            line = (folder / "cmdline").read_bytes()
            if b"inside.zygote" not in line or b"bwrap" in line.split(b"\0")[0] or not _is_ours(folder):
                continue
            rolled = dict(row.split(":", 1) for row in (folder / "smaps_rollup").read_text().splitlines()[1:])
            if _is_cell(folder):
                cells.append(sum(int(rolled[name].split()[0]) for name in ("Private_Clean", "Private_Dirty")) / 1024)
            else:
                zygotes.append(int(rolled["Rss"].split()[0]) / 1024)
    return statistics.mean(cells), max(cells), max(zygotes), len(cells)


def _is_cell(folder: Path) -> bool:
    """Cells are first processes of namespaces of their own, below the zygote's."""
    numbers = next(line for line in (folder / "status").read_text().splitlines() if line.startswith("NSpid:"))
    return numbers.split()[-1] == "1"


def _is_ours(folder: Path) -> bool:
    """Whether this process is an ancestor: other sandboxes may run on the machine."""
    pid = int(folder.name)
    while pid > 1:
        if pid == os.getpid():
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return False


def cold_python(code: str, times: int) -> float:
    """A new process each time, with bytecode cached as on any machine in use: anything else would flatter us."""
    found = []
    with tempfile.TemporaryDirectory() as cache:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = cache
        for _ in range(times + 1):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment)
            found.append((time.perf_counter() - start) * 1e3)
    return statistics.median(found[1:])


def cold_sandbox(times: int) -> float:
    """A process of its own that starts a sandbox for one script, as `saem run` does, from start to exit."""
    code = (
        "from saem.lib.sandbox import Job, LocalSandbox, Source\n"
        "with LocalSandbox(preload=(), warm=1) as s: s.run(Job((Source('main.py', 'print(1)'),)))"
    )
    return cold_python(code, times)


def first_run(preload: tuple[str, ...] | None) -> float:
    options = {} if preload is None else {"preload": preload}
    start = time.perf_counter()
    with LocalSandbox(warm=1, **options) as sandbox:
        sandbox.run(job(TRIVIAL))
        return (time.perf_counter() - start) * 1e3


def calibration() -> float:
    """A fixed loop, so that a busy machine shows."""
    start = time.perf_counter()
    sum(n * n for n in range(200_000))
    return (time.perf_counter() - start) * 1e3


def measure(seconds: float) -> dict[str, object]:
    figures: dict[str, object] = {}
    with LocalSandbox() as sandbox:
        sandbox.warm_up(Role.STUDENT, Role.CHECKER)
        verdict_overheads(sandbox, 5)
        figures["isolation"] = sandbox.run(job(TRIVIAL)).isolation
        time.sleep(1)
        figures["idle cell MB mean, most, zygote MB, cells"] = idle_cell_megabytes()
        figures["overhead trivial ms p50, p95"] = quantiles(overheads(sandbox, TRIVIAL, 100))
        figures["overhead sklearn fit ms p50, p95"] = quantiles(overheads(sandbox, FIT, 60))
        figures["overhead verdict in two cells ms p50, p95"] = quantiles(verdict_overheads(sandbox, 60))
        threads = len(os.sched_getaffinity(0))
        figures["trivial per second"] = per_second(lambda: sandbox.run(job(TRIVIAL)), seconds, threads)
        figures["sklearn fit per second"] = per_second(lambda: sandbox.run(job(FIT)), seconds, threads)
        hidden = sandbox.run(job(HIDDEN, collect=("hidden.npy",))).files["hidden.npy"]
        for name, code in {"trivial": TRIVIAL_ANSWER, "sklearn fit": ANSWER}.items():
            rate = per_second(lambda code=code: verdict(sandbox, code, hidden), seconds, threads)  # type: ignore[misc]
            figures[f"two-cell verdicts per second, {name}"] = rate
    figures["cold: nothing preloaded ms"] = statistics.median(first_run(()) for _ in range(5))
    figures["cold: course preloaded ms"] = first_run(None)
    figures["cold: a process that runs one script ms"] = cold_sandbox(5)
    figures["plain python -c print ms"] = cold_python(TRIVIAL, 5)
    figures["plain python, course imports ms"] = cold_python(COURSE_IMPORTS, 3)
    return figures


def describe_machine() -> dict[str, object]:
    model = next(
        (
            row.partition(":")[2].strip()
            for row in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in row
        ),
        platform.machine(),
    )
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{model}, {len(os.sched_getaffinity(0))} cores",
        "software": f"Linux {platform.release()}, Python {platform.python_version()}",
        "load before": os.getloadavg()[0],
        "calibration ms": calibration(),
    }


def shown(value: object) -> str:
    if isinstance(value, tuple):
        return "  ".join(shown(each) for each in value)
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each throughput loop runs")
    arguments = parser.parse_args()
    figures = {**describe_machine(), **measure(arguments.seconds)}
    plain, (median, _) = figures["plain python, course imports ms"], figures["overhead trivial ms p50, p95"]
    figures["warm cell is faster than cold Python by"] = plain / median
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        print(f"{name:45} {shown(value)}")


if __name__ == "__main__":
    main()
