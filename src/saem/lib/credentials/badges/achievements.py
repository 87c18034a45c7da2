"""What a badge says, in our words: the achievement, who gives it, who gets it."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from .moments import moment_text
from .multibase import multihash
from .screening import screened_json

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")
SALT_BYTES = 16
HOURS: Mapping[Language, str] = {"ko": "이수 시간", "en": "Hours"}


@dataclass(frozen=True)
class Text:
    """The same in both languages."""

    ko: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """A tag: an entry of a framework (`scheme`, `code`, name) and the address of its official description."""

    scheme: str
    code: str
    name: Text
    url: str

    def document(self, language: Language) -> dict[str, Any]:
        return {
            "type": ["Alignment"],
            "targetName": self.name.in_language(language),
            "targetUrl": self.url,
            "targetCode": self.code,
            "targetFramework": self.scheme,
        }


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A number that every badge of an achievement carries (Open Badges 3.0, ResultDescription).

    `kind` is an Open Badges ResultType (`Percent`, `RawScore` …); `required` is what must be reached, `most` the best.
    """

    id: str
    name: Text
    kind: str
    required: float | None = None
    most: float | None = None

    def document(self, achievement: str, language: Language) -> dict[str, Any]:
        found: dict[str, Any] = {"id": f"{achievement}#{self.id}", "type": ["ResultDescription"]}
        found |= {"name": self.name.in_language(language), "resultType": self.kind}
        bounds = {"requiredValue": self.required, "valueMax": self.most}
        return found | {name: _number(value) for name, value in bounds.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a badge rests on (Open Badges 3.0, Evidence). Everybody who gets the badge reads it: it names nobody."""

    name: Text
    narrative: Text
    genre: Text

    def document(self, language: Language) -> dict[str, Any]:
        said = {"name": self.name, "narrative": self.narrative, "genre": self.genre}
        return {"type": ["Evidence"], **{name: text.in_language(language) for name, text in said.items()}}


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """What was achieved, the same for all who have. `id` is an address of this very wording: other words, another id.

    `credits` are 학점 of teacher training, `hours` hours of taking part; None where the badge counts neither. `image`
    is an address or a data URI. `marks` are numbers that each badge has of its own.
    """

    id: str
    name: Text
    description: Text
    criteria: Text
    kind: str = "Badge"
    image: str | None = None
    keywords: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    credits: float | None = None
    hours: float | None = None
    marks: tuple[Mark, ...] = ()

    def id_in(self, language: Language) -> str:
        """Open Badges give each language an id of its own; one page tells both."""
        return f"{self.id}#{language}"

    @property
    def hours_id(self) -> str:
        return f"{self.id}#hours"

    def document(self, language: Language) -> dict[str, Any]:
        """The Achievement of Open Badges 3.0, and that it is the same in the other language."""
        others = [one for one in LANGUAGES if one != language]
        found: dict[str, Any] = {
            "id": self.id_in(language),
            "type": ["Achievement"],
            "achievementType": self.kind,
            "name": self.name.in_language(language),
            "description": self.description.in_language(language),
            "criteria": {"narrative": self.criteria.in_language(language)},
            "inLanguage": language,
            "related": [{"id": self.id_in(one), "type": ["Related"], "inLanguage": one} for one in others],
        }
        if self.image:
            found["image"] = {"id": self.image, "type": "Image"}
        if self.keywords:
            found["tag"] = list(self.keywords)
        if self.alignments:
            found["alignment"] = [one.document(language) for one in self.alignments]
        if self.credits is not None:
            found["creditsAvailable"] = self.credits
        if described := self._results(language):
            found["resultDescription"] = described
        return found

    def _results(self, language: Language) -> list[dict[str, Any]]:
        hours = [self._hours(language)] if self.hours is not None else []
        return [*hours, *(mark.document(self.id, language) for mark in self.marks)]

    def _hours(self, language: Language) -> dict[str, Any]:
        named = {"id": self.hours_id, "type": ["ResultDescription"], "name": HOURS[language]}
        return {**named, "resultType": "Result", "valueMax": _number(self.hours or 0)}


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who signs: an institution, by a DID or an address whose keys are published."""

    id: str
    name: str
    url: str | None = None
    email: str | None = None

    def document(self) -> dict[str, Any]:
        found = {"id": self.id, "type": ["Profile"], "name": self.name, "url": self.url, "email": self.email}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who gets it, by something that a verifier can compare and the badge does not show.

    `identity` is hashed with the salt, which lies beside the hash: it hides what nobody can guess from a list (an
    address), not what anybody can count through (a number of six digits). `kind` is an Open Badges identity type:
    `emailAddress`, `systemId` (an account here: what pupils without e-mail have) and others. `id` is a DID of the
    holder's own.
    """

    identity: str = ""
    kind: str = "emailAddress"
    id: str | None = None
    salt: str = field(default_factory=lambda: secrets.token_hex(SALT_BYTES))

    def document(self) -> dict[str, Any]:
        """Raises ValueError where nothing says who it is."""
        if not self.identity and not self.id:
            raise ValueError("a recipient needs an identity or an id")
        found: dict[str, Any] = {"id": self.id} if self.id else {}
        if self.identity:
            found["identifier"] = [self._identifier()]
        return found

    def _identifier(self) -> dict[str, Any]:
        return {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": identity_hash(self.identity, self.salt),
            "identityType": self.kind,
            "salt": self.salt,
        }


@dataclass(frozen=True, kw_only=True)
class Award:
    """That one recipient has achieved it, from when and until when the badge holds, and what was earned.

    `marks` are the values of the achievement's marks by id, `evidence` is what it rests on.
    """

    id: str
    achievement: Achievement
    recipient: Recipient
    valid_from: datetime
    valid_until: datetime | None = None
    credits: float | None = None
    hours: float | None = None
    narrative: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def subject(self, language: Language) -> dict[str, Any]:
        """The AchievementSubject of Open Badges 3.0."""
        found = {**self.recipient.document(), "type": ["AchievementSubject"]}
        found["achievement"] = self.achievement.document(language)
        if self.credits is not None:
            found["creditsEarned"] = self.credits
        if results := self._results():
            found["result"] = results
        if self.narrative:
            found["narrative"] = self.narrative
        return found

    def _results(self) -> list[dict[str, Any]]:
        """Raises KeyError where a mark of the achievement has no value."""
        values = {self.achievement.hours_id: self.hours} if self.hours is not None else {}
        values |= {f"{self.achievement.id}#{mark.id}": self.marks[mark.id] for mark in self.achievement.marks}
        return [
            {"type": ["Result"], "resultDescription": described, "value": _number(value)}
            for described, value in values.items()
        ]

    def validity(self) -> dict[str, str]:
        until = {"validUntil": moment_text(self.valid_until)} if self.valid_until else {}
        return {"validFrom": moment_text(self.valid_from), **until}


def identity_hash(identity: str, salt: str) -> str:
    """`sha256$` and the hash of identity and salt (Open Badges 3.0, IdentityHash); addresses in small letters."""
    return f"sha256${hashlib.sha256((identity.strip().lower() + salt).encode()).hexdigest()}"


def content_digest(described: Mapping[str, Any]) -> str:
    """A multihash of an achievement or profile as it stands in a badge, without what others say of it."""
    own = {name: value for name, value in described.items() if name != "endorsement"}
    return multihash(screened_json(own).encode())


def _number(value: float) -> str:
    return f"{value:g}"
