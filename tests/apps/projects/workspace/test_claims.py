"""A card's claims against the files and scores that it names."""

import pytest

from saem.apps.projects.milestones.formats import RefusedFileError, file_format, notebook_format, rows_of
from saem.apps.projects.workspace.claims import look_at_score, look_at_table
from tests.sample import notebook

TABLE = [["day", "height", "memo"], ["1", "1.5", ""], ["2", "3.1", "비"], ["2", "3.1", "비"]]


def codes(found) -> list[str]:
    return [each.code for each in found]


def test_a_card_that_says_what_the_table_says():
    table = [["day", "height"], ["1", "1.5"], ["2", "3.1"]]
    found = look_at_table(table, rows=2, columns=["height", "day"], blanks=False)
    assert codes(found) == ["card.rows_agree", "card.columns_agree", "card.blanks_none"]
    assert all(each.is_good for each in found)


def test_each_claim_that_is_wrong_is_named_with_what_is_there():
    found = look_at_table(TABLE, rows=5, columns=["day", "width"], blanks=False)
    by_code = {each.code: each.params for each in found if not each.is_good}
    assert by_code["card.rows_differ"] == {"claimed": 5, "actual": 3}
    assert by_code["card.columns_absent"] == {"columns": ["width"]}
    assert by_code["card.columns_unsaid"] == {"columns": ["height", "memo"]}
    assert by_code["card.blanks_unsaid"] == {"columns": ["memo"], "count": 1}
    assert by_code["card.rows_twice"] == {"count": 1}


@pytest.mark.parametrize("name", ["학생 이름", "전화번호", "email", "home_address"])
def test_columns_behind_which_people_stand_are_named(name: str):
    found = look_at_table([["day", name], ["1", "x"]], rows=1, columns=["day", name], blanks=False)
    assert "card.personal" in codes(found)


@pytest.mark.parametrize("name", ["filename", "address_count_x", "birthrate"])
def test_columns_that_only_sound_alike_are_not(name: str):
    assert "card.personal" not in codes(look_at_table([[name], ["1"]], rows=1, columns=[name], blanks=False))


@pytest.mark.parametrize(("claimed", "code"), [(231.4, "card.score_agrees"), (230.9, "card.score_agrees"),
                                               (200.0, "card.score_differs")])  # fmt: skip
def test_a_score_is_compared_with_the_verdict(claimed: float, code: str):
    found = look_at_score(claimed=claimed, actual=231.41, best=None, baseline=None, higher_is_better=False)
    assert codes(found) == [code]


def test_a_better_submission_and_a_baseline_are_named_in_the_direction_of_the_metric():
    low = look_at_score(claimed=5, actual=5, best=4, baseline=({"ko": "평균", "en": "Mean"}, 6), higher_is_better=False)
    assert codes(low) == ["card.score_agrees", "card.not_the_best", "card.beats_baseline"]
    high = look_at_score(claimed=5, actual=5, best=5, baseline=({"ko": "평균", "en": "Mean"}, 6), higher_is_better=True)
    assert codes(high) == ["card.score_agrees", "card.loses_to_baseline"]


# --- files, by their content


def test_formats_are_known_by_content():
    assert file_format("표.csv", "이름,키\n가,1\n".encode("cp949")) == "csv"
    assert file_format("a.py", b"print(1)\n") == "python"
    assert file_format("a.ipynb", notebook("x = 1").encode()) == "notebook"
    assert notebook_format(notebook("x = 1").encode()) == "notebook"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"a,b\n1\n", "evidence.not_csv"),
        ("a.csv", b"\xff\xfe\x00\x00\x81", "evidence.not_text"),
        ("a.ipynb", b"{}", "evidence.not_notebook"),
        ("a.exe", b"MZ\x90\x00", "document.unknown"),
        ("a.txt", b"MZ\x90\x00\xff", "evidence.not_text"),
        ("a.pdf", b"%PDF-1.7 /JavaScript %%EOF", "document.active"),
    ],
)
def test_what_is_not_taken(name: str, data: bytes, reason: str):
    with pytest.raises(RefusedFileError, match=f"^{reason}$"):
        file_format(name, data)


def test_rows_of_a_table_without_empty_lines():
    assert rows_of(b"a,b\n\n1,2\n") == [["a", "b"], ["1", "2"]]
