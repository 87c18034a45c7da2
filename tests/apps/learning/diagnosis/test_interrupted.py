"""A diagnosis that is interrupted goes on where it was: the browser is closed, or the server dies at the worst moment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from saem.apps.events.models import Event
from saem.apps.learning.diagnosis import choosing, services
from saem.apps.learning.models import Attempt
from tests.apps.learning.diagnosis.exams import Exam
from tests.apps.learning.diagnosis.test_taking import WRONG, token

DIED = -9


def test_nothing_is_counted_where_the_server_ends_before_the_next_item(exam: Exam, monkeypatch: pytest.MonkeyPatch):
    """The answer and the next item are one transaction, so there is never a test without an item."""
    before = services.start(exam.sitting()).row
    assert before is not None

    def end(*_arguments: object, **_named: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(choosing, "pick", end)
        with pytest.raises(SystemExit):
            services.answer(exam.sitting(), token(before), WRONG)
    assert exam.row().given == before.given
    assert not Attempt.objects.exists()
    assert not Event.objects.filter(verb="diagnosis.answered").exists()
    assert services.answer(exam.sitting(), token(before), WRONG).notice == ""
    assert len(exam.row().given) == 2


def test_another_browser_goes_on_with_the_item_that_waits(exam: Exam):
    exam.client.post(exam.url("start"))
    for _answer in range(3):
        exam.client.post(exam.url("answer"), {"token": exam.row().given[-1]["token"], "answer": "0"})
    waiting = exam.row().given[-1]
    elsewhere = Client(headers={"accept-language": "ko"})
    elsewhere.force_login(exam.enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    page = elsewhere.get(exam.url()).content.decode()
    assert "4번째 문항" in page
    assert waiting["token"] in page
    elsewhere.post(exam.url("answer"), {"token": waiting["token"], "answer": "0"})
    assert (len(exam.row().given), Attempt.objects.count()) == (5, 4)


@pytest.mark.sandbox
def test_a_killed_web_process_loses_and_doubles_nothing(tmp_path: Path):
    """A real SIGKILL, twice: between the answer and the next item, and between the commit and the page."""
    environment = os.environ | {"SAEM_HOME": str(tmp_path), "SAEM_DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.apps.learning.diagnosis.dying", str(tmp_path / "program")],
        capture_output=True, text=True, check=False, env=environment, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    start, choosing_died, page_died, again, end = json.loads(done.stdout.splitlines()[-1])
    assert choosing_died == {"ended": DIED, **start}, "all of the answer is gone, and its item waits"
    assert (page_died["ended"], page_died["answered"], page_died["attempts"], page_died["events"]) == (DIED, 1, 1, 1)
    assert page_died["waiting"] not in {None, start["waiting"]}
    assert again == {"sent_again": services.STALE, **{name: page_died[name] for name in start}}
    assert end["items"] == end["answered"] == end["attempts"] == end["events"] >= 8
    assert end["stopped_by"]
