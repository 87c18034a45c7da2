"""The one table of codes and words: complete, unambiguous, and never a crash in front of a reader."""

import logging

import pytest
from django.utils import translation

from saem.web import messages
from saem.web.messages import DuplicateCodeError, KindFormatter, merge, message
from saem.web.messages.site import MESSAGES


def say(text: str, **params: object) -> str:
    return KindFormatter().vformat(text, (), params)


def test_a_code_becomes_a_sentence_in_the_readers_language() -> None:
    with translation.override("ko"):
        assert "찾는 내용이 없어요" in message("not_found")
    with translation.override("en"):
        assert message("not_found").startswith("What you are looking for")


def test_an_unknown_code_is_noted_and_said_plainly(caplog: pytest.LogCaptureFixture) -> None:
    with translation.override("ko"), caplog.at_level(logging.ERROR):
        assert message("no_such_code", name="x") == "무언가 잘못됐어요. 잠시 뒤에 다시 해 보세요."
    assert "no_such_code" in caplog.text


def test_values_are_written_for_readers() -> None:
    assert say("{name:이가} 없어요", name="temp_max") == "temp_max가 없어요"
    assert say("{value:은는} 커요", value=0.1 + 0.2) == "0.3은 커요"
    assert say("{examples}", examples=["a", 2, 1.5]) == "a, 2, 1.5"
    assert say("{row}번째", row=12345) == "12345번째"


def test_a_name_kept_in_both_languages_is_said_in_the_readers_own() -> None:
    for language, said in (("ko", "평균은 커요"), ("en", "Mean은 커요")):
        with translation.override(language):
            assert say("{name:은는} 커요", name={"ko": "평균", "en": "Mean"}) == said
    with translation.override("en"):
        assert say("{name}", name={"ko": "평균"}) == "평균"
        assert say("{name}", name={}) == "–"


def test_a_missing_value_and_an_odd_format_never_break_the_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert say("{column:이가} 없어요") == "…이(가) 없어요"
    assert "column" in caplog.text
    assert say("{x:>10}", x="{y}") == "{y}"


def test_a_code_belongs_to_one_module() -> None:
    with pytest.raises(DuplicateCodeError, match="a is in two"):
        merge({"one": {"a": "가"}, "two": {"a": "나"}})


def test_the_table_holds_every_module() -> None:
    assert MESSAGES.items() <= messages.TABLE.items()
