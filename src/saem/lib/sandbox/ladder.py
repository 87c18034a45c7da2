"""The rungs of isolation: which ways of starting to try, and how weak is too weak.

A  namespaces, seccomp, landlock and a control group: memory is exact, children and files included
B  the same without a control group: one process per job, memory bounded by closing every uncounted kind
C  no user namespaces: seccomp, landlock and limits; for a machine or container that does nothing else
"""

import os
import pwd
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from saem.lib.sandbox import memory, zygotes
from saem.lib.sandbox.cells import Cell, Rung, Shape
from saem.lib.sandbox.errors import IsolationTooWeak, SandboxUnavailable
from saem.lib.sandbox.inside import landlock
from saem.lib.sandbox.memory import MemoryGroups
from saem.lib.sandbox.view import View
from saem.lib.sandbox.zygotes import Plan, Zygote


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the operator configured. `rung` insists on one; otherwise the strongest that works is taken."""

    minimum: Rung = "C"
    rung: Rung | None = None
    user: str | None = "nobody"
    cgroup: Path | None = None


def plans(wish: Wish) -> tuple[Plan, ...]:
    """Ways to start, strongest first. Root becomes `wish.user` first wherever that works."""
    user = _ids_of(wish.user) if is_root() and wish.user else None
    inside = [Plan(namespaces=True, user=user)]
    if user is not None:
        inside.append(Plan(namespaces=True, user=None))
    bare = [Plan(namespaces=False, user=user)]
    if wish.rung is not None:
        return tuple(bare if wish.rung == "C" else inside)
    return tuple(inside + (bare if wish.minimum == "C" else []))


def is_root() -> bool:
    return os.geteuid() == 0


def _ids_of(user: str) -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(user)
    except KeyError as error:
        raise SandboxUnavailable(f"no user named {user!r}") from error
    return entry.pw_uid, entry.pw_gid


def memory_groups(wish: Wish) -> MemoryGroups | None:
    """Control groups to lend, where this machine lets us make them."""
    if wish.rung in ("B", "C"):
        return None
    parent = wish.cgroup or memory.find_parent()
    if parent is None:
        return None
    try:
        groups = MemoryGroups(parent)
        groups.give_back(groups.take())
    except OSError:
        return None
    return groups


@dataclass(frozen=True, kw_only=True)
class Started:
    """A zygote with the first cell it forked, which proves that it can."""

    plan: Plan
    zygote: Zygote
    number: int
    cell: Cell


def start(
    views: Mapping[bool, View],
    preload: tuple[str, ...],
    wish: Wish,
    *,
    shape: Shape,
    exact: bool,
    settled: Plan | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Started:
    """Start on the strongest rung that works; `views` are keyed by whether there are namespaces.

    `settled` is the plan that worked before: then no weaker one is tried, for a passing failure must not weaken us.
    `abandoned` is asked again and again while a zygote gets warm: nobody has to wait for one that nobody wants.

    Raises IsolationTooWeak below the minimum, SandboxUnavailable when nothing works at all.
    """
    least = wish.rung or wish.minimum
    strongest: Rung = "A" if exact else "B"
    if strongest > least:
        raise IsolationTooWeak(_too_weak(strongest, least))
    complaints: list[str] = []
    for plan in (settled,) if settled else plans(wish):
        try:
            return _start_one(views[plan.namespaces], plan, preload, shape, abandoned)
        except SandboxUnavailable as error:
            complaints.append(str(error))
            if abandoned():
                break
    said = "; ".join(dict.fromkeys(complaints))
    if least != "C" and settled is None:
        raise IsolationTooWeak(f"{_too_weak('C', least)}: {said}")
    raise SandboxUnavailable(said)


def _start_one(
    view: View, plan: Plan, preload: tuple[str, ...], shape: Shape, abandoned: Callable[[], bool]
) -> Started:
    if not plan.namespaces and landlock.version() < landlock.SCOPES_ABI:
        raise SandboxUnavailable("landlock is too old for running without namespaces")
    zygote = zygotes.start(view, plan, preload, abandoned)
    try:
        number, cell = zygotes.first_cell(zygote, shape)
    except SandboxUnavailable:
        zygote.stop()
        raise
    return Started(plan=plan, zygote=zygote, number=number, cell=cell)


def check_rung(cell: Cell, wish: Wish) -> None:
    """Raises IsolationTooWeak when a cell came out weaker than its zygote promised."""
    least = wish.rung or wish.minimum
    if cell.rung > least:
        raise IsolationTooWeak(_too_weak(cell.rung, least))


def _too_weak(found: Rung, least: Rung) -> str:
    return (
        f"this machine isolates no better than rung {found}, and rung {least} is the least that is allowed; "
        "`saem doctor` says what to do"
    )
