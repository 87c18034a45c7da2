"""Code is saved as it is typed, put back, brought back, and never silently overwritten."""

from tests import sample
from tests.apps.learning.places import Desk


def test_typing_is_saved_with_the_time_and_without_a_run(desk: Desk) -> None:
    answer = desk.post("mean_height = 3", action="save", revision="0").content.decode()
    assert "저장됨" in answer
    assert 'value="1"' in answer
    record = desk.record()
    assert (record.code, record.runs, record.status) == ("mean_height = 3", 0, "")
    assert "mean_height = 3" in desk.client.get(desk.lesson_url).content.decode()


def test_an_old_tab_does_not_overwrite_the_newer_text(desk: Desk) -> None:
    desk.post("first tab", action="save", revision="0")
    answer = desk.post("second tab", action="save", revision="0")
    assert answer.status_code == 409
    assert "다른 창에서" in answer.content.decode()
    assert desk.record().code == "first tab"


def test_running_in_an_old_tab_wins_and_the_other_text_can_be_brought_back(desk: Desk) -> None:
    desk.post("a = 1", action="save", revision="0")
    answer = desk.post("a = 2", revision="0").content.decode()
    assert "내 코드 되찾기" in answer
    assert (desk.record().code, desk.record().kept_code) == ("a = 2", "a = 1")
    desk.post("a = 2", action="restore")
    assert (desk.record().code, desk.record().kept_code) == ("a = 1", "a = 2")


def test_saving_the_same_text_from_an_old_tab_is_no_conflict(desk: Desk) -> None:
    desk.post("a = 1", action="save", revision="0")
    assert desk.post("a = 1", action="save", revision="0").status_code == 200


def test_reset_brings_the_authors_code_and_keeps_the_students(desk: Desk) -> None:
    desk.post("mine = 1", action="save")
    answer = desk.post("mine = 2  # typed since", action="reset").content.decode()
    assert "mean_height = ..." in answer
    assert "내 코드 되찾기" in answer
    assert desk.record().kept_code == "mine = 2  # typed since"
    # A second press of the button must not throw away what the first one kept.
    desk.post("mean_height = ...", action="reset")
    assert desk.record().kept_code == "mine = 2  # typed since"
    assert "mine = 2" in desk.post("mean_height = ...", action="restore").content.decode()


def test_without_scripts_a_save_returns_to_the_cell(desk: Desk) -> None:
    answer = desk.post("a = 1", action="save", htmx=False)
    assert (answer.status_code, answer["Location"]) == (302, f"{desk.lesson_url}#cell-{sample.MEAN}")


def test_line_ends_of_forms_are_no_change(desk: Desk) -> None:
    desk.post("a = 1\r\nb = 2", action="save")
    assert desk.record().code == "a = 1\nb = 2"
