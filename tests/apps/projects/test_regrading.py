"""Regrading: looked at before it counts, applied student by student, by a rule that later work follows, too."""

import io
import uuid
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.catalog.checking import check_program
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import assignment_of
from saem.apps.catalog.services import add_version
from saem.apps.cohorts.models import Enrolment
from saem.apps.events.models import Event
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.apps.people.models import User
from saem.apps.projects import services as projects
from saem.apps.projects.board_rows import best_of
from saem.apps.projects.models import BoardRow, Regrade, RegradeItem, RegradeState, Submission, Verdict
from saem.apps.projects.queries import rule_of
from saem.apps.projects.regrading import services
from saem.apps.projects.regrading.preview import Way, preview_of
from saem.apps.projects.regrading.rules import rules_for
from saem.errors import SaemError
from saem.lib import grading
from saem.lib.content import pack
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.projects.conftest import Stage, predictions
from tests.sample import PROJECT, PROJECT_YAML, notebook, sample_program

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]

_built: dict[str, tuple] = {}


def newer(stage: Stage, sandbox: Sandbox, folder: Path, yaml: str = "", **changes: str) -> Version:
    """A newer version of the sample; checked once in a run of the suite."""
    yaml = yaml or PROJECT_YAML.replace("min: 0\n    max: 100", "min: -10\n    max: 61.5")
    assert yaml != PROJECT_YAML or changes
    key = yaml + str(changes)
    if key not in _built:
        root = sample_program(folder / str(len(_built)), **{f"projects__{PROJECT}__project.yaml": yaml}, **changes)
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _built[key] = (report, pack(root))
    return add_version(*_built[key], by=None, owner=stage.cohort.institution)


@pytest.fixture
def version(stage: Stage, sandbox: Sandbox, tmp_path: Path) -> Version:
    """The rule that lets predictions be a little negative, and no longer above 61.5."""
    return newer(stage, sandbox, tmp_path)


@pytest.fixture
def staff(stage: Stage) -> User:
    return cast.a_staff_member(stage.cohort)


def hand_in(student: Enrolment, data: str, name: str = "submission.csv") -> Submission:
    kind = "notebook" if name.endswith("ipynb") else "predictions"
    upload = projects.Upload(name=name, kind=projects.SubmissionKind(kind), data=data.encode())
    return projects.submit_work(student, project=PROJECT, upload=upload, token=uuid.uuid4(), attempts_per_day=50)


@pytest.fixture
def students(stage: Stage) -> dict[Way, Enrolment]:
    """One who will lose a point, one who will gain one, one whose points stay; all graded."""
    found = {}
    for way, off in ((Way.DOWN, 3.0), (Way.UP, -5.0), (Way.SAME, 0.5)):
        found[way] = cast.a_student(stage.classroom, way.value)
        hand_in(found[way], predictions(off=off))
    drain()
    return found


def standing() -> list[tuple]:
    """Everything that students see of scores."""
    rows = BoardRow.objects.order_by("pk").values_list("enrolment", "submission", "score", "private_score")
    verdicts = Submission.objects.order_by("pk").values_list("state", "verdict", "verdict__score")
    return [*rows, *verdicts]


def begin(stage: Stage, version: Version, staff: User) -> Regrade:
    regrade = services.start(stage.cohort, project=PROJECT, version=version, by=staff)
    drain()
    return regrade


def score_of(student: Enrolment) -> tuple[float, float]:
    verdict = Submission.objects.get(enrolment=student).verdict
    assert verdict is not None
    return verdict.score, verdict.max_score


def test_a_preview_tells_who_goes_up_or_down_and_touches_nothing(stage, version, staff, students):
    before = standing(), Verdict.objects.count()
    preview = preview_of(begin(stage, version, staff))
    assert (standing(), Verdict.objects.count()) == before
    assert [(one.nickname, one.way) for one in preview.changes] == [(way.value, way) for way in Way]
    down = preview.changes[0]
    assert (down.old["score"], down.new["score"], down.new["max_score"]) == (4, 3, 4)
    assert [change.old_rank for change in preview.changes] == [change.new_rank for change in preview.changes]
    checks = {check.title["en"]: (check.before, check.after) for check in preview.checks}
    assert checks == {"Better than the mean": (3, 3), "Between 0 and 100": (2, 2)}
    assert rule_of(stage.cohort, PROJECT) == stage.cohort.version


