"""Whatever is sent or printed: a clear word, nothing lost, never a 500, never markup."""

import pytest

from saem.apps.learning import forms, outputs
from saem.apps.learning.models import CellRecord
from saem.lib.sandbox import Job, Outcome, SandboxUnavailable
from tests import sample
from tests.apps.learning.places import Desk

ATTACK = "<script>alert(1)</script>"


def test_characters_that_no_keyboard_makes_are_dropped(desk: Desk) -> None:
    assert desk.post("print('a\x00b\x07')\n").status_code == 200
    assert desk.record().code == "print('ab')\n"


def test_a_lone_surrogate_in_the_bytes_is_replaced(desk: Desk) -> None:
    body = b"action=run&code=print('%ED%A0%80')"
    answer = desk.client.post(desk.cell_url(), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert "\ud800" not in desk.record().code


def test_a_lone_surrogate_in_the_output_is_stored_and_shown(desk: Desk) -> None:
    assert desk.post("print(chr(0xD800), chr(0))\nchr(0xD801) + chr(0)").status_code == 200
    assert desk.record().status in {"ok", "error"}
    assert desk.client.get(desk.lesson_url).status_code == 200


def test_code_that_is_too_long_is_refused_and_stays_on_the_page(desk: Desk) -> None:
    long = "# " + "가" * 30_000
    answer = desk.post(long)
    assert answer.status_code == 422
    assert "5만 자" in answer.content.decode()
    assert not CellRecord.objects.exists()
    page = desk.post(long, htmx=False)
    assert page.status_code == 422
    assert "가" * 30_000 in page.content.decode()


def test_just_short_enough_is_accepted(desk: Desk) -> None:
    assert desk.post("#" * forms.MAX_CODE_BYTES, action="save").status_code == 200


@pytest.mark.parametrize("cell", ["no-such-cell", "__class__", "x" * 300])
def test_an_unknown_cell_does_not_exist(desk: Desk, cell: str) -> None:
    assert desk.post("1", cell).status_code == 404


def test_an_unknown_lesson_does_not_exist(desk: Desk) -> None:
    assert desk.client.get(desk.lesson_url.replace(sample.LESSON, "nothing")).status_code == 404


@pytest.mark.parametrize("action", ["", "explode"])
def test_an_unknown_action_is_refused(desk: Desk, action: str) -> None:
    assert desk.post("1", action=action).status_code == 422
    assert not CellRecord.objects.exists()


def test_a_nonsense_revision_is_refused_with_the_text_kept(desk: Desk) -> None:
    page = desk.post("keep me", htmx=False, revision="seven")
    assert page.status_code == 422
    assert "keep me" in page.content.decode()


def test_markup_in_every_kind_of_output_is_text(desk: Desk) -> None:
    code = f"""
import pandas as pd
print({ATTACK!r})
display = pd.DataFrame({{{ATTACK!r}: [{ATTACK!r}]}}, index=[{ATTACK!r}])
display
"""
    shown = desk.post(code).content.decode()
    assert ATTACK not in shown
    assert shown.count("&lt;script&gt;") >= 4
    for failing in (f"raise ValueError({ATTACK!r})", f"{{}}[{ATTACK!r}]", f"x = {ATTACK!r}.nothing"):
        assert ATTACK not in desk.post(failing).content.decode()
    assert ATTACK not in desk.client.get(desk.lesson_url).content.decode()


def test_markup_in_a_figure_is_only_pixels(desk: Desk) -> None:
    code = f"import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title({ATTACK!r})\nplt.show()"
    shown = desk.post(code, sample.DRAW).content.decode()
    assert 'src="data:image/png;base64,' in shown
    assert ATTACK not in shown


def test_markup_in_the_code_itself_is_text(desk: Desk) -> None:
    code = f"# </textarea>{ATTACK}"
    desk.post(code, action="save")
    assert ATTACK not in desk.client.get(desk.lesson_url).content.decode()


def test_colours_of_a_terminal_and_progress_bars_are_tidied(desk: Desk) -> None:
    desk.post("print('\\x1b[31mred\\x1b[0m')\nprint('10%\\r50%\\r100%')")
    assert desk.record().output["text"] == "red\n100%\n"


def test_a_giant_table_is_cut_and_says_how_large_it_is(desk: Desk) -> None:
    desk.post("import pandas as pd\npd.DataFrame([['v' * 5000] * 80] * 3000)")
    record = desk.record()
    assert len(str(record.output)) < outputs.MAX_BYTES
    table = record.output["displays"][0]
    assert (table["total_rows"], table["total_columns"]) == (3000, 80)
    assert len(table["rows"]) <= outputs.MAX_ROWS


def test_many_figures_never_make_the_record_too_large(desk: Desk) -> None:
    code = (
        "import numpy as np, matplotlib.pyplot as plt\n"
        "for at in range(6):\n"
        "    plt.figure(figsize=(8, 8)); plt.imshow(np.random.rand(400, 400)); plt.show()\n"
    )
    desk.post(code, sample.DRAW)
    output = desk.record(sample.DRAW).output
    assert output["left_out"] > 0
    assert len(str(output)) < outputs.MAX_BYTES + 5_000
    assert "남기지 못했어요" in desk.client.get(desk.lesson_url).content.decode()


def test_endless_printing_is_stopped_with_an_explanation(desk: Desk) -> None:
    shown = desk.post("while True:\n    print('나' * 100)").content.decode()
    assert desk.record().status == "output"
    assert "출력이 너무 길어서 멈췄어요." in shown
    assert len(shown) < 100_000


def test_a_program_that_ends_itself_is_explained(desk: Desk) -> None:
    shown = desk.post("import os\nos.abort()").content.decode()
    assert desk.record().status == "signal"
    assert "갑자기 멈췄어요" in shown


@pytest.mark.parametrize("ending", ["exit()", "import sys\nsys.exit(3)", "import os\nos._exit(0)"])
def test_a_program_that_leaves_is_no_silent_success(desk: Desk, ending: str) -> None:
    shown = desk.post(f"mean_height = 31.35\n{ending}").content.decode()
    assert "exit()나 quit()를 만나서" in shown
    assert desk.record().status == "error"
    assert desk.record().passed_at is None


class NoSandbox:
    """A sandbox whose daemon is gone."""

    def run_in_session(self, _key: str, _job: Job, *, prelude: Job | None = None) -> Outcome:
        raise SandboxUnavailable


def test_without_a_sandbox_the_code_is_saved_and_the_page_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saem.apps.learning.views.site_sandbox", NoSandbox)
    answer = desk.post("print('later')")
    assert answer.status_code == 503
    assert "지금은 코드를 실행할 수 없어요" in answer.content.decode()
    assert desk.record().code == "print('later')"
    page = desk.post("print('later')", htmx=False)
    assert page.status_code == 503
    assert "지금은 코드를 실행할 수 없어요" in page.content.decode()


def test_whoever_was_signed_out_is_sent_to_sign_in_and_back_to_the_lesson(desk: Desk) -> None:
    desk.client.logout()
    answer = desk.client.post(
        desk.cell_url(),
        {"action": "run", "code": "1"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{desk.lesson_url}"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith(f"next={desk.lesson_url.replace('/', '%2F')}")
    assert desk.post("1", htmx=False).status_code == 302
