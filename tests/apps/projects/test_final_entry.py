"""The final entry: a student's own choice of what counts in the private part, until it is revealed."""

import pytest
from django.urls import reverse

from saem.apps.events.models import Event
from saem.apps.projects import services
from saem.apps.projects.models import BoardRow, Submission
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.conftest import Stage, predictions

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


@pytest.fixture
def pair(stage: Stage) -> tuple[Submission, Submission]:
    """The better and the worse of two scored submissions."""
    return stage.hand_in(predictions(off=1.0), name="good.csv")[0], stage.hand_in(
        predictions(off=2.0), name="safe.csv"
    )[0]


def private_of(submission: Submission) -> float:
    return Submission.objects.get(pk=submission.pk).verdict.private_metrics["rmse"]


def row() -> BoardRow:
    return BoardRow.objects.get()


def test_without_a_choice_the_best_public_score_counts(stage: Stage, pair):
    good, _safe = pair
    assert (row().submission, row().private_score) == (good, private_of(good))


def test_the_choice_counts_in_the_private_part_alone(stage: Stage, pair):
    good, safe = pair
    services.choose_final(safe, is_final=True)
    assert (row().submission, row().private_score) == (good, private_of(safe))
    services.choose_final(good, is_final=True)
    assert row().private_score == private_of(good)
    assert list(Submission.objects.filter(is_final=True)) == [good], "one at most"

    services.choose_final(safe, is_final=True)
    stage.hand_in(predictions(off=0.5), name="best.csv")
    assert row().private_score == private_of(safe), "a better public score does not take the choice away"
    services.choose_final(safe, is_final=False)
    assert row().private_score == pytest.approx(0.5)
    verbs = Event.objects.filter(verb__startswith="final.").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["final.chosen"] * 3 + ["final.withdrawn"]


def test_choosing_twice_is_choosing_once(stage: Stage, pair):
    for _press in range(2):
        services.choose_final(pair[1], is_final=True)
    assert Event.objects.filter(verb="final.chosen").count() == 1


def test_after_the_reveal_the_choice_stands(stage: Stage, pair):
    staff = cast.a_staff_member(stage.cohort)
    services.reveal(stage.cohort, project=pair[0].project, by=staff)
    with pytest.raises(SaemError, match="final_closed"):
        services.choose_final(pair[1], is_final=True)
    page = stage.client(stage.student.user).get(stage.address()).content.decode()
    assert "최종으로 정하기" not in page


def test_a_file_without_a_score_cannot_be_chosen(stage: Stage):
    refused, _page = stage.hand_in("id,height\n1,2\n")
    with pytest.raises(SaemError, match="final_unscored"):
        services.choose_final(refused, is_final=True)


@pytest.mark.parametrize(
    ("language", "press", "tag"), [("ko", "최종으로 정하기", "최종 제출"), ("en", "Make it final", "Final entry")]
)
def test_a_student_chooses_on_the_projects_page(stage: Stage, pair, language, press, tag):
    client = stage.client(stage.student.user, language)
    before = client.get(stage.address()).content.decode()
    assert before.count(f">{press}</button>") == 2
    assert f'<span class="tag">{tag}</span>' not in before
    after = client.post(reverse("projects:final", args=[pair[1].pk]), {"is_final": "yes"}, follow=True).content.decode()
    assert after.count(f'<span class="tag">{tag}</span>') == 1
    client.post(reverse("projects:final", args=[pair[1].pk]), {"is_final": "no"})
    assert not Submission.objects.filter(is_final=True).exists()


def test_the_private_score_is_in_no_page_before_the_reveal(stage: Stage, pair):
    services.choose_final(pair[1], is_final=True)
    teacher = cast.a_teacher(stage.classroom)
    for user in (stage.student.user, teacher):
        for address in (stage.address(), stage.address("board")):
            page = stage.client(user).get(address).content.decode()
            assert f"{private_of(pair[1]):.4f}" not in page
            assert "비공개 순위" not in page
    assert "최종으로 정하기" not in stage.client(teacher).get(stage.address()).content.decode(), (
        "the choice is the student's"
    )