def test_applied_it_counts_and_later_work_follows_the_rule(stage, version, staff, students):
    regrade = begin(stage, version, staff)
    assert services.apply(regrade, by=staff)
    drain()
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.APPLIED
    assert {way: score_of(student)[0] for way, student in students.items()} == {
        Way.DOWN: 3, Way.UP: 4, Way.SAME: 4,
    }  # fmt: skip
    counting = [submission.verdict for submission in Submission.objects.select_related("verdict")]
    assert {verdict.content_version for verdict in counting} == {version.content_hash}
    assert {verdict.regrade_id for verdict in counting} == {regrade.pk}
    assert Verdict.objects.count() == 6, "verdicts are added, never changed"
    assert Event.objects.filter(verb="regraded").count() == 3
    assert BoardRow.objects.count() == 3

    later = hand_in(stage.student, predictions(off=3.0))
    drain()
    later.refresh_from_db()
    assert later.verdict.content_version == version.content_hash
    assert later.verdict.score == 3


def test_taken_back_nothing_stays_but_events(stage, version, staff, students):
    before = standing(), Verdict.objects.count()
    regrade = services.start(stage.cohort, project=PROJECT, version=version, by=staff)
    assert services.cancel(regrade, by=staff)
    assert drain() == 0, "its jobs are gone"
    assert (standing(), Verdict.objects.count()) == before
    assert not Regrade.objects.exists()
    assert not RegradeItem.objects.exists()
    assert list(Event.objects.filter(object_kind="regrade").values_list("verb", flat=True).order_by("pk")) == [
        "regrade.started", "regrade.cancelled",
    ]  # fmt: skip
    with pytest.raises(SaemError, match="not_found"):
        services.cancel(regrade, by=staff)


def test_pressing_twice_does_it_once(stage, version, staff, students):
    first = services.start(stage.cohort, project=PROJECT, version=version, by=staff)
    assert services.start(stage.cohort, project=PROJECT, version=version, by=staff) == first
    assert RegradeItem.objects.count() == 3
    with pytest.raises(SaemError, match="regrade_unfinished"):
        services.apply(first, by=staff)
    drain()
    assert services.apply(first, by=staff)
    assert not services.apply(first, by=staff)
    assert not services.cancel(first, by=staff), "it is being applied"
    item = first.items.get(submission__enrolment=students[Way.UP])
    services.apply_to_student(item.pk)
    services.apply_to_student(item.pk)
    drain()
    assert Verdict.objects.count() == 6


def test_a_student_is_regraded_whole_or_not_at_all(stage, version, staff, students):
    hand_in(students[Way.DOWN], predictions(off=4.0))
    drain()
    regrade = begin(stage, version, staff)
    services.apply(regrade, by=staff)
    jobs = list(Job.objects.filter(kind=services.APPLY).order_by("pk"))
    assert len(jobs) == 3
    services.apply_to_student(jobs[0].subject_id)  # and then the power fails
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.APPLYING
    by_new = Submission.objects.filter(verdict__regrade=regrade).values_list("enrolment", flat=True)
    assert sorted(by_new) == [students[Way.DOWN].pk] * 2
    drain()
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.APPLIED
    assert Verdict.objects.filter(regrade=regrade).count() == 4


def test_work_that_comes_during_the_preview_follows_the_rule_in_the_end(stage, version, staff, students):
    regrade = begin(stage, version, staff)
    graded = hand_in(stage.student, predictions(off=3.0))
    drain()
    waiting = hand_in(stage.student, predictions(off=3.5))
    services.apply(regrade, by=staff)
    drain()
    for submission in (graded, waiting):
        submission.refresh_from_db()
        assert (submission.verdict.content_version, submission.verdict.score) == (version.content_hash, 3)
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.APPLIED
    row = BoardRow.objects.get(enrolment=stage.student)
    assert (row.submission, row.submissions) == (graded, 2)


