"""New lessons and items, other names, and files that go."""

import unicodedata

import pytest

from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.files import bytes_of, write_folder
from saem.lib import content
from tests.apps.catalog.editor.a_writer import address, begun, file_of, text_of
from tests.apps.catalog.proposals.a_proposal import KOREAN

pytestmark = pytest.mark.django_db
LESSON = {
    "seen": 1,
    "id": "second-look",
    "title_ko": "다시: '보기'",
    "title_en": "A second look",
    "goal_ko": "다시 읽어요.",
    "goal_en": "Read again.",
    "minutes": 40,
    "skills": ["read-table"],
}
ITEM = {"seen": 1, "id": "hottest-day", "kind": "choice", "skill": "read-table", "file": "days.yaml"}


def loaded(proposal, folder):
    write_folder(bytes_of(queries.newest_revision(proposal).files), folder)
    return content.load(folder)


def test_a_new_lesson_is_the_last_step_and_reads_well(tmp_path):
    _world, proposal, client = begun()
    answer = client.post(address("new_lesson", proposal), LESSON)
    assert answer.headers["Location"] == address("edit", proposal, "lessons/second-look/ko.md")
    found = loaded(proposal, tmp_path / "program")
    assert found.program is not None, found.errors
    assert [step.id for step in found.program.steps] == ["first", "second-look"]
    assert found.program.lessons["second-look"].title.ko == "다시: '보기'"


@pytest.mark.parametrize("kind", ["choice", "number"])
def test_a_new_item_reads_well(tmp_path, kind):
    _world, proposal, client = begun()
    client.post(address("new_item", proposal), ITEM | {"kind": kind})
    second = client.post(address("new_item", proposal), ITEM | {"seen": 2, "id": "coldest-day"})
    assert second.status_code == 302
    found = loaded(proposal, tmp_path / "program")
    assert found.program is not None, found.errors
    assert list(found.program.items) == ["hottest-day", "coldest-day"]


def test_an_id_is_one_items_in_all_files():
    _world, proposal, client = begun()
    client.post(address("new_item", proposal), ITEM)
    answer = client.post(address("new_item", proposal), ITEM | {"seen": 2, "file": "other.yaml"})
    assert answer.status_code == 422
    assert "이미 있는 이름" in text_of(answer)


@pytest.mark.parametrize("bad", [{"id": "first"}, {"id": "../up"}, {"id": "가"}, {"minutes": 0}, {"skills": ["none"]}])
def test_a_lesson_that_cannot_be_is_refused(bad):
    _world, proposal, client = begun()
    assert client.post(address("new_lesson", proposal), LESSON | bad).status_code == 422
    assert proposal.revisions.count() == 1


def test_steps_in_brackets_are_added_to_by_hand():
    world, _proposal, client = begun()
    main = world.files["program.yaml"].decode().replace("steps:\n  - lesson: first\n", "steps: [{lesson: first}]\n")
    proposal = world.opened()
    client.post(address("edit", proposal, "program.yaml"), {"seen": 1, "text": main})
    answer = client.post(address("new_lesson", proposal), LESSON | {"seen": 2})
    assert answer.status_code == 422
    assert "steps" in text_of(answer)


def test_a_file_gets_another_name():
    _world, proposal, client = begun()
    before = file_of(proposal, KOREAN)
    answer = client.post(address("move", proposal, KOREAN), {"seen": 1, "name": "lessons/first/teacher.ko.md"})
    assert answer.status_code == 302
    assert file_of(proposal, "lessons/first/teacher.ko.md") == before
    assert KOREAN not in queries.newest_revision(proposal).files


@pytest.mark.parametrize(
    "name",
    [
        "../ko.md",
        "/ko.md",
        "lessons//ko.md",
        "lessons/first/en.md",
        unicodedata.normalize("NFD", "가.md"),
        "가.md",
        "",
        "a" * 300,
    ],
)
def test_a_name_that_a_program_cannot_have_is_refused(name):
    _world, proposal, client = begun()
    assert client.post(address("move", proposal, KOREAN), {"seen": 1, "name": name}).status_code == 422
    assert proposal.revisions.count() == 1


def test_a_file_goes_and_the_program_stays():
    _world, proposal, client = begun()
    client.post(address("remove", proposal, KOREAN), {"seen": 1})
    assert KOREAN not in queries.newest_revision(proposal).files
    assert client.post(address("remove", proposal, "program.yaml"), {"seen": 2}).status_code == 422
    assert client.post(address("remove", proposal, "none.md"), {"seen": 2}).status_code == 404
