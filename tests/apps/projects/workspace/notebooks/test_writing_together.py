"""Drafts, versions, and two who work at once: nothing that anybody typed is lost."""

import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saem.apps.events.models import Event
from saem.apps.jobs.worker import drain
from saem.apps.projects.models import (
    DraftCell,
    Evidence,
    EvidenceFile,
    NotebookDraft,
    Submission,
    SubmissionState,
    TeamMilestone,
)
from saem.apps.projects.teams.mentoring import give_mentor
from saem.apps.projects.workspace.notebooks import drafts, saving
from saem.apps.projects.workspace.notebooks.reading import MOST_CELLS
from tests import cast
from tests.apps.projects.workspace.notebooks.a_desk import STARTED, Member, cell, file_of

THREE = file_of(cell("a = 1", "a"), cell("**굵게**", "m", "markdown"), cell("b = 2", "b"))


def text(answer) -> str:
    return answer.content.decode()


def test_a_member_begins_with_nothing_and_what_is_typed_becomes_a_version(member: Member):
    assert "빈 노트북에서 시작" in text(member.client.get(member.address()))
    assert member.open().status_code == 302
    (key,) = [each.key for each in member.cells()]
    assert "저장됨" in text(member.press(f"keep:{key}", **{key: "x = 1"}))
    assert not Evidence.objects.exists()
    assert member.press("version").headers["HX-Redirect"] == member.address()
    version = Evidence.objects.get()
    assert (version.number, version.based_on, version.format) == (1, 0, "notebook")
    assert json.loads(bytes(version.file.data))["cells"][0]["source"] == ["x = 1"]
    assert "1번째 판으로 저장했어요" in text(member.client.get(member.address()))
    verbs = Event.objects.filter(actor=member.student.user, verb__in=("notebook.opened", "evidence.saved"))
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == ["notebook.opened", "evidence.saved"]


def test_the_same_again_makes_no_version(member: Member):
    member.open()
    member.press("version")
    member.press("version")
    assert Evidence.objects.count() == 1
    assert "새 판을 만들지 않았어요" in text(member.client.get(member.address()))


def test_the_starter_keeps_what_grading_looks_for(member: Member):
    member.open("starter")
    member.press("version")
    cells = json.loads(bytes(Evidence.objects.get().file.data))["cells"]
    assert cells[-1]["metadata"] == {"saem": {"question": "q1"}}


def test_an_older_version_becomes_a_draft_and_saving_it_lies_beside_the_newest(member: Member):
    old = member.saved(THREE)
    member.saved(STARTED, seen=1)
    assert f'value="{old.pk}"' in text(member.client.get(f"{member.address()}?version={old.pk}"))
    member.open(old.pk)
    assert member.codes() == ["a = 1", "**굵게**", "b = 2"]
    member.press("version")
    assert [(each.number, each.based_on) for each in Evidence.objects.order_by("number")] == [(1, 0), (2, 1), (3, 1)]


def test_an_unsaved_draft_is_not_thrown_away_without_a_word(member: Member):
    version = member.saved(THREE)
    member.open()
    key = member.cells()[0].key
    member.press(f"keep:{key}", **{key: "mine = 1"})
    asked = member.open(version.pk)
    assert asked.status_code == 409
    assert "초안을 버리고 열기" in text(asked)
    assert member.codes() == ["mine = 1"]
    assert member.open(version.pk, replace="yes").status_code == 302
    assert member.codes() == ["a = 1", "**굵게**", "b = 2"]


@pytest.mark.parametrize("source", ["", "nothing", "-1", "999999", "9" * 30])
def test_a_draft_begins_with_nothing_that_is_not_there(member: Member, source: str):
    assert member.open(source).status_code == 404
    assert not NotebookDraft.objects.exists()


# --- cells


def test_cells_are_added_moved_turned_removed_and_brought_back(member: Member):
    member.open(member.saved(THREE).pk)
    member.press("add-code:a")
    member.press("add-words")
    keys = [each.key for each in member.cells()]
    assert (keys[0], keys[2:4]) == ("a", ["m", "b"])
    assert [each.kind for each in member.cells()] == ["code", "code", "markdown", "code", "markdown"]
    moved = text(member.press("up:m"))
    assert moved.index('id="cell-m" aria') < moved.index(f'id="cell-{keys[1]}" aria')
    assert f'<div id="cell-{keys[1]}" hx-swap-oob="delete">' in moved
    member.press("down:m")
    member.press("turn:m")
    assert [each.kind for each in member.cells()][2] == "code"
    assert "칸을 지웠어요" in text(member.press("remove:b"))
    assert "b" not in [each.key for each in member.cells()]
    assert "지운 칸 1개" in text(member.client.get(member.address()))
    member.press("return:b")
    assert [each.key for each in member.cells()] == keys


