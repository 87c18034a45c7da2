"""Which model to propose: candidates compared on the same students, with the one in force beside them.

Nothing is put in force here; whoever decides reads the numbers of both, and the hash of how they were come by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from .errors import LearnersError
from .evaluation import Evaluation, Groups, Scores, evaluate, scores, student_folds
from .model import LearnerModel
from .registry import model_class
from .responses import Floats, Responses

# Below these nothing is fitted: five folds of so few students say more about chance than about models.
LEAST_STUDENTS, LEAST_RESPONSES = 30, 300
# Below these only ratings are tried: models with parameters for each item or skill would follow the noise.
MANY_STUDENTS, MANY_RESPONSES = 100, 2000
FEW_CANDIDATES = ("elo",)
CANDIDATES = ("elo", "irt-1pl", "bkt", "best-lr")
FOLDS, SEED = 5, 0
# Nats a response. A smaller gain is within what another division into folds changes, and not worth a person's reading.
MARGIN = 0.001


class Note(StrEnum):
    """Why nothing, or something, is proposed."""

    TOO_LITTLE_DATA = "too_little_data"
    ONE_OUTCOME = "one_outcome"
    NOTHING_BETTER = "nothing_better"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class Contender:
    """A candidate on held-out students; `why` is the code of what it had against the responses, where it had."""

    name: str
    evaluation: Evaluation | None
    why: str = ""

    @property
    def log_loss(self) -> float:
        return self.evaluation.scores.log_loss if self.evaluation else float("inf")


@dataclass(frozen=True)
class Choice:
    """What came of a comparison. `model` is fitted on all responses, None where nothing is proposed.

    `plain` are the scores of always predicting the share of right answers of the other folds. `in_force` are those of
    the accepted model just as it is, over the same rows; it may have been fitted on some of these students, which is to
    its advantage. A candidate of another kind must beat the accepted kind, fitted anew on the same folds.
    """

    note: Note
    model: LearnerModel | None = None
    chosen: Contender | None = None
    contenders: tuple[Contender, ...] = ()
    plain: Scores | None = None
    in_force: Scores | None = None


def choose_model(
    responses: Responses,
    *,
    in_force: LearnerModel | None = None,
    candidates: Sequence[str] | None = None,
    groups: Groups | None = None,
) -> Choice:
    """Compare candidates by log-loss on folds by student, and fit the best if it beats what is in force by MARGIN.

    `groups` says which groups each row belongs to; evaluations then have an error for each.
    """
    students = len(np.unique(responses.student))
    if students < LEAST_STUDENTS or len(responses) < LEAST_RESPONSES:
        return Choice(Note.TOO_LITTLE_DATA)
    right = responses.right_or_wrong()
    if right.all() or not right.any():
        return Choice(Note.ONE_OUTCOME)
    is_rich = students >= MANY_STUDENTS and len(responses) >= MANY_RESPONSES
    names = candidates or (CANDIDATES if is_rich else FEW_CANDIDATES)
    contenders = [_contender(name, {}, responses, groups) for name in names]
    plain = _plain(responses)
    bars = dict.fromkeys(names, plain.log_loss)
    now = None if in_force is None else scores(responses.score, in_force.predict(responses).chance)
    if in_force is not None and now is not None:
        anew = _contender(in_force.name, in_force.parameters(), responses, groups)
        if in_force.name not in names:
            contenders.append(anew)
        bars = {name: min(plain.log_loss, anew.log_loss) for name in names} | {
            in_force.name: min(plain.log_loss, now.log_loss)
        }
    able = [each for each in contenders if each.log_loss < bars[each.name] - MARGIN]
    if not able:
        return Choice(Note.NOTHING_BETTER, None, None, tuple(contenders), plain, now)
    best = min(able, key=lambda each: each.log_loss)
    parameters = in_force.parameters() if in_force is not None and in_force.name == best.name else {}
    model = model_class(best.name)(**parameters).fit(responses)
    return Choice(Note.PROPOSED, model, best, tuple(contenders), plain, now)


def _contender(name: str, parameters: dict[str, Any], responses: Responses, groups: Groups | None) -> Contender:
    try:
        return Contender(name, evaluate(name, parameters, responses, folds=FOLDS, seed=SEED, groups=groups))
    except LearnersError as error:
        return Contender(name, None, getattr(error, "code", type(error).__name__))


def _plain(responses: Responses) -> Scores:
    fold = student_folds(responses, FOLDS, SEED)
    chance: Floats = np.zeros(len(responses))
    for each in range(FOLDS):
        # Two rows are added, one right and one wrong, so that a chance is never 0 or 1.
        others = responses.score[fold != each]
        chance[fold == each] = (others.sum() + 1) / (len(others) + 2)
    return scores(responses.score, chance)
