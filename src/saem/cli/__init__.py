"""The one entry point, `saem`: authors and operators live in it."""

import os
from dataclasses import dataclass
from importlib import import_module

import click

from saem.cli.site import prepare_site


@dataclass(frozen=True)
class Room:
    """Where a command lives, and whether Django must be ready before its module can be imported."""

    module: str
    needs_site: bool = True
    home: str = "var"


# Imported when they are named, so that `saem run` does not wait for Django.
COMMANDS = {
    "run": Room("saem.cli.run", needs_site=False),
    "grade": Room("saem.cli.grade"),
    "author": Room("saem.cli.author"),
    "new": Room("saem.cli.new", needs_site=False),
    "check": Room("saem.cli.check"),
    "publish": Room("saem.cli.publish"),
    "propose": Room("saem.cli.propose"),
    "export-program": Room("saem.cli.export_program"),
    "import-program": Room("saem.cli.import_program"),
    "demo": Room("saem.cli.demo", home="var/demo"),
    "serve": Room("saem.cli.serve"),
    "worker": Room("saem.cli.worker", needs_site=False),
    "sandbox": Room("saem.cli.sandbox", needs_site=False),
    "fit": Room("saem.cli.fit", needs_site=False),
    "lottery": Room("saem.cli.lottery", needs_site=False),
    "doctor": Room("saem.cli.doctor"),
    "keys": Room("saem.cli.keys"),
    "backup": Room("saem.cli.backup"),
    "restore": Room("saem.cli.backup"),
    "manage": Room("saem.cli.manage"),
}


class Rooms(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        room = COMMANDS.get(name)
        if room is None:
            return None
        if room.needs_site:
            os.environ.setdefault("SAEM_HOME", room.home)
            prepare_site()
        found: click.Command = getattr(import_module(room.module), f"{name.replace('-', '_')}_command")
        return found


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Saem (샘): programs, lessons, projects and verdicts for schools.

    Exit codes: 0 done; 1 the thing checked is wrong; 2 used wrongly.
    """
