"""`saem manage …`: Django's own commands, on this site."""

import sys

import click
from django.core.management import execute_from_command_line


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage_command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's commands (migrate, createsuperuser, shell …)."""
    execute_from_command_line([f"{sys.argv[0]} manage", *arguments])
