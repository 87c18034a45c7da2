"""Who reviews, what is reviewed, and what comes out: tasks behind aliases."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saem.lib.reviewing.errors import RangeError, RepeatedError, UnknownError


@dataclass(frozen=True)
class Reviewer:
    """A person, and their team."""

    id: str
    team: str


@dataclass(frozen=True)
class Work:
    """A team's work. A calibration sample is a work of nobody's, with `team` empty."""

    id: str
    team: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`each` reviews of a reviewer, `samples` of calibration works among them and beside them: a reviewer does `each +
    samples`.

    `seed` decides everything that chance decides; `secret` makes the aliases, so that the seed may be told.
    Raises RangeError for numbers below nothing, and for an empty secret.
    """

    each: int
    samples: int = 0
    seed: str
    secret: bytes

    def __post_init__(self) -> None:
        if min(self.each, self.samples) < 0 or not self.secret:
            raise RangeError("reviews, samples or secret")


@dataclass(frozen=True)
class Task:
    """One review to write. `alias` is all that the reviewer sees of the work, `reviewer_alias` all that the team sees
    of the reviewer; nothing tells a sample from a work.
    """

    reviewer: str
    work: str
    alias: str
    reviewer_alias: str
    is_sample: bool


@dataclass(frozen=True)
class Assignment:
    """`tasks` by reviewer, in the order in which they are shown. `unmet`: reviews that a reviewer could not be given,
    because too few works are another team's.
    """

    tasks: Mapping[str, tuple[Task, ...]]
    unmet: Mapping[str, int]

    @property
    def received(self) -> Counter[str]:
        """Reviews by work, samples left out."""
        return Counter(task.work for tasks in self.tasks.values() for task in tasks if not task.is_sample)


def order(seed: str, *names: str) -> bytes:
    """A key by which chance orders, the same on every machine; no list's order plays a part."""
    return hashlib.sha256("\n".join([seed, *names]).encode("utf-8", "surrogatepass")).digest()


def alias(secret: bytes, kind: str, *names: str) -> str:
    """Eight letters and digits that nobody without the secret can trace back."""
    text = "\n".join([kind, *names]).encode("utf-8", "surrogatepass")
    return hmac.new(secret, text, hashlib.sha256).hexdigest()[:8]


def check(reviewers: Iterable[Reviewer], works: Iterable[Work], samples: Iterable[Work]) -> None:
    """Raises RepeatedError for a name that is twice, UnknownError for a work without a team or a sample with one."""
    works, samples = list(works), list(samples)
    for names in ([each.id for each in reviewers], [each.id for each in (*works, *samples)]):
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise RepeatedError(twice[0])
    strange = [each.id for each in works if not each.team] + [each.id for each in samples if each.team]
    if strange:
        raise UnknownError(strange[0])
