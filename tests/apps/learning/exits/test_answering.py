"""One question before the end: asked on the lesson's page, answered once, learnt from like practice."""

from pathlib import Path
from uuid import uuid4

import pytest

from saem.apps.events.models import Event
from saem.apps.learning.exits import services
from saem.apps.learning.models import Attempt, ItemRecord, PracticeState, Purpose, SkillMastery
from saem.apps.learning.practice.queries import bench_for, first_tries
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.learning.exits.places import Leaver, a_leaver, version_with_exit
from tests.sample import published_sample


def test_the_question_stands_at_the_end_of_the_lesson(leaver: Leaver) -> None:
    page = leaver.client.get(leaver.lesson_url).content.decode()
    assert "나가기 전에 한 문제" in page
    assert page.index("1, 2, 6의 평균은") > page.index("그리기")
    assert "모두 더해 3으로 나눠요." not in page
    english = leaver.client.get(leaver.lesson_url, headers={"Accept-Language": "en"}).content.decode()
    assert "One question before you go" in english
    assert "What is the mean of 1, 2, 6?" in english


def test_a_right_answer_is_an_attempt_that_the_model_learns_from(leaver: Leaver) -> None:
    answered = leaver.post(**leaver.right())
    assert (answered.status_code, answered.url) == (302, f"{leaver.lesson_url}#exit")
    attempt = Attempt.objects.get()
    assert (attempt.purpose, attempt.item, attempt.score, attempt.is_first) == (Purpose.EXIT, "which-mean", 1, True)
    assert attempt.chosen == ["three"]
    assert SkillMastery.objects.get().responses == 1
    assert (ItemRecord.objects.get().responses, ItemRecord.objects.get().right) == (1, 1)
    assert PracticeState.objects.get().known == 1
    bench = bench_for(leaver.enrolment.user, leaver.enrolment.pk)
    assert [met.item for met in first_tries(bench)] == ["which-mean"]
    event = Event.objects.get(verb="item.answered")
    assert (event.facts["lesson"], event.facts["item"], event.facts["reason"]) == ("growth", "which-mean", "exit")
    page = leaver.client.get(leaver.lesson_url).content.decode()
    assert "맞았어요!" in page
    assert "모두 더해 3으로 나눠요." in page
    assert "답하기" not in page


def test_a_wrong_answer_says_why_and_is_not_asked_again(leaver: Leaver) -> None:
    leaver.post(answer=leaver.option("둘이에요"))
    page = leaver.client.get(leaver.lesson_url).content.decode()
    assert "그것은 가운데 값이에요." in page
    assert "이번에는 틀렸어요" in page
    leaver.post(**leaver.right())
    assert [(each.score, each.chosen) for each in Attempt.objects.all()] == [(0, ["two"])]
    assert Event.objects.filter(verb="item.answered").count() == 1


def test_two_tabs_at_once_leave_one_answer(leaver: Leaver, monkeypatch: pytest.MonkeyPatch) -> None:
    question, right = leaver.question, leaver.right()
    # The other tab's answer comes while this one is judged.
    judge = services.judged_answer

    def judged_late(*args: object) -> object:
        monkeypatch.setattr(services, "judged_answer", judge)
        services.answer(question, token=uuid4(), fields={"answer": [leaver.option("아홉이에요")]})
        return judge(*args)

    monkeypatch.setattr(services, "judged_answer", judged_late)
    done = services.answer(question, token=uuid4(), fields=right)
    assert done.attempt is not None
    assert done.attempt.chosen == ["nine"]
    assert Attempt.objects.count() == 1
    assert PracticeState.objects.get().known == 1


def test_the_question_stays_the_same_however_often_it_is_opened(leaver: Leaver) -> None:
    shown = [[o.key for o in leaver.client.get(leaver.lesson_url).context["exit"].ask.options] for _ in range(3)]
    assert shown[0] == shown[1] == shown[2]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"answer": "zz"}, 422),
        ({"match-a": "b"}, 422),
        ({"token": "no-token", "answer": "a"}, 400),
        ({"token": "", "answer": "a"}, 400),
        ({"answer": "\x00"}, 422),
    ],
)
def test_what_is_no_answer_is_not_counted(leaver: Leaver, fields: dict, status: int) -> None:
    answered = leaver.post(**fields)
    assert answered.status_code == status
    assert 'role="alert"' in answered.content.decode()
    assert not Attempt.objects.exists()


def test_a_number_that_cannot_be_read_stays_in_the_form(site_sandbox: Sandbox, tmp_path: Path, db: None) -> None:
    version = version_with_exit(site_sandbox, tmp_path, "a-mean")
    leaver = a_leaver(cast.a_student(cast.a_classroom(cast.a_cohort(version))))
    answered = leaver.post(answer="셋쯤")
    assert answered.status_code == 422
    assert 'value="셋쯤"' in answered.content.decode()
    leaver.post(answer="3")
    assert Attempt.objects.get().score == 1


@pytest.mark.sandbox
def test_an_answer_in_code_is_run(site_sandbox: Sandbox, tmp_path: Path, db: None) -> None:
    version = version_with_exit(site_sandbox, tmp_path, "code-mean")
    leaver = a_leaver(cast.a_student(cast.a_classroom(cast.a_cohort(version))))
    leaver.post(answer="mean = sum(heights) / 3\nprint('계산했어요')")
    attempt = Attempt.objects.get()
    assert attempt.score == 1
    assert "계산했어요" in leaver.client.get(leaver.lesson_url).content.decode()


def test_a_lesson_without_one_has_no_such_address(site_sandbox: Sandbox, tmp_path: Path, db: None) -> None:
    from_sample = cast.a_student(cast.a_classroom(cast.a_cohort(published_sample(site_sandbox, tmp_path))))
    leaver = a_leaver(from_sample)
    assert leaver.post(answer="a").status_code == 404
    assert "나가기 전에" not in leaver.client.get(leaver.lesson_url).content.decode()
