"""What is known of one person, as frozen values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from saem.lib.completion.presence import Presence
from saem.lib.completion.scores import Score
from saem.lib.completion.sessions import Session


@dataclass(frozen=True)
class Progress:
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class ProjectFact:
    """`score` is of the counting submission. `final` once nothing more can be handed in or judged."""

    passed: bool = False
    score: Score | None = None
    final: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one person at `now`. `closed` once no fact of the course can change any more."""

    now: dt.datetime
    sessions: tuple[Session, ...] = ()
    presences: Mapping[str, Presence] = field(default_factory=dict)
    progress: Progress | None = None
    skills: Mapping[str, bool] = field(default_factory=dict)
    projects: Mapping[str, ProjectFact] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    credits: int = 0
    closed: bool = False
