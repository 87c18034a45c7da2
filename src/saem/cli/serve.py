"""`saem serve`: the web server, the sandbox and the job workers of one machine, under one roof."""

import os
import sys

import click
from django.conf import settings

from saem.cli.processes import Child, Supervisor, saem_command
from saem.cli.site import prepare_database

SECRETS = {"SAEM_SECRET_KEY", "SAEM_DATABASE_URL", "SAEM_BROKER_URL", "SAEM_METRICS_TOKEN", "SAEM_EMAIL_PASSWORD"}
DEFAULT_ADDRESS = "127.0.0.1:8000"


def web_command(address: str, processes: int) -> list[str]:
    """The web server: threads, because a request that runs a cell waits for it without using the processor."""
    return [
        *(sys.executable, "-m", "gunicorn", "saem.wsgi:application", "--bind", address),
        *("--worker-class", "gthread", "--workers", str(processes), "--threads", "12"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000", "--timeout", "60", "--graceful-timeout", "15"),
        "--no-control-socket",
        # Heartbeat files in memory: on a slow disk a busy worker would look dead.
        *("--worker-tmp-dir", "/dev/shm"),  # noqa: S108  # gunicorn makes unguessable names there
    ]


def children(*, address: str, web_processes: int, workers: int) -> list[Child]:
    environment = dict(os.environ)
    # What student code touches is started without the site's secrets.
    bare = {name: value for name, value in environment.items() if name not in SECRETS}
    return [
        Child("sandbox", saem_command("sandbox"), bare),
        *(Child(f"worker-{number}", saem_command("worker"), environment) for number in range(1, workers + 1)),
        Child("web", web_command(address, web_processes), environment),
    ]


@click.command("serve")
@click.option("--address", default=DEFAULT_ADDRESS, show_default=True, help="Where to listen.")
@click.option("--web-processes", default=2, show_default=True, help="Web server processes (12 threads each).")
@click.option(
    "--workers", default=2, show_default=True, help="Job workers on this machine; 0 where others do the work."
)
def serve_command(address: str, web_processes: int, workers: int) -> None:
    """Serve the site, with its sandbox and workers, until stopped."""
    prepare_database()
    click.echo(f"Saem is on http://{address}  (home: {settings.HOME})")
    Supervisor(children(address=address, web_processes=web_processes, workers=workers)).run()