def test_at_the_border_a_cell_stays_where_it_is(member: Member):
    member.open(member.saved(THREE).pk)
    assert member.press("up:a").status_code == 200
    assert [each.key for each in member.cells()] == ["a", "m", "b"]


def test_what_was_typed_elsewhere_on_the_page_is_kept_by_every_press(member: Member):
    member.open(member.saved(THREE).pk)
    member.press("remove:a", b="b = 3", m="글")
    assert member.codes() == ["글", "b = 3"]


def test_without_a_script_one_form_keeps_every_text_and_comes_back_at_the_cell(member: Member):
    member.open(member.saved(THREE).pk)
    answer = member.press("add-code:b", htmx=False, a="a = 5", b="b = 6")
    assert answer.status_code == 302
    assert "#cell-" in answer.headers["Location"]
    assert member.codes() == ["a = 5", "**굵게**", "b = 6", ""]
    saved = member.press("version", htmx=False, a="a = 7")
    assert saved.headers["Location"] == member.address()
    assert Evidence.objects.latest("number").number == 2


def test_a_tab_with_an_older_text_overwrites_nothing_and_what_it_had_stays_on_its_page(member: Member):
    member.open(member.saved(THREE).pk)
    member.press("keep:a", a="a = 2")
    old = member.post({"act": "keep:a", "code-a": "a = 3", "revision-a": "0"})
    assert old.status_code == 409
    assert "다른 창에서" in text(old)
    page = member.post({"act": "version", "code-a": "a = 3", "revision-a": "0"}, htmx=False)
    assert page.status_code == 409
    assert ">\na = 3</textarea>" in text(page)
    assert member.codes()[0] == "a = 2"
    assert Evidence.objects.count() == 1


def test_run_wins_over_the_other_tab_whose_text_can_be_brought_back(member: Member):
    member.open(member.saved(THREE).pk)
    member.press("keep:a", a="a = 2")
    shown = text(member.post({"act": "run:a", "code-a": "a = 3", "revision-a": "0"}))
    assert "내 코드 되찾기" in shown
    member.press("restore:a")
    assert member.codes()[0] == "a = 2"


def test_a_cell_that_another_tab_removed_keeps_what_is_typed_there(member: Member):
    member.open(member.saved(THREE).pk)
    member.press("remove:a")
    answer = member.press("keep:a", a="a = 9")
    assert answer.status_code == 409
    assert "지운 칸" in text(answer)
    assert DraftCell.objects.get(key="a").code == "a = 9"
    assert member.press("run:a", a="a = 9").status_code == 409


@pytest.mark.parametrize("act", ["", "explode", "run", "run:", "up:<b>", "run:a:b:c", "keep:" + "x" * 80])
def test_a_press_that_means_nothing_is_refused(member: Member, act: str):
    member.open(member.saved(THREE).pk)
    answer = member.press(act, a="a = 4")
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#notebook-said"
    assert member.codes()[0] == "a = 1"


def test_a_cell_that_is_not_there_is_said(member: Member):
    member.open()
    for verb in ("run", "up", "remove", "turn", "return", "restore"):
        answer = member.press(f"{verb}:nowhere")
        assert answer.status_code == 409, verb
        assert "그런 칸이 이제는 없어요" in text(answer)


def test_a_text_that_is_too_long_is_refused_and_stays(member: Member):
    member.open()
    (key,) = [each.key for each in member.cells()]
    long = "#" * 60_000
    answer = member.press(f"keep:{key}", **{key: long})
    assert answer.status_code == 422
    assert "5만 자" in text(answer)
    page = member.press("version", htmx=False, **{key: long})
    assert page.status_code == 422
    assert long in text(page)
    assert member.codes() == [""]


def test_a_draft_is_no_longer_than_a_form_can_carry(member: Member, monkeypatch: pytest.MonkeyPatch):
    member.open(member.saved(THREE).pk)
    monkeypatch.setattr(drafts, "MOST_LETTERS", 40)
    for verb in ("keep", "run"):
        answer = member.press(f"{verb}:a", a="#" * 40)
        assert answer.status_code == 422
        assert "50만 자" in text(answer)
    assert member.press("keep:a", a="a").status_code == 200
    assert member.codes()[0] == "a"


def test_more_cells_than_fit_are_refused(member: Member):
    member.open(member.saved(file_of(*[cell("1")] * MOST_CELLS)).pk)
    answer = member.press("add-code")
    assert answer.status_code == 409
    assert str(MOST_CELLS) in text(answer)


# --- two at once


