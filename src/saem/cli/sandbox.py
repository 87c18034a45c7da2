"""`saem sandbox`: the sandbox as a process of its own, which the web server and the workers of a machine share."""

import os
from pathlib import Path

import click

from saem.cli.own_sandbox import sandbox_options
from saem.cli.site import home_folder
from saem.lib.sandbox.server import serve


@click.command("sandbox")
def sandbox_command() -> None:
    """Serve isolated cells on a Unix socket until stopped. Needs no database and no secret."""
    home = home_folder()
    socket = Path(os.environ.get("SAEM_SANDBOX_SOCKET", home / "run" / "sandbox.sock"))
    serve(socket, **sandbox_options())
