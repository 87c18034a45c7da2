"""What every model keeps, asked of one that was fitted on data of its own; the battery asks the rest of all models."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from saem.lib.learners import LearnerModel, Responses, State
from tests.lib.learners.reference import asked_in


def codes(model: LearnerModel) -> dict[str, str]:
    """The findings of its fit: code and place."""
    return {finding.code: finding.where for finding in model.fit_.findings}


def check_only_earlier_rows_count(model: LearnerModel, responses: Responses) -> None:
    """Turning each student's last answer changes no prediction; turning the first one changes many later ones."""
    before = model.predict(responses).chance
    assert ((before > 0) & (before < 1)).all()
    last = responses.by_student[responses.student_bounds[1:] - 1]
    score = responses.score.copy()
    score[last] = 1 - score[last]
    np.testing.assert_array_equal(model.predict(replace(responses, score=score)).chance, before)
    first = responses.by_student[responses.student_bounds[:-1]]
    score[first] = 1 - score[first]
    changed = model.predict(replace(responses, score=score)).chance != before
    assert not changed[first].any()
    assert changed.sum() > len(before) / 3


def check_other_students_do_not_matter(model: LearnerModel, responses: Responses) -> None:
    whole = model.predict(responses).chance
    order = np.argsort(-responses.student, kind="stable")
    np.testing.assert_allclose(model.predict(responses.rows(order)).chance, whole[order], rtol=1e-12, atol=1e-12)


def check_online_is_offline(model: LearnerModel, responses: Responses, student: int, *, atol: float = 1e-12) -> State:
    """One student's rows, each asked before its answer; the state goes through JSON each time. Returns the last one."""
    offline = model.predict(responses).chance
    state = model.new_state()
    for row in responses.by_student[responses.student_bounds[student] : responses.student_bounds[student + 1]].tolist():
        asked = asked_in(responses, row)
        estimate = model.chance(state, asked)
        np.testing.assert_allclose(estimate.value, offline[row], rtol=1e-9, atol=atol)
        assert 0 <= estimate.low < estimate.value < estimate.high <= 1
        kept = json.dumps(state, allow_nan=False)
        later = model.updated(state, asked, float(responses.score[row]))
        assert json.dumps(state) == kept, "updated() changed the state it was given"
        state = json.loads(json.dumps(later, allow_nan=False))
    return state


def check_save_and_load(model: LearnerModel, responses: Responses, skill: str, folder: Path) -> None:
    model.save(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["arrays.npz", "model.json"]
    loaded = type(model).load(folder)
    np.testing.assert_array_equal(loaded.predict(responses).chance, model.predict(responses).chance)
    state = loaded.updated(loaded.new_state(), asked_in(responses, 0), float(responses.score[0]))
    assert loaded.chance(state, asked_in(responses, 0)) == model.chance(state, asked_in(responses, 0))
    assert loaded.mastery(state, skill) == model.mastery(state, skill)
    assert loaded.fit_ == model.fit_
    assert loaded.parameters() == json.loads(json.dumps(model.parameters()))
