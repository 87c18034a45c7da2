"""One change to a sound program, and what is said about it: file, line, code."""

from pathlib import Path

import pytest

from saem.lib.content import Problem, load
from tests.lib.content.folders import (
    DRAWING,
    ENGLISH,
    KOREAN,
    LESSON,
    PROGRAM,
    PROJECT,
    changed,
    notebook,
    problems_of,
    told,
    write_program,
)

MAIN = "program.yaml"
LESSON_FILE = "lessons/first-look/lesson.yaml"
KO, EN = "lessons/first-look/ko.md", "lessons/first-look/en.md"
PROJECT_FILE = "projects/rain/project.yaml"
STARTER = "projects/rain/starter.ko.ipynb"

# name of the file to change, old text, new text → line and code of the one problem
IN_PROGRAM = [
    ("format: 1", "format: 2", 1, "unknown_format"),
    ("format: 1", "format: one", 1, "not_whole_number"),
    ("licence: CC-BY-4.0", "", 1, "missing_key"),
    ("licence: CC-BY-4.0", "licence: 4.0", 6, "not_text"),
    ("licence: CC-BY-4.0", "licence: CC\nlicense: BY", 7, "unknown_key"),
    ("licence: CC-BY-4.0", "licence: CC\nlicence: BY", 7, "duplicate_key"),
    ("en: A tiny program", "en: A tiny, tidy program", 3, "comma_in_braces"),
    (", en: A tiny program}", "}", 3, "missing_translation"),
    ("en: A tiny program", 'en: " "', 3, "missing_translation"),
    ("{ko: 고등학교, en: Upper secondary}", "고등학교", 5, "not_two_languages"),
    ("[{name: Saem project}]", "[]", 7, "empty_value"),
    ("[{name: Saem project}]", "Saem", 7, "not_list"),
    ("[{name: Saem project}]", "[Saem]", 7, "not_mapping"),
    ("id: read-table", "id: Read Table", 8, "bad_id"),
    ("{precipitation: 4426.0}", "{precipitation: lots}", 15, "not_number"),
    ("rows: 1461", "rows: 0", 15, "out_of_range"),
    ("vega:seattle-weather", "vega:seattle-wether", 11, "unknown_source_name"),
    ("vega:seattle-weather", "skleran:digits", 11, "unknown_source_kind"),
    ("vega:seattle-weather", "file:data/rain.csv", 11, "missing_file"),
    ("vega:seattle-weather", "url", 10, "source_without_url"),
    ("vega:seattle-weather", "url\n    url: http://example.org/a.csv", 12, "source_not_https"),
    ("dates:", "header: false\n    dates:", 10, "missing_key"),
    ("{lesson: first-look}", "{lesson: first-look, project: rain}", 16, "step_shape"),
    ("{lesson: first-look}", "{lesson: first-look}, {lesson: first-look}", 16, "duplicate_id"),
    ("{lesson: first-look}", "{lesson: first-look}, {lesson: second}", 16, "unknown_step"),
    ("licence: CC-BY-4.0", "licence: [", 6, "yaml_syntax"),
    ("licence: CC-BY-4.0", "licence:\n\tname: CC", 7, "yaml_tab"),
    ("licence: CC-BY-4.0", "licence: &l CC\nurl: *l", 7, "yaml_alias"),
]
IN_LESSON = [
    ("minutes: 50", 'minutes: "50"', 3, "not_whole_number"),
    ("minutes: 50", "minutes: 0", 3, "out_of_range"),
    ("[read-table]", "[read-tables]", 4, "unknown_skill"),
    ("{weather.csv: weather}", "{weather.csv: wether}", 5, "unknown_source"),
    ("{weather.csv: weather}", "{we/ather.csv: weather}", 5, "bad_id"),
    ("cell: share", "cell: shore", 7, "unknown_cell"),
    ("      share = 0.43", "      x = 1\n      share = = 0.43", 15, "python_syntax"),
    ("code: share = 1", "code: share = (1", 16, "python_syntax"),
    ("[share-value]", "[share-valeu]", 17, "unknown_check"),
    ("    solution: |\n      share = 0.43\n", "", 7, "missing_key"),
]
IN_PROJECT = [
    ("source: weather", "source: rain", 6, "unknown_source"),
    ("prepare: prepare.py", "prepare: other.py", 10, "not_choice"),
    ("minutes: 200", "minutes: 200\nreveal: never", 4, "not_choice"),
    ("beats: [yesterday]}", "beats: [yesterdya]}", 27, "unknown_baseline"),
    ("fails: [beats-yesterday]", "fails: [beats-all]", 28, "unknown_check"),
    ("file: solution/predict.py", "file: solution/predicts.py", 27, "missing_file"),
]


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, told(problems)
    return problems[0]


