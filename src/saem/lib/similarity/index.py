"""An index: the sketches of works that were read with the same settings, in memory or in a file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from saem.lib.similarity import storage
from saem.lib.similarity.errors import RepeatedError, SettingsError
from saem.lib.similarity.fingerprints import Settings
from saem.lib.similarity.sketches import Sketch, sketch, starter_grams
from saem.lib.similarity.works import Work


@dataclass(frozen=True, eq=False)
class Index:
    """Sketches in the order in which their works came; each name once."""

    settings: Settings
    sketches: tuple[Sketch, ...]

    def __post_init__(self) -> None:
        twice = [name for name, count in Counter(each.id for each in self.sketches).items() if count > 1]
        if twice:
            raise RepeatedError(twice[0])

    @classmethod
    def of(cls, works: Iterable[Work], *, starter: Sequence[Work] = (), settings: Settings | None = None) -> "Index":
        """Read works, without what is also in the starter code. Raises RepeatedError where two have one name."""
        settings = settings or Settings()
        given = starter_grams(starter, settings)
        return cls(settings, tuple(sketch(work, settings, given) for work in works))

    def with_more(self, other: "Index") -> "Index":
        """Both together. Raises SettingsError where they were read differently, RepeatedError where a name is twice."""
        if other.settings != self.settings:
            raise SettingsError(f"{self.settings} and {other.settings}")
        return Index(self.settings, self.sketches + other.sketches)

    def save(self, path: Path) -> None:
        """Write one file, whole or not at all: numbers and names, no code, nothing that could run."""
        storage.write(path, self.settings, self.sketches)

    @classmethod
    def load(cls, path: Path) -> "Index":
        """Raises FileError for anything that `save` does not write."""
        return cls(*storage.read(path))
