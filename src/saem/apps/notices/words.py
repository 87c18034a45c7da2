"""The words of a notice, in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from saem.apps.notices.models import Notice


@dataclass(frozen=True)
class Words:
    """Plain text; whoever shows it on a page escapes it there."""

    title: str
    text: str


@cache
def _engine() -> Engine:
    # Letters are plain text: an apostrophe in a name must arrive as one.
    return Engine(
        app_dirs=True,
        autoescape=False,
        libraries={"i18n": "django.templatetags.i18n"},
        builtins=["saem.web.templatetags.saem"],
    )


def words_of(kind: str, facts: Mapping[str, object], language: str) -> Words:
    """Title and text of one kind of notice; the first line of its template is the title.

    A fact that is a mapping from languages to texts, as titles in programs are, is told in the reader's language.
    """
    told = {name: _in(language, fact) for name, fact in facts.items()}
    with translation.override(language):
        whole = _engine().get_template(f"notices/{kind}.txt").render(Context(told, autoescape=False))
    title, _, text = whole.strip().partition("\n")
    return Words(" ".join(title.split()), text.strip())


def _in(language: str, fact: object) -> object:
    if isinstance(fact, Mapping) and settings.LANGUAGE_CODE in fact:
        return fact.get(language) or fact[settings.LANGUAGE_CODE]
    return fact


def notice_words(notice: Notice, language: str) -> Words:
    return words_of(notice.kind, notice.facts, language)


def language_of(own: str) -> str:
    """The language to write in to somebody who has chosen one, or has not."""
    return own or settings.LANGUAGE_CODE


def address_of(path: str) -> str:
    """A path of this site as an address that works in a letter."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
