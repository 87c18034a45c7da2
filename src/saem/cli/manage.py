"""`saem manage …`: Django's own commands, on this site."""

import sys

import click
from django.core.management import execute_from_command_line

from saem.cli.site import prepare_site


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's commands (migrate, createsuperuser, shell …)."""
    prepare_site()
    execute_from_command_line([f"{sys.argv[0]} manage", *arguments])
