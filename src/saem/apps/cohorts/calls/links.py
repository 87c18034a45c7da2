"""Links that are a key by themselves: mailed once, kept only as a hash."""

import hashlib
import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """A fresh key: `token` for the letter, `sha256` for the database. 192 random bits are not guessed."""

    token: str
    sha256: str


def new_secret() -> Secret:
    token = secrets.token_urlsafe(24)
    return Secret(token, hash_of(token))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
