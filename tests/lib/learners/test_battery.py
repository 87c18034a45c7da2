"""The contract, asked of every model in the registry and of a reference model that is simple enough to be right."""

import copy
import inspect
import json
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import (
    Asked,
    Finding,
    LearnersError,
    ModelFileError,
    NotFittedError,
    Responses,
    ResponsesError,
)
from saem.lib.learners.cards import card_json
from saem.lib.learners.evaluation import evaluate_fitted
from saem.lib.learners.model import describe
from tests.lib.learners.battery import (
    CONTENDERS,
    chances,
    class_of,
    closeness,
    data_for,
    fit,
    fitted,
    new_model,
    recoded,
    with_rows,
)
from tests.lib.learners.reference import asked_in, names

every_model = pytest.mark.parametrize("name", sorted(CONTENDERS))
DEGENERATE = [
    ("once", "lonely-item", "lonely", 1.0),
    *((f"student-{number:02d}", "always-item", "always", 1.0) for number in range(1, 13)),
    *((f"student-{number:02d}", "never-item", "never", 0.0) for number in range(1, 13)),
]


@every_model
def test_a_fit_says_how_it_went(name: str) -> None:
    model, train = fitted(name), data_for(name).train
    assert np.isfinite(model.fit_.log_likelihood)
    assert model.fit_.log_likelihood < 0
    assert isinstance(model.fit_.converged, bool)
    assert (model.fit_.iterations, model.fit_.starts) >= (0, 1)
    assert model.fit_.seconds >= 0
    assert model.fit_.spread >= 0
    assert describe(train).items() <= model.trained_on_.items()
    assert not any(person in json.dumps(model.trained_on_) for person in train.students), "it names a student"


@every_model
def test_parameters_are_kept_under_their_names(name: str) -> None:
    model = new_model(name)
    signature = inspect.signature(class_of(name)).parameters
    assert {each.kind for each in signature.values()} <= {inspect.Parameter.KEYWORD_ONLY}
    assert class_of(name)(**model.parameters()).parameters() == model.parameters()
    json.dumps(model.parameters(), allow_nan=False)
    assert set(signature).isdisjoint({"tol", "eps", "n_starts", "restarts", "random_state"}), "see docs/learners.md"


@every_model
def test_each_row_has_one_chance(name: str) -> None:
    chance = chances(fitted(name), data_for(name).test)
    assert chance.shape == (len(data_for(name).test),)
    assert ((chance > 0) & (chance < 1)).all()
    assert len(np.unique(chance)) > 1, "every row has the same chance"


@every_model
def test_a_chance_comes_from_earlier_rows_alone(name: str) -> None:
    """Whatever happens in a row and after it leaves the chance of that row, and of everybody else, as it was."""
    model, test = fitted(name), data_for(name).test
    before = chances(model, test)
    rng = np.random.default_rng(0)
    for row in rng.choice(len(test), size=6, replace=False).tolist():
        own = np.flatnonzero((test.student == test.student[row]) & (np.arange(len(test)) >= row))
        score, item, tag = test.score.copy(), test.item.copy(), test.tag.copy()
        score[own] = test.score.max() - score[own]
        # Later rows become other questions altogether; an item keeps its skills.
        other = rng.choice(len(test), size=len(own) - 1)
        item[own[1:]], tag[own[1:]] = test.item[other], test.tag[other]
        changed = chances(model, Responses(
            test.students, test.items, test.skills, test.tag_sets, test.student, item, tag, score, test.time
        ))  # fmt: skip
        same = np.setdiff1d(np.arange(len(test)), own[1:])
        np.testing.assert_allclose(changed[same], before[same], err_msg=f"row {row} was changed", **closeness(name))


@every_model
def test_a_chance_does_move_with_earlier_rows(name: str) -> None:
    model, test = fitted(name), data_for(name).test
    flipped = Responses(
        test.students, test.items, test.skills, test.tag_sets, test.student, test.item, test.tag,
        test.score.max() - test.score, test.time,
    )  # fmt: skip
    assert not np.allclose(chances(model, flipped), chances(model, test), atol=1e-4)


@every_model
def test_rows_that_are_not_there_change_nothing(name: str) -> None:
    model, test = fitted(name), data_for(name).test
    whole = chances(model, test)
    student = test.student[test.by_student[0]]
    first = np.flatnonzero(test.student == student)[:5]
    np.testing.assert_allclose(chances(model, test.rows(first)), whole[first], **closeness(name))


