"""What a zygote is shown."""

from pathlib import Path

from saem.lib.sandbox import view
from saem.lib.sandbox.interpreter import Interpreter
from saem.lib.sandbox.jobs import Role
from saem.lib.sandbox.view import HARNESS, LIBRARY, PACKAGE, View


def a_view(role: Role, *, prefix: str = "/usr", namespaces: bool = True, fonts: Path | None = None) -> View:
    python = Interpreter(executable=f"{prefix}/bin/python3", prefix=prefix, base_prefix=prefix)
    return View(interpreter=python, role=role, fonts=fonts, namespaces=namespaces)


def test_student_is_shown_the_harness_and_nothing_else_of_ours() -> None:
    command = a_view(Role.STUDENT).bubblewrap("bwrap")
    assert [part for part in command if part.startswith(str(PACKAGE))] == [str(HARNESS)]
    assert a_view(Role.STUDENT).library_path == ()


def test_checker_is_shown_the_library() -> None:
    command = a_view(Role.CHECKER).bubblewrap("bwrap")
    ours = [part for part in command if part.startswith(str(PACKAGE))]
    assert ours == [str(HARNESS), str(PACKAGE / "__init__.py"), str(LIBRARY)]


def test_installed_package_is_covered() -> None:
    inside_prefix = a_view(Role.STUDENT, prefix=str(PACKAGE.parents[1]))
    (PACKAGE.parents[1] / "lib").exists()
    hidden = [part for part in inside_prefix.bubblewrap("bwrap") if part == str(PACKAGE)]
    shown = any(str(PACKAGE).startswith(f"{path}/") for path in inside_prefix.interpreter.folders())
    assert bool(hidden) == shown


def test_own_tmp_unless_python_lives_there(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    assert a_view(Role.STUDENT).covers_tmp
    assert a_view(Role.STUDENT, prefix=str(tmp_path)).covers_tmp == (not str(tmp_path).startswith("/tmp/"))


def test_environment_passes_nothing_on(monkeypatch: object) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("TZ", "Asia/Seoul")
    found = view.environment()
    assert "SECRET_KEY" not in found
    assert found["TZ"] == "Asia/Seoul"
    assert found["OMP_NUM_THREADS"] == "1"
