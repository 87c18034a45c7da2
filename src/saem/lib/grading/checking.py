"""Asks the checker's cell: a task and bytes in, an answer out. The worker itself parses nothing of a student's."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from saem.lib.grading.checkers import ANSWER, TASK
from saem.lib.grading.checkers.author import CURRENT
from saem.lib.grading.checkers.bundle import BUNDLE, pack
from saem.lib.sandbox import COURSE, SKLEARN, Job, Limits, Outcome, Role, Sandbox, Source, Status

# The disk is the default one, because only cells of the default shape are kept warm; large tables get a larger one.
LIMITS = Limits(wall_s=20.0, cpu_s=20.0, memory_mb=1536)
LARGE = replace(LIMITS, file_mb=128, disk_mb=400)
SMALL_BYTES = 40 * 2**20
# To import these anew takes a second; a cell that has them at hand costs all others twice as much.
USES_MODELS = re.compile(r"^\s*(?:from|import)\s+(?:sklearn|scipy)\b", re.MULTILINE)

ASK = Source("<checker>", "from pathlib import Path\nimport checkers\ncheckers.run(Path())\n")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`body` is None when the cell ended without one; `outcome` then tells how, `check` in which author's check."""

    body: Mapping[str, Any] | None
    outcome: Outcome
    check: str = ""

    @property
    def files(self) -> Mapping[str, bytes]:
        return self.outcome.files


def ask_about_answers(
    task: Mapping[str, Any],
    answers: Mapping[str, bytes],
    *,
    sandbox: Sandbox,
    files: Mapping[str, bytes] | None = None,
    collect: tuple[str, ...] = (),
) -> Answer:
    """Run a task of the kind "notebook": `answers` go along in one file, `files` are for the author's code."""
    return ask({**task, "kind": "notebook"}, {**(files or {}), BUNDLE: pack(answers)}, sandbox=sandbox, collect=collect)


def ask(
    task: Mapping[str, Any], files: Mapping[str, bytes], *, sandbox: Sandbox, collect: tuple[str, ...] = ()
) -> Answer:
    """Run one task of `checkers.KINDS`. Raises SandboxError when there is no sandbox to run it."""
    laid = {**files, TASK: json.dumps(task).encode()}
    wanted = (ANSWER, CURRENT, *collect)
    limits = LIMITS if sum(map(len, laid.values())) <= SMALL_BYTES else LARGE
    flavour = SKLEARN if USES_MODELS.search(str(task.get("checks_code", ""))) else COURSE
    job = Job((ASK,), laid, wanted, limits, flavour=flavour)
    outcome = sandbox.run(job, role=Role.CHECKER)
    if outcome.fault is not None and outcome.fault.type == "ModuleNotFoundError" and ANSWER not in outcome.files:
        # A checker's zygote that has no `saem.lib`: the package comes along as files.
        outcome = sandbox.run(replace(job, files={**laid, **_package()}), role=Role.CHECKER)
    return Answer(
        body=_body(outcome),
        outcome=outcome,
        check=outcome.files.get(CURRENT, b"").decode("utf-8", "replace"),
    )


def _body(outcome: Outcome) -> Mapping[str, Any] | None:
    if outcome.status != Status.OK or ANSWER not in outcome.files:
        return None
    body = json.loads(outcome.files[ANSWER])
    return body if isinstance(body, dict) else None


def _package() -> dict[str, bytes]:
    folder = resources.files("saem.lib.grading.checkers")
    return {f"checkers/{file.name}": file.read_bytes() for file in folder.iterdir() if file.name.endswith(".py")}
