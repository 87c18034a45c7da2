"""Rules: read, hashed, and everything that is wrong with them found at once."""

import json
from typing import Any

import pytest

from saem.lib.selection import Code, read_rules
from saem.lib.selection.rules import least_of, most_of
from tests.lib.selection.rulebook import document, rules, title


def codes(data: dict[str, Any]) -> dict[str, Code]:
    return {found.place: found.code for found in read_rules(data)[1]}


def test_sound_rules_have_no_problems() -> None:
    assert read_rules(document())[1] == ()


def test_the_hash_is_of_the_meaning() -> None:
    read, _ = read_rules(json.loads(json.dumps(document())))
    assert read is not None
    assert read.digest == rules().digest
    as_other_numbers = document()
    as_other_numbers["stages"][1]["disagreement"] = "20.0"
    assert rules(stages=as_other_numbers["stages"]).digest == rules().digest
    assert rules(seats=5).digest != rules().digest
    assert read_rules(json.loads(rules().canonical()))[0] == rules()


def test_shares_promise_neither_too_little_nor_too_much() -> None:
    assert (least_of("30%", 24), most_of("30%", 24), least_of("33.33%", 3), most_of("33.34%", 3)) == (8, 7, 1, 1)


def stages(**changes: Any) -> dict[str, Any]:
    first, second = document()["stages"]
    return {"stages": [first | changes, second]}


def a_quota(**changes: Any) -> dict[str, Any]:
    return {"quotas": [document()["quotas"][1] | changes]}


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"seats": -1}, "seats.constrained-int", Code.SHAPE),
        ({"seats": "4"}, None, Code.SHAPE),
        ({"seats": True}, None, Code.SHAPE),
        ({"seats": float("nan")}, None, Code.SHAPE),
        ({"unknown": 1}, "unknown", Code.SHAPE),
        ({"stages": []}, "stages", Code.SHAPE),
        (a_quota(at_least=float("inf")), None, Code.SHAPE),
        (a_quota(at_least="many"), None, Code.SHAPE),
        (stages(minimum="NaN"), "stages.0.minimum", Code.SHAPE),
        (stages(id="interview"), "stages.interview", Code.REPEATED_ID),
        (stages(aggregation="trimmed", reviews=2), "stages.screening.aggregation", Code.TRIMMED_TOO_FEW),
        (stages(advance=3), "stages.screening.advance", Code.ADVANCES_TOO_FEW),
        (stages(advance=None), "stages.screening.advance", Code.STAGE_KEEPS_ALL),
        (stages(weight=0), "stages.screening.advance", Code.NO_WEIGHT),
        (stages(criteria=[{"id": "a", "title": title("a"), "minimum": 5, "maximum": 5}]), "stages.screening.criteria.a",
         Code.SCALE),
        ({"stages": [document()["stages"][0]]}, "stages.screening.advance", Code.LAST_STAGE_ADVANCES),
        ({"tie_breaks": []}, "tie_breaks", Code.LOTTERY_NOT_LAST),
        ({"tie_breaks": [{"by": "lottery"}, {"by": "older"}]}, "tie_breaks", Code.LOTTERY_NOT_LAST),
        ({"tie_breaks": [{"by": "stage", "stage": "essay"}, {"by": "lottery"}]}, "tie_breaks.0", Code.UNKNOWN_STAGE),
        ({"tie_breaks": [{"by": "older"}, {"by": "older"}, {"by": "lottery"}]}, "tie_breaks", Code.REPEATED_TIE_BREAK),
        (a_quota(where={"age": ["9"]}), "quotas.girls.where", Code.UNKNOWN_ATTRIBUTE),
        (a_quota(where={"gender": ["x"]}), "quotas.girls.where.gender", Code.UNKNOWN_VALUE),
        (a_quota(where={}), "quotas.girls.where", Code.QUOTA_FOR_EVERYBODY),
        (a_quota(at_least=0, at_most=None), "quotas.girls", Code.QUOTA_OF_NOTHING),
        (a_quota(at_least=9, at_most=None), "quotas.girls.at_least", Code.FLOOR_OVER_SEATS),
        (a_quota(at_least="150%", at_most=None), "quotas.girls.at_least", Code.SHARE_OVER_ALL),
        (a_quota(at_least=3, at_most=2), "quotas.girls", Code.FLOOR_OVER_CAP),
        ({"quotas": [document()["quotas"][1]] * 2}, "quotas.girls", Code.REPEATED_ID),
    ],
)  # fmt: skip
def test_each_mistake_has_a_place_and_a_code(changes: dict[str, Any], place: str | None, code: Code) -> None:
    found = codes(document(**changes))
    if place is None or code is Code.SHAPE:
        assert code in found.values()
    else:
        assert found[place] is code


def test_quotas_that_nobody_could_meet_are_named() -> None:
    quotas = [
        {"id": "girls", "title": title("g"), "where": {"gender": ["girl"]}, "at_least": "60%"},
        {"id": "boys", "title": title("b"), "where": {"gender": ["boy"]}, "at_least": 2},
        {"id": "north", "title": title("n"), "where": {"office": ["north"]}, "at_least": 1},
    ]
    [found] = read_rules(document(quotas=quotas))[1]
    assert (found.code, found.place) == (Code.QUOTAS_CONTRADICT, "quotas")
    assert found.params["sides"] == [("girls", "at_least"), ("boys", "at_least"), ("", "at_most")]


def test_a_quota_inside_another_that_is_capped_contradicts_it() -> None:
    quotas = [
        {"id": "girls", "title": title("g"), "where": {"gender": ["girl"]}, "at_most": 1},
        {"id": "north-girls", "title": title("n"), "where": {"gender": ["girl"], "office": ["north"]}, "at_least": 2},
    ]
    [found] = read_rules(document(quotas=quotas))[1]
    assert found.params["sides"] == [("girls", "at_most"), ("north-girls", "at_least")]


def test_all_problems_come_at_once() -> None:
    found = codes(document(tie_breaks=[], **a_quota(where={"age": ["9"]})))
    assert set(found.values()) == {Code.LOTTERY_NOT_LAST, Code.UNKNOWN_ATTRIBUTE}
