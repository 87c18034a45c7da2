"""A program that ships, out as QTI and in again."""

import shutil
from pathlib import Path

from saem.lib.content import load
from saem.lib.content.archive import zipped
from saem.lib.content.exchange import export_items, import_items
from saem.lib.content.exchange.qti.registry import WRITERS

PROGRAM = Path(__file__).resolve().parents[5] / "programs" / "rain-tomorrow"


def test_a_program_that_ships_comes_back_and_is_sound(tmp_path: Path) -> None:
    program = load(PROGRAM).program
    assert program is not None
    out = export_items(program, PROGRAM)
    back = import_items("items.zip", zipped(out.files.items()))
    assert back.problems == ()
    again = tmp_path / PROGRAM.name
    shutil.copytree(PROGRAM, again, ignore=lambda folder, _: ["items"] if folder == str(PROGRAM) else [])
    for name, data in back.files.items():
        (again / name).parent.mkdir(exist_ok=True)
        (again / name).write_bytes(data)
    loaded = load(again)
    assert loaded.program is not None, loaded.problems
    assert len(loaded.program.items) == sum(item.kind in WRITERS for item in program.items.values())
