"""A sound program, read."""

from pathlib import Path

from saem.lib.content import CodeCell, Html, Severity, Step, load, with_assets, with_steps
from tests.lib.content.folders import ENGLISH, KOREAN, PROGRAM, changed, told, write_program


def test_a_sound_program_has_no_problems(tmp_path: Path):
    loaded = load(write_program(tmp_path))
    assert told(loaded.problems) == []
    assert loaded.ok
    assert loaded.program is not None


def test_its_parts(tmp_path: Path):
    program = load(write_program(tmp_path)).program
    assert program is not None
    assert (program.id, program.title.in_("ko"), program.title.in_("en-gb")) == (
        "tiny",
        "작은 프로그램",
        "A tiny program",
    )
    assert program.title.in_("fr") == "작은 프로그램", "Korean is what every program surely speaks"
    assert program.steps == (Step("lesson", "first-look"), Step("project", "rain"))
    assert program.assets == ("lessons/first-look/images/map.svg",)
    lesson = program.lessons["first-look"]
    assert lesson.data == {"weather.csv": "weather"}
    assert lesson.exercises["share"].solution == "share = 0.43\n"
    assert lesson.exercises["share"].checks[0]["value"] == "share"
    assert lesson.exercises["share"].wrong[0].fails == ("share-value",)
    project = program.projects["rain"]
    assert project.brief["en"] == '<h2 id="s1">The question</h2>\n<p>Will it rain?</p>'
    assert project.data_card.columns[1].unit is not None
    assert project.data_card.columns[1].unit.ko == "m/s"
    assert project.prepare == "print(1)\n"
    assert project.checks == ""
    assert set(project.starters) == {"ko", "en"}
    assert project.grading["predictions"]["metric"] == "accuracy"
    assert project.solutions[0].beats == ("yesterday",)
    assert project.folder == tmp_path / "tiny/projects/rain"


def test_a_page_is_cut_into_sections_and_blocks(tmp_path: Path):
    program = load(write_program(tmp_path)).program
    assert program is not None
    page = program.lessons["first-look"].pages["ko"]
    assert [(section.id, section.title) for section in page.sections] == [
        ("start", "처음 보기"),
        ("s1", "보기"),
        ("s2", "세기"),
    ]
    image, cell = page.sections[1].blocks
    assert isinstance(image, Html)
    assert isinstance(cell, CodeCell)
    assert (cell.id, cell.code, cell.hints) == ("look", 'print("hello")', ())
    assert page.cells[1] == CodeCell("share", "share = ...", ("나눠 보세요.",), line=18)
    assert KOREAN.split("\n")[17] == "share = ..."


def test_addresses_are_filled_in_when_the_page_is_shown(tmp_path: Path):
    pages = {
        "lessons/first-look/images/a.png": b"png",
        "lessons/first-look/ko.md": KOREAN + "\n[프로젝트](project:rain)\n\n![사진](images/a.png)\n",
        "lessons/first-look/en.md": ENGLISH + "\n[Project](project:rain)\n\n![Photo](images/a.png)\n",
    }
    program = load(write_program(tmp_path, **pages)).program
    assert program is not None
    page = program.lessons["first-look"].pages["en"]
    shown = page.with_assets("/files/v1/").with_steps(lambda kind, name: f"/{kind}/{name}/")
    html = "".join(block.html for section in shown.sections for block in section.blocks if isinstance(block, Html))
    assert 'src="/files/v1/lessons/first-look/images/a.png"' in html
    assert '<svg class="drawing" role="img" aria-label="A map"' in html
    assert 'href="/project/rain/"' in html
    assert with_assets('<img src="asset:a">', "/x/") == '<img src="/x/a">'
    assert with_steps('<a href="lesson:a-b">', lambda kind, name: f"{kind}-{name}") == '<a href="lesson-a-b">'


def test_a_path_from_grading_finds_its_line(tmp_path: Path):
    folder = write_program(tmp_path)
    program = load(folder).program
    assert program is not None
    file = "projects/rain/project.yaml"
    lines = (folder / file).read_text().split("\n")
    line = program.line_of(file, "grading.notebook.questions.0.checks.0.value")
    assert "q1-mean" in lines[line - 1]
    assert lines[program.line_of(file, "grading.predictions.metric") - 1].strip() == "metric: accuracy"
    assert program.line_of(file, "grading.predictions.nothing.here") == program.line_of(file, "grading.predictions")
    assert program.line_of("no-such-file.yaml", "grading") == 1


def test_drafts_are_left_alone(tmp_path: Path):
    loaded = load(write_program(tmp_path, **{"lessons/draft/lesson.yaml": "title: ["}))
    assert loaded.ok
    assert told(loaded.problems) == [("program.yaml", 16, "unused_folder")]
    assert loaded.problems[0].severity is Severity.WARNING
    assert loaded.errors == ()


def test_a_renamed_folder_is_only_a_warning(tmp_path: Path):
    write_program(tmp_path).rename(tmp_path / "tiny-main")
    loaded = load(tmp_path / "tiny-main")
    assert loaded.ok
    assert told(loaded.problems) == [("program.yaml", 2, "id_not_folder")]


def test_carriage_returns_and_byte_order_marks_change_nothing(tmp_path: Path):
    text = "\ufeff" + changed(PROGRAM, "작은", "작은").replace("\n", "\r\n")
    assert told(load(write_program(tmp_path, **{"program.yaml": text.encode()})).problems) == []


def test_problems_come_in_one_order_and_once(tmp_path: Path):
    changes = {"program.yaml": changed(PROGRAM, "licence:", "licens:"), "lessons/first-look/en.md": None}
    folder = write_program(tmp_path, **changes)
    first, second = load(folder).problems, load(folder).problems
    assert first == second
    assert [each.order for each in first] == sorted(each.order for each in first)
    assert len(set(told(first))) == len(first)
