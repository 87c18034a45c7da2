"""What is kept of a run: tidy, small, storable."""

import json

from hypothesis import given
from hypothesis import strategies as st

from saem.apps.learning.cleaning import clean_code, clean_output
from saem.apps.learning.outputs import MAX_BYTES, MAX_TEXT, short_text, stored_output
from saem.lib.sandbox import Display, Fault, Outcome, Status, Table


def an_outcome(**facts: object) -> Outcome:
    known: dict[str, object] = {
        "status": Status.OK,
        "exit_code": 0,
        "stdout": "",
        "stderr": "",
        "wall_ms": 1.0,
        "cpu_ms": 1.0,
        "overhead_ms": 1.0,
        "isolation": "A",
    }
    return Outcome(**(known | facts))  # type: ignore[arg-type]  # facts of any kind


@given(st.text(alphabet=st.characters(blacklist_categories=())))
def test_clean_text_can_be_stored_whatever_it_was(text: str) -> None:
    for clean in (clean_code(text), clean_output(text)):
        clean.encode()
        assert "\x00" not in clean
        assert "\r" not in clean
        assert clean_output(clean) == clean or "\x1b" in text


def test_escape_sequences_leave_no_trace() -> None:
    coloured = "\x1b[1;32mok\x1b[0m \x1b]8;;https://x\x07link\x1b]8;;\x07"
    assert clean_output(coloured) == "ok link"


def test_a_long_output_keeps_its_beginning_and_its_end() -> None:
    text, cut = short_text("\n".join(f"line {number}" for number in range(20_000)))
    assert cut
    assert text.startswith("line 0\n")
    assert text.endswith("line 19999")
    assert len(text) <= MAX_TEXT + 3


def test_one_endless_line_is_cut() -> None:
    text, cut = short_text("x" * 1_000_000)
    assert cut
    assert len(text) < 3_000


def test_the_largest_table_fits_beside_others() -> None:
    table = Table(
        columns=tuple("c" * 400 for _index in range(50)),
        index=tuple(map(str, range(50))),
        rows=tuple(tuple("가" * 400 for _column in range(50)) for _row in range(50)),
        total_rows=9000,
        total_columns=50,
    )
    stored = stored_output(an_outcome(displays=(Display(kind="table", table=table),) * 2))
    assert len(stored["displays"]) == 2
    assert len(json.dumps(stored, ensure_ascii=False).encode()) < MAX_BYTES + 10_000


def test_a_display_that_is_too_large_is_left_out_and_counted() -> None:
    large, small = Display(kind="image", png=b"x" * 400_000), Display(kind="text", text="kept")
    stored = stored_output(an_outcome(displays=(large, small)))
    assert stored["left_out"] == 1
    assert stored["displays"] == [{"kind": "text", "text": "kept", "cut": False}]


def test_a_traceback_is_not_told_twice() -> None:
    traceback = "Traceback (most recent call last):\nZeroDivisionError: division by zero\n"
    fault = Fault(
        type="ZeroDivisionError",
        message="division by zero",
        source="칸 1",
        line=1,
        text="1/0",
        traceback=traceback,
    )
    stored = stored_output(an_outcome(status=Status.ERROR, stderr=f"a warning\n{traceback}", fault=fault))
    assert stored["errors"].strip() == "a warning"
    assert stored["fault"]["code"].startswith("python.")
    assert stored["fault"]["line"] == 1


def test_a_limit_met_above_is_told_apart_from_one_in_this_cell() -> None:
    above = stored_output(an_outcome(status=Status.TIMEOUT, in_prelude=True))
    assert above["fault"]["code"] == "learning.stopped_above"
    assert stored_output(an_outcome(status=Status.TIMEOUT))["fault"] is None