def check(tmp_path: Path, file: str, text: str, line: int, code: str) -> Problem:
    found = problems_of(tmp_path, **{file: text})
    # A name that is gone is missed wherever it was used; what this test asks for is the cause.
    assert (file, line, code) in told(found)
    return next(each for each in found if told([each]) == [(file, line, code)])


@pytest.mark.parametrize(("old", "new", "line", "code"), IN_PROGRAM)
def test_program_yaml(tmp_path: Path, old: str, new: str, line: int, code: str):
    check(tmp_path, MAIN, changed(PROGRAM, old, new), line, code)


@pytest.mark.parametrize(("old", "new", "line", "code"), IN_LESSON)
def test_lesson_yaml(tmp_path: Path, old: str, new: str, line: int, code: str):
    only(problems_of(tmp_path, **{LESSON_FILE: changed(LESSON, old, new)}))
    check(tmp_path, LESSON_FILE, changed(LESSON, old, new), line, code)


@pytest.mark.parametrize(("old", "new", "line", "code"), IN_PROJECT)
def test_project_yaml(tmp_path: Path, old: str, new: str, line: int, code: str):
    only(problems_of(tmp_path, **{PROJECT_FILE: changed(PROJECT, old, new)}))
    check(tmp_path, PROJECT_FILE, changed(PROJECT, old, new), line, code)


def test_did_you_mean(tmp_path: Path):
    found = only(problems_of(tmp_path, **{LESSON_FILE: changed(LESSON, "[read-table]", "[raed-table]")}))
    assert found.params["suggestion"] == "read-table"
    assert found.remedy == "content.unknown_skill.near"
    found = only(problems_of(tmp_path, **{LESSON_FILE: changed(LESSON, "[read-table]", "[zzz]")}))
    assert found.remedy == "content.unknown_skill.remedy"


def test_everything_wrong_is_told_at_once(tmp_path: Path):
    found = problems_of(
        tmp_path,
        **{
            MAIN: changed(PROGRAM, "licence: CC-BY-4.0", "licens: CC"),
            LESSON_FILE: changed(changed(LESSON, "minutes: 50", "minutes: x"), "share = 0.43", "share = ("),
            EN: changed(ENGLISH, "A map", ""),
            PROJECT_FILE: None,
        },
    )
    assert {code for _, _, code in told(found)} == {
        "missing_key", "unknown_key", "not_whole_number", "python_syntax", "missing_alt", "missing_file",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", [MAIN, LESSON_FILE, KO, EN, PROJECT_FILE, "projects/rain/brief.en.md", "projects/rain/prepare.py", STARTER]
)
def test_missing_files(tmp_path: Path, name: str):
    assert (name, 1, "missing_file") in told(problems_of(tmp_path, **{name: None}))


def test_a_misnamed_file_is_recognised(tmp_path: Path):
    found = problems_of(tmp_path, **{LESSON_FILE: None, "lessons/first-look/lesson.yml": LESSON})
    assert found[0].params["suggestion"] == "lesson.yml"


def test_no_folder(tmp_path: Path):
    assert told(list(load(tmp_path / "nothing").problems)) == [(MAIN, 1, "no_folder")]


def test_not_utf8_names_the_line(tmp_path: Path):
    found = problems_of(tmp_path, **{KO: "## 보기\n\n한글\n".encode() + "글".encode("cp949")})
    assert (KO, 4, "not_utf8") in told(found)


@pytest.mark.parametrize("name", [MAIN, KO, "lessons/first-look/images/map.svg"])
def test_a_huge_file_is_not_read_and_not_called_missing(tmp_path: Path, name: str):
    found = told(problems_of(tmp_path, **{name: b"x" * (5 * 1024 * 1024 + 1)}))
    assert (name, 1, "huge_file") in found
    assert (name, 1, "missing_file") not in found