def both_saved(member: Member, colleague: Member) -> Evidence:
    """The colleague saved first; what the second one is led to."""
    version = member.saved(THREE)
    for each in (member, colleague):
        each.open(version.pk)
    colleague.press("keep:a", a="a = 100")
    colleague.press("add-words:a")
    added = colleague.cells()[1].key
    colleague.press(f"keep:{added}", **{added: "친구의 글"})
    colleague.press("version")
    member.press("keep:b", b="b = 200")
    answer = member.press("version")
    theirs = Evidence.objects.get(number=2)
    assert answer.headers["HX-Redirect"] == member.address("notebook_compare", theirs.pk)
    return theirs


def test_of_two_at_once_both_versions_stay_and_the_second_is_told(member: Member, colleague: Member):
    theirs = both_saved(member, colleague)
    assert [(each.number, each.based_on) for each in Evidence.objects.order_by("number")] == [(1, 0), (2, 1), (3, 1)]
    page = text(member.client.get(member.address("notebook_compare", theirs.pk)))
    assert "그사이에 모둠 친구도 저장했어요" in page
    assert "a = 100" in page
    assert "친구의 글" in page
    assert "똑같은 칸 1개" in page


def test_their_cells_are_taken_over_and_ones_own_can_be_had_back(member: Member, colleague: Member):
    theirs = both_saved(member, colleague)
    added = colleague.cells()[1].key
    address = member.address("notebook_compare", theirs.pk)
    for key in ("a", added):
        assert member.client.post(address, {"cell": key}).status_code == 302
    assert member.codes() == ["a = 100", "친구의 글", "**굵게**", "b = 200"]
    assert "내 코드 되찾기" in text(member.client.get(member.address()))
    assert member.client.post(address, {"cell": "nothing"}).status_code == 409
    member.press("version")
    assert Evidence.objects.latest("number").based_on == 3


def test_a_newer_version_is_told_before_saving_and_can_be_settled(member: Member, colleague: Member):
    version = member.saved(THREE)
    member.open(version.pk)
    newer = colleague.saved(STARTED, seen=1)
    assert "그사이에 도윤이 2번째 판을 저장했어요" in text(member.client.get(member.address()))
    member.client.post(member.address("notebook_compare", newer.pk), {"cell": ""})
    assert "그사이에" not in text(member.client.get(member.address()))
    member.press("version")
    assert Evidence.objects.latest("number").based_on == 2


# --- stages, files that are gone, looking on


def test_a_stage_that_was_handed_in_keeps_what_is_typed_and_takes_no_version(member: Member):
    member.open()
    (key,) = [each.key for each in member.cells()]
    TeamMilestone.objects.filter(milestone=member.stage).update(status="waiting")
    assert member.press(f"keep:{key}", **{key: "x = 1"}).status_code == 200
    answer = member.press("version")
    assert answer.status_code == 409
    assert "통과한 단계라서" in text(answer)
    assert "내 초안은 그대로 남아 있어요" in text(member.client.get(member.address()))
    assert member.open("empty", replace="yes").status_code == 409
    assert member.codes() == ["x = 1"]


def test_a_version_whose_file_is_gone_is_said(member: Member):
    version = member.saved(THREE)
    EvidenceFile.objects.all().delete()
    assert "이제는 없어요" in text(member.client.get(member.address()))
    answer = member.open(version.pk)
    assert answer.status_code == 410
    assert "1번째 판의 파일이 이제는 없어요" in text(answer)


@pytest.mark.parametrize("data", [b"{", file_of(*[cell("1")] * 2000)])
def test_a_version_that_cannot_be_opened_is_said_and_can_be_downloaded(member: Member, data: bytes):
    version = member.saved(data)
    page = text(member.client.get(member.address()))
    assert "열" in page
    assert "파일 내려받기" in page
    assert member.open(version.pk).status_code == 422


def test_outputs_of_a_file_are_shown_as_text_and_never_as_markup(member: Member):
    evil = "<script>alert(1)</script>"
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": evil},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": evil}},
    ]
    words = cell(f"{evil}\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1))", "m", "markdown")
    version = member.saved(file_of(cell(f"# {evil}", "c", outputs=outputs), words))
    for _who in range(2):
        page = text(member.client.get(member.address()))
        assert evil not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
        assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
        member.open(version.pk)


def test_a_teacher_looks_on_and_changes_nothing(member: Member):
    version = member.saved(THREE)
    teacher = member.room.client(member.room.teacher)
    page = text(teacher.get(member.address()))
    assert "읽기만 할 수 있어요" in page
    assert "<strong>굵게</strong>" in page
    assert "<textarea" not in page
    assert teacher.post(member.address(), {"act": "all"}).status_code == 403
    assert teacher.post(member.address("notebook_open"), {"source": "empty"}).status_code == 403
    assert teacher.get(member.address("notebook_compare", version.pk)).status_code == 403


