"""`saem worker`: takes jobs and does them, with the site's database or over HTTPS without it."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import click

from saem.cli.own_sandbox import own_sandbox
from saem.cli.site import prepare_site
from saem.lib.fleet import KeyRefusedError, SiteQueue, Stopping, Waiter, Work, Worker, worker_name
from saem.lib.fleet.site import InsecureSiteError
from saem.lib.grading.shipping import Grader
from saem.lib.sandbox import RemoteSandbox, Sandbox, SandboxUnavailable


@click.command("worker")
@click.option("--capability", multiple=True, default=("cpu",), show_default=True, help="Which jobs to take.")
@click.option("--engine", type=click.Choice(["local", "celery"]), help="What wakes the worker [SAEM_JOB_ENGINE].")
@click.option("--site", help="Take jobs from this site over HTTPS, without its database.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with this machine's key; an operator makes it at /operate/keys/.",
)
def worker_command(capability: tuple[str, ...], engine: str | None, site: str | None, token_file: Path | None) -> None:
    """Grade submissions and do other queued work until stopped."""
    if engine:
        os.environ["SAEM_JOB_ENGINE"] = engine
    if site is None:
        prepare_site()
        # Only now can Django's models be imported, and a worker host never does.
        import_module("saem.apps.jobs.worker").run_until_signalled(capability)
    elif token_file is None:
        raise click.UsageError("--site needs --token-file")
    else:
        serve_site(site, token_file.read_text().strip(), capability)


def serve_site(site: str, key: str, capabilities: tuple[str, ...]) -> None:
    """Be a worker host: no database, no key of the site; student code runs in this machine's sandbox."""
    stopping = Stopping()
    with ExitStack() as ending:
        grading = Work(perform=Grader(cache(partial(sandbox_of, ending))), unavailable=(SandboxUnavailable,))
        works = {"grade": grading, "regrade": grading}
        try:
            queue = SiteQueue(
                site=site,
                key=key,
                name=worker_name(),
                capabilities=capabilities,
                kinds=list(works),
                new_waiter=broker_waiter(capabilities),
            )
        except InsecureSiteError as error:
            raise click.UsageError(f"the key may travel over HTTPS only, not to {site}") from error
        stopping.listen()
        try:
            Worker(queue, work_named=works.get, stopping=stopping).run()
        except KeyRefusedError as refused:
            click.echo(
                f"saem worker: the key was refused ({refused}). An operator makes keys at /operate/keys/.", err=True
            )
            sys.exit(1)


def works_with(sandbox: Callable[[], Sandbox]) -> dict[str, Work]:
    """What a worker host can do. A job whose whole work is writing asks it only for the word to go on."""
    grading = Work(perform=Grader(sandbox), unavailable=(SandboxUnavailable,))
    return {"grade": grading, "regrade": grading, "regrade.apply": Work(perform=lambda _parcel, _supply: b"")}


def sandbox_of(ending: ExitStack) -> Sandbox:
    """The machine's sandbox daemon where SAEM_SANDBOX_SOCKET names one, else a sandbox of this process's own."""
    socket = os.environ.get("SAEM_SANDBOX_SOCKET", "")
    return RemoteSandbox(Path(socket)) if socket else ending.enter_context(own_sandbox())


def broker_waiter(capabilities: tuple[str, ...]) -> Callable[[], Waiter] | None:
    """With the Celery engine the broker wakes this worker, and no question for work stays open at the site."""
    if os.environ.get("SAEM_JOB_ENGINE", "local") != "celery":
        return None
    url = os.environ.get("SAEM_BROKER_URL", "")
    if not url:
        raise click.UsageError("the Celery engine needs SAEM_BROKER_URL")
    # Clients of brokers are installed only where there is one.
    waiter: Waiter = import_module("saem.lib.fleet.broker").BrokerWaiter(url, capabilities)
    return lambda: waiter