def test_links_out_of_the_folder(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("x")
    folder = write_program(tmp_path)
    (folder / "files").symlink_to(tmp_path)
    (folder / "lessons/first-look/images/a.svg").symlink_to(tmp_path / "secret.txt")
    assert told(list(load(folder).problems)) == [
        ("files", 1, "symlink"),
        ("lessons/first-look/images/a.svg", 1, "symlink"),
    ]


def test_names_that_other_systems_lose(tmp_path: Path):
    folder = "lessons/first-look/images/"
    assert told(problems_of(tmp_path, **{f"{folder}MAP.svg": DRAWING})) == [
        (f"{folder}map.svg", 1, "case_clash"),
    ]  # fmt: skip
    (name, _, code), *_ = told(problems_of(tmp_path / "other", **{f"{folder}지도.svg": "<svg/>"}))
    assert (name, code) == (f"{folder}지도.svg", "file_name")


def test_a_picture_may_not_run_code(tmp_path: Path):
    name = "lessons/first-look/images/map.svg"
    for inside in ("<script>1</script>", '<g onload="x()"/>', '<use href="javascript:x()"/>'):
        changed_drawing = DRAWING.replace("</svg>", f"\n{inside}</svg>")
        assert told(problems_of(tmp_path, **{name: changed_drawing})) == [(name, 2, "svg_script")]
    assert told(problems_of(tmp_path, **{name: DRAWING.encode() + "글".encode("cp949")})) == [(name, 1, "not_utf8")]


def test_what_editors_leave_behind_is_ignored(tmp_path: Path):
    left = {
        ".git/config": "x",
        "lessons/__pycache__/a.pyc": "x",
        "projects/rain/.ipynb_checkpoints/a.ipynb": "x",
        ".DS_Store": "x",
    }
    assert problems_of(tmp_path, **left) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "notebook_broken"),
        ('{"cells": 3}', "notebook_broken"),
        (notebook("mean = (..."), "notebook_python"),
        (notebook("mean = ...", question=None), "notebook_cell_missing"),
        (notebook("mean = ...", "mean = ..."), "notebook_cell_twice"),
    ],
)
def test_starters(tmp_path: Path, content: str, code: str):
    assert told(problems_of(tmp_path, **{STARTER: content})) == [(STARTER, 1, code)]


def test_scripts_must_compile_and_wrong_notebooks_need_not(tmp_path: Path):
    script = "projects/rain/wrong/swapped.py"
    assert told(problems_of(tmp_path, **{script: "x = 1\ny = ="})) == [(script, 2, "python_syntax")]
    text = changed(PROJECT, "wrong: [", "wrong: [{file: wrong/broken.ipynb, rejected: not_a_notebook}, ")
    assert problems_of(tmp_path, **{script: "x = 1", PROJECT_FILE: text, "projects/rain/wrong/broken.ipynb": "{"}) == []


def test_a_cell_of_one_language_only(tmp_path: Path):
    found = told(problems_of(tmp_path, **{EN: changed(ENGLISH, ":name: look", ":name: glance")}))
    assert found == [(EN, 7, "cells_differ"), (KO, 7, "cells_differ")]


def test_cells_in_another_order(tmp_path: Path):
    swapped = changed(
        changed(changed(ENGLISH, ":name: look", ":name: x"), ":name: share", ":name: look"), ":name: x", ":name: share"
    )
    assert (EN, 7, "cell_order") in told(problems_of(tmp_path, **{EN: swapped}))


def test_hints_and_sections_that_differ(tmp_path: Path):
    found = told(problems_of(tmp_path, **{EN: changed(ENGLISH, ":hint: Divide.\n", "")}))
    assert found == [(EN, 14, "hints_differ")]
    found = told(problems_of(tmp_path, **{KO: KOREAN + "\n## 하나 더\n\n글\n"}))
    assert found == [(EN, 12, "sections_differ")]
    found = told(problems_of(tmp_path, **{KO: KOREAN, EN: changed(ENGLISH, "## Look", "(look)=\n## Look")}))
    assert found == [(EN, 4, "sections_differ")]
