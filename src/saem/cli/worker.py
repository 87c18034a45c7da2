"""`saem worker`: takes jobs from the database and does them."""

import click

from saem.apps.jobs.worker import run_until_signalled


@click.command("worker")
@click.option("--capability", multiple=True, default=("cpu",), show_default=True, help="Which jobs to take.")
def worker_command(capability: tuple[str, ...]) -> None:
    """Grade submissions and do other queued work until stopped."""
    run_until_signalled(capability)
