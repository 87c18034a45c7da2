"""Every table, one after the other: `python -m bench` (minutes). Each one is a command of its own, too."""

import subprocess
import sys

COMMANDS = (
    *("bench.sandbox", "bench.grading", "bench.pages", "bench.verdict", "bench.practice"),
    *("bench.gains", "bench.diagnosis"),
    "bench.content.merging",
    "bench.credentials.certificates",
    *("bench.learners.bkt", "bench.learners.irt", "bench.learners.accuracy", "bench.learners.adaptive"),
    "bench.cohorts.completion",
    "bench.cohorts.selection",
    "bench.cohorts.call",
    "bench.cohorts.declaring",
    "bench.credentials.badges",
    *(
        "bench.projects.similarity",
        "bench.projects.similarity_job",
        "bench.projects.matching",
        "bench.projects.agreement",
        "bench.projects.reviewing",
    ),
    "bench.checkin",
    "bench.awards",
)


def main() -> None:
    for name in COMMANDS:
        subprocess.run([sys.executable, "-m", name], check=True)


if __name__ == "__main__":
    main()
