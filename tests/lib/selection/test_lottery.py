"""The draw: what the guide says, run again by its own words, and fair."""

import hashlib
import re
from itertools import permutations
from pathlib import Path

import pytest

from saem.lib.selection import Draw, RepeatedError, commitment, drawn, new_secret, replay
from saem.lib.selection.lottery import key, keys
from tests.lib.selection.rulebook import DRAW

NAMES = ["A-001", "A-002", "A-003", "가-004"]
GUIDE = Path(__file__).parents[3] / "docs" / "selection.md"


def test_a_key_is_what_the_module_says() -> None:
    by_hand = hashlib.sha256(b"s\np\n" + "가-004".encode()).hexdigest()
    assert key(Draw("s", "p"), "가-004") == by_hand
    # By `printf 's\np\nA-001' | sha256sum`.
    assert key(Draw("s", "p"), "A-001") == "7dc79040a280ac699adfb159810fa385f12c90e25691667ba52fc4fc4f4445d1"


def test_the_ten_lines_of_the_guide_draw_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), flags=re.DOTALL)
    assert len(program.strip().splitlines()) <= 10
    file = tmp_path / "ids.txt"
    file.write_text("\n".join(NAMES) + "\n", encoding="utf-8")
    program = program.replace('"ids.txt"', repr(str(file)))
    program = re.sub(r"^secret = .*$", f"secret = {DRAW.secret!r}", program, flags=re.MULTILINE)
    program = re.sub(r"^public = .*$", f"public = {DRAW.public!r}", program, flags=re.MULTILINE)
    exec(program, {})
    lines = capsys.readouterr().out.split("\n")
    assert lines[0] == commitment(DRAW.secret)
    assert tuple(line.split()[1] for line in lines[1:] if line) == drawn(DRAW, NAMES)


def test_the_order_in_which_names_are_given_does_not_matter() -> None:
    assert {drawn(DRAW, names) for names in permutations(NAMES)} == {drawn(DRAW, NAMES)}
    assert drawn(Draw(DRAW.secret, "other"), NAMES) != drawn(DRAW, NAMES)


def test_a_replay_finds_a_swap_a_stranger_and_another_secret() -> None:
    published, committed = drawn(DRAW, NAMES), commitment(DRAW.secret)
    assert replay(DRAW, published, committed).agrees
    assert replay(DRAW, (published[0], published[2], published[1], published[3]), committed).first_difference == 2
    assert replay(DRAW, (*published, published[0]), committed).first_difference is not None
    assert not replay(DRAW, published, commitment("1" * 64)).is_as_committed
    assert not replay(Draw("short"), drawn(Draw("short"), NAMES), commitment("short")).agrees


def test_places_are_even_over_many_draws() -> None:
    firsts = [drawn(Draw(f"{number:064x}"), NAMES)[0] for number in range(4000)]
    counts = [firsts.count(name) for name in NAMES]
    # Chi-squared with 3 degrees of freedom is above 16.27 once in a thousand; the secrets are fixed, so this is no chance.
    assert sum((count - 1000) ** 2 / 1000 for count in counts) < 16.27


def test_secrets_differ_and_somebody_twice_is_refused() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert set(keys(DRAW, NAMES)) == set(NAMES)
    with pytest.raises(RepeatedError):
        drawn(DRAW, ["a", "a"])
