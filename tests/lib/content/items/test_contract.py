"""What every kind must hold, tried on the items of the guide for authors: nothing sent can break it or be paid for."""

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Program, load
from saem.lib.content.items import KINDS, explanation, judge, right_answer, variant
from tests.lib.content.test_docs import GUIDES, examples, write

FIELDS = ["answer", "unit", "passed", *(f"{name}-{key}" for name in ("match", "place", "indent") for key in "abcdz")]
VALUES = st.text(max_size=30) | st.sampled_from(["a", "b", "c", "d", "1", "2", "a:1", "b:0", "800", "평균", "0.8 km"])
ANSWERS = st.dictionaries(st.sampled_from(FIELDS), VALUES | st.lists(VALUES, max_size=6), max_size=8)
STRANGE = [None, 3, 2.5, b"a", {"a": 1}, [None], [[]], [3, "a"], object()]


@pytest.fixture(name="program", scope="module")
def _program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    files = {name: text for name, text in examples(GUIDES[0]).items() if not name.startswith("projects")}
    files["files/flights.csv"] = "wing,metres\n10,6\n11,7\n12,8\n13,9\n"
    program = load(write(tmp_path_factory.mktemp("guide") / "paper-planes", files)).program
    assert program is not None
    assert {item.kind for item in program.items.values()} == set(KINDS)
    return program


@given(ANSWERS, st.integers())
def test_anything_sent_is_a_value(program: Program, answer: dict[str, Any], seed: int) -> None:
    for item in program.items.values():
        judged = judge(item, seed, answer)
        assert 0 <= judged.score <= 1
        assert judged.unreadable == (judged.reason is not None)
        if judged.unreadable:
            assert (judged.score, judged.chosen, judged.feedback) == (0, (), ())
        assert len(json.dumps(dict(judged.params))) < 500


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_what_no_form_can_send_is_a_value_too(program: Program, value: object) -> None:
    for item in program.items.values():
        assert not judge(item, 0, dict.fromkeys(FIELDS, value)).right  # type: ignore[arg-type]


def test_ten_megabytes_are_read_no_further_than_needed(program: Program) -> None:
    huge = "0" * 10_000_000
    for item in program.items.values():
        for sent in (huge, [huge] * 50, "\0" * 1000):
            judged = judge(item, 0, dict.fromkeys(FIELDS, sent))
            assert judged.unreadable, item.id
            assert len(json.dumps(dict(judged.params))) < 500


@given(st.integers())
def test_a_seed_always_gives_the_same(program: Program, seed: int) -> None:
    for item in program.items.values():
        assert variant(item, seed) == variant(item, seed)
        assert judge(item, seed, right_answer(item, seed)) == judge(item, seed, right_answer(item, seed))


def test_no_id_of_an_option_or_line_is_shown(program: Program) -> None:
    for item in program.items.values():
        shown = repr(variant(item, 1))
        parts = [part for key in ("options", "lines", "pairs") for part in getattr(item.asked, key, ())]
        assert [part.id for part in parts if f"'{part.id}'" in shown] == []


def test_items_and_variants_can_be_sent_to_another_process(program: Program) -> None:
    for item in program.items.values():
        copy = pickle.loads(pickle.dumps(item))
        assert copy == item
        assert explanation(copy, 3).html("en") == explanation(item, 3).html("en")
        assert pickle.loads(pickle.dumps(variant(item, 3))) == variant(item, 3)
