"""What each person sees of a project: briefs, downloads, results; and what nobody sees before the reveal."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saem.apps.events.models import Event
from saem.apps.jobs.worker import drain
from saem.apps.projects.models import BoardRow, Submission, SubmissionState, Verdict
from tests import cast
from tests.apps.projects.conftest import Stage, heights, predictions
from tests.sample import PROJECT, notebook

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


def text_of(page: str) -> str:
    """The words of a page as they are read."""
    main = page.split("<main", 1)[-1].split("</main>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ko",
            [
                "키 맞히기",
                "이겨야 할 점수",
                "RMSE · 낮을수록 좋음 · 늘 평균",
                "CC0-1.0",
                "그늘에서 자란 콩은 없어요",
                "시작 노트북",
            ],
        ),
        (
            "en",
            ["Predict the height", "The score to beat", "lower is better · Always the mean", "No beans from the shade"],
        ),
    ],
)
def test_the_project_page_tells_everything_before_the_first_try(stage: Stage, language: str, words: list[str]):
    page = text_of(stage.client(stage.student.user, language).get(stage.address()).content.decode())
    for word in words:
        assert word in page


def test_downloads_are_cached_by_version_and_only_what_is_listed(stage: Stage):
    client = stage.client(stage.student.user)
    train = client.get(stage.address("file", "train.csv"))
    starter = client.get(stage.address("file", "starter.ko.ipynb"))
    assert train.content.startswith(b"id,day,height")
    assert "attachment" in train["Content-Disposition"]
    assert f"{PROJECT}.ipynb" in starter["Content-Disposition"]
    again = client.get(stage.address("file", "train.csv"), headers={"If-None-Match": train["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert train["ETag"] != starter["ETag"]
    for hidden in ("sample_submission.csv", "solution.csv", "hidden", "starter.fr.ipynb", "..%2Fhidden%2Fsolution.csv"):
        assert client.get(stage.address("file", hidden)).status_code == 404, hidden


def test_the_result_sets_the_score_beside_baseline_change_and_uncertainty(stage: Stage):
    stage.hand_in(predictions(off=2.0))
    submission, page = stage.hand_in(predictions(off=1.0))
    told = text_of(page)
    assert "공개 점수 (RMSE, 낮을수록 좋음) 1.000" in told
    assert re.search(r"기준 ‘늘 평균’\([\d.]+\)보다 오차가 9\d% 작아요. 지난 제출보다 1.000 내렸어요.", told)
    assert "확인 항목 4점 가운데 4점" in told
    assert "95% 구간" in told
    assert "기준: 늘 평균" in told
    assert submission.verdict is not None
    assert submission.verdict.isolation
    assert "오늘 3번 더 낼 수 있어요" in told


def test_a_worse_try_is_told_kindly_and_the_board_keeps_the_best(stage: Stage):
    stage.hand_in(predictions(off=1.0))
    _submission, page = stage.hand_in(predictions(off=-70.0))
    told = text_of(page)
    assert "오차가" in told
    assert "커요" in told
    assert "지난 제출보다 69.000 올랐어요" in told
    assert "날마다 키가 달라요." in told, "the hint of the failed check"
    row = BoardRow.objects.get()
    assert (row.score, row.submissions) == (pytest.approx(1.0, abs=1e-3), 2)


def test_a_notebook_tells_each_question_and_keeps_its_figures(stage: Stage):
    drawing = 'import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\ntallest = train["height"].max()'
    submission, page = stage.hand_in(notebook(drawing), name="work.ipynb")
    told = text_of(page)
    assert submission.state == SubmissionState.SCORED
    assert "가장 큰 키 2/2" in told
    verdict = submission.verdict
    assert verdict is not None
    figure = verdict.figures.get()
    address = f"/submissions/{submission.pk}/figures/{figure.pk}"
    assert address in page
    client = stage.client(stage.student.user)
    assert client.get(address).content.startswith(b"\x89PNG")
    assert client.get(address)["Content-Type"] == "image/png"
    other, _page = stage.hand_in(notebook("tallest = 1"), name="work.ipynb")
    assert client.get(f"/submissions/{other.pk}/figures/{figure.pk}").status_code == 404


def test_who_may_open_what(stage: Stage):
    submission, _page = stage.hand_in(predictions())
    addresses = [
        stage.address(),
        stage.address("board"),
        stage.address("file", "train.csv"),
        f"/submissions/{submission.pk}/",
        f"/submissions/{submission.pk}/file",
    ]
    people = {
        200: [stage.student.user, cast.a_teacher(stage.classroom), cast.a_staff_member(stage.cohort)],
        404: [cast.a_student(stage.classroom).user, cast.a_stranger(), cast.a_teacher(cast.a_classroom(stage.cohort))],
    }
    for status, persons in people.items():
        for person in persons:
            client = stage.client(person)
            assert [client.get(address).status_code for address in addresses] == [status] * len(addresses)
    assert [stage.client().get(address).status_code for address in addresses] == [302] * len(addresses)


def test_a_teacher_reads_and_is_not_offered_to_hand_in(stage: Stage):
    submission, _page = stage.hand_in(predictions())
    client = stage.client(cast.a_teacher(stage.classroom))
    assert 'type="file"' not in client.get(stage.address()).content.decode()
    page = client.get(f"/submissions/{submission.pk}/").content.decode()
    assert stage.student.nickname in page
    assert "새로 제출하기" not in page


def hidden_facts(verdict: Verdict) -> list[str]:
    private = verdict.private_metrics["rmse"]
    return [f"{private:.3f}", str(private)]


def test_the_private_part_is_nowhere_before_the_reveal_and_beside_after_it(stage: Stage):
    # Values that are right on public rows and off on private ones, so that the two scores differ.
    lines = ["id,height", *(f"{key},{value + (0.5 if key % 4 == 0 else 3.25)}" for key, value in heights().items())]
    submission, _page = stage.hand_in("\n".join(lines) + "\n")
    verdict = submission.verdict
    assert verdict is not None
    assert verdict.metrics["rmse"] == pytest.approx(0.5)
    assert verdict.private_metrics["rmse"] == pytest.approx(3.25)
    assert "private" not in str(Event.objects.values_list("facts", flat=True))

    staff, teacher = cast.a_staff_member(stage.cohort), cast.a_teacher(stage.classroom)
    for person in (stage.student.user, staff, teacher):
        client = stage.client(person)
        for address in (stage.address(), stage.address("board"), f"/submissions/{submission.pk}/"):
            shown = client.get(address).content.decode()
            assert not [fact for fact in hidden_facts(verdict) if fact in shown]

    address = f"/cohorts/{stage.cohort.pk}/projects/{PROJECT}/reveal/"
    assert stage.client(stage.student.user).post(address).status_code == 404
    assert stage.client(teacher).post(address).status_code == 404
    assert stage.client(staff).get(address).status_code == 405
    assert "모두에게 열기" in stage.client(staff).get(stage.address("board")).content.decode()
    assert "모두에게 열기" not in stage.client(teacher).get(stage.address("board")).content.decode()
    assert stage.client(staff).post(address).status_code == 302
    assert stage.client(staff).post(address).status_code == 302
    assert Event.objects.filter(verb="revealed").count() == 1
    for address in (stage.address("board"), f"/submissions/{submission.pk}/"):
        shown = text_of(stage.client(stage.student.user).get(address).content.decode())
        assert "비공개 순위" in shown
        assert "3.250" in shown


def test_a_score_that_is_no_number_is_never_ranked(stage: Stage, monkeypatch):
    submission, _page = stage.hand_in(notebook('tallest = train["height"].max()'), name="work.ipynb")
    assert submission.state == SubmissionState.SCORED
    assert not BoardRow.objects.exists()


def test_queries_of_the_pages_do_not_grow(stage: Stage):
    client = stage.client(stage.student.user)
    counts = []
    for number in (1, 4):
        for _ in range(number):
            stage.send(client, predictions(off=number))
        drain()
        found = []
        submission = Submission.objects.latest("pk")
        for address in (stage.address(), stage.address("board"), f"/submissions/{submission.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        counts.append(found)
    assert all(later <= first + 1 for first, later in zip(*counts, strict=True)), counts
    assert max(counts[0]) <= 22
