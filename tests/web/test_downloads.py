"""Tables for spreadsheets: Korean in Excel, nothing that runs, and a row at a time."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.utils.translation import get_language, override
from hypothesis import given
from hypothesis import strategies as st

from saem.web.downloads import Value, csv_lines, csv_response, safe_cell

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "words", ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A"]
)  # the wide forms themselves
def test_words_that_would_be_a_formula_stay_words(words: str) -> None:
    assert safe_cell(words) == f"'{words}"


@pytest.mark.parametrize("value", [-1.5, -2, 0, None, "", "하늘", "a=b"])
def test_numbers_and_plain_words_stay_as_they_are(value: Value) -> None:
    assert safe_cell(value) == value


@given(st.lists(st.lists(WORDS, min_size=2, max_size=3), max_size=5))
def test_whatever_stands_in_a_cell_comes_back_whole_and_harmless(rows: list[list[str]]) -> None:
    found = read(b"".join(csv_lines(rows)))
    assert found == [[str(safe_cell(word)) for word in row] for row in rows]
    assert not any(word[:1] in set("=+-@\t\r\n＝＋－＠") for row in found for word in row if word)  # as above


def test_excel_is_told_that_it_is_utf_8_and_lines_end_as_the_standard_says() -> None:
    (first, second) = csv_lines([["이름", "값"], ["하늘", None]])
    assert first == b"\xef\xbb\xbf" + "이름,값\r\n".encode()
    assert second == "하늘,\r\n".encode()


def test_rows_are_read_as_they_are_sent() -> None:
    taken = []

    def rows() -> Iterator[list[Value]]:
        for number in range(3):
            taken.append(number)
            yield [number]

    answer = csv_response(rows(), "표.csv")
    stream = iter(answer)
    next(stream)
    assert taken == [0]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_rows_are_made_in_the_language_of_the_request_though_they_are_sent_when_it_is_over() -> None:
    def rows() -> Iterator[list[Value]]:
        yield [get_language()]
        yield [get_language()]

    with override("en"):
        answer = csv_response(rows(), "a.csv")
    with override("ko"):
        assert b"".join(answer).decode("utf-8-sig").split() == ["en", "en"]
        assert get_language() == "ko"
