"""What is written into a project, what is left alone, and that a second run changes nothing."""

from pathlib import Path

from saem.lib.content.authoring import Made, apply, plan
from saem.lib.content.authoring.targets import MEMORY
from tests.lib.content.authoring.notebooks import CHECK, QUESTION, asked

YAML = "title: {ko: 가, en: a}  # 그대로\ngrading:\n  predictions: {id: id}\nsolutions:\n  - {file: solution/notebook.ipynb, full: true}\n"
ASSERTION = "# 확인: q1-big 1점\nassert mean_height > 2"


def project(folder: Path) -> Path:
    (folder / "project.yaml").write_text(YAML, encoding="utf-8")
    return folder


def fates(folder: Path, made: Made, *, force: bool = False) -> dict[str, str]:
    return {each.file: each.fate.value for each in plan(folder, made, force=force).changes}


def edited(folder: Path, made: Made) -> list[object]:
    return [each.params["name"] for each in plan(folder, made).problems if each.code == "authoring.hand_edited"]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_run_writes_and_a_second_changes_nothing(tmp_path: Path):
    made = asked(CHECK, ASSERTION)
    first = plan(project(tmp_path), made)
    assert set(files(tmp_path)) == {"project.yaml"}  # planning only reads
    apply(first)
    written = files(tmp_path)
    assert set(written) == {
        MEMORY,
        "project.yaml",
        "starter.ko.ipynb",
        "starter.en.ipynb",
        "solution/notebook.ipynb",
        "checks.py",
    }
    assert written["project.yaml"].decode().startswith("title: {ko: 가, en: a}  # 그대로\n")
    assert set(fates(tmp_path, made).values()) == {"unchanged"}
    apply(plan(tmp_path, made))
    assert files(tmp_path) == written


def test_a_changed_source_changes_what_we_wrote(tmp_path: Path):
    apply(plan(project(tmp_path), asked(CHECK, ASSERTION)))
    newer = asked(CHECK.replace("2점", "3점"), question=QUESTION + "\n# 더")
    assert edited(tmp_path, newer) == []
    assert fates(tmp_path, newer) == {
        "starter.ko.ipynb": "changed",
        "starter.en.ipynb": "changed",
        "solution/notebook.ipynb": "changed",
        "project.yaml": "changed",
        "checks.py": "removed",
    }
    apply(plan(tmp_path, newer))
    assert "checks.py" not in files(tmp_path)
    assert b"points: 3" in files(tmp_path)["project.yaml"]
    assert set(fates(tmp_path, newer).values()) == {"unchanged"}


def test_what_a_hand_edited_is_not_overwritten(tmp_path: Path):
    apply(plan(project(tmp_path), asked(CHECK)))
    for name in ("starter.ko.ipynb", "project.yaml"):
        path = tmp_path / name
        path.write_bytes(
            path.read_bytes().replace("평균".encode(), "중앙".encode()).replace(b"points: 2", b"points: 5")
        )
    newer = asked(CHECK.replace("2점", "3점"))
    assert edited(tmp_path, newer) == ["starter.ko.ipynb", "project.yaml"]
    assert not plan(tmp_path, newer).ok
    assert plan(tmp_path, newer, force=True).ok
    assert fates(tmp_path, newer, force=True)["project.yaml"] == "changed"


def test_files_that_were_there_before_are_not_overwritten(tmp_path: Path):
    (project(tmp_path) / "starter.en.ipynb").write_text("{}")
    (tmp_path / "checks.py").write_text("A = 1\n")
    assert edited(tmp_path, asked(CHECK, ASSERTION)) == ["starter.en.ipynb", "checks.py"]
    assert edited(tmp_path, asked(CHECK)) == ["starter.en.ipynb"]  # a checks.py of which the source says nothing stays


def test_comments_in_the_section_are_a_hand(tmp_path: Path):
    made = asked(CHECK)
    apply(plan(project(tmp_path), made))
    path = tmp_path / "project.yaml"
    path.write_text(
        path.read_text().replace("          - id: q1-mean", "          # 왜 2점인지\n          - id: q1-mean")
    )
    assert fates(tmp_path, made)["project.yaml"] == "unchanged"
    apply(plan(tmp_path, made))
    assert "# 왜 2점인지" in path.read_text()
    assert edited(tmp_path, asked(CHECK.replace("2점", "3점"))) == ["project.yaml"]


def test_a_broken_memory_only_makes_us_careful(tmp_path: Path):
    made = asked(CHECK)
    apply(plan(project(tmp_path), made))
    (tmp_path / MEMORY).write_text("[")
    assert plan(tmp_path, made).ok
    assert edited(tmp_path, asked(CHECK, question=QUESTION + "\n# 더"))[:1] == ["starter.ko.ipynb"]


def test_a_folder_without_a_project_and_a_list_without_the_solution(tmp_path: Path):
    assert [each.code for each in plan(tmp_path, asked(CHECK)).problems] == ["authoring.no_project"]
    (tmp_path / "project.yaml").write_text("title: a\n")
    told = plan(tmp_path, asked(CHECK))
    assert [each.code for each in told.problems] == ["authoring.no_solution_listed"]
    assert told.ok
    (tmp_path / "project.yaml").write_bytes(b"title: \xff\n")
    assert [each.code for each in plan(tmp_path, asked(CHECK)).problems] == ["content.not_utf8"]
