"""The one seam other rooms use: local zygotes and a remote daemon are the same thing to them."""

from typing import Protocol

from saem.lib.sandbox.jobs import Job, Outcome, Role


class Sandbox(Protocol):
    """Runs untrusted Python. All methods may be called from many threads.

    Raises SandboxError (see its tree) for the platform's own failures only.
    """

    def run(self, job: Job, *, role: Role = Role.STUDENT) -> Outcome:
        """Run a job in a process of its own that dies afterwards."""

    def run_in_session(self, key: str, job: Job, *, prelude: Job | None = None) -> Outcome:
        """Run a job in the process kept alive under `key`; names and files of earlier runs are still there.

        `prelude` runs first, silently, only when the session is new. A timeout, memory or output kill, or
        a crash, ends the session.
        """

    def close_session(self, key: str) -> None:
        """End a session; unknown keys are fine."""

    def close(self) -> None:
        """End every process this sandbox started."""
