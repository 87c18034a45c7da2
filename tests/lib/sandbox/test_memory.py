"""Control groups of both versions, on folders that look like them."""

import os
from pathlib import Path

from saem.lib.sandbox.memory import MemoryGroup, MemoryGroups


def folder_with(path: Path, **files: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text)
    return path


def test_version_2(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        memory__max="max",
        memory__swap__max="max",
        memory__oom__group="0",
        memory__events="oom 0\noom_kill 3\n",
    )
    group = MemoryGroup(folder)
    group.attach(42)
    group.limit(64)
    assert (folder / "cgroup.procs").read_text() == "42"
    assert (folder / "memory.max").read_text() == str(64 << 20)
    assert (folder / "memory.swap.max").read_text() == "0"
    assert (folder / "memory.oom.group").read_text() == "1"
    assert not group.ran_out()
    (folder / "memory.events").write_text("oom 1\noom_kill 4\n")
    assert group.ran_out()
    group.attach(43)
    assert not group.ran_out()


def test_version_1(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, memory__oom_control="under_oom 0\noom_kill 0\n", memory__memsw__limit_in_bytes="0")
    group = MemoryGroup(folder)
    group.limit(10)
    assert (folder / "memory.limit_in_bytes").read_text() == str(10 << 20)
    assert (folder / "memory.memsw.limit_in_bytes").read_text() == str(10 << 20)
    (folder / "memory.oom_control").write_text("oom_kill 1\n")
    assert group.ran_out()


def test_groups_are_lent_again(tmp_path: Path) -> None:
    groups = MemoryGroups(tmp_path)
    first, second = groups.take("student"), groups.take("student")
    groups.give_back(first)
    assert groups.take("checker") not in (first, second), "with another limit, as a rule"
    assert groups.take("student") is first
    assert first.folder != second.folder
    groups.close()
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_a_killed_server_go(tmp_path: Path) -> None:
    dead = folder_with(tmp_path / "saem-999999999-abc" / "0").parent
    living = folder_with(tmp_path / f"saem-{os.getppid()}-abc" / "0").parent
    other = folder_with(tmp_path / "saem-host")
    MemoryGroups(tmp_path).close()
    assert not dead.exists()
    assert living.exists()
    assert other.exists()
