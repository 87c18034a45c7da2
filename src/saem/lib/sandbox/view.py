"""What a zygote can see: bubblewrap's arguments, and the same list for landlock."""

import os
from dataclasses import dataclass
from pathlib import Path

from saem.lib.sandbox.interpreter import Interpreter
from saem.lib.sandbox.jobs import Role

HARNESS = Path(__file__).parent / "inside"
LIBRARY = Path(__file__).parent.parent
PACKAGE = LIBRARY.parent

_HARNESS_TARGET = "/sbx/inside"
_LIBRARY_TARGET = "/opt/saem"
_FONTS_TARGET = "/opt/fonts"
_SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/bin", "/usr/share/zoneinfo", "/usr/share/fonts")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives")
_DEVICES = ("null", "urandom", "random")
_LINKS = {"/lib": "usr/lib", "/lib64": "usr/lib64", "/lib32": "usr/lib32", "/bin": "usr/bin"}

ENVIRONMENT = {
    "PATH": "/usr/bin",
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp",
    # One thread: a fork copies no other, and two cores share many cells.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    # An arena for each thread would reserve more address space than a job has.
    "MALLOC_ARENA_MAX": "2",
    "LOKY_MAX_CPU_COUNT": "1",
    "JOBLIB_MULTIPROCESSING": "0",
    # Every fork shares the seed anyway; a known one makes grading repeatable.
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True, kw_only=True)
class View:
    """The read-only world of one zygote. With `namespaces` false nothing is mounted: paths stay as they are."""

    interpreter: Interpreter
    role: Role
    fonts: Path | None
    namespaces: bool

    @property
    def harness_root(self) -> str:
        return str(Path(_HARNESS_TARGET).parent) if self.namespaces else str(HARNESS.parent)

    @property
    def library_path(self) -> tuple[str, ...]:
        """Where the checker's zygote may import `saem.lib` from; the student's has no such place.

        What checks is importable by itself, too: all that `saem.lib.grading` imports would be forked with every check.
        """
        if self.role != Role.CHECKER:  # anything that is not plainly the checker sees nothing
            return ()
        root = _LIBRARY_TARGET if self.namespaces else str(PACKAGE.parent)
        return (root, f"{root}/saem/lib/grading")

    @property
    def fonts_path(self) -> str | None:
        if self.fonts is None:
            return None
        return _FONTS_TARGET if self.namespaces else str(self.fonts)

    @property
    def readable(self) -> tuple[str, ...]:
        """What cells may read besides the system, for landlock."""
        paths = [*self.interpreter.folders()]
        if self.fonts_path:
            paths.append(self.fonts_path)
        if self.role == Role.CHECKER:
            root = self.library_path[0]
            paths += [f"{root}/saem/__init__.py", f"{root}/saem/lib"]
        return tuple(paths)

    @property
    def covers_tmp(self) -> bool:
        """Whether a cell may put its own folder over /tmp: not where the interpreter lives below it."""
        return not any(path.startswith("/tmp/") for path in self.readable)

    def sources(self) -> tuple[str, ...]:
        """Every path outside that has to be reachable for the user who starts the zygote."""
        own = [str(HARNESS), *self.interpreter.folders()]
        if self.fonts is not None:
            own.append(str(self.fonts))
        if self.role == Role.CHECKER:
            own += [str(PACKAGE / "__init__.py"), str(LIBRARY)]
        return tuple(own)

    def bubblewrap(self, program: str) -> list[str]:
        """The bubblewrap command up to the program to run inside."""
        return [program, *_NAMESPACES, *self._system(), *self._own(), *self._hidden(), "--remount-ro", "/"]

    def _system(self) -> list[str]:
        arguments: list[str] = []
        for path in (*_SYSTEM, *_SETTINGS):
            arguments += ["--ro-bind-try", path, path]
        for link, target in _LINKS.items():
            if Path(link).is_symlink():
                arguments += ["--symlink", target, link]
            else:
                arguments += ["--ro-bind-try", link, link]
        # `--dev` would make bubblewrap nest a user namespace, and then cells could not come back from theirs.
        arguments += ["--proc", "/proc", "--tmpfs", "/dev", "--dir", "/dev/shm"]
        for device in _DEVICES:
            arguments += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
        return [*arguments, "--tmpfs", "/tmp", "--dir", "/box"]

    def _own(self) -> list[str]:
        arguments = ["--ro-bind", str(HARNESS), _HARNESS_TARGET]
        for path in self.interpreter.folders():
            if not any(path == place or path.startswith(f"{place}/") for place in _SYSTEM):
                arguments += ["--ro-bind", path, path]
        if self.fonts is not None:
            arguments += ["--ro-bind", str(self.fonts), _FONTS_TARGET]
        if self.role == Role.CHECKER:
            arguments += ["--ro-bind", str(PACKAGE / "__init__.py"), f"{_LIBRARY_TARGET}/saem/__init__.py"]
            arguments += ["--ro-bind", str(LIBRARY), f"{_LIBRARY_TARGET}/saem/lib"]
        return arguments

    def _hidden(self) -> list[str]:
        # Installed as a wheel, the site's own code lies among the libraries that students may import.
        shown = (*_SYSTEM, *self.interpreter.folders())
        if any(str(PACKAGE).startswith(f"{path}/") for path in shown):
            return ["--tmpfs", str(PACKAGE)]
        return []


_NAMESPACES = (
    *("--unshare-user", "--uid", "1000", "--gid", "1000", "--unshare-pid", "--unshare-net", "--unshare-ipc"),
    *("--unshare-uts", "--unshare-cgroup-try", "--hostname", "saem", "--die-with-parent", "--new-session"),
    *("--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"),
)


def environment() -> dict[str, str]:
    """The whole environment of a zygote: nothing of the server's is passed on but the time zone."""
    zone = os.environ.get("TZ")
    return {**ENVIRONMENT, **({"TZ": zone} if zone else {})}
