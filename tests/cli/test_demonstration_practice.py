"""The demonstration's practice holds together: what is kept follows from the answers, by the models of the product."""

from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.models import Attempt, ItemRecord, PracticeState, Purpose, SkillMastery
from saem.apps.learning.practice.queries import Bench, first_tries
from saem.apps.learning.practice.rating import forget_difficulties, knowing
from saem.apps.learning.practice.services import give
from saem.cli.demonstration.exits import leave
from saem.cli.demonstration.practice import practise
from saem.cli.demonstration.work import Pupil, cast_pupils
from saem.lib.content import content_hash, pack
from saem.lib.content.items import judge
from tests import cast

SLUG, PUPILS = "rain-tomorrow", 24


@pytest.fixture
def pupils(db: None, programs_folder: Path) -> list[Pupil]:
    forget_difficulties()  # of another test's program with the same number
    root = programs_folder / SLUG
    program = Program.objects.create(slug=SLUG, owner=cast.a_school())
    version = Version.objects.create(program=program, number=1, content_hash=content_hash(root))
    Artifact.objects.create(version=version, kind=Artifact.Kind.FOLDER, name="", data=pack(root))
    room = cast.a_classroom(cast.a_cohort(version))
    return cast_pupils([cast.a_student(room, f"학생 {place:02d}") for place in range(PUPILS)], 3)


def version_of(pupils: list[Pupil]) -> Version:
    return pupils[0].enrolment.classroom.cohort.version


def test_what_is_kept_follows_from_the_answers(pupils: list[Pupil]) -> None:
    version = version_of(pupils)
    number = practise(pupils, version)
    attempts = list(Attempt.objects.all())
    assert len(attempts) == number > 10 * PUPILS
    items = program_of(version).items
    assert all(judge(items[each.item], each.seed, each.answer).score == each.score for each in attempts)
    assert max(each.created_at for each in attempts) < timezone.now()

    first = [each for each in attempts if each.is_first]
    counted = {row.item: (row.responses, row.right) for row in ItemRecord.objects.all()}
    right = Counter(each.item for each in first if each.is_right)
    assert counted == {item: (count, right[item]) for item, count in Counter(each.item for each in first).items()}
    states = {state.enrolment_id: state for state in PracticeState.objects.all()}
    assert {pk: state.known for pk, state in states.items()} == Counter(each.enrolment_id for each in first)
    known = knowing(version)
    for row in SkillMastery.objects.all():
        said = known.mastery(states[row.enrolment_id].state, row.skill)
        assert (row.value, row.low, row.high) == pytest.approx((said.value, said.low, said.high))
        assert row.responses == sum(
            row.skill in items[each.item].skills for each in first if each.enrolment_id == row.enrolment_id
        )


def test_predicted_chances_are_not_far_from_what_came(pupils: list[Pupil]) -> None:
    practise(pupils, version_of(pupils))
    first = list(Attempt.objects.filter(is_first=True).values_list("chance", "score"))
    predicted, came = (
        sum(column) / len(first) for column in zip(*((chance, score == 1) for chance, score in first), strict=True)
    )
    assert abs(predicted - came) < 0.1


def test_a_pupil_goes_on_where_the_demonstration_left_them(pupils: list[Pupil]) -> None:
    practise(pupils, version_of(pupils))
    state = give(Bench(pupils[0].enrolment))
    assert state.item
    assert state.known == len(first_tries(Bench(pupils[0].enrolment)))


def test_the_teacher_sees_needs_groups_and_those_who_did_not_practise(pupils: list[Pupil]) -> None:
    room = pupils[0].enrolment.classroom
    cast.a_student(room, "새로 온 학생")
    practise(pupils, version_of(pupils))
    client = Client(headers={"accept-language": "ko"})
    client.force_login(cast.a_teacher(room))
    answer = client.get(reverse("insight:skills", args=[room.pk]))
    found = answer.context["map"]
    assert found.needs
    assert any(len(group.members) >= 3 for group in found.groups)
    assert {cell.level.value for row in found.rows for cell in row.cells} >= {"none", "needs", "unsure", "holds"}
    skill = found.needs[0].skill.id
    data = client.get(reverse("insight:skill", args=[room.pk, skill])).content.decode()
    assert "맞힐 것으로 본 비율" in data


def test_pupils_answer_the_exit_questions_of_the_lessons_they_finished(pupils: list[Pupil]) -> None:
    version = version_of(pupils)
    practise(pupils, version)
    number = leave(pupils, version)
    answers = Attempt.objects.filter(purpose=Purpose.EXIT)
    assert answers.count() == number > len(pupils)
    asked = Counter(answers.values_list("item", flat=True))
    assert set(asked) == {lesson.exit for lesson in program_of(version).lessons.values()}
    assert all(count <= PUPILS for count in asked.values())
    assert 0.3 < answers.filter(score=1).count() / number < 0.95
