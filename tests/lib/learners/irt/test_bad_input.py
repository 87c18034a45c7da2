"""Bad data give an error or a finding that names the place, and never a silent wrong number."""

import numpy as np
import pytest

from saem.lib.learners import Asked, LearnerModel, Responses, ResponsesError, model_class
from saem.lib.learners.irt.priors import STEEPEST
from saem.lib.learners.irt.table import Table
from tests.lib.learners.irt.simulated import abilities, answers, family_of_kind, long, responses, values_of_kind

BINARY = ("irt-1pl", "irt-2pl", "irt-3pl", "irt-4pl")
EVERY = (*BINARY, "grm", "gpcm")


def scores_of(kind: str = "2pl", persons: int = 120, items: int = 6) -> np.ndarray:
    return answers(family_of_kind(kind, items), values_of_kind(kind, items), abilities(persons))


def fit(name: str, data: Responses, **parameters: object) -> LearnerModel:
    model = model_class(name)(**parameters).fit(data)
    assert np.isfinite(model.fit_.log_likelihood)
    chance = model.predict(data).chance
    assert ((chance > 0) & (chance < 1)).all()
    return model


def findings(model: LearnerModel) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in model.fit_.findings]


@pytest.mark.parametrize("name", BINARY)
def test_items_that_all_got_right_or_wrong(name: str) -> None:
    scores = scores_of()
    scores[:, 1], scores[:, 4] = 1, 0
    model = fit(name, responses(scores))
    assert ("item_all_right", "item 1") in findings(model)
    assert ("item_all_wrong", "item 4") in findings(model)
    easy, hard = model.chance(model.new_state(), Asked("item 1")), model.chance(model.new_state(), Asked("item 4"))
    assert hard.value < 0.1
    assert easy.value > 0.9
    assert easy.why == "item_scarce"
    assert model.fit_.converged


@pytest.mark.parametrize("name", EVERY)
def test_an_item_with_one_response(name: str) -> None:
    scores = scores_of("gpcm") if name in {"grm", "gpcm"} else scores_of()
    scores[1:, 2] = -1
    model = fit(name, responses(scores))
    assert ("item_answered_once", "item 2") in findings(model)


@pytest.mark.parametrize("name", EVERY)
def test_nobody_gets_anything_right(name: str) -> None:
    model = fit(name, responses(np.zeros((30, 4), dtype=int)))
    assert [code for code, _ in findings(model)].count("item_all_wrong") == 4
    assert not model.mastery(model.new_state(), "skill 0").usable
    assert model.mastery(model.new_state(), "skill 0").why == "skill_scarce"
    assert model.chance(model.new_state(), Asked("item 0")).value < 0.25


@pytest.mark.parametrize("name", EVERY)
def test_students_seen_once(name: str) -> None:
    person = np.arange(80)
    model = fit(name, long(person, person % 4, (person % 3 == 0).astype(int)))
    assert 0.2 < model.chance(model.new_state(), Asked("item 1")).value < 0.5


@pytest.mark.parametrize("name", EVERY)
def test_a_single_response(name: str) -> None:
    model = fit(name, long([0], [0], [1]))
    assert ("item_answered_once", "item 0") in findings(model)


@pytest.mark.parametrize("name", ["irt-2pl", "irt-3pl"])
def test_perfect_separation_is_bounded_and_flagged(name: str) -> None:
    """Item 0 splits the persons exactly by what the others say."""
    scores = scores_of(persons=600, items=25)
    scores[:, 0] = scores[:, 1:].sum(axis=1) > 12
    model = fit(name, responses(scores))
    slope = model.bank().discrimination[0]
    if name == "irt-2pl":
        assert ("discrimination_at_bound", "item 0") in findings(model)
        assert STEEPEST < slope < 2 * STEEPEST
    assert np.isfinite(model.bank().errors[0, 0])


def test_an_item_keyed_the_wrong_way_round() -> None:
    scores = scores_of(persons=400)
    scores[:, 3] = 1 - scores[:, 3]
    model = fit("irt-2pl", responses(scores))
    assert findings(model) == [("discrimination_negative", "item 3")]


