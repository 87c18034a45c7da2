"""What an answer to an item is worth, found out outside any transaction: judged at once, or run in the sandbox."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.learning.claims import claimed
from saem.apps.learning.practice.coding import run_answer
from saem.apps.learning.practice.queries import Bench
from saem.lib.content import Item
from saem.lib.content.codes import Code
from saem.lib.content.items import Judged, judge
from saem.lib.sandbox import SandboxError

log = logging.getLogger(__name__)

BUSY, UNAVAILABLE = "practice.busy", "practice.unavailable"
# Beside the fields of a form, under this name, an attempt keeps what the run of its code said.
RUN = "run"


@dataclass(frozen=True)
class Judging:
    """Either what an answer is worth and what its code said, or the code of why that could not be found out now."""

    judged: Judged | None = None
    notice: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    def kept(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What an attempt keeps: what was sent, and what its code said."""
        return {**fields, RUN: self.said} if self.said else dict(fields)


def judged_answer(bench: Bench, item: Item, seed: int, fields: Mapping[str, Any]) -> Judging:
    """What an answer is worth; code is run."""
    judged = judge(item, seed, fields)
    if judged.reason != Code.ANSWER_NEEDS_RUN:
        return Judging(judged)
    with claimed(bench.enrolment) as is_ours:
        if not is_ours:
            return Judging(notice=BUSY)
        try:
            tried = run_answer(bench.version, item, seed, fields["answer"][-1], site_sandbox())
        except SandboxError:
            log.exception("the sandbox could not run an answer")
            return Judging(notice=UNAVAILABLE)
    return Judging(tried.judged, said=tried.said)
