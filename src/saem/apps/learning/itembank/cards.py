"""Cards of fitted models as a person compares them: figure by figure, the proposed one beside the one in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from saem.apps.learning.itembank.groups import GroupTable, tables_of
from saem.apps.learning.models import FittedModel, ModelState

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One model's card. Missing parts read as empty: a card written by an older release is still shown.

    `rooms` are the names, by id, of the classes that the reader may know.
    """

    model: FittedModel
    rooms: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"itembank.model.{self.model.name}"

    @property
    def is_proposed(self) -> bool:
        return self.model.state == ModelState.PROPOSED

    @property
    def is_in_force(self) -> bool:
        return self.model.state == ModelState.IN_FORCE

    @property
    def is_retired(self) -> bool:
        return self.model.state == ModelState.RETIRED

    @property
    def trained_on(self) -> Json:
        return self._part("trained_on")

    @property
    def fit(self) -> Json:
        return self._part("fit")

    @property
    def scores(self) -> Json:
        found: Json = self._part("evaluation").get("scores", {})
        return found

    @property
    def calibration(self) -> float | None:
        found: float | None = self._part("evaluation").get("calibration", {}).get("error")
        return found

    @property
    def bins(self) -> list[tuple[float, float, int]]:
        """Predicted and observed share right (per cent) and number of answers, of each bin that has some."""
        found = self._part("evaluation").get("calibration", {})
        rows = zip(found.get("predicted", ()), found.get("observed", ()), found.get("counts", ()), strict=False)
        return [(100 * predicted, 100 * observed, count) for predicted, observed, count in rows if count]

    @property
    def groups(self) -> list[GroupTable]:
        return tables_of(groups_told(self.model), self.rooms)

    @property
    def protocol(self) -> str:
        return str(self._part("evaluation").get("protocol", {}).get("hash", ""))

    @property
    def limits(self) -> list[tuple[str, dict[str, str]]]:
        """What the model has against its data: codes of the message table with their parameters."""
        found: dict[str, list[str]] = {}
        for each in self.fit.get("findings", ()):
            if each.get("weight") == "warning":
                found.setdefault(each["code"], []).append(each.get("where", ""))
        return [limit(code, ", ".join(filter(None, places))) for code, places in found.items()]

    @property
    def contenders(self) -> list[Json]:
        return [{**each, "code": f"itembank.model.{each['name']}"} for each in self._comparison("contenders") or ()]

    @property
    def plain(self) -> Json | None:
        found: Json | None = self._comparison("plain")
        return found

    @property
    def before(self) -> Json | None:
        """The scores of the model in force when this one was computed, just as it was, on the same answers."""
        found = self._comparison("in_force")
        return None if found is None else {**found, "code": f"itembank.model.{found['name']}"}

    def _comparison(self, name: str) -> Any:
        return self._part("comparison").get(name)

    def _part(self, name: str) -> Json:
        found = self.model.card.get(name)
        return found if isinstance(found, dict) else {}


def groups_told(model: FittedModel) -> Sequence[Json]:
    """The errors of groups on a card; one of an older release, which counted no students, has none to show."""
    found: Sequence[Json] = model.card.get("evaluation", {}).get("groups", ())
    return [each for each in found if each.get("gap_error") is not None]


def cards_of(models: Iterable[FittedModel], rooms: Mapping[str, str]) -> list[Card]:
    """The proposed model first, then the one in force."""
    states = [ModelState.PROPOSED, ModelState.IN_FORCE]
    found = [model for model in models if model.state in states]
    return [Card(model, rooms) for model in sorted(found, key=lambda model: states.index(ModelState(model.state)))]


def decided(models: Iterable[FittedModel]) -> list[Card]:
    """Every model that somebody decided about, the newest first."""
    return [Card(model) for model in models if model.state != ModelState.PROPOSED]


def limit(code: str, where: str) -> tuple[str, dict[str, str]]:
    """A finding of the fit in the words that authors need: which skills or items the model says nothing about."""
    kind = next((kind for kind in ("skill", "item", "not_converged") if code.startswith(kind)), "other")
    return f"itembank.limit.{kind}", {"where": where, "code": code}
