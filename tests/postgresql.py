"""A private PostgreSQL server in a folder of its own, on a Unix socket only, owned by an ordinary user."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


def programs_folder() -> Path | None:
    """Where `initdb` and `pg_ctl` are, or None where no server is installed."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "pg_ctl").exists()), None)


def ordinary_user() -> str | None:
    """PostgreSQL refuses to run as root: who runs it instead, or None when we are not root."""
    return "nobody" if os.geteuid() == 0 else None


@dataclass(frozen=True)
class PrivateServer:
    """A running server; `url` is what SAEM_DATABASE_URL takes."""

    folder: Path
    programs: Path
    url: str

    @classmethod
    def at(cls, folder: Path) -> "PrivateServer":
        """The server of a folder, started or not."""
        programs = programs_folder()
        if programs is None:
            raise SystemExit("PostgreSQL is not installed: `apt-get install postgresql`, or run the suite on SQLite")
        return cls(folder, programs, f"postgresql://saem@localhost/saem?host={quote(str(folder), safe='')}")

    @classmethod
    def start(cls, folder: Path) -> "PrivateServer":
        server = cls.at(folder)
        user = ordinary_user()
        folder.mkdir(parents=True)
        if user is not None:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        data, log = folder / "data", folder / "log"
        server._run("initdb", "-D", data, "-U", "saem", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        # Durability is not under test: without fsync the suite is several times faster.
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60"
        server._run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        server._run("createdb", "-h", folder, "-U", "saem", "saem")
        return server

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def crash(self) -> None:
        """Kill the server as a power cut would, and start it again."""
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-m", "immediate", "restart")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command: Sequence[str] = [str(self.programs / program), *map(str, arguments)]
        result = subprocess.run(
            command,
            user=ordinary_user(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
            stdin=subprocess.DEVNULL,
        )
        if result.returncode != 0:
            raise SystemExit(f"{program} failed: {result.stderr or result.stdout}")
