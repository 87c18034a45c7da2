"""`saem lottery FILE`: run a published draw again, on any machine, without a site."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from saem.lib.selection.lottery import Draw, Replay, replay


def read_draw(text: str) -> tuple[Draw, list[str], str]:
    """The draw, its published order and its commitment. Raises click.UsageError for what is no published draw."""
    try:
        data: Any = json.loads(text)
    except ValueError as wrong:
        raise click.UsageError("The file is no JSON.") from wrong
    if not isinstance(data, Mapping) or not isinstance(data.get("order"), list):
        raise click.UsageError("The file holds no draw yet: it is published after the deadline.")
    texts = [data.get(name) for name in ("secret", "public_value", "commitment")]
    if not all(isinstance(one, str) for one in [*texts, *data["order"]]):
        raise click.UsageError("The file is no published draw.")
    return Draw(str(texts[0]), str(texts[1])), list(data["order"]), str(texts[2])


def words_of(found: Replay, places: int) -> str:
    if not found.is_as_committed:
        return "The secret is not the one that was promised before the draw."
    if found.first_difference is not None:
        return f"The order differs from place {found.first_difference} on."
    return f"All {places} places come out as they were published."


@click.command("lottery")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def lottery_command(file: Path, *, as_json: bool) -> None:
    """Run the draw in FILE again (`lottery-….json` from the public page) and say whether it comes out the same."""
    draw, order, commitment = read_draw(file.read_text(encoding="utf-8"))
    found = replay(draw, order, commitment)
    click.echo(json.dumps({**asdict(found), "agrees": found.agrees}) if as_json else words_of(found, len(order)))
    sys.exit(0 if found.agrees else 1)
