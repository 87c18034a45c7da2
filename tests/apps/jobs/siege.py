"""A site of its own for the kill test: fresh database, migrated, besieged, reported on."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgresql import PrivateServer

ROOT = Path(__file__).resolve().parents[3]
BROKERS = {"celery-redis": "redis", "celery-rabbitmq": "rabbitmq"}
ENGINES = ("local", *BROKERS, "https")


@contextmanager
def besieged_site(database: str) -> Iterator[dict[str, str]]:
    """The environment of a new site on `sqlite` or `postgresql`."""
    with tempfile.TemporaryDirectory(prefix="saem-kill-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        home.chmod(0o755)
        site = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "saem.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "SAEM_HOME": name,
            "SAEM_SECRET_KEY": "only-for-the-kill-test",
            "SAEM_LOG_LEVEL": "CRITICAL",
            "SAEM_DATABASE_URL": f"sqlite:///{name}/site.sqlite3",
        }
        if database != "postgresql":
            yield site
            return
        server = PrivateServer.start(home / "postgresql")
        try:
            yield {**site, "SAEM_DATABASE_URL": server.url, "SAEM_KILL_POSTGRESQL": str(server.folder)}
        finally:
            server.stop()


def besiege(database: str, engine: str, *, kills: int, seconds: float) -> dict[str, Any]:
    """Run the siege in processes of its own and return its report."""
    with besieged_site(database) as site:
        python = [sys.executable, "-W", "ignore", "-m"]
        subprocess.run([*python, "django", "migrate", "--skip-checks", "-v0"], env=site, cwd=ROOT, check=True)
        command = [*python, "tests.apps.jobs.killing", "control", "--engine", engine]
        command += ["--kills", str(kills), "--seconds", str(seconds)]
        ended = subprocess.run(command, env=site, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    report: dict[str, Any] = json.loads(ended.stdout)
    return report
