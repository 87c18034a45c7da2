"""Checking a program: everything that is wrong, where it is, in words."""

from dataclasses import replace
from pathlib import Path

import pytest

from saem.apps.catalog.badges import badge_problems
from saem.apps.catalog.checking import CheckReport, build_assignment, check_program, problem_remedy, problem_text
from saem.lib.grading import Submission, SubmissionKind, grade
from saem.lib.sandbox import Sandbox, flavours
from tests import sample

LESSON = f"lessons/{sample.LESSON}/lesson.yaml"
PROJECT = f"projects/{sample.PROJECT}/project.yaml"


def check(sandbox: Sandbox, folder: Path, changes: dict[str, str] | None = None) -> CheckReport:
    root = sample.sample_program(folder, **{name.replace("/", "__"): text for name, text in (changes or {}).items()})
    return check_program(root, sandbox=sandbox, cache=folder / "cache")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def codes(report: CheckReport) -> set[tuple[str, str]]:
    return {(problem.file, problem.code) for problem in report.problems}


def test_the_sample_is_sound_and_everything_for_publishing_is_built(sandbox: Sandbox, tmp_path: Path) -> None:
    report = check(sandbox, tmp_path)
    assert report.ok
    assert report.problems == ()
    assert report.content_hash.startswith("sha256:")
    assert set(report.assignments) == {sample.PROJECT}
    assert report.assignments[sample.PROJECT].content_version == report.content_hash
    assert set(report.references[sample.LESSON]) == {sample.MEAN}
    assert set(report.lesson_data[sample.LESSON]) == {"beans.csv"}


def test_a_program_that_does_not_read_well_is_not_rehearsed(sandbox: Sandbox, tmp_path: Path) -> None:
    report = check(sandbox, tmp_path, {"program.yaml": sample.PROGRAM.replace("format: 1\n", "")})
    assert report.program is None
    assert not report.ok
    assert report.assignments == {}


def test_a_folder_that_is_not_there_is_a_problem_not_a_crash(sandbox: Sandbox, tmp_path: Path) -> None:
    report = check_program(tmp_path / "nothing", sandbox=sandbox, cache=tmp_path)
    assert not report.ok
    assert report.problems