@every_model
def test_the_order_of_students_and_the_codes_of_names_do_not_matter(name: str) -> None:
    model, test = fitted(name), data_for(name).test
    mixed, rows = recoded(test, seed=5)
    assert data_is_same(test.rows(rows), mixed)
    np.testing.assert_allclose(chances(model, mixed), chances(model, test)[rows], **closeness(name))


def data_is_same(one: Responses, other: Responses) -> bool:
    return all(
        (asked.item, set(asked.skills), asked.time) == (twin.item, set(twin.skills), twin.time)
        for asked, twin in ((asked_in(one, row), asked_in(other, row)) for row in range(len(one)))
    )


@every_model
def test_the_same_seed_gives_the_same_fit(name: str) -> None:
    again, test = fit(name, data_for(name).train), data_for(name).test
    assert again.fit_.log_likelihood == fitted(name).fit_.log_likelihood
    np.testing.assert_array_equal(chances(again, test), chances(fitted(name), test))


@every_model
def test_what_is_fitted_and_predicted_is_left_as_it_was(name: str) -> None:
    before = copy.deepcopy(data_for(name))
    model = fit(name, data_for(name).train)
    model.predict(data_for(name).test)
    for one, other in ((before.train, data_for(name).train), (before.test, data_for(name).test)):
        for column in ("student", "item", "tag", "score"):
            np.testing.assert_array_equal(getattr(one, column), getattr(other, column))


@every_model
def test_a_saved_model_predicts_the_same(name: str, tmp_path: Path) -> None:
    model, test = fitted(name), data_for(name).test
    model.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["arrays.npz", "model.json"]
    loaded = class_of(name).load(tmp_path)
    np.testing.assert_array_equal(chances(loaded, test), chances(model, test))
    assert loaded.parameters() == json.loads(json.dumps(model.parameters()))
    assert (loaded.fit_, loaded.trained_on_) == (model.fit_, model.trained_on_)
    state = loaded.updated(loaded.new_state(), asked_in(test, 0), float(test.score[0]))
    assert state == model.updated(model.new_state(), asked_in(test, 0), float(test.score[0]))


@every_model
def test_a_folder_of_another_model_is_refused(name: str, tmp_path: Path) -> None:
    fitted(name).save(tmp_path)
    document = json.loads((tmp_path / "model.json").read_text())
    (tmp_path / "model.json").write_text(json.dumps({**document, "model": "another"}))
    with pytest.raises(ModelFileError, match="another"):
        class_of(name).load(tmp_path)
    (tmp_path / "model.json").write_text(json.dumps({**document, "version": 10**6}))
    with pytest.raises(ModelFileError):
        class_of(name).load(tmp_path)
    with pytest.raises(ModelFileError):
        class_of(name).load(tmp_path / "nothing")


@every_model
def test_online_is_offline(name: str) -> None:
    """Replaying a student's rows through a state that has been JSON gives the chances of `predict`."""
    model, test = fitted(name), data_for(name).test
    offline = chances(model, test)
    for student in np.unique(test.student)[:3]:
        state = model.new_state()
        for row in np.flatnonzero(test.student == student)[:25].tolist():
            asked = asked_in(test, row)
            estimate = model.chance(state, asked)
            assert estimate.low <= estimate.value <= estimate.high
            np.testing.assert_allclose(estimate.value, offline[row], err_msg=f"row {row}", **closeness(name))
            kept = copy.deepcopy(state)
            new = model.updated(state, asked, float(test.score[row]))
            assert state == kept, "updated() changed the state it was given"
            state = json.loads(json.dumps(new, allow_nan=False))
            assert state == new, "the state is not what JSON makes of it"


@every_model
def test_mastery_has_an_interval_or_a_reason(name: str) -> None:
    model, test = fitted(name), data_for(name).test
    state = model.new_state()
    for row in np.flatnonzero(test.student == test.student[0]).tolist():
        state = model.updated(state, asked_in(test, row), float(test.score[row]))
    for skill in sorted({skill for tag in np.unique(test.tag) for skill in names(test, tag)}):
        estimate = model.mastery(state, skill)
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
        assert estimate.usable or estimate.why


