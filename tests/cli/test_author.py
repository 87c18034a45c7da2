"""`saem author` from a teacher's notebook to a program that is checked and graded."""

import json
from pathlib import Path

import pytest

from saem.apps.catalog.checking import check_program
from saem.lib.grading import Submission, SubmissionKind, grade
from saem.lib.sandbox import Sandbox
from tests.cli.test_commands import saem
from tests.lib.content.authoring.notebooks import code, notebook, words
from tests.sample import PROJECT, sample_program

SOURCE = notebook(
    words("<!-- ko -->\n# 콩의 키\n\n<!-- en -->\n# Heights of beans"),
    code('import pandas as pd\ntrain = pd.read_csv("train.csv")', outputs=[{"output_type": "stream", "text": "42"}]),
    words("<!-- ko -->\n## 1. 가장 큰 키\n\n<!-- en -->\n## 1. The tallest"),
    '# 문항: q1\n# 시간: 5초\n# 풀이 시작\ntallest = train["height"].max()\n# 풀이 끝\ntallest',
    "# 확인: q1-tallest 2점\n# 힌트: max()를 써 보세요.\n# hint: Try max().\ntallest",
    words("<!-- ko -->\n## 2. 함수\n\n<!-- en -->\n## 2. A function"),
    "# question: q2\ndef is_tall(height):\n    ### BEGIN SOLUTION\n    return height > 10\n    # instead: return ...\n    ### END SOLUTION",
    "# check: q2-calls 1 point\nis_tall(3)\nis_tall(20)\n\n# check: q2-expected 1 point\nassert is_tall(11) == True",
    words("<!-- ko -->\n## 3. 나누기\n\n<!-- en -->\n## 3. Splitting"),
    '# 문항: q3\n# 풀이 시작\nfit = train[train["day"] < 30]\nvalid = train[train["day"] >= 30]\n# 풀이 끝',
    '# 확인: q3-split 3점\nassert len(fit) + len(valid) == 20\nassert fit["day"].max() < pd.to_numeric(valid["day"]).min()',
)


def author(home: Path, source: Path, *arguments: str | Path) -> tuple[int, dict]:
    done = saem(home, "author", source, *arguments, "--json")
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


@pytest.mark.sandbox
def test_a_teachers_notebook_becomes_a_project_that_is_sound(tmp_path: Path, sandbox: Sandbox) -> None:
    home, program = tmp_path / "home", sample_program(tmp_path / "content")
    project = program / "projects" / PROJECT
    source = tmp_path / "콩의 키.ipynb"
    source.write_bytes(SOURCE)

    exit_code, said = author(home, source, "--into", project)
    assert (exit_code, said["ok"]) == (1, False)  # the sample's own files are somebody's work
    assert {each["code"] for each in said["problems"]} == {"authoring.hand_edited"}
    assert author(home, source, "--into", project, "--force")[0] == 0
    assert author(home, source, "--into", project)[1]["changes"] == [
        {"file": name, "change": "unchanged"}
        for name in ("starter.ko.ipynb", "starter.en.ipynb", "solution/notebook.ipynb", "project.yaml", "checks.py")
    ]

    solved = (project / "solution" / "notebook.ipynb").read_bytes()
    (project / "wrong" / "notebook.ipynb").write_bytes(solved.replace(b"].max()\\n", b"].min()\\n"))
    report = check_program(program, sandbox=sandbox, cache=tmp_path / "cache")
    assert report.problems == ()
    for name, earned in (("starter.ko.ipynb", 0), ("starter.en.ipynb", 0), ("solution/notebook.ipynb", 7)):
        submission = Submission(SubmissionKind.NOTEBOOK, name, (project / name).read_bytes())
        verdict = grade(report.assignments[PROJECT], submission, sandbox=sandbox)
        assert (verdict.status, verdict.score, verdict.max_score) == ("scored", earned, 7), name


def test_problems_name_cell_line_and_remedy_and_nothing_is_written(tmp_path: Path) -> None:
    project = sample_program(tmp_path / "content") / "projects" / PROJECT
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    source = tmp_path / "source.ipynb"
    checks = (
        "# 확인: q1-a\n# predict: a\n# input: f.csv\n# against: a.csv\n# column: y\n# metric: acuracy\n# at least: 1"
    )
    source.write_bytes(
        notebook("# 문항: q1\n# 제목: 가\n# title: A\n# 풀이 시작\na = 1\n# 풀이 끝", checks, "# 풀이 시작\nb = 2")
    )
    exit_code, report = author(tmp_path / "home", source, "--into", project, "--force", "--language", "en")
    assert exit_code == 1
    assert [(each["code"], each["cell"], each["line"]) for each in report["problems"]] == [
        ("authoring.region_unclosed", 3, 1),
        ("grading.unknown_metric", 2, 1),
    ]
    assert report["problems"][0]["message"] == "This solution never ends."
    assert report["problems"][0]["remedy"] == "Where the solution ends, write a line `### END SOLUTION`."
    assert report["changes"] == []
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    said = saem(tmp_path / "home", "author", source, "--into", project)
    assert "source.ipynb 3번째 칸 1번째 줄: error: ‘풀이 시작’이 닫히지 않았어요." in said.stdout
    assert said.stdout.endswith("고칠 것이 있어서 아무것도 쓰지 않았어요.\n")


def test_the_way_back_and_moving_over(tmp_path: Path) -> None:
    home, project = tmp_path / "home", sample_program(tmp_path / "content") / "projects" / PROJECT
    source = tmp_path / "source.ipynb"
    assert author(home, source, "--from-project", project, "--dry-run")[1]["changes"] == [
        {"file": "source.ipynb", "change": "created"}
    ]
    assert not source.exists()
    assert author(home, source, "--from-project", project)[0] == 0
    assert author(home, source, "--into", project, "--dry-run", "--force")[0] == 0
    source.write_bytes(source.read_bytes() + b"\n")
    exit_code, report = author(home, source, "--from-project", project)
    assert (exit_code, [each["code"] for each in report["problems"]]) == (1, ["authoring.source_exists"])

    old = tmp_path / "old.ipynb"
    old.write_bytes(notebook("a = 1"))
    exit_code, report = author(home, tmp_path / "new.ipynb", "--from-notebook", old)
    assert (exit_code, [each["code"] for each in report["problems"]]) == (1, ["authoring.nothing_marked"])
    assert not (tmp_path / "new.ipynb").exists()


def test_used_wrongly(tmp_path: Path) -> None:
    assert saem(tmp_path / "home", "author", tmp_path / "source.ipynb").returncode == 2
    assert saem(tmp_path / "home", "author", tmp_path / "source.ipynb", "--into", tmp_path).returncode == 2