def test_a_source_that_is_not_what_it_was_is_named_at_its_line(sandbox: Sandbox, tmp_path: Path) -> None:
    changed = sample.PROGRAM.replace("rows: 40", "rows: 41")
    report = check(sandbox, tmp_path, {"program.yaml": changed})
    assert [(each.file, each.line) for each in report.problems] == [("program.yaml", line_of(changed, "beans:"))]
    assert not report.ok


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('mean_height = beans["height"].mean()\n', 'mean_height = beans["hight"].mean()\n', "grading.solution_raises"),
        (".median()", ".mean()", "grading.wrong_passes"),
        ("value: mean_height", "value: mean_hight", "grading.solution_fails"),
    ],
)
def test_an_exercise_that_does_not_do_as_it_says(
    sandbox: Sandbox, tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert old in sample.LESSON_YAML
    report = check(sandbox, tmp_path, {LESSON: sample.LESSON_YAML.replace(old, new)})
    assert (LESSON, code) in codes(report)
    assert not report.ok
    assert all(problem.line > 1 for problem in report.problems)


def test_first_code_that_already_passes_asks_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    pages = {
        f"lessons/{sample.LESSON}/{language}.md": sample.PAGE.format(**words).replace(
            "mean_height = ...", sample.SOLUTION.strip()
        )
        for language, words in sample.WORDS.items()
    }
    report = check(sandbox, tmp_path, pages)
    assert (f"lessons/{sample.LESSON}/ko.md", "catalog.starter_passes") in codes(report)


def test_a_cell_that_stops_is_a_warning_at_its_line_in_each_language(sandbox: Sandbox, tmp_path: Path) -> None:
    page = sample.PAGE.format(**sample.WORDS["ko"]).replace('plt.plot(beans["day"]', 'plt.plot(beans["dai"]')
    report = check(sandbox, tmp_path, {f"lessons/{sample.LESSON}/ko.md": page})
    assert report.ok
    (problem,) = report.problems
    assert (problem.code, problem.line) == ("catalog.cell_stops", line_of(page, 'plt.plot(beans["dai"]'))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("file: solution/predict.py, beats: [mean]", "file: wrong/negative.py, beats: [mean]", "solution_not_beating"),
        ("file: solution/notebook.ipynb, full: true", "file: wrong/notebook.ipynb, full: true", "wrong_passes"),
        ("wrong/short.py, rejected: row_count", "solution/predict.py, rejected: row_count", "wrong_not_rejected"),
        ("wrong/negative.py, fails", "solution/predict.py, fails", "wrong_passes"),
        ("metric: rmse", "metric: rmsee", "unknown_metric"),
    ],
)
def test_a_project_that_does_not_do_as_it_says(sandbox: Sandbox, tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in sample.PROJECT_YAML
    report = check(sandbox, tmp_path, {PROJECT: sample.PROJECT_YAML.replace(old, new)})
    assert (PROJECT, f"grading.{code}") in codes(report)
    assert not report.ok


def test_a_badge_for_points_that_nobody_can_get_is_named_at_its_line(sandbox: Sandbox, tmp_path: Path) -> None:
    report = check(sandbox, tmp_path)
    program, assignment = report.program, report.assignments[sample.PROJECT]
    assert program is not None
    assert list(badge_problems(program, report.assignments)) == []
    table = assignment.spec.predictions
    assert table is not None
    ranking = assignment.spec.model_copy(
        update={"predictions": table.model_copy(update={"checks": []}), "notebook": None}
    )
    (problem,) = badge_problems(program, {sample.PROJECT: replace(assignment, spec=ranking)})
    line = line_of(sample.PROGRAM, "percent: 90")
    assert (problem.file, problem.line, problem.code) == ("program.yaml", line, "catalog.badge_without_points")


def test_a_script_that_stops_is_named_at_its_own_line(sandbox: Sandbox, tmp_path: Path) -> None:
    script = sample.PREPARE.replace('train["height"].mean()', 'train["hight"].mean()')
    report = check(sandbox, tmp_path, {f"projects/{sample.PROJECT}/prepare.py": script})
    (problem,) = report.problems
    assert problem.file == f"projects/{sample.PROJECT}/prepare.py"
    assert problem.line == line_of(script, 'train["hight"]')


def test_a_starter_with_the_answer_and_a_download_nobody_writes(sandbox: Sandbox, tmp_path: Path) -> None:
    folder = f"projects/{sample.PROJECT}"
    report = check(
        sandbox,
        tmp_path,
        {
            f"{folder}/starter.ko.ipynb": sample.notebook('tallest = train["height"].max()'),
            PROJECT: sample.PROJECT_YAML.replace("file: test.csv", "file: other.csv"),
        },
    )
    assert codes(report) == {
        (f"{folder}/starter.ko.ipynb", "catalog.starter_full"),
        (PROJECT, "catalog.download_missing"),
    }


def test_every_problem_has_words_and_a_remedy_in_both_languages(sandbox: Sandbox, tmp_path: Path) -> None:
    changes = {
        PROJECT: sample.PROJECT_YAML.replace("file: test.csv", "file: other.csv"),
        LESSON: sample.LESSON_YAML.replace(".median()", ".mean()"),
    }
    report = check(sandbox, tmp_path, changes)
    assert len(report.problems) == 2
    for problem in report.problems:
        for say in (problem_text, problem_remedy):
            assert "무언가 잘못됐어요" not in say(problem, "ko")
            assert say(problem, "ko") != say(problem, "en")


def test_one_project_can_be_built_to_grade_with(sandbox: Sandbox, tmp_path: Path) -> None:
    root = sample.sample_program(tmp_path)
    project = root / "projects" / sample.PROJECT
    built = build_assignment(project, sandbox=sandbox, cache=tmp_path)
    assert built.problems == ()
    assert built.assignment is not None
    data = (project / "solution" / "notebook.ipynb").read_bytes()
    verdict = grade(
        built.assignment, Submission(kind=SubmissionKind.NOTEBOOK, name="notebook.ipynb", data=data), sandbox=sandbox
    )
    assert verdict.score == verdict.max_score == 2


def test_a_folder_that_is_no_project_cannot_be_built(sandbox: Sandbox, tmp_path: Path) -> None:
    root = sample.sample_program(tmp_path)
    built = build_assignment(root / "projects" / "nothing", sandbox=sandbox, cache=tmp_path)
    assert built.assignment is None
    assert built.problems


def test_a_flavour_that_this_machine_has_not_is_named_at_its_line(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = flavours.Flavour(preload=(), needs="no_such_library", warm=1)
    monkeypatch.setitem(flavours._REGISTRY, "torch", lacking)
    lesson, project = (f"flavour: torch\n{text}" for text in (sample.LESSON_YAML, sample.PROJECT_YAML))
    report = check(sandbox, tmp_path, {LESSON: lesson, PROJECT: project})
    found = [(each.file, each.line, each.code) for each in report.problems]
    assert found == [(LESSON, 1, "catalog.flavour_missing"), (PROJECT, 1, "catalog.flavour_missing")]
    assert all("torch" in problem_text(report.problems[0], language) for language in ("ko", "en"))
    assert not report.ok
