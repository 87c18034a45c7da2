"""Which model says what is known: the ratings at first, then the fitted one that was accepted."""

from pathlib import Path

import numpy as np

from saem.apps.learning.models import FittedModel, ItemRecord, ModelState, SkillMastery
from saem.apps.learning.practice import services
from saem.apps.learning.practice.rating import forget_difficulties, knowing
from saem.lib.learners import Responses, model_class
from tests.apps.learning.practice.places import Learner


def put_in_force(learner: Learner, folder: Path, name: str = "bkt") -> FittedModel:
    rng = np.random.default_rng(1)
    items = ("count-beans", "what-grows", "twice")
    rows = [(f"s{student}", at) for student in range(40) for at in range(9)]
    responses = Responses.from_columns(
        [student for student, _ in rows],
        [items[at % 3] for _, at in rows],
        [(("mean", "growth", "growth")[at % 3],) for _, at in rows],
        [float(rng.random() < 0.4 + 0.05 * at) for _, at in rows],
    )
    model_class(name)().fit(responses).save(folder)
    return FittedModel.objects.create(
        program=learner.bench.version.program,
        name=name,
        document=(folder / "model.json").read_bytes(),
        arrays=(folder / "arrays.npz").read_bytes(),
        card={},
        state=ModelState.IN_FORCE,
    )


def test_the_start_takes_live_difficulties_before_the_authors(learner: Learner) -> None:
    version = learner.bench.version
    assert knowing(version).ratings.difficulty("twice").value == 0.5
    ItemRecord.objects.create(program=version.program, item="twice", difficulty=1.75, variance=0.1)
    forget_difficulties()
    known = knowing(version)
    assert known.ratings.difficulty("twice").value == 1.75
    assert known.ratings.difficulty("count-beans").value == -1
    assert known.fitted is None


def test_a_model_that_comes_into_force_learns_what_was_answered(learner: Learner, tmp_path: Path) -> None:
    learner.wait_for("count-beans")
    learner.post(**learner.right())
    before = SkillMastery.objects.get(skill="mean").value
    fitted = put_in_force(learner, tmp_path / "model")
    learner.wait_for("what-grows")
    learner.post(**learner.right())
    practice = learner.practice
    assert practice.model_id == fitted.pk
    known = knowing(learner.bench.version)
    assert known.policy.mastered_at == 0.95
    row = SkillMastery.objects.get(skill="mean")
    assert row.value != before
    assert row.value == known.mastery(practice.state, "mean").value
    assert row.responses == 1
    assert ItemRecord.objects.get(item="what-grows").responses == 1


def test_a_model_that_cannot_be_loaded_leaves_the_ratings_in_use(learner: Learner) -> None:
    FittedModel.objects.create(
        program=learner.bench.version.program, name="bkt", document=b"{", arrays=b"", card={}, state=ModelState.IN_FORCE
    )
    assert knowing(learner.bench.version).fitted is None
    assert services.give(learner.bench).item
