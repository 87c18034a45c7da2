"""Runs untrusted Python in warm, single-use, isolated processes; usable without the site."""

from saem.lib.sandbox.errors import FlavourMissing, IsolationTooWeak, JobRefused, SandboxError, SandboxUnavailable
from saem.lib.sandbox.flavoured import flavoured
from saem.lib.sandbox.flavours import SKLEARN
from saem.lib.sandbox.jobs import COURSE, Display, Fault, Frame, Job, Limits, Outcome, Role, Source, Status, Table
from saem.lib.sandbox.local import LocalSandbox
from saem.lib.sandbox.probe import Probe, Report, probe
from saem.lib.sandbox.protocol import Sandbox
from saem.lib.sandbox.remote import RemoteSandbox
from saem.lib.sandbox.run_file import preload_for, run_file

__all__ = [
    "COURSE",
    "SKLEARN",
    "Display",
    "Fault",
    "FlavourMissing",
    "Frame",
    "IsolationTooWeak",
    "Job",
    "JobRefused",
    "Limits",
    "LocalSandbox",
    "Outcome",
    "Probe",
    "RemoteSandbox",
    "Report",
    "Role",
    "Sandbox",
    "SandboxError",
    "SandboxUnavailable",
    "Source",
    "Status",
    "Table",
    "flavoured",
    "preload_for",
    "probe",
    "run_file",
]
