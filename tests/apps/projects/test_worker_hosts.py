"""A real submission graded by a worker host: over HTTP, in its own sandbox, without the database."""

import pytest

from saem.apps.jobs import keys
from saem.apps.jobs.models import Job, JobState
from saem.apps.projects.models import Submission, SubmissionState
from saem.lib.fleet import SiteQueue, Stopping, Work, Worker
from saem.lib.grading.shipping import Grader
from saem.lib.sandbox import Sandbox
from tests.apps.projects.conftest import Stage, predictions
from tests.sample import notebook


@pytest.mark.sandbox
@pytest.mark.django_db(transaction=True)
def test_what_a_host_grades_reads_like_what_the_site_grades(stage: Stage, live_server, sandbox: Sandbox) -> None:
    secret = keys.make_key(name="host", capabilities="cpu", most_jobs=1, by=None).secret
    queue = SiteQueue(site=live_server.url, key=secret, name="h:1:a", capabilities=["cpu"], kinds=["grade"])
    fetched = []
    fetch = queue.supply
    queue.supply = lambda claim: fetched.append(claim) or fetch(claim)
    host = Worker(queue, work_named={"grade": Work(perform=Grader(lambda: sandbox))}.get, stopping=Stopping())
    client = stage.client(stage.student.user)
    works = (
        (predictions(), "submission.csv"),
        (notebook('tallest = train["height"].max()'), "work.ipynb"),
        ("x\n1\n", "bad.csv"),
    )

    for data, name in works:
        stage.send(client, data, name=name)
        assert host.do_next()
    queue.close()

    graded = Job.objects.filter(kind="grade")  # a night's work may be planned beside it
    assert set(graded.values_list("state", flat=True)) == {JobState.DONE}
    states = dict(Submission.objects.values_list("name", "state"))
    assert states == {
        "submission.csv": SubmissionState.SCORED,
        "work.ipynb": SubmissionState.SCORED,
        "bad.csv": SubmissionState.REJECTED,
    }
    assert len(fetched) == 1, "the assignment is fetched once and kept"
    for data, name in works:
        here, _page = stage.hand_in(data, name=f"here-{name}")
        there = Submission.objects.get(name=name)
        for fact in (
            "status",
            "score",
            "max_score",
            "checks",
            "metrics",
            "private_metrics",
            "reasons",
            "content_version",
        ):
            assert getattr(here.verdict, fact) == getattr(there.verdict, fact), (name, fact)