def test_a_verdict_by_the_rule_of_before_is_not_written_after_the_change(stage, version, staff, students, sandbox):
    regrade = begin(stage, version, staff)
    submission = Submission.objects.get(enrolment=students[Way.DOWN])
    handed_in = grading.Submission("predictions", "a.csv", predictions(off=3.0).encode())
    late = grading.grade(assignment_of(stage.cohort.version, PROJECT), handed_in, sandbox=sandbox)
    services.apply(regrade, by=staff)
    drain()
    assert projects.record_verdict(submission.pk, late, metric=None, took_ms=1) is None
    assert Submission.objects.get(pk=submission.pk).is_pending
    drain()
    assert score_of(students[Way.DOWN]) == (3, 4)


def test_what_cannot_be_graded_again_keeps_its_score(stage, version, staff, students):
    regrade = services.start(stage.cohort, project=PROJECT, version=version, by=staff)
    item = regrade.items.get(submission__enrolment=students[Way.DOWN])
    Job.objects.filter(kind=services.REGRADE, subject_id=item.pk).delete()
    services.set_aside(item.pk)
    drain()
    preview = preview_of(regrade)
    assert preview.faults == 1
    assert [(one.nickname, one.way, one.faults) for one in preview.changes] == [
        ("up", Way.UP, 0), ("down", Way.SAME, 1), ("same", Way.SAME, 0),
    ]  # fmt: skip
    services.apply(regrade, by=staff)
    drain()
    assert score_of(students[Way.DOWN]) == (4, 4)


def test_the_same_rule_once_more_mends_a_fault_of_ours(stage, staff, students):
    broken = Submission.objects.get(enrolment=students[Way.SAME])
    projects.set_aside(broken.pk)
    Submission.objects.filter(pk=broken.pk).update(verdict=None)
    BoardRow.objects.filter(submission=broken).delete()
    regrade = begin(stage, stage.cohort.version, staff)
    assert regrade.is_same_rule
    assert [(one.nickname, one.way) for one in preview_of(regrade).changes] == [
        ("same", Way.UP), ("down", Way.SAME), ("up", Way.SAME),
    ]  # fmt: skip
    services.apply(regrade, by=staff)
    drain()
    assert score_of(students[Way.SAME]) == (4, 4)
    assert BoardRow.objects.filter(enrolment=students[Way.SAME]).exists()
    page = stage.client(students[Way.SAME].user).get(reverse("projects:submission", args=[broken.pk])).content.decode()
    assert "다시 채점했어요: 이제 4점이에요." in page


def test_only_versions_that_change_nothing_but_the_grading_are_offered(stage, version, sandbox, tmp_path):
    brief = newer(
        stage, sandbox, tmp_path, PROJECT_YAML, **{f"projects__{PROJECT}__brief.ko.md": "콩의 키를 다시 맞혀 보세요.\n"}
    )
    offered = rules_for(stage.cohort, PROJECT, rule_of(stage.cohort, PROJECT))
    assert [(rule.version, rule.is_current) for rule in offered] == [
        (version, False), (stage.cohort.version, True),
    ]  # fmt: skip
    assert brief.number > version.number


