"""A code item's answer in the sandbox: what it printed, and which checks it passed."""

from dataclasses import dataclass

from saem.apps.catalog.item_rehearsals import artifact_name
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import lesson_data, reference_of
from saem.apps.learning.outputs import Json, stored_output
from saem.apps.learning.runs import LIMITS, left_early
from saem.lib.content import Item
from saem.lib.content.items import CodeFile, Judged, judge_run
from saem.lib.grading import column_names, exercise_files, exercise_sources, grade_exercise
from saem.lib.sandbox import Job, Outcome, Sandbox, Source, Status

ABOVE, OWN = "setup", "answer"
# What is kept with every attempt of every student.
MAX_TEXT = 2_000


@dataclass(frozen=True)
class Tried:
    judged: Judged
    said: Json


def run_answer(version: Version, item: Item, seed: int, code: str, sandbox: Sandbox) -> Tried:
    """Run the setup, the answer and its checks. Raises SandboxError."""
    asked = item.asked
    assert isinstance(asked, CodeFile)
    files = lesson_data(version, artifact_name(item.id)) if asked.data else {}
    above = [Source(ABOVE, asked.setup)] if asked.setup.strip() else []
    own = Source(OWN, code, display=True)
    job = Job(
        sources=(*above, own, exercise_sources(asked.checks)),
        files=files,
        collect=exercise_files(asked.checks),
        limits=LIMITS,
    )
    outcome = sandbox.run(job)
    early = left_early(outcome, job)
    passed: list[str] = []
    if outcome.status == Status.OK and not early:
        reference = reference_of(version, artifact_name(item.id))[item.id]
        shown = [display for display in outcome.displays if display.source == OWN]
        results = grade_exercise(asked.checks, outcome.files, reference, sandbox=sandbox, displays=shown)
        passed = [each.id for each in results if each.status == "passed"]
    return Tried(
        judge_run(item, seed, passed), _said(stored_output(outcome, column_names(files), left_early=early), outcome)
    )


def _said(output: Json, outcome: Outcome) -> Json:
    fault = output["fault"]
    if fault is None and outcome.status != Status.OK:
        fault = {"code": f"learning.{outcome.status.value}", "params": {}, "line": None}
    kept = {key: fault[key] for key in ("code", "params", "line")} if fault else None
    return {"text": output["text"][:MAX_TEXT], "fault": kept}
