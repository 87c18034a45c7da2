"""Completion numbers: written, read, and a sequence that is whole."""

import pytest
from pydantic import ValidationError

from saem.lib.completion.errors import PatternError
from saem.lib.completion.numbers import CompletionNumber, NumberPattern, check_numbers

PATTERN = NumberPattern(pattern="제 {institution}-{mode}-{year}-{sequence}호", institution="○○교육연수원", mode="원격")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (CompletionNumber(2026, 123), "제 ○○교육연수원-원격-2026-000123호"),
        (CompletionNumber(2026, 1), "제 ○○교육연수원-원격-2026-000001호"),
        (CompletionNumber(2027, 1_234_567), "제 ○○교육연수원-원격-2027-1234567호"),
    ],
)
def test_written_and_read(number: CompletionNumber, text: str):
    assert PATTERN.written(number) == text
    assert PATTERN.read(text) == number


@pytest.mark.parametrize(
    "text", ["제○○교육연수원-원격-2026-000123호", " 제 ○○교육연수원 － 원격 － ２０２６ － ０００１２３ 호 "]
)
def test_any_width_and_spaces(text: str):
    assert PATTERN.read(text) == CompletionNumber(2026, 123)


@pytest.mark.parametrize(
    "text",
    ["", "제 ○○교육연수원-원격-2026-123호", "제 ○○교육연수원-집합-2026-000123호", "제 ○○교육연수원-원격-26-000123호",
     "제 ○○교육연수원-원격-2026-000000호", "제 ○○교육연수원-원격-2026-000123호 외", "제 ○○교육연수원-원격-2026-00012a호"],
)  # fmt: skip
def test_what_does_not_fit(text: str):
    with pytest.raises(PatternError):
        PATTERN.read(text)


@pytest.mark.parametrize("number", [CompletionNumber(2026, 0), CompletionNumber(26, 1), CompletionNumber(20_260, 1)])
def test_what_cannot_be_written(number: CompletionNumber):
    with pytest.raises(PatternError):
        PATTERN.written(number)


@pytest.mark.parametrize(
    "pattern",
    ["", "{year}", "{sequence}", "{year}{sequence}", "{year}-{sequence}-{sequence}", "{year}-{seq}", "1{year}-{sequence}",
     "{year} {sequence}", "{mode}{year}-{sequence}"],
)  # fmt: skip
def test_patterns_that_are_none(pattern: str):
    with pytest.raises(ValidationError):
        NumberPattern(pattern=pattern)


def test_signs_of_a_regular_expression_are_only_signs():
    odd = NumberPattern(pattern="[{year}].*({sequence})+", width=2)
    assert odd.read(odd.written(CompletionNumber(2026, 7))) == CompletionNumber(2026, 7)
    with pytest.raises(PatternError):
        odd.read("2026.x(07)+")


def texts(*numbers: tuple[int, int]) -> list[str]:
    return [PATTERN.written(CompletionNumber(*number)) for number in numbers]


def test_a_whole_sequence_begins_anew_each_year():
    assert check_numbers(PATTERN, texts((2026, 2), (2026, 1), (2027, 1), (2026, 3))) == ()


def test_a_year_that_another_system_began():
    given = texts((2026, 124), (2026, 125), (2027, 1))
    assert check_numbers(PATTERN, given, begins={2026: 124}) == ()
    (gap,) = check_numbers(PATTERN, given, begins={2026: 123})
    assert gap.params["count"] == 1
    assert check_numbers(PATTERN, given)[0].params["count"] == 123


def test_gaps_duplicates_and_shapes():
    found = check_numbers(PATTERN, [*texts((2026, 2), (2026, 5), (2026, 2), (2027, 1)), "123"])
    assert [(each.line, each.code.removeprefix("completion.")) for each in found] == [
        (3, "number_twice"), (5, "number_shape"), (1, "number_gap"), (2, "number_gap"),
    ]  # fmt: skip
    assert found[3].params["count"] == 2
    assert str(found[3].params["first"]).endswith("000003호")
