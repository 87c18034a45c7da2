"""Content: kept exactly where a test can keep it, and reported where none can; checked against all possible tests."""

from itertools import combinations

import numpy as np
import pytest

from saem.lib.learners.adaptive import (
    Blueprint,
    Content,
    Pick,
    Policy,
    Precomputed,
    Progress,
    Progressive,
    ReasonCode,
    answered,
    next_item,
    started,
)
from saem.lib.learners.errors import ParameterError
from tests.lib.learners.adaptive.banks import answer, tables_of


def whole_test(
    tables: Precomputed, policy: Policy, length: int, seed: int, recent: object = None
) -> tuple[Progress, list[Pick]]:
    rng = np.random.default_rng(seed)
    progress, picks = started(tables), []
    for _ in range(length):
        pick = next_item(tables, progress, policy, rng, recent=recent)
        if not isinstance(pick, Pick):
            break
        picks.append(pick)
        progress = answered(tables, progress, pick, right=answer(tables, pick.item, 0.3, rng))
    return progress, picks


def possible(content: Content, skills: list[list[str]], enemies: list[list[str]], items: int) -> bool:
    """Whether any set of items keeps everything: by trying them all."""
    for test in combinations(range(items), content.blueprint.length):
        counts = {name: sum(name in skills[item] for item in test) for name in content.blueprint.limits}
        names = {f"i{item}" for item in test}
        if all(low <= counts[name] <= high for name, (low, high) in content.blueprint.limits.items()) and all(
            len(names & set(group)) <= 1 for group in enemies
        ):
            return True
    return False


@pytest.mark.parametrize("seed", range(4))
def test_limits_are_kept_in_every_test(seed: int) -> None:
    tables = tables_of(40, seed + 1)
    skills = [["abcd"[item % 4]] for item in range(36)] + [[], [], [], []]
    content = Content.of(tables, skills, Blueprint(10, {"a": (1, 1), "b": (4, 5), "c": (2, 2)}))
    assert content.problems() == ()
    for policy in (Policy(content=content), Policy(Progressive(10), content=content), Policy(among=5, content=content)):
        progress, picks = whole_test(tables, policy, 10, seed)
        assert content.unmet(progress.given) == ()
        assert not any(pick.findings for pick in picks)
    assert any(pick.reason.code == ReasonCode.CONTENT_NEEDED for pick in picks)


def test_shares_are_kept_to_the_item() -> None:
    blueprint = Blueprint.of_shares(10, {"a": 0.3, "b": 0.25, "c": 0.45})
    assert blueprint.limits == {"a": (3, 3), "b": (2, 3), "c": (4, 5)}
    assert Blueprint.of_shares(100, {"a": 0.29, "b": 0.07}).limits == {"a": (29, 29), "b": (7, 7)}
    tables = tables_of(30)
    skills = [["abc"[item % 3]] for item in range(30)]
    content = Content.of(tables, skills, blueprint)
    progress, _ = whole_test(tables, Policy(content=content), 10, 1)
    counts = dict(zip(content.names, content.counts(progress.given).tolist(), strict=True))
    assert counts["a"] == 3
    assert {counts["b"], counts["c"]} in ({2, 5}, {3, 4})


