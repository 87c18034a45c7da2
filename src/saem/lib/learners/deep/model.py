"""DKT and AKT under the contract of every learner model."""

import time
from abc import abstractmethod
from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
import torch
from joblib import Parallel, delayed
from scipy.stats import t as student_t
from torch import nn

from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Arrays, Asked, Estimate, Facts, Fit, LearnerModel, Predictions, State, describe
from saem.lib.learners.responses import Floats, Responses

from . import checks
from .difficulty import item_features, out_of_fold_features
from .networks import AktNetwork, DktNetwork
from .sequences import Encoded, Window, encoded, split_students, trimmed, windows_of
from .training import Outcome, Plan, device_of, log_loss, logits, seeded, train

LEVELS = ("item", "skill")


class _Deep(LearnerModel):
    """What DKT and AKT share: everything but the network.

    `members` networks are trained from different seeds, each stopped early on `validation` of the training students, a
    different part for each; a chance is the mean of their logits. Its interval says where 95 % of networks trained
    again would put it: it holds neither what all such networks get wrong nor the luck of one answer. `mastery` is the
    chance of a right answer on an item of the skill that nobody has met yet.

    `level` "item" reads items (their difficulty comes from other students) and skills, "skill" skills alone. A row sees
    between half a window and a window of its student's earlier rows. `device` "auto" takes a GPU where there is one;
    there, a seed gives the same fit up to rounding only. Members train through joblib, so `joblib.parallel_config`
    spreads them over processes (not threads: those share random numbers) or machines.
    """

    networks_: list[nn.Module]
    items_: tuple[str, ...]
    skills_: tuple[str, ...]
    table_: Floats

    def __init__(
        self, *, members: int = 3, level: str = "item", width: int = 64, dropout: float = 0.2, window: int = 200,
        epochs: int = 8, patience: int = 2, batch_size: int = 32, learning_rate: float = 2e-3,
        validation: float = 0.1, device: str = "auto", seed: int = 0,
    ) -> None:  # fmt: skip
        self.members = members
        self.level = level
        self.width = width
        self.dropout = dropout
        self.window = window
        self.epochs = epochs
        self.patience = patience
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.validation = validation
        self.device = device
        self.seed = seed

    def fit(self, responses: Responses) -> Self:
        """Raises ResponsesError (no rows, a score other than 0 and 1) and ParameterError."""
        began = time.perf_counter()
        self._check_parameters()
        if not len(responses):
            raise ResponsesError("no_responses")
        self.items_, self.skills_ = responses.items, responses.skills
        self.table_ = item_features(responses)
        data = encoded(responses, self.items_, self.skills_, self.table_)
        held_out = replace(data, features=out_of_fold_features(responses, np.random.default_rng(self.seed)))
        trained = Parallel()(delayed(self._trained)(responses, held_out, member) for member in range(self.members))
        self.networks_ = [network for network, _ in trained]
        self.trained_on_ = describe(responses)
        self._report(responses, data, [outcome for _, outcome in trained], began)
        return self

    def predict(self, responses: Responses) -> Predictions:
        self._need_fit()
        data = encoded(responses, self.items_, self.skills_, self.table_)
        pairs = np.unique(np.stack([responses.item, responses.tag], axis=1), axis=0)
        items, skills = frozenset(self.items_), frozenset(self.skills_)
        findings = {
            finding: None
            for item, tag in pairs
            for finding in checks.unknown(Asked(responses.items[item], _skills(responses, tag)), items, skills)
        }
        return Predictions(_chance(self._logits(responses, data).mean(axis=0)), tuple(findings))

    def new_state(self) -> State:
        self._need_fit()
        return {"history": []}

    def updated(self, state: State, asked: Asked, score: float) -> State:
        """Raises ResponsesError for a score other than 0 and 1."""
        if score not in {0, 1}:
            raise ResponsesError("score_not_binary", where=asked.item)
        return {"history": trimmed([*state["history"], [asked.item, list(asked.skills), int(score)]], self.window)}

    def chance(self, state: State, asked: Asked) -> Estimate:
        """With the interval of networks trained again; 0 to 1 for a single network, which cannot know it."""
        self._need_fit()
        findings = tuple(checks.unknown(asked, self.items_, self.skills_))
        found = self._estimate(state, asked)
        return replace(found, usable=False, why=findings[0].code) if findings else found

    def mastery(self, state: State, skill: str) -> Estimate:
        """The chance of a right answer on an item of this skill that nobody has met yet."""
        self._need_fit()
        if skill not in self.skills_:
            return Estimate(0.5, 0.0, 1.0, usable=False, why="unknown_skill")
        found = self._estimate(state, Asked("", (skill,)))
        refused = [each.code for each in self.fit_.findings if each.where == skill and each.code in checks.REFUSALS]
        return replace(found, usable=False, why=refused[0]) if refused else found

    @abstractmethod
    def _network(self, skills: int) -> nn.Module:
        """A new one."""

    def _trained(self, responses: Responses, data: Encoded, member: int) -> tuple[nn.Module, Outcome]:
        """One network of the ensemble, and how its training went; members do not depend on each other."""
        seed = 1000 * self.seed + member
        train_rows, validation_rows = split_students(
            responses, self.validation, checks.FEWEST_STUDENTS, np.random.default_rng([self.seed, member])
        )
        windows = [self._windows(responses, np.flatnonzero(rows)) for rows in (train_rows, validation_rows)]
        plan = Plan(self.epochs, self.patience, self.batch_size, self.learning_rate, seed)
        with seeded(seed):
            network = self._network(len(self.skills_)).to(device_of(self.device))
            outcome = train(network, data, (windows[0], windows[1]), plan)
        # In double precision no chance depends on which other students share its batch.
        return network.double(), outcome

    def _check_parameters(self) -> None:
        if self.level not in LEVELS:
            raise ParameterError(f"level is one of {', '.join(LEVELS)}, not {self.level!r}")
        if self.window < len(LEVELS) or self.window % 2:
            raise ParameterError("window must be even and at least 2")
        if min(self.members, self.epochs, self.batch_size, self.width) < 1 or not 0 <= self.validation < 1:
            raise ParameterError("members, epochs, batch_size, width: at least 1; validation: from 0 to below 1")
        device_of(self.device)

    def _windows(self, responses: Responses, rows: Any) -> list[Window]:
        return [Window(rows[each.rows], each.fresh) for each in windows_of(responses.rows(rows), self.window)]

    def _report(self, responses: Responses, data: Encoded, outcomes: list[Outcome], began: float) -> None:
        chance = _chance(self._logits(responses, data).mean(axis=0))
        best = [min(outcome.losses) for outcome in outcomes if outcome.losses]
        findings = list(checks.response_findings(responses))
        if not all(outcome.converged for outcome in outcomes):
            findings.append(Finding("not_converged"))
        self.fit_ = Fit(
            -log_loss(data.right, chance) * len(responses),
            all(outcome.converged for outcome in outcomes),
            max(outcome.epochs for outcome in outcomes),
            time.perf_counter() - began,
            self.members,
            float(np.std(best)) if best else 0.0,
            tuple(findings),
        )

    def _logits(self, responses: Responses, data: Encoded) -> Floats:
        """(members, rows)."""
        windows = windows_of(responses, self.window)
        return np.stack([logits(network, data, windows) for network in self.networks_])

    def _estimate(self, state: State, asked: Asked) -> Estimate:
        history = [*state["history"], [asked.item, asked.skills, 0]]
        items, skills, scores = zip(*history, strict=True)
        responses = Responses.from_columns(["learner"] * len(history), items, skills, scores)
        found = self._logits(responses, encoded(responses, self.items_, self.skills_, self.table_))[:, -1]
        value = float(_chance(found.mean()))
        if len(found) == 1:
            return Estimate(value, 0.0, 1.0)
        reach = student_t.ppf(0.975, len(found) - 1) * found.std(ddof=1) * np.sqrt(1 + 1 / len(found))
        return Estimate(value, float(_chance(found.mean() - reach)), float(_chance(found.mean() + reach)))

    def _kept(self) -> tuple[Facts, Arrays]:
        arrays = {"table": self.table_} | {
            f"{member}.{name}": values.cpu().numpy()
            for member, network in enumerate(self.networks_)
            for name, values in network.state_dict().items()
        }
        return {"items": self.items_, "skills": self.skills_}, arrays

    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        self.items_, self.skills_ = tuple(facts["items"]), tuple(facts["skills"])
        self.table_ = arrays["table"]
        self.networks_ = []
        for member in range(self.members):
            network = self._network(len(self.skills_)).double()
            kept = {name: torch.from_numpy(arrays[f"{member}.{name}"]) for name in network.state_dict()}
            network.load_state_dict(kept)
            self.networks_.append(network.to(device_of(self.device)))


