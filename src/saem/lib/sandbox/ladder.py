"""The rungs of isolation: which ways of starting to try, and how weak is too weak.

A  namespaces, seccomp, landlock and a control group: memory is exact, children and files included
B  the same without a control group: one process per job, memory bounded by closing every uncounted kind
C  no user namespaces: seccomp, landlock and limits; for a machine or container that does nothing else
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from saem.lib.sandbox import memory, zygotes
from saem.lib.sandbox.errors import IsolationTooWeak, SandboxUnavailable
from saem.lib.sandbox.inside import landlock
from saem.lib.sandbox.memory import MemoryGroups
from saem.lib.sandbox.view import View
from saem.lib.sandbox.zygotes import Plan, Zygote

Rung = Literal["A", "B", "C"]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the operator configured. `rung` insists on one; otherwise the strongest that works is taken."""

    minimum: Rung = "C"
    rung: Rung | None = None
    user: str | None = "nobody"
    cgroup: Path | None = None


def plans(wish: Wish) -> tuple[Plan, ...]:
    """Ways to start, strongest first. Root becomes `wish.user` first wherever that works."""
    user = _ids_of(wish.user) if os.geteuid() == 0 and wish.user else None
    inside = [Plan(namespaces=True, user=user)]
    if user is not None:
        inside.append(Plan(namespaces=True, user=None))
    bare = [Plan(namespaces=False, user=user)]
    if wish.rung is not None:
        return tuple(bare if wish.rung == "C" else inside)
    return tuple(inside + (bare if wish.minimum == "C" else []))


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


def start(view_for: dict[bool, View], preload: tuple[str, ...], wish: Wish, *, exact_memory: bool) -> Zygote:
    """Start on the strongest rung that works.

    Raises IsolationTooWeak below the minimum, SandboxUnavailable when nothing works at all.
    """
    strongest: Rung = "A" if exact_memory else "B"
    if strongest > (wish.rung or wish.minimum):
        raise IsolationTooWeak(_too_weak(strongest, wish))
    complaints: list[str] = []
    for plan in plans(wish):
        try:
            zygote = zygotes.start(view_for[plan.namespaces], plan, preload)
        except SandboxUnavailable as error:
            complaints.append(str(error))
            continue
        if plan.namespaces or zygote.landlock >= landlock.SCOPES_ABI:
            return zygote
        zygote.stop()
        complaints.append("landlock is too old for running without namespaces")
    said = "; ".join(dict.fromkeys(complaints))
    if (wish.rung or wish.minimum) != "C":
        raise IsolationTooWeak(f"{_too_weak('C', wish)}: {said}")
    raise SandboxUnavailable(said)


def _too_weak(found: Rung, wish: Wish) -> str:
    return (
        f"this machine isolates no better than rung {found}, and rung {wish.rung or wish.minimum} is the least "
        "that is allowed; `saem doctor` says what to do"
    )
