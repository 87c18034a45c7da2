"""The one entry point, `saem`: authors and operators live in it."""

from importlib import import_module

import click

# Command → the module that holds it. Loaded when asked for, so that `saem run` does not wait for Django.
COMMANDS = {
    "run": "saem.cli.run",
    "grade": "saem.cli.grade",
    "check": "saem.cli.check",
    "publish": "saem.cli.publish",
    "demo": "saem.cli.demo",
    "serve": "saem.cli.serve",
    "worker": "saem.cli.worker",
    "sandbox": "saem.cli.sandbox",
    "doctor": "saem.cli.doctor",
    "backup": "saem.cli.backup",
    "restore": "saem.cli.backup",
    "manage": "saem.cli.manage",
}


class Rooms(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(COMMANDS[name])
        command: click.Command = getattr(module, "command", None) or getattr(module, name)
        return command


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Saem (샘): programs, lessons, projects and verdicts for schools.

    Exit codes: 0 done; 1 the thing checked is wrong; 2 used wrongly.
    """