@pytest.mark.parametrize("seed", range(30))
def test_skills_that_overlap_and_enemies_are_kept_wherever_that_is_possible(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables = tables_of(10, seed + 1)
    skills = [[name for name in "abc" if rng.random() < 0.45] for _ in range(10)]
    enemies = [[f"i{item}" for item in rng.choice(10, 2, replace=False)] for _ in range(4)]
    limits = {
        name: (int(low), int(low + rng.integers(0, 2))) for name, low in zip("abc", rng.integers(0, 3, 3), strict=True)
    }
    content = Content.of(tables, skills, Blueprint(5, limits), enemies)
    can = possible(content, skills, enemies, 10)
    assert (content.problems() == ()) == can
    progress, picks = whole_test(tables, Policy(content=content), 5, seed)
    names = {f"i{item}" for item in progress.given}
    assert all(len(names & set(group)) <= 1 for group in enemies)
    if can:
        assert content.unmet(progress.given) == ()
        assert len(progress.given) == 5
        assert not any(pick.findings for pick in picks)
    else:
        assert len(progress.given) < 5 or content.unmet(progress.given)
        assert not picks or picks[0].findings[0].code == "content_not_kept"


def test_the_random_cases_above_are_of_both_kinds() -> None:
    """Guards the test before this one: it must meet possible and impossible contents."""
    found = set()
    for seed in range(30):
        rng = np.random.default_rng(seed)
        tables = tables_of(10, seed + 1)
        skills = [[name for name in "abc" if rng.random() < 0.45] for _ in range(10)]
        enemies = [[f"i{item}" for item in rng.choice(10, 2, replace=False)] for _ in range(4)]
        limits = {
            name: (int(low), int(low + rng.integers(0, 2)))
            for name, low in zip("abc", rng.integers(0, 3, 3), strict=True)
        }
        found.add(possible(Content.of(tables, skills, Blueprint(5, limits), enemies), skills, enemies, 10))
    assert found == {True, False}


def test_what_is_impossible_is_named_and_broken_as_little_as_can_be() -> None:
    tables = tables_of(20)
    skills = [["rare"] if item < 2 else ["often"] for item in range(20)]
    content = Content.of(tables, skills, Blueprint(6, {"rare": (3, 6), "often": (0, 3)}))
    assert [(finding.code, finding.where) for finding in content.problems()] == [("skill_too_few_items", "rare")]
    progress, picks = whole_test(tables, Policy(content=content), 6, 1)
    assert all(finding.code == "content_not_kept" for pick in picks for finding in pick.findings)
    assert {0, 1} <= set(progress.given)
    assert [(finding.code, finding.where) for finding in content.unmet(progress.given)] == [
        ("skill_below_minimum", "rare"),
        ("skill_above_maximum", "often"),
    ]


def test_items_met_elsewhere_are_not_counted_on() -> None:
    tables = tables_of(20)
    skills = [["a"] if item < 4 else ["b"] for item in range(20)]
    content = Content.of(tables, skills, Blueprint(5, {"a": (3, 5)}))
    recent = np.zeros(20, dtype=bool)
    recent[:2] = True
    assert content.problems() == ()
    assert [finding.where for finding in content.problems(recent)] == ["a"]


def test_other_problems_are_named() -> None:
    tables = tables_of(6)
    skills = [["a"], ["a"], ["a"], ["b"], ["b"], ["b"]]
    assert [f.code for f in Content.of(tables, skills, Blueprint(7)).problems()] == ["bank_too_small"]
    conflict = Content.of(tables, skills, Blueprint(4, {"a": (3, 3), "b": (2, 3)}))
    assert [f.code for f in conflict.problems()] == ["limits_conflict"]
    few = Content.of(tables, skills, Blueprint(4, {"nowhere": (1, 2)}))
    assert [(f.code, f.where) for f in few.problems()] == [("skill_too_few_items", "nowhere")]


def test_exposure_gives_way_to_content() -> None:
    """Where only an item that was set aside keeps the content, it is given, and that is said."""
    tables = tables_of(10)
    skills = [["a"]] + [["b"]] * 9
    content = Content.of(tables, skills, Blueprint(3, {"a": (1, 1)}))
    progress, picks = whole_test(tables, Policy(content=content, keep={"i0": 0.0}), 3, 1)
    assert content.unmet(progress.given) == ()
    assert [finding.code for pick in picks for finding in pick.findings] == ["exposure_not_kept"]


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Blueprint(0),
        lambda: Blueprint(5, {"a": (3, 2)}),
        lambda: Blueprint(5, {"a": (-1, 2)}),
        lambda: Blueprint(5, {"a": (6, 7)}),
        lambda: Blueprint.of_shares(5, {"a": 0.7, "b": 0.7}),
        lambda: Blueprint.of_shares(5, {"a": float("nan")}),
        lambda: Content.of(tables_of(3), [["a"]], Blueprint(2)),
        lambda: Content.of(tables_of(3), [["a"]] * 3, Blueprint(2), [["i1", "nobody"]]),
    ],
)
def test_impossible_content_is_refused(bad: object) -> None:
    with pytest.raises(ParameterError):
        bad()
