"""Cells of a team's notebook run as those of a lesson, with the project's files beside them."""

import pytest

from saem.apps.events.models import Event
from saem.apps.learning import claims, runs
from saem.apps.learning.models import RunStatus
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import EvidenceKind
from saem.apps.projects.workspace.notebooks import acting
from saem.apps.projects.workspace.notebooks.running import session_key
from saem.lib.sandbox import Limits, Sandbox, SandboxUnavailable
from tests.apps.projects.teams.a_team import mine
from tests.apps.projects.workspace.notebooks.a_desk import Member, cell, file_of

READ = 'import pandas as pd\ntrain = pd.read_csv("train.csv")\ntrain.head()'


def opened(member: Member, *codes: str) -> list[str]:
    """A draft of these cells; their keys."""
    version = member.saved(file_of(*(cell(code, f"k{at}") for at, code in enumerate(codes))))
    member.open(version.pk)
    return [each.key for each in member.cells()]


def test_a_cell_reads_the_projects_table_and_the_next_one_knows_its_names(member: Member):
    first, second = opened(member, READ, "")
    shown = member.press(f"run:{first}", **{first: READ})
    assert shown.status_code == 200
    assert '<th scope="col">height</th>' in shown.content.decode()
    member.press(f"run:{second}", **{second: "print(len(train))"})
    assert member.cells()[1].output["text"] == "20\n"
    ran = Event.objects.filter(verb="notebook.ran", actor=member.student.user)
    assert [event.facts["status"] for event in ran] == ["ok", "ok"]


def test_nothing_hidden_lies_beside_the_code(member: Member):
    (key,) = opened(member, "")
    member.press(f"run:{key}", **{key: "import os\nprint(sorted(f for *_, files in os.walk('.') for f in files))"})
    assert member.cells()[0].output["text"] == "['sample_submission.csv', 'test.csv', 'train.csv']\n"


def test_a_table_of_an_earlier_stage_is_opened_by_its_stage_and_a_later_one_is_not(member: Member):
    def gather(stage: str, ask: str, data: bytes) -> None:
        given = Given(kind=EvidenceKind.FILE, name="설문.csv", format="csv", data=data)
        save_evidence(mine(member.team, member.student), milestone=stage, ask=ask, given=given, seen=0)

    gather("data", "table", b"a,b\n1,2\n")
    gather("errors", "figure", b"c\n3\n")
    (key,) = opened(member, "")
    page = member.client.get(member.address()).content.decode()
    assert "<code>data/table.csv</code>" in page
    assert "errors/figure.csv" not in page
    member.press(f"run:{key}", **{key: "print(open('data/table.csv').read())\nopen('errors/figure.csv')"})
    (ran,) = member.cells()
    assert ran.output["text"] == "a,b\n1,2\n\n"
    assert ran.output["fault"]["code"].startswith("python.file")


def test_an_error_says_its_line_in_the_readers_language(member: Member):
    _first, second = opened(member, "x = 1", "")
    shown = member.press(f"run:{second}", **{second: "\nprint(y)"}).content.decode()
    assert "2번째 줄" in shown
    assert "칸 2" in shown
    assert member.cells()[1].status == RunStatus.ERROR


def test_all_cells_run_in_order_and_a_script_asks_for_the_rest_by_itself(
    member: Member, monkeypatch: pytest.MonkeyPatch
):
    opened(member, "x = 1", "x += 1", "print(x)")
    monkeypatch.setattr(acting, "SECONDS", 0.0)
    shown = member.press("all").content.decode()
    assert "3개 가운데 1개" in shown
    assert '"act": "all::k1"' in shown
    member.press("all::k1")
    last = member.press("all::k2").content.decode()
    assert "3개를 모두 실행했어요" in last
    assert 'hx-trigger="load"' not in last
    assert member.cells()[2].output["text"] == "2\n"


def test_without_a_script_the_rest_waits_for_a_press(member: Member, monkeypatch: pytest.MonkeyPatch):
    opened(member, "x = 1", "print(x)")
    monkeypatch.setattr(acting, "SECONDS_WITHOUT_SCRIPT", 0.0)
    shown = member.press("all", htmx=False).content.decode()
    assert 'value="all::k1"' in shown
    assert "이어서 실행하기" in shown


def test_running_all_stops_at_the_cell_that_fails_and_names_it(member: Member):
    opened(member, "x = 1", "1 / 0", "print(x)")
    shown = member.press("all").content.decode()
    assert "멈췄어요" in shown
    assert 'href="#cell-k1"' in shown
    assert [each.status for each in member.cells()] == ["ok", "error", ""]


def test_only_the_cells_above_are_run(member: Member):
    opened(member, "x = 1", "x += 1", "print(x)")
    shown = member.press("above:k2").content.decode()
    assert "2개를 모두 실행했어요" in shown
    assert [bool(each.status) for each in member.cells()] == [True, True, False]


def test_a_lapsed_session_runs_the_cells_above_again_and_says_so(member: Member, site_sandbox: Sandbox):
    opened(member, "x = 41", "print(x + 1)")
    member.press("run:k0", k0="x = 41")
    site_sandbox.close_session(session_key(member.draft))
    shown = member.press("run:k1", k1="print(x + 1)").content.decode()
    assert "앞의 칸을 다시 실행했어요." in shown
    assert member.cells()[1].output["text"] == "42\n"


def test_a_restart_forgets_names_and_outputs(member: Member):
    opened(member, "x = 41", "print(x)")
    member.press("run:k0", k0="x = 41")
    assert member.press("restart").headers["HX-Redirect"] == member.address()
    assert [each.status for each in member.cells()] == ["", ""]
    member.press("run:k1", k1="print(x)")
    assert member.cells()[1].status == RunStatus.ERROR


def test_one_run_at_a_time_across_lessons_and_notebooks_and_the_code_is_kept(member: Member):
    opened(member, "")
    with claims.claimed(member.student):
        answer = member.press("run:k0", k0="print(1)")
        busy = member.press("all")
    assert (answer.status_code, busy.status_code) == (409, 409)
    assert "아직 끝나지 않았어요" in answer.content.decode()
    assert member.codes() == ["print(1)"]
    assert member.cells()[0].status == RunStatus.NONE


def test_a_loop_without_end_is_stopped(member: Member, monkeypatch: pytest.MonkeyPatch):
    opened(member, "")
    monkeypatch.setattr(runs, "LIMITS", Limits(wall_s=0.5, cpu_s=5.0))
    shown = member.press("run:k0", k0="while True:\n    pass").content.decode()
    assert "안에 끝나지 않아서 멈췄어요" in shown
    assert member.cells()[0].status == RunStatus.TIMEOUT


def test_where_the_sandbox_is_away_the_code_is_kept_and_said(
    member: Member, site_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
):
    def away(*_args: object, **_more: object) -> None:
        raise SandboxUnavailable("gone")

    opened(member, "")
    monkeypatch.setattr(site_sandbox, "run_in_session", away)
    answer = member.press("run:k0", k0="print(2)")
    assert answer.status_code == 503
    assert "지금은 코드를 실행할 수 없어요" in answer.content.decode()
    page = member.press("run:k0", htmx=False, k0="print(3)")
    assert page.status_code == 503
    assert member.codes() == ["print(3)"]
