"""A refit from end to end without a database: columns of first tries in, statistics and perhaps a model out.

Everything travels as JSON bytes, so that the slow part can run in any process. Learners are numbers of enrolments.
"""

import base64
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from saem.lib.learners import LearnerModel, ModelFileError, ParameterError, Responses, model_class
from saem.lib.learners.candidates import Choice, Contender, choose_model
from saem.lib.learners.cards import card_json
from saem.lib.learners.items import FirstTries, ItemStatistics, alarms_of, item_statistics

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A fitted model as its row keeps it; `pk` is 0 before it has a row."""

    name: str
    document: bytes
    arrays: bytes
    pk: int = 0


@dataclass(frozen=True, kw_only=True)
class Tries:
    """First tries as columns in the order of time, and what the program says of its items.

    `groups` are those of each learner, by the learner's number as text (`groups.pooled`).
    """

    student: Sequence[int]
    item: Sequence[str]
    score: Sequence[float]
    chosen: Sequence[Sequence[str]]
    hints: Sequence[int]
    skills: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    right: Mapping[str, Sequence[str]] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def to_bytes(self, in_force: Stored | None) -> bytes:
        return json.dumps({"tries": asdict(self), "in_force": _packed(in_force)}).encode()


@dataclass(frozen=True, kw_only=True)
class Refit:
    """What a refit found: by item `statistics` and `alarms`; `note` says what came of the models."""

    statistics: Mapping[str, Json]
    alarms: Mapping[str, Sequence[str]]
    note: str
    in_force: int = 0
    model: Stored | None = None
    card: Json = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        found = {name: getattr(self, name) for name in ("statistics", "alarms", "note", "in_force", "card")}
        return json.dumps({**found, "model": _packed(self.model)}, allow_nan=False).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Refit":
        """The inverse of `to_bytes`; raises ValueError, KeyError or TypeError for anything else."""
        found = json.loads(raw)
        return cls(**{**found, "model": _unpacked(found["model"])})


def refit(data: bytes) -> Refit:
    """Compute everything from the bytes of `Tries.to_bytes`. An item counts as right where all of its score was got."""
    found = json.loads(data)
    tries, before = Tries(**found["tries"]), _unpacked(found["in_force"])
    responses = Responses.from_columns(
        map(str, tries.student),
        tries.item,
        [tuple(tries.skills.get(item, ())) for item in tries.item],
        [float(score == 1) for score in tries.score],
    )
    statistics = item_statistics(FirstTries(responses, tries.chosen, tries.hints, tries.options, tries.right))
    choice = choose_model(responses, in_force=loaded(before), groups=_groups_of(tries))
    return Refit(
        statistics={item: _plain(each) for item, each in statistics.items()},
        alarms={item: [str(alarm) for alarm in alarms_of(each)] for item, each in statistics.items()},
        note=str(choice.note),
        in_force=before.pk if before else 0,
        model=None if choice.model is None else stored(choice.model),
        card=_card(choice, before),
    )


def _groups_of(tries: Tries) -> list[tuple[str, ...]] | None:
    """The groups of each row; none where nobody is in any."""
    if not any(tries.groups.values()):
        return None
    return [tuple(tries.groups.get(str(student), ())) for student in tries.student]


def stored(model: LearnerModel) -> Stored:
    """A fitted model as bytes; `lib.learners` writes folders."""
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder))
        files = [(Path(folder) / name).read_bytes() for name in ("model.json", "arrays.npz")]
    return Stored(name=model.name, document=files[0], arrays=files[1])


def loaded(model: Stored | None) -> LearnerModel | None:
    """The model again; None for none, and for one that this release can no longer read."""
    if model is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "model.json").write_bytes(model.document)
        (Path(folder) / "arrays.npz").write_bytes(model.arrays)
        try:
            return model_class(model.name).load(Path(folder))
        except (ModelFileError, ParameterError):
            return None


def _plain(found: ItemStatistics) -> Json:
    drift = {"z": found.drift.z} if found.drift else {}
    return {
        **asdict(found),
        "exposure": found.exposure,
        "drift": {**asdict(found.drift), **drift} if found.drift else None,
    }


def _card(choice: Choice, before: Stored | None) -> Json:
    """The model's card with the comparison that it was chosen by; empty where nothing is proposed."""
    if choice.model is None or choice.chosen is None or choice.chosen.evaluation is None:
        return {}
    card = card_json(choice.model.card(choice.chosen.evaluation.as_json()))
    in_force = None if before is None or choice.in_force is None else {"name": before.name, **asdict(choice.in_force)}
    comparison = {
        "contenders": list(map(_told, choice.contenders)),
        "plain": None if choice.plain is None else asdict(choice.plain),
        "in_force": in_force,
    }
    return {**card, "comparison": comparison}


def _told(contender: Contender) -> Json:
    found = contender.evaluation
    if found is None:
        return {"name": contender.name, "why": contender.why}
    figures = {"calibration_error": found.calibration.error, "protocol": found.protocol.hash}
    return {"name": contender.name, **asdict(found.scores), **figures}


def _packed(model: Stored | None) -> Json | None:
    if model is None:
        return None
    files = {name: base64.b64encode(getattr(model, name)).decode() for name in ("document", "arrays")}
    return {"name": model.name, "pk": model.pk, **files}


def _unpacked(found: Json | None) -> Stored | None:
    if found is None:
        return None
    files: Iterable[bytes] = (base64.b64decode(found[name]) for name in ("document", "arrays"))
    document, arrays = files
    return Stored(name=found["name"], pk=found["pk"], document=document, arrays=arrays)
