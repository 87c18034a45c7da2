"""Which of the site's two languages a code means, and which one the reader has."""

import pytest
from django.utils import translation

from saem.web.languages import language_of, reader_language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("enm", "ko"),
        ("", "ko"),
        (None, "ko"),
    ],
)
def test_a_code_comes_to_one_of_two_languages(code: str | None, language: str):
    assert language_of(code) == language


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_reader_has_the_language_that_is_in_force(language: str):
    with translation.override(language):
        assert reader_language() == language


def test_without_any_language_it_is_korean():
    with translation.override(None):
        assert reader_language() == "ko"