class Dkt(_Deep):
    """The chance of the next right answer by an LSTM over a learner's answers (DKT, Piech et al. 2015).

    With `level` "skill" it reads what the first DKT read; "item" adds difficulties and counts.
    """

    name: ClassVar[str] = "dkt"

    def _network(self, skills: int) -> nn.Module:
        return DktNetwork(skills=skills, width=self.width, dropout=self.dropout, level=self.level)


class Akt(_Deep):
    """The chance of the next right answer by attention that forgets (after AKT, Ghosh, Heffernan & Lan 2020).

    Kept of AKT: the Rasch embeddings and the monotonic attention of its retriever. Changed: the difficulties are
    estimated from other students instead of learned; an LSTM replaces the two encoders; log counts are read too.
    """

    name: ClassVar[str] = "akt"
    heads: ClassVar[int] = 4

    def _network(self, skills: int) -> nn.Module:
        return AktNetwork(skills=skills, width=self.width, dropout=self.dropout, level=self.level, heads=self.heads)

    def _check_parameters(self) -> None:
        super()._check_parameters()
        if self.width % self.heads:
            raise ParameterError(f"width must be a multiple of {self.heads}")


def _skills(responses: Responses, tag: int) -> tuple[str, ...]:
    return tuple(responses.skills[code] for code in responses.tag_sets[tag])


def _chance(logit: Any) -> Any:
    return 1 / (1 + np.exp(-logit))
