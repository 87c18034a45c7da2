"""Files of responses as people have them: any order, any of two encodings, and everything that can be wrong in one."""

from pathlib import Path

import pytest

from saem.lib.learners import Finding, Responses, Weight
from saem.lib.learners.reading import Problem, UnreadableError, read_csv, read_table

HEADER = "student,item,skill,correct\n"
TIMED = "student,item,skill,correct,time\n"


def file_of(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "responses.csv"
    path.write_bytes(text.encode(encoding))
    return path


def problems_of(folder: Path, text: str, encoding: str = "utf-8") -> list[tuple[str, int, str, str]]:
    with pytest.raises(UnreadableError) as refused:
        read_csv(file_of(folder, text, encoding))
    assert refused.value.path == folder / "responses.csv"
    return [(each.code, each.line, each.column, each.value) for each in refused.value.problems]


def rows_of(responses: Responses) -> list[tuple[str, str, str, float]]:
    return [
        (responses.students[s], responses.items[i], responses.tag_names[t], score)
        for s, i, t, score in zip(responses.student, responses.item, responses.tag, responses.score, strict=True)
    ]


def test_columns_in_any_order_with_others_between(tmp_path: Path) -> None:
    text = " Correct ,school,TIME,skill,item,student\n1,North,3.5,b~a,i1,kim\n0,South,1e3, a ~b ,i2, lee \n2,North,4,a,i1,kim\n"
    responses = read_csv(file_of(tmp_path, text))
    assert rows_of(responses) == [("kim", "i1", "a~b", 1), ("lee", "i2", "a~b", 0), ("kim", "i1", "a", 2)]
    assert responses.time is not None
    assert responses.time.tolist() == [3.5, 1000.0, 4.0]
    assert (responses.skills, len(responses.tag_sets), responses.findings) == (("a", "b"), 2, ())


def test_it_is_what_from_columns_makes(tmp_path: Path) -> None:
    text = TIMED + "s1,i1,a,1,0\ns2,i1,a,0,0\ns1,i2,b~a,0,9\n"
    made = Responses.from_columns(
        ["s1", "s2", "s1"], ["i1", "i1", "i2"], [["a"], ["a"], ["b", "a"]], [1, 0, 0], [0, 0, 9]
    )
    read = read_csv(file_of(tmp_path, text))
    assert (read.students, read.items, read.skills, read.tag_sets) == (
        made.students,
        made.items,
        made.skills,
        made.tag_sets,
    )
    assert rows_of(read) == rows_of(made)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_korean_names_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    responses = read_csv(file_of(tmp_path, HEADER + "김하늘,문항 1,분수의 덧셈,1\n", encoding))
    assert rows_of(responses) == [("김하늘", "문항 1", "분수의 덧셈", 1)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_blank_lines(tmp_path: Path, end: str) -> None:
    text = (HEADER + "s1,i1,a,1\n\ns2,i1,a,0\n\n").replace("\n", end)
    assert read_table(file_of(tmp_path, text)).line.tolist() == [2, 4]


def test_names_with_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    table = read_table(file_of(tmp_path, HEADER + 's1,"a, ""b""\nc",x,1\ns1,i2,x,0\n'))
    assert table.responses.items == ('a, "b"\nc', "i2")
    assert table.line.tolist() == [2, 4]


def test_every_problem_at_once_with_its_line(tmp_path: Path) -> None:
    text = TIMED + "s1,i1,a,1,5\n,i1,a,1,6\ns1,i1,NaN,yes,7\ns1,i1,a,nan,noon\ns1,i1,a,-1,8\ns1,i1,a,0.5,inf\ns1,i1,a\n"
    assert problems_of(tmp_path, text) == [
        ("empty_cell", 3, "student", ""),
        ("empty_cell", 4, "skill", ""),
        ("correct_not_a_number", 4, "correct", "yes"),
        ("empty_cell", 5, "correct", "nan"),
        ("time_not_a_number", 5, "time", "noon"),
        ("correct_negative", 6, "correct", "-1"),
        ("correct_not_whole", 7, "correct", "0.5"),
        ("time_not_a_number", 7, "time", "inf"),
        ("wrong_cell_count", 8, "", "3"),
    ]


def test_many_problems_of_a_kind_are_counted(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_csv(file_of(tmp_path, HEADER + "s1,i1,a,x\n" * 3000))
    assert (len(refused.value.problems), refused.value.left_out) == (20, 2980)
    assert refused.value.problems[-1] == Problem("correct_not_a_number", 21, "correct", "x")
    assert str(refused.value) == "correct_not_a_number: line 2"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [("no_header", 1, "", "")]),
        ("\n\n", [("no_header", 1, "", "")]),
        ("student,item,score\n", [("missing_column", 1, "skill", ""), ("missing_column", 1, "correct", "")]),
        ("student,item,skill,correct,item\n", [("repeated_column", 1, "item", "")]),
        ("s1,i1,a,1\n", [("missing_column", 1, name, "") for name in ("student", "item", "skill", "correct")]),
    ],
)
def test_headers_that_are_not(tmp_path: Path, text: str, problems: list[tuple[str, int, str, str]]) -> None:
    assert problems_of(tmp_path, text) == problems


