"""`saem run FILE.py`: one script in the sandbox, from a cold start."""

import json
import sys
from pathlib import Path

import click

from saem.cli.own_sandbox import own_sandbox
from saem.lib.sandbox import SandboxError, preload_for, run_file


@click.command("run")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def run_command(file: Path, *, as_json: bool) -> None:
    """Run FILE in the sandbox, without network, and print what came of it."""
    try:
        # One script needs one cell, and of the course only what it imports.
        with own_sandbox(preload=preload_for(file.read_text(errors="replace")), warm=1) as sandbox:
            outcome = run_file(file, sandbox)
    except SandboxError as error:
        click.echo(f"saem run: the sandbox does not start here: {error}. `saem doctor` says why.", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(outcome, ensure_ascii=False))
    else:
        click.echo(outcome["stdout"], nl=False)
        click.echo(outcome["stderr"], nl=False, err=True)
        click.echo(f"[{outcome['status']}, {outcome['wall_ms']:.0f} ms, isolation {outcome['isolation']}]", err=True)
    sys.exit(0 if outcome["status"] == "ok" else 1)
