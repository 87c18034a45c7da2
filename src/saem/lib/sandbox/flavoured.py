"""A sandbox whose student jobs all have one flavour: what a lesson or a project asks for reaches each of its runs."""

from dataclasses import dataclass, replace

from saem.lib.sandbox.jobs import COURSE, Job, Outcome, Role
from saem.lib.sandbox.protocol import Sandbox


def flavoured(sandbox: Sandbox, flavour: str) -> Sandbox:
    """The sandbox itself for the course's flavour. Jobs raise FlavourMissing where the machine has it not."""
    return sandbox if flavour == COURSE else _Flavoured(sandbox, flavour)


@dataclass(frozen=True)
class _Flavoured:
    sandbox: Sandbox
    flavour: str

    def run(self, job: Job, *, role: Role = Role.STUDENT) -> Outcome:
        # What a check needs is its author's affair, not that of the student's code.
        return self.sandbox.run(self._in_flavour(job) if role == Role.STUDENT else job, role=role)

    def run_in_session(self, key: str, job: Job, *, prelude: Job | None = None) -> Outcome:
        before = self._in_flavour(prelude) if prelude is not None else None
        return self.sandbox.run_in_session(key, self._in_flavour(job), prelude=before)

    def close_session(self, key: str) -> None:
        self.sandbox.close_session(key)

    def close(self) -> None:
        self.sandbox.close()

    def _in_flavour(self, job: Job) -> Job:
        return replace(job, flavour=self.flavour)
