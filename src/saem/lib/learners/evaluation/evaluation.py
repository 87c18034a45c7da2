"""Fits on some students, predicts others, and says how well, with the protocol beside every number."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from saem.lib.learners.errors import LearnersError, ParameterError, ResponsesError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Fit, LearnerModel
from saem.lib.learners.registry import model_class
from saem.lib.learners.responses import Booleans, Floats, Responses

from .breakdown import GroupError, Groups, SkillScore, by_group, by_skill, mean_skill_auc
from .calibration import Calibration, calibration
from .folds import Folds, alone, refuse_shared, student_folds
from .metrics import Scores, Spread, scores, spread
from .protocol import Protocol, data_hash, groups_hash


@dataclass(frozen=True)
class Evaluation:
    """What a model is worth on students it has never seen.

    `scores` are over all held-out rows pooled; `fold_scores` has one entry for each fold (or one for a test set), and
    `fits` says how each of those fits went. `findings` are of the predictions, each once.
    """

    model: str
    scores: Scores
    mean_skill_auc: float | None
    skills: tuple[SkillScore, ...]
    calibration: Calibration
    groups: tuple[GroupError, ...]
    fold_scores: tuple[Scores, ...]
    fits: tuple[Fit, ...]
    protocol: Protocol
    findings: tuple[Finding, ...] = ()

    @property
    def spread(self) -> Mapping[str, Spread | None]:
        """How far the folds differ in each metric; None with a test set."""
        return spread(self.fold_scores)

    def as_json(self) -> dict[str, Any]:
        """Everything as JSON values, the protocol with its text and hashes."""
        data = asdict(self)
        data["spread"] = {name: one and asdict(one) for name, one in self.spread.items()}
        data["protocol"] = {
            "hash": self.protocol.hash,
            "comparison_hash": self.protocol.comparison_hash,
            "text": self.protocol.text,
        }
        return data


@dataclass(frozen=True)
class _Held:
    """Predictions of rows that were held out together."""

    chance: Floats
    fit: Fit
    findings: tuple[Finding, ...]


def evaluate(
    model_name: str,
    parameters: Mapping[str, Any],
    responses: Responses,
    *,
    folds: int = 5,
    test: Responses | None = None,
    seed: int = 0,
    groups: Groups | None = None,
    jobs: int | None = None,
) -> Evaluation:
    """Fit on all but one fold of students and predict that fold, for each fold; or fit on all and predict `test`.

    `groups` names the group (or, as a tuple, the groups) of each evaluated row. Folds are spread by joblib over `jobs`
    processes; None is one, or what a surrounding `joblib.parallel_config` says (threads, Dask, Ray). Raises
    ParameterError for an unknown model or parameter, ResponsesError `shared_students`, `no_responses` or what the model
    has against the responses.
    """
    model = new_model(model_name, parameters)
    _need_rows(responses)
    if test is not None:
        return evaluate_fitted(model.fit(alone(responses)), responses, test, groups=groups)
    fold = student_folds(responses, folds, seed)
    parts = Parallel(n_jobs=jobs)(
        delayed(_held)(type(model), dict(parameters), responses, fold != each, fold == each) for each in range(folds)
    )
    chance = np.empty(len(responses))
    for each, part in enumerate(parts):
        chance[fold == each] = part.chance
    split = {"kind": "folds", "by": "student", "folds": folds, "seed": seed}
    return _evaluation(
        model, train=responses, rows=responses, chance=chance, fold=fold, parts=parts, split=split, groups=groups
    )


def evaluate_fitted(
    model: LearnerModel, train: Responses, test: Responses, *, groups: Groups | None = None
) -> Evaluation:
    """How a model that was fitted on `train` predicts `test`, which must not share a student with it."""
    _need_rows(test)
    refuse_shared(train, test)
    predictions = model.predict(test)
    held = _Held(_checked(predictions.chance, len(test)), model.fit_, predictions.findings)
    split = {"kind": "test", "test": data_hash(test)}
    fold = np.zeros(len(test), dtype=np.int64)
    return _evaluation(
        model, train=train, rows=test, chance=held.chance, fold=fold, parts=[held], split=split, groups=groups
    )


def new_model(name: str, parameters: Mapping[str, Any]) -> LearnerModel:
    """A model by name; raises ParameterError where there is none, or it has no such parameter."""
    cls = model_class(name)
    known = tuple(inspect.signature(cls).parameters)
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise ParameterError(f"{name} has no parameter {', '.join(unknown)}; it has {', '.join(known) or 'none'}")
    return cls(**parameters)


def _held(
    cls: type[LearnerModel], parameters: Mapping[str, Any], responses: Responses, train: Booleans, test: Booleans
) -> _Held:
    """One fold, wherever joblib runs it."""
    model = cls(**parameters).fit(alone(responses.rows(train)))
    held_out = responses.rows(test)
    predictions = model.predict(held_out)
    # Rows of a fold are counted among themselves; among all responses they would name another row.
    findings = tuple(Finding(each.code, each.where, None, each.weight) for each in predictions.findings)
    return _Held(_checked(predictions.chance, len(held_out)), model.fit_, findings)


def _evaluation(
    model: LearnerModel,
    *,
    train: Responses,
    rows: Responses,
    chance: Floats,
    fold: Folds,
    parts: Sequence[_Held],
    split: Mapping[str, Any],
    groups: Groups | None,
) -> Evaluation:
    if groups is not None and len(groups) != len(rows):
        raise ParameterError(f"{len(groups)} groups for {len(rows)} rows")
    outcome = _outcomes(train, rows)
    skills = by_skill(rows, outcome, chance)
    return Evaluation(
        model=model.name,
        scores=scores(outcome, chance),
        mean_skill_auc=mean_skill_auc(skills),
        skills=skills,
        calibration=calibration(outcome, chance),
        groups=() if groups is None else by_group(groups, rows.student, outcome, chance),
        fold_scores=tuple(scores(outcome[fold == each], chance[fold == each]) for each in range(len(parts))),
        fits=tuple(part.fit for part in parts),
        protocol=Protocol(model.name, model.version, model.parameters(), data_hash(train), split, groups_hash(groups)),
        findings=tuple(dict.fromkeys(finding for part in parts for finding in part.findings)),
    )


def _outcomes(train: Responses, rows: Responses) -> Floats:
    """Scores (n,) from 0 to 1: right and wrong stay as they are, points are shares of their item's most points."""
    if rows.score.max(initial=1.0) <= 1 and train.score.max(initial=1.0) <= 1:
        return rows.score
    most: dict[str, float] = {}
    for part in (train, rows):
        highest = np.zeros(len(part.items))
        np.maximum.at(highest, part.item, part.score)
        for item, points in zip(part.items, highest.tolist(), strict=True):
            most[item] = max(most.get(item, 1.0), points)
    shares: Floats = rows.score / np.array([most[item] for item in rows.items])[rows.item]
    return shares


def _checked(chance: Floats, rows: int) -> Floats:
    if chance.shape != (rows,):
        raise LearnersError(f"{rows} rows were predicted by chances of shape {chance.shape}")
    wrong = np.flatnonzero(~((chance > 0) & (chance < 1)))
    if len(wrong):
        raise LearnersError(f"the model gave {chance[wrong[0]]} for a chance, in row {wrong[0]}")
    return chance


def _need_rows(responses: Responses) -> None:
    if not len(responses):
        raise ResponsesError("no_responses")
