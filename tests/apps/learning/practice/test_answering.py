"""Answers: taken in once, first tries alone tell something, retries never cost anything."""

from itertools import pairwise
from uuid import uuid4

from django.utils import timezone

from saem.apps.events.models import Event
from saem.apps.learning.models import Attempt, ItemRecord, SkillMastery
from saem.apps.learning.practice import services
from saem.apps.learning.practice.queries import first_tries
from saem.apps.learning.practice.rating import knowing
from saem.lib.learners import Asked
from tests.apps.learning.practice.places import Learner


def test_a_new_learner_is_given_an_item_and_a_reason(learner: Learner) -> None:
    page = learner.client.get(learner.url)
    assert page.status_code == 200
    assert learner.practice.item in learner.bench.items
    assert learner.practice.why["code"] == "uncertain"
    assert "실력을 알아보는 문항" in page.content.decode()


def test_a_right_first_try_tells_of_learner_skill_and_item(learner: Learner) -> None:
    learner.wait_for("count-beans")
    learner.post(**learner.right())
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.is_first, attempt.chance, attempt.reason) == (1, True, 0.7, "weakest_skill")
    mastery = SkillMastery.objects.get()
    assert (mastery.skill, mastery.responses) == ("mean", 1)
    record = ItemRecord.objects.get()
    assert (record.item, record.responses, record.right) == ("count-beans", 1, 1)
    assert record.difficulty < -1
    event = Event.objects.get(verb="item.answered")
    assert (event.facts["item"], event.facts["score"], event.facts["skills"]) == ("count-beans", 1, ["mean"])
    practice = learner.practice
    assert practice.known == 1
    assert practice.why["done"] == services.SOLVED
    assert practice.why["next"]["item"] != "count-beans"


def test_a_wrong_answer_shows_feedback_and_retries_change_nothing(learner: Learner) -> None:
    learner.wait_for("what-grows")
    options = learner.client.get(learner.url).context["view"].ask.options
    leaf = next(option.key for option in options if option.html == "잎")
    learner.post(answer=leaf)
    page = learner.client.get(learner.url).content.decode()
    assert "잎은 빛을 만난 다음에 펴져요." in page
    assert "뿌리가 먼저 나와" not in page
    before = (learner.practice.state, learner.practice.known, ItemRecord.objects.values().get())
    mastery = SkillMastery.objects.values().get()
    learner.post(answer=leaf)
    learner.post(**learner.right())
    assert [each.is_first for each in Attempt.objects.order_by("pk")] == [True, False, False]
    assert (learner.practice.state, learner.practice.known, ItemRecord.objects.values().get()) == before
    assert SkillMastery.objects.values().get() == mastery
    assert ItemRecord.objects.get().options == {"leaf": 1}
    assert "뿌리가 먼저 나와" in learner.client.get(learner.url).content.decode()


def test_the_same_token_is_one_attempt(learner: Learner) -> None:
    learner.wait_for("count-beans")
    token = str(uuid4())
    for _press in range(2):
        learner.post(answer="1", token=token)
    assert Attempt.objects.count() == 1
    assert learner.practice.tries == 1


def test_what_cannot_be_read_counts_nothing_and_stays_in_the_form(learner: Learner) -> None:
    learner.wait_for("count-beans")
    answered = learner.post(answer="많이요")
    assert answered.status_code == 422
    assert "많이요" in answered.content.decode()
    assert learner.post().status_code == 422
    assert not Attempt.objects.exists()
    assert learner.practice.tries == 0
    assert not Event.objects.filter(verb="item.answered").exists()


def test_hints_come_one_by_one_after_a_try_and_are_counted(learner: Learner) -> None:
    learner.wait_for("count-beans")
    learner.post("hint")
    assert learner.practice.hints == 0
    learner.post(answer="1")
    learner.post("hint")
    page = learner.client.get(learner.url).content.decode()
    assert "한 줄에 몇 개인지 보세요." in page
    assert "더하지 말고 곱해 보세요." not in page
    for _press in range(5):
        learner.post("hint")
    assert learner.practice.hints == 2
    learner.post(**learner.right())
    assert [each.hints for each in Attempt.objects.order_by("pk")] == [0, 2]


def test_giving_up_shows_the_explanation_and_counts_nothing(learner: Learner) -> None:
    learner.wait_for("what-grows")
    learner.post("give_up")
    assert learner.practice.why["done"] == services.GIVEN_UP
    assert "뿌리가 먼저 나와" in learner.client.get(learner.url).content.decode()
    assert not Attempt.objects.exists()
    assert learner.practice.known == 0
    learner.post("next")
    assert learner.practice.item != "what-grows"


def test_what_was_given_up_is_remembered_so_that_it_rests(learner: Learner) -> None:
    learner.client.get(learner.url)
    given = []
    for _item in range(2):
        given.append(learner.practice.item)
        learner.post("give_up")
        learner.post("next")
    assert given[0] != given[1]
    assert learner.practice.why["passed"] == given


def test_other_numbers_are_a_new_variant_of_the_same_item(learner: Learner) -> None:
    learner.wait_for("count-beans")
    learner.post("again")
    assert learner.practice.seed == 7
    learner.post(**learner.right())
    learner.post("again")
    practice = learner.practice
    assert practice.item == "count-beans"
    assert practice.seed != 7
    assert practice.tries == 0
    assert "done" not in practice.why


def test_code_runs_in_the_sandbox_with_its_setup_and_checks(learner: Learner) -> None:
    learner.wait_for("twice")
    learner.post(answer="print(height)\ntwice = height")
    page = learner.client.get(learner.url).content.decode()
    assert "곱하기는 별표예요." in page
    assert "<pre" in page
    assert "21" in page
    learner.post(answer="twice = hight * 2")
    assert "hight" in learner.client.get(learner.url).content.decode()
    learner.post(answer="twice = 2 * height")
    assert [each.score for each in Attempt.objects.order_by("pk")] == [0, 0, 1]
    assert [each.chosen for each in Attempt.objects.order_by("pk")] == [["twice"], ["twice"], []]


def test_practice_goes_on_through_many_items(learner: Learner) -> None:
    learner.client.get(learner.url)
    given = []
    for _item in range(6):
        given.append(learner.practice.item)
        learner.post(**learner.right())
        learner.post("next")
    assert all(one != other for one, other in pairwise(given))
    assert learner.practice.known == 6
    assert sum(row.responses for row in ItemRecord.objects.all()) == 6


def test_the_state_is_what_the_first_tries_make_of_it(learner: Learner) -> None:
    """Live difficulties move between answers; where they stand still, the state can be worked out again."""
    learner.wait_for("count-beans")
    known = knowing(learner.bench.version)
    expected = known.updated(known.new_state(), Asked("count-beans", ("mean",)), is_right=True)
    learner.post(**learner.right())
    assert learner.practice.state == expected
    (met,) = first_tries(learner.bench)
    assert (met.item, met.skills, met.right) == ("count-beans", ("mean",), True)
    assert met.time <= timezone.now().timestamp()
