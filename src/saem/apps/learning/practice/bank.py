"""The practice items of a version: what can be given, and whether it can be shown."""

import logging
import secrets
from functools import lru_cache

from saem.apps.catalog import folders
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.lib.content import ContentError, Item
from saem.lib.content.items import variant
from saem.lib.content.schema import VaryingFile
from saem.lib.learners.adaptive import Candidate

log = logging.getLogger(__name__)

BANKS_KEPT = 16
# As large as the column that keeps it.
SEEDS = 2**31 - 1


def practice_items(version: Version) -> dict[str, Item]:
    """The items for practice by id, in the author's order; none where the program has none."""
    return _items(version.content_hash)


def has_practice(version: Version) -> bool:
    return bool(practice_items(version))


def candidates_of(version: Version) -> tuple[Candidate, ...]:
    return _candidates(version.content_hash)


def skill_title(version: Version, skill: str, language: str) -> str:
    """The skill in words; its id where a newer version no longer names it."""
    found = (each.title.in_(language) for each in program_of(version).skills if each.id == skill)
    return next(found, skill)


def new_seed() -> int:
    """Of a variant that nobody can foresee."""
    return secrets.randbelow(SEEDS)


def can_be_shown(item: Item, seed: int) -> bool:
    """An item that `saem check` would turn away may still have been published by an older one."""
    try:
        variant(item, seed)
    except ContentError:
        log.exception("the item %s has no variant %s", item.id, seed)
        return False
    return True


def has_other_numbers(item: Item) -> bool:
    return isinstance(item.asked, VaryingFile) and bool(item.asked.parameters)


@lru_cache(maxsize=BANKS_KEPT)
def _items(content_hash: str) -> dict[str, Item]:
    items = folders.program(content_hash).items
    return {name: item for name, item in items.items() if item.is_for("practice")}


@lru_cache(maxsize=BANKS_KEPT)
def _candidates(content_hash: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, tuple(item.skills)) for name, item in _items(content_hash).items())