@pytest.mark.parametrize("name", ["grm", "gpcm"])
def test_a_category_that_nobody_used(name: str) -> None:
    scores = scores_of("gpcm")
    scores[scores[:, 2] == 1, 2] = 0
    model = fit(name, responses(scores))
    assert ("category_never_used", "item 2: 1") in findings(model)
    asked = model.predict(long([0, 0], [2, 3], [1, 2]))
    assert [(finding.code, finding.where, finding.row) for finding in asked.findings] == [
        ("score_never_seen", "item 2", 0)
    ]


@pytest.mark.parametrize("name", ["grm", "gpcm"])
def test_scores_beyond_the_categories(name: str) -> None:
    model = fit(name, responses(scores_of("gpcm")))
    asked = model.predict(long([0, 0], [2, 3], [9, 2]))
    assert [(finding.code, finding.row) for finding in asked.findings] == [("score_never_seen", 0)]
    best = model.updated(model.new_state(), Asked("item 2"), 3.0)
    assert model.updated(model.new_state(), Asked("item 2"), 9.0) == best


@pytest.mark.parametrize("name", BINARY)
def test_points_are_refused_by_name(name: str) -> None:
    with pytest.raises(ResponsesError) as raised:
        model_class(name)().fit(long([0, 0, 1], [0, 1, 0], [0, 1, 2]))
    assert (raised.value.code, raised.value.row) == ("score_not_binary", 2)


def test_half_points_are_refused_by_name() -> None:
    with pytest.raises(ResponsesError) as raised:
        model_class("grm")().fit(long([0, 0], [0, 1], [0, 0.5]))
    assert (raised.value.code, raised.value.row, raised.value.where) == ("score_not_whole", 1, "item 1")
    with pytest.raises(ResponsesError) as raised:
        model_class("gpcm")().fit(long(range(40), [0] * 40, range(40)))
    assert (raised.value.code, raised.value.where) == ("too_many_categories", "item 0")


@pytest.mark.parametrize("name", EVERY)
def test_nothing_to_fit(name: str) -> None:
    with pytest.raises(ResponsesError, match="no_responses"):
        model_class(name)().fit(long([], [], []))


@pytest.mark.parametrize("name", EVERY)
def test_nothing_to_predict(name: str) -> None:
    model = fit(name, responses(scores_of("gpcm") if name in {"grm", "gpcm"} else scores_of()))
    assert len(model.predict(long([], [], [])).chance) == 0


@pytest.mark.parametrize("score", [float("nan"), -1.0, float("inf")])
def test_a_score_that_is_no_number(score: float) -> None:
    model = fit("irt-2pl", responses(scores_of()))
    with pytest.raises(ResponsesError, match="score_not_a_number: item 1"):
        model.updated(model.new_state(), Asked("item 1"), score)


def test_a_matrix_with_strange_numbers() -> None:
    with pytest.raises(ResponsesError) as raised:
        Table.from_matrix(np.array([[0, 1], [1, 2]]))
    assert (raised.value.code, raised.value.row, raised.value.where) == ("score_outside_categories", 1, "column 1")


def test_few_steps_are_not_called_convergence() -> None:
    model = model_class("irt-2pl")(most_iterations=2).fit(responses(scores_of()))
    assert not model.fit_.converged
    assert ("not_converged", "") in findings(model)


def test_a_log_where_most_items_are_rare() -> None:
    """Five hundred students answer a few of two thousand items each."""
    random = np.random.default_rng(0)
    item, person = random.integers(0, 2_000, 6_000), np.repeat(np.arange(500), 12)
    right = random.random(6_000) < 1 / (1 + np.exp(-abilities(500)[person] - random.normal(size=2_000)[item]))
    model = fit("irt-2pl", long(person, item, right.astype(int)), errors="none")
    assert model.fit_.converged
    assert len({where for code, where in findings(model) if code.startswith("item_")}) == len(np.unique(item))