def test_bytes_that_are_no_text_and_text_that_is_no_csv(tmp_path: Path) -> None:
    assert problems_of(tmp_path, HEADER + "김,i1,a,1\n", "utf-16") == [("not_text", 0, "", "")]
    [(code, line, _column, _value)] = problems_of(tmp_path, HEADER + 's1,"i1,a,1\n')
    assert (code, line) == ("not_csv", 2)


def test_a_header_alone_is_no_responses(tmp_path: Path) -> None:
    for text in (HEADER, TIMED, HEADER.strip()):
        assert len(read_csv(file_of(tmp_path, text))) == 0


def test_a_students_rows_are_put_in_order_and_nobody_else_moves(tmp_path: Path) -> None:
    text = TIMED + "s1,i1,a,1,30\ns2,i1,a,0,5\ns1,i2,a,0,10\ns1,i3,a,1,10\ns2,i2,a,0,7\n"
    table = read_table(file_of(tmp_path, text))
    assert rows_of(table.responses) == [
        ("s1", "i2", "a", 0), ("s2", "i1", "a", 0), ("s1", "i3", "a", 1), ("s1", "i1", "a", 1), ("s2", "i2", "a", 0),
    ]  # fmt: skip
    assert table.line.tolist() == [4, 3, 5, 2, 6]
    assert table.responses.findings == (Finding("unsorted_rows", "s1", 2),)


def test_rows_that_say_the_same_are_kept_once(tmp_path: Path) -> None:
    text = TIMED + "s1,i1,a,1,5\ns2,i1,a,1,5\ns1,i1,a,1,5\ns1,i1,a,0,5\ns1,i1,a,1,5\ns1,i1,a,1,6\n"
    table = read_table(file_of(tmp_path, text))
    assert table.line.tolist() == [2, 3, 5, 7]
    assert table.responses.findings == (Finding("duplicated_rows", "2", 2),)


def test_a_response_written_once_for_each_skill_is_one_row(tmp_path: Path) -> None:
    """Left as they are, the second row would show a model the answer of the first."""
    text = TIMED + "s1,i1,a,1,5\ns1,i2,a,0,9\ns1,i1,b,1,5\ns2,i1,a~b,1,5\ns1,i1,c,1,5\n"
    table = read_table(file_of(tmp_path, text))
    assert rows_of(table.responses) == [("s1", "i1", "a~b~c", 1), ("s2", "i1", "a~b", 1), ("s1", "i2", "a", 0)]
    codes = [finding.code for finding in table.responses.findings]
    assert codes == ["unsorted_rows", "expanded_skills"]
    assert table.responses.findings[1] == Finding("expanded_skills", "2", 2)


def test_without_times_a_repeat_is_only_noted(tmp_path: Path) -> None:
    responses = read_csv(file_of(tmp_path, HEADER + "s1,i1,a,1\ns2,i1,a,1\ns1,i1,a,1\n"))
    assert len(responses) == 3
    assert responses.findings == (Finding("repeats_not_told_apart", "1", 2, Weight.NOTE),)


def test_a_group_column_follows_its_rows(tmp_path: Path) -> None:
    text = "student,item,skill,correct,time,region\ns1,i1,a,1,9,North\ns1,i2,a,0,3,\ns2,i1,a,1,1,South\n"
    table = read_table(file_of(tmp_path, text), group="region")
    assert table.group == ("", "North", "South")
    with pytest.raises(UnreadableError) as refused:
        read_table(tmp_path / "responses.csv", group="school")
    assert refused.value.problems == (Problem("missing_column", 1, "school"),)


def test_a_file_longer_than_a_block(tmp_path: Path) -> None:
    rows = [f"s{row % 7},i{row},k{row % 3},{row % 2},{row}" for row in range(2500)]
    table = read_table(file_of(tmp_path, TIMED + "\n".join(rows)))
    assert table.line.tolist() == list(range(2, 2502))
    assert [f"{s},{i},{k},{c:.0f}" for s, i, k, c in rows_of(table.responses)] == [
        row.rpartition(",")[0] for row in rows
    ]
