"""A private Redis or RabbitMQ in a folder of its own, on a loopback port, owned by an ordinary user, killed at will."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgresql import ordinary_user

RABBIT_PROGRAMS = Path("/usr/lib/rabbitmq/bin")
START_S = 60.0


def missing(kind: str) -> str:
    """Why a broker of this kind cannot be started here; empty where it can."""
    if kind == "redis":
        return "" if shutil.which("redis-server") else "no Redis is installed (`apt-get install redis-server`)"
    there = (RABBIT_PROGRAMS / "rabbitmq-server").exists()
    return "" if there else "no RabbitMQ is installed (`apt-get install rabbitmq-server`)"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class PrivateBroker:
    """A broker's process; `url` is what SAEM_BROKER_URL takes. It keeps its port through kills."""

    kind: str
    folder: Path
    port: int
    spare_port: int
    names_port: int
    process: subprocess.Popen[bytes] | None = None
    cookie: str = field(default_factory=lambda: secrets.token_hex(10))

    @property
    def url(self) -> str:
        return (
            f"redis://127.0.0.1:{self.port}/0"
            if self.kind == "redis"
            else f"amqp://guest:guest@127.0.0.1:{self.port}//"
        )

    def begin(self) -> None:
        """Start it, without waiting until it answers."""
        command = self._redis() if self.kind == "redis" else self._rabbitmq()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                user=ordinary_user(),
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def await_answer(self) -> None:
        deadline = time.monotonic() + START_S
        while not self.answers():
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                raise SystemExit(f"{self.kind} does not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether it speaks its protocol."""
        hello, expected = (
            (b"PING\r\n", b"+PONG") if self.kind == "redis" else (b"AMQP\x00\x00\x09\x01", b"\x01\x00\x00")
        )
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            line.settimeout(1)
            line.sendall(hello)
            return line.recv(16).startswith(expected)
        return False

    def kill(self) -> None:
        """SIGKILL to everything that it is made of."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _rabbitmq(self) -> list[str]:
        # Erlang would begin a name server that outlives us; it finds this one instead, which dies with the broker.
        names = f"epmd -port {self.names_port} -address 127.0.0.1"
        return ["/bin/sh", "-c", f"{names} & exec {RABBIT_PROGRAMS / 'rabbitmq-server'}"]

    def _redis(self) -> list[str]:
        return [
            *("redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)),
            *("--appendonly", "yes", "--save", ""),
        ]

    def _environment(self) -> dict[str, str]:
        here = str(self.folder)
        return {
            "PATH": f"{RABBIT_PROGRAMS}:/usr/sbin:{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "HOME": here,
            "RABBITMQ_NODENAME": f"saem{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.spare_port),
            "RABBITMQ_MNESIA_BASE": here,
            "RABBITMQ_LOG_BASE": here,
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{here}/plugins",
            "RABBITMQ_CONF_ENV_FILE": f"{here}/none",
            "RABBITMQ_PID_FILE": f"{here}/pid",
            "ERL_EPMD_PORT": str(self.names_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                f"-start_epmd false -erl_epmd_port {self.spare_port} -setcookie {self.cookie}"
            ),
        }


@contextlib.contextmanager
def private_broker(kind: str) -> Iterator[PrivateBroker]:
    """A running broker, ended with the block."""
    with tempfile.TemporaryDirectory(prefix="saem-broker-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "home"
        folder.mkdir()
        user = ordinary_user()
        if user is not None:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        broker = PrivateBroker(kind, folder, *(free_port() for _ in range(3)))
        try:
            broker.begin()
            broker.await_answer()
            yield broker
        finally:
            broker.kill()