@pytest.mark.parametrize(
    ("language", "words", "notice"),
    [
        ("ko", ["내려감", "1명", "4/4 → 3/4"], "선생님이 채점 기준을 고쳐서 다시 채점했어요: 4 → 3점"),
        (
            "en",
            ["Down", "1 student", "4/4 → 3/4"],
            "Your teacher corrected the grading, and it was graded again: 4 → 3",
        ),
    ],
)
def test_staff_go_from_choice_to_notice(  # noqa: PLR0917  # a journey has a cast
    stage, version, staff, students, language, words, notice
):
    client = stage.client(staff, language)
    home = reverse("projects:regrade", args=[stage.cohort.pk, PROJECT])
    assert f'value="{version.pk}"' in client.get(home).content.decode()
    assert client.post(home, {"version": 999_999}).status_code == 404
    client.post(home, {"version": version.pk})
    regrade = Regrade.objects.get()
    address = {name: reverse(f"projects:regrade_{name}", args=[stage.cohort.pk, PROJECT, regrade.pk])
               for name in ("apply", "cancel", "table")}  # fmt: skip

    waiting = client.get(home, headers={"HX-Request": "true"})
    assert 'max="3" value="0"' in waiting.content.decode()
    refused = client.post(address["apply"], follow=True).content.decode()
    assert ("아직 미리 채점하고 있어요" if language == "ko" else "still being graded") in refused
    drain()
    assert client.get(home, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = " ".join(client.get(home).content.decode().split())
    for word in words:
        assert word in page
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address["table"]).streaming_content))).active
    assert {row[1] for row in book.iter_rows(values_only=True)} >= {"down", "up", "same"}

    client.post(address["apply"])
    client.post(address["apply"])
    drain()
    assert client.post(address["cancel"], follow=True).status_code == 200
    lost = students[Way.DOWN]
    reader = stage.client(lost.user, language)
    submission = reader.get(reverse("projects:submission", args=[lost.submissions.get().pk])).content.decode()
    project = reader.get(stage.address(enrolment=lost)).content.decode()
    for seen in (submission, project):
        assert notice in " ".join(seen.split())
    assert "채점 기록" in submission or "Grading history" in submission
    unchanged = students[Way.SAME]
    assert (
        notice.split(":")[0]
        not in stage.client(unchanged.user, language).get(stage.address(enrolment=unchanged)).content.decode()
    )
    assert (
        reverse("projects:regrade_table", args=[stage.cohort.pk, PROJECT, regrade.pk])
        in client.get(home).content.decode()
    )


def test_notebooks_are_compared_by_points(stage, staff, sandbox, tmp_path):
    yaml = PROJECT_YAML.replace("points: 2\n", "points: 5\n")
    version = newer(stage, sandbox, tmp_path, yaml)
    hand_in(stage.student, notebook('tallest = train["height"].max()'), "a.ipynb")
    drain()
    change = preview_of(begin(stage, version, staff)).changes[0]
    assert (change.old["score"], change.new["score"], change.way) == (2, 5, Way.SAME), "all of all, before and now"


def test_the_pages_queries_do_not_grow(stage, version, staff, students):
    regrade = begin(stage, version, staff)
    client, counts = stage.client(staff), []
    home = reverse("projects:regrade", args=[stage.cohort.pk, PROJECT])
    original = regrade.items.first()
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(home).status_code == 200
        counts.append(len(queries))
        for _number in range(5):
            student = cast.a_student(stage.classroom)
            submission = Submission.objects.get(pk=original.submission_id)
            submission.pk, submission.enrolment, submission.token = None, student, uuid.uuid4()
            submission.save()
            item = RegradeItem.objects.get(pk=original.pk)
            item.pk, item.submission = None, submission
            item.save()
    assert counts[0] == counts[1]


def test_a_student_who_left_is_graded_but_not_shown(stage, version, staff, students):
    Enrolment.objects.filter(pk=students[Way.DOWN].pk).update(left_at="2026-10-01T00:00:00Z")
    regrade = begin(stage, version, staff)
    assert [one.nickname for one in preview_of(regrade).changes] == ["up", "same"]
    services.apply(regrade, by=staff)
    drain()
    assert score_of(students[Way.DOWN]) == (3, 4), "who comes back stands by the same rule"


@pytest.mark.parametrize("higher", [True, False])
def test_of_equal_public_scores_the_first_one_counts(higher):
    metric = grading.Measure("m", higher_is_better=higher)
    made = [
        Submission(name=str(number), verdict=Verdict(metrics={"m": value})) for number, value in enumerate((1, 2, 2, 1))
    ]
    assert best_of(made, metric).name == ("1" if higher else "0")
