"""What isolation works on this machine, found by trying, with a code for each remedy."""

import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from saem.lib.sandbox import interpreter, ladder
from saem.lib.sandbox.cells import Cell, Rung, Shape
from saem.lib.sandbox.errors import SandboxError
from saem.lib.sandbox.inside import landlock, seccomp
from saem.lib.sandbox.jobs import Role
from saem.lib.sandbox.ladder import Wish
from saem.lib.sandbox.memory import MemoryGroups
from saem.lib.sandbox.view import View
from saem.lib.sandbox.zygotes import Plan

_TRY_BUBBLEWRAP = ("--unshare-user", "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "/bin/true")
_SETTINGS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "apparmor_userns"),
    ("kernel/unprivileged_userns_clone", "0", "enable_userns_clone"),
    ("user/max_user_namespaces", "0", "raise_max_user_namespaces"),
)
_CONTAINER_MARKS = ("/.dockerenv", "/run/.containerenv")


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One thing tried. `remedy` is a code for what to do about it, empty when it works."""

    name: str
    ok: bool
    remedy: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All probes, and the rung that jobs would run on: None when untrusted code cannot run here at all."""

    rung: Rung | None
    probes: tuple[Probe, ...]


def probe(wish: Wish | None = None) -> Report:
    """Try everything; takes about a second."""
    wish = wish or Wish()
    cell, rung = _try_cell(wish)
    tried = (_try_bubblewrap(), _try_namespaces(), _try_seccomp(), _try_landlock(), _try_memory(wish))
    return Report(rung=rung, probes=(*tried, *cell))


def _try_bubblewrap() -> Probe:
    found = shutil.which("bwrap")
    return Probe(name="bubblewrap", ok=bool(found), remedy="" if found else "install_bubblewrap", detail=found or "")


def _try_namespaces() -> Probe:
    with suppress(OSError, subprocess.SubprocessError):
        command = [shutil.which("bwrap") or "bwrap", *_TRY_BUBBLEWRAP]
        done = subprocess.run(command, capture_output=True, check=False, timeout=20)
        if done.returncode == 0:
            return Probe(name="namespaces", ok=True)
        detail = done.stderr.decode(errors="replace").strip()
        return Probe(name="namespaces", ok=False, remedy=_why_no_namespaces(), detail=detail)
    return Probe(name="namespaces", ok=False, remedy="install_bubblewrap")


def _why_no_namespaces() -> str:
    for setting, value, remedy in _SETTINGS:
        with suppress(OSError):
            if Path("/proc/sys", setting).read_text().strip() == value:
                return remedy
    if any(Path(mark).exists() for mark in _CONTAINER_MARKS):
        return "container_seccomp"
    return "enable_user_namespaces"


def _try_seccomp() -> Probe:
    try:
        seccomp.compile_filter(several_processes=False)
    except OSError as error:
        return Probe(name="seccomp", ok=False, remedy="install_libseccomp", detail=str(error))
    return Probe(name="seccomp", ok=True)


def _try_landlock() -> Probe:
    version = landlock.version()
    remedy = "" if version else "kernel_without_landlock"
    return Probe(name="landlock", ok=version > 0, remedy=remedy, detail=str(version))


def _try_memory(wish: Wish) -> Probe:
    groups = ladder.memory_groups(wish)
    if groups is None:
        return Probe(name="memory_groups", ok=False, remedy="delegate_memory_group")
    groups.close()
    return Probe(name="memory_groups", ok=True)


def _try_cell(wish: Wish) -> tuple[tuple[Probe, ...], Rung | None]:
    """Start an empty zygote and let it fork one cell: the only proof that counts."""
    own = interpreter.current()
    views = {each: View(interpreter=own, role=Role.STUDENT, fonts=None, namespaces=each) for each in (True, False)}
    shape = Shape(several_processes=False, disk_mb=8)
    groups = ladder.memory_groups(wish)
    try:
        started = ladder.start(views, (), wish, shape=shape, exact=groups is not None)
        rung = _rung_of(started.cell, groups)
        started.zygote.stop()
        started.cell.close()
    except SandboxError as error:
        return (Probe(name="cell", ok=False, remedy="see_above", detail=str(error)),), None
    finally:
        if groups is not None:
            groups.close()
    return (Probe(name="cell", ok=True), _who(started.zygote.plan)), rung


def _rung_of(cell: Cell, groups: MemoryGroups | None) -> Rung:
    if groups is not None and cell.rung == "B":
        with suppress(OSError):
            cell.attach(groups.take())
            return "A"
    return cell.rung


def _who(plan: Plan) -> Probe:
    """Root that could not become somebody else still works, but one fence is missing."""
    ordinary = plan.user is not None or not ladder.is_root()
    return Probe(name="ordinary_user", ok=ordinary, remedy="" if ordinary else "interpreter_unreadable")
