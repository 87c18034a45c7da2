"""The code→message table: what libs and services say in codes, in words a person understands.

Every module of this package that has `MESSAGES` adds to the one table. A message is a Korean sentence marked with
`gettext_lazy`, with named placeholders; `{name:이가}` puts the fitting particle behind the name.
"""

import importlib
import logging
import pkgutil
from collections.abc import Mapping, Sequence
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.lib.particles import PAIRS, with_particle
from saem.web.languages import reader_language

log = logging.getLogger(__name__)

UNKNOWN = _("무언가 잘못됐어요. 잠시 뒤에 다시 해 보세요.")

Message = str | Promise


class DuplicateCodeError(Exception):
    """Two modules claim the same code; found when the table is built, so a site with one does not start."""


def merge(tables: Mapping[str, Mapping[str, Message]]) -> dict[str, Message]:
    """Return one table of all modules' messages; a code belongs to exactly one module."""
    merged: dict[str, Message] = {}
    for module, table in tables.items():
        for code in table:
            if code in merged:
                raise DuplicateCodeError(f"{code} is in {module} and in another module of messages")
        merged |= table
    return merged


def collect() -> dict[str, Message]:
    tables = {}
    for module in pkgutil.iter_modules(__path__):
        found = getattr(importlib.import_module(f"{__name__}.{module.name}"), "MESSAGES", None)
        if found is not None:
            tables[module.name] = found
    return merge(tables)


class KindFormatter(Formatter):
    """Formats named values for readers: particles by name, short decimals, lists with commas; never fails."""

    def get_value(self, key: int | str, _args: Sequence[object], kwargs: Mapping[str, object]) -> object:
        if key in kwargs:
            return kwargs[str(key)]
        log.error("a message needs %r, which was not given", key)
        return "…"

    def format_field(self, value: object, format_spec: str) -> str:
        text = words_of(value)
        return with_particle(text, format_spec) if format_spec in PAIRS else text


def words_of(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(words_of(part) for part in value)
    if isinstance(value, Mapping):
        # A name that was kept in both languages.
        return str(value.get(reader_language()) or value.get("ko", "–"))
    return str(value)


def message(code: str, **params: object) -> str:
    """Return the sentence for a code in the active language; a code without one gets a plain general sentence."""
    text = TABLE.get(code)
    if text is None:
        log.error("there is no message for the code %r", code)
        return str(UNKNOWN)
    return KindFormatter().vformat(str(text), (), params)


TABLE = collect()