def test_a_mentor_looks_on_at_any_version(member: Member):
    old = member.saved(THREE)
    member.saved(STARTED, seen=1)
    mentor = cast.a_person("멘토")
    give_mentor(member.team, mentor, by=member.room.teacher)
    page = text(member.room.client(mentor).get(f"{member.address()}?version={old.pk}"))
    assert "<strong>굵게</strong>" in page
    assert "<textarea" not in page


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "9" * 5000, "²"])
def test_an_odd_version_shows_the_newest(member: Member, asked: str):
    member.saved(THREE)
    assert "<strong>굵게</strong>" in text(member.client.get(f"{member.address()}?version={asked}"))


def test_english_pages_have_no_korean_words_of_ours(member: Member):
    version = member.saved(file_of(cell("x = 1", "a"), cell("b", "m", "markdown")))
    client = member.room.client(member.student, "en")
    pages = [client.get(member.address())]
    member.open(version.pk)
    newer = member.saved(STARTED, seen=1)
    pages += [client.get(member.address()), client.get(member.address("notebook_compare", newer.pk))]
    for page in pages:
        main = text(page).split("<main", 1)[1].split("</main>", 1)[0]
        for name in ("하늘", "두 바퀴", "박선생", "# 콩"):
            main = main.replace(name, "")
        assert not any("가" <= letter <= "힣" for letter in main), main


def test_nobody_meets_the_draft_of_another(member: Member, colleague: Member):
    member.open()
    (key,) = [each.key for each in member.cells()]
    member.press(f"keep:{key}", **{key: "secret = 1"})
    assert "secret" not in text(colleague.client.get(member.address()))
    outsider = member.room.client(member.room.students[3])
    assert outsider.get(member.address()).status_code == 404


def test_a_lapsed_session_is_sent_to_sign_in_and_comes_back_to_the_notebook(member: Member):
    member.open()
    (key,) = [each.key for each in member.cells()]
    page = f"http://testserver{member.address()}"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = Client().post(member.address(), {"act": f"keep:{key}", f"code-{key}": "x = 1"}, headers=headers)
    assert answer.status_code == 401
    assert quote(member.address(), safe="") in answer.headers["HX-Redirect"].replace("/", "%2F")
    assert member.codes() == [""]


def test_without_a_draft_a_press_says_so(member: Member):
    answer = member.client.post(member.address(), {"act": "all"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "새로 고친 뒤" in text(answer)


def test_something_else_than_a_notebook_has_no_such_page(member: Member):
    other = Member(member.room, member.team, member.student, "find", "observations")
    assert other.client.get(other.address()).status_code == 404


# --- handing in


def test_a_notebook_is_handed_in_to_grading_from_here(member: Member):
    member.open("starter")
    key = member.cells()[-1].key
    code = 'tallest = train["height"].max()'
    answer = member.press("hand-in", **{key: code})
    drain()
    submission = Submission.objects.get()
    assert answer.headers["HX-Redirect"] == f"/submissions/{submission.pk}/"
    assert (submission.state, submission.verdict.score) == (SubmissionState.SCORED, 2)
    assert bytes(submission.file.data) == bytes(Evidence.objects.get().file.data)


def test_attempts_are_those_of_the_project_and_the_version_stays(member: Member):
    member.open("starter")
    for at in range(5):
        key = member.cells()[-1].key
        assert member.press("hand-in", **{key: f"tallest = {at}"}).status_code == 204
    answer = member.press("hand-in", **{key: "tallest = 99"})
    assert answer.status_code == 409
    assert Submission.objects.count() == 5
    assert Evidence.objects.latest("number").number == 6
    assert "오늘 낼 수 있는 횟수를 다 썼어요" in text(member.client.get(member.address()))


def test_a_double_click_hands_in_once(member: Member):
    member.open("starter")
    token = str(member.client.get(member.address()).context["token"])
    for _press in range(2):
        member.post({"act": "hand-in", "token": token})
    assert Submission.objects.count() == 1


def test_outputs_that_are_too_large_are_left_out_and_said(member: Member, monkeypatch: pytest.MonkeyPatch):
    member.open()
    (key,) = [each.key for each in member.cells()]
    member.press(f"run:{key}", **{key: "print('a' * 900)"})
    monkeypatch.setattr(saving, "MOST_BYTES", 900)
    member.press("version", htmx=False)
    assert "글과 코드만 저장했어요" in text(member.client.get(member.address()))
    assert json.loads(bytes(Evidence.objects.get().file.data))["cells"][0]["outputs"] == []


def test_a_page_takes_as_many_queries_for_many_cells_as_for_one(member: Member):
    def queries() -> int:
        member.client.get(member.address())
        with CaptureQueriesContext(
            connection,
        ) as found:
            member.client.get(member.address())
        return len(found)

    member.open(member.saved(file_of(cell("1"))).pk)
    one = queries()
    member.open(member.saved(file_of(*[cell("x = 1")] * 60), seen=1).pk)
    assert queries() == one
