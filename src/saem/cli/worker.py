"""`saem worker`: takes jobs from the database and does them."""

import click

from saem.apps.jobs.worker import main as work
from saem.cli.site import prepare_site


@click.command
@click.option("--capability", multiple=True, default=("cpu",), show_default=True, help="Which jobs to take.")
def command(capability: tuple[str, ...]) -> None:
    """Grade submissions and do other queued work until stopped."""
    prepare_site()
    work(capability)