@every_model
def test_unknown_names_are_said_and_survived(name: str) -> None:
    model, test = fitted(name), data_for(name).test
    odd = with_rows(test, [(test.students[test.student[0]], "unheard-item", "unheard-skill", 1.0)])
    predictions = model.predict(odd)
    assert 0 < predictions.chance[-1] < 1
    told = {(finding.code, finding.where) for finding in predictions.findings}
    assert told & {("unknown_item", "unheard-item"), ("unknown_skill", "unheard-skill")}, told
    asked = Asked("unheard-item", ("unheard-skill",), None if odd.time is None else float(odd.time[-1]))
    state = model.new_state()
    for _ in range(2):
        estimate = model.chance(state, asked)
        assert 0 < estimate.value < 1
        assert np.isfinite([estimate.low, estimate.high]).all()
        state = model.updated(state, asked, 1.0)
    unknown = model.mastery(state, "skill-nobody-teaches")
    assert 0 <= unknown.low <= unknown.value <= unknown.high <= 1


@every_model
def test_degenerate_skills_are_named(name: str) -> None:
    model = fit(name, with_rows(data_for(name).train, DEGENERATE))
    told = " ".join(f"{finding.code} {finding.where}" for finding in model.fit_.findings)
    assert all(isinstance(finding, Finding) for finding in model.fit_.findings)
    assert any(word in told for word in ("lonely", "always", "never")), f"only this was said: {told or 'nothing'}"
    chance = chances(model, with_rows(data_for(name).test, DEGENERATE))
    assert ((chance > 0) & (chance < 1)).all()
    assert model.limits(), "the card has no limits"


@every_model
@pytest.mark.parametrize("score", [0.0, 1.0])
def test_one_outcome_is_refused_or_said(name: str, score: float) -> None:
    train = data_for(name).train
    alike = Responses(
        train.students, train.items, train.skills, train.tag_sets, train.student, train.item, train.tag,
        np.full(len(train), score), train.time,
    )  # fmt: skip
    try:
        model = fit(name, alike)
    except LearnersError:
        return
    assert model.fit_.findings, "nothing was said about responses that are all alike"
    chance = chances(model, alike)
    assert ((chance > 0) & (chance < 1)).all()


@every_model
def test_little_is_enough_or_refused(name: str) -> None:
    """One student, and one response."""
    train = data_for(name).train
    for rows in (np.flatnonzero(train.student == train.student[0]), np.array([0])):
        try:
            chance = chances(fit(name, train.rows(rows)), train.rows(rows))
        except LearnersError:
            continue
        assert ((chance > 0) & (chance < 1)).all()


@every_model
def test_nothing_is_refused(name: str) -> None:
    empty = data_for(name).train.rows(np.zeros(0, dtype=np.int64))
    with pytest.raises(ResponsesError):
        fit(name, empty)
    assert chances(fitted(name), empty).shape == (0,)


@every_model
def test_points_are_modelled_or_refused_by_row(name: str) -> None:
    train = data_for(name).train
    score = train.score.copy()
    score[7] = 7.0
    scored = Responses(
        train.students, train.items, train.skills, train.tag_sets, train.student, train.item, train.tag, score,
        train.time,
    )  # fmt: skip
    try:
        chance = chances(fit(name, scored), train)
    except ResponsesError as error:
        assert (error.code, error.row) == ("score_not_binary", 7)  # noqa: PT017
    else:
        assert train.score.max() > 1, "a model of right and wrong took seven points"
        assert ((chance > 0) & (chance < 1)).all()


@every_model
def test_nothing_is_answered_before_a_fit(name: str, tmp_path: Path) -> None:
    fitted(name)
    model = new_model(name)
    for question in (
        lambda: model.predict(data_for(name).test),
        lambda: model.save(tmp_path),
        model.card,
        lambda: model.chance(model.new_state(), asked_in(data_for(name).test, 0)),
    ):
        with pytest.raises(NotFittedError):
            question()


@every_model
def test_a_card_is_json_with_its_evaluation(name: str) -> None:
    halves = data_for(name)
    evaluation = evaluate_fitted(fitted(name), halves.train, halves.test)
    card = json.loads(json.dumps(card_json(fitted(name).card(evaluation.as_json())), allow_nan=False))
    assert card["model"] == fitted(name).name == name
    assert card["purpose"]
    assert card["evaluation"]["protocol"]["hash"].startswith("sha256:")
    assert card["trained_on"]["responses"] == len(halves.train)
