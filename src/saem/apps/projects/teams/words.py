"""The reader's language, as the program's files call it."""

from django.utils.translation import get_language


def language_now() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"
