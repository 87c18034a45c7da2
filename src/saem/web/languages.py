"""The two languages of the site, and which of them the reader has now."""

from typing import Literal

from django.utils.translation import get_language

Language = Literal["ko", "en"]


def language_of(code: str | None) -> Language:
    """The language of the site that a code (BCP 47) comes to: English for "en" and "en-GB", Korean for any other."""
    return "en" if (code or "").partition("-")[0].lower() == "en" else "ko"


def reader_language() -> Language:
    """The language in which the page, or the letter, is written that is being made."""
    return language_of(get_language())
