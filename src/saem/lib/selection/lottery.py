"""A public draw that anybody can run again: one SHA-256 a person, with nothing else to trust.

How it is done, so that it can be repeated in any language:
1. Before applications close, the office draws a secret (64 hexadecimal digits) and publishes its *commitment*, the
   SHA-256 of the secret's text.
2. It names a *public value* that nobody can know yet: as the numbers of a lottery on a later day, written in a stated
   way. Without it, who drew the secret could have tried many secrets and kept one that favours somebody.
3. On the day, the secret is published. Everybody checks that its SHA-256 is the commitment.
4. The key of an application is the SHA-256, in lower-case hexadecimal, of the UTF-8 text
   `SECRET newline PUBLIC newline ID`, with single newlines (U+000A) between and none at the end. Smaller keys, compared
   as text, come first.

SHA-256: FIPS 180-4. Equal keys would be a collision of it. Every ID that took part is published, so a draw is complete.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from saem.lib.selection.errors import RepeatedError
from saem.lib.selection.problems import repeated

_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Draw:
    """What fixes a draw: the secret and the public value; `public` may be empty where none was announced."""

    secret: str
    public: str = ""


def new_secret() -> str:
    """256 random bits as 64 hexadecimal digits: too many for anybody to find from the commitment."""
    return secrets.token_hex(32)


def commitment(secret: str) -> str:
    """What is published before: SHA-256 of the secret's text, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key(draw: Draw, application: str) -> str:
    """64 hexadecimal digits by which the draw sorts an application."""
    return hashlib.sha256(f"{draw.secret}\n{draw.public}\n{application}".encode()).hexdigest()


def drawn(draw: Draw, applications: Iterable[str]) -> tuple[str, ...]:
    """The applications in the order of the draw, whatever the order in which they are given.

    Raises RepeatedError for an application that is given twice.
    """
    names = list(applications)
    twice = repeated(names)
    if twice:
        raise RepeatedError(twice[0])
    return tuple(sorted(names, key=lambda name: key(draw, name)))


@dataclass(frozen=True)
class Replay:
    """What somebody who runs a draw again finds; `first_difference` counts from 1, None where all places agree."""

    is_as_committed: bool
    first_difference: int | None

    @property
    def agrees(self) -> bool:
        return self.is_as_committed and self.first_difference is None


def replay(draw: Draw, published: Sequence[str], committed: str) -> Replay:
    """Run a published draw again: does the secret have the commitment, and do the places come out as published?

    A place that is published twice or not at all is a difference too.
    """
    order = sorted(set(published), key=lambda name: key(draw, name))
    pairs = zip(order, published, strict=False)
    differs = next((place for place, (ours, theirs) in enumerate(pairs, start=1) if ours != theirs), None)
    if differs is None and len(order) != len(published):
        differs = len(order) + 1
    return Replay(bool(_HEX64.fullmatch(draw.secret)) and commitment(draw.secret) == committed, differs)


def keys(draw: Draw, applications: Iterable[str]) -> Mapping[str, str]:
    """The key of each application, as it is published beside the places."""
    return {name: key(draw, name) for name in applications}
