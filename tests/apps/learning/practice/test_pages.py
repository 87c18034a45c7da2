"""The pages: words, the map of growth, ways in, and how many queries they take."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saem.apps.learning.models import SkillMastery
from saem.apps.learning.practice import knowledge
from saem.apps.learning.practice.rating import forget_difficulties
from tests.apps.learning.practice.places import Learner

MASTERY = {"value": 0.5, "low": 0.4, "high": 0.6, "responses": 5}


def words(learner: Learner, **facts: object) -> str:
    SkillMastery.objects.update_or_create(enrolment=learner.enrolment, skill="mean", defaults=MASTERY | facts)
    return learner.client.get(learner.growth_url).content.decode()


def test_growth_says_in_words_how_far_a_skill_is(learner: Learner) -> None:
    nothing = learner.client.get(learner.growth_url).content.decode()
    assert nothing.count("아직 풀어 본 문항이 없어요") == 2
    assert "익히는 중" in words(learner)
    assert "거의 다 왔어요" in words(learner, value=0.7)
    assert "숙달" in words(learner, value=0.9, low=0.8, high=0.95)
    assert "아직 몰라요" in words(learner, value=0.9, low=0.3, high=1.0)
    assert "띠" in words(learner)


def test_a_mastery_that_cannot_be_used_says_why_and_draws_nothing(learner: Learner) -> None:
    page = words(learner, usable=False, why="skill_all_right")
    assert "모두가 맞힌 문항뿐이라" in page
    assert "<svg height" not in page
    assert "아직 믿을 만하게" in words(learner, usable=False, why="something_new")


def test_practice_is_found_from_home_and_from_the_program(learner: Learner) -> None:
    for page in ("/", f"/learn/{learner.enrolment.pk}/"):
        assert f'href="{learner.url}"' in learner.client.get(page).content.decode()


def test_the_pages_speak_english(learner: Learner) -> None:
    learner.client.cookies["django_language"] = "en"
    learner.wait_for("count-beans")
    page = learner.client.get(learner.url).content.decode()
    assert "There are" in page
    assert "practice" in page.lower()
    learner.post(answer="1")
    assert "Not yet" in learner.client.get(learner.url).content.decode()


def queries_of(act: Callable[[], object]) -> int:
    forget_difficulties()  # or whether they are read depends on the clock
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_queries_do_not_grow_with_practice(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    # Completion is asked only by the answers after which a skill is held, or no longer: by one of these, perhaps.
    monkeypatch.setattr(knowledge, "facts_changed", lambda _enrolments: None)

    def once() -> tuple[int, int, int]:
        # Code would add the queries of its turn in the sandbox.
        learner.wait_for("count-beans")
        right = learner.right()
        return (
            queries_of(lambda: learner.post(**right)),
            queries_of(lambda: learner.client.get(learner.url)),
            queries_of(lambda: learner.client.get(learner.growth_url)),
        )

    for _warm in range(4):
        learner.client.get(learner.url)
        learner.post(**learner.right())
        learner.post("next")
    first = once()
    for _more in range(6):
        learner.post("next")
        learner.client.get(learner.url)
        learner.post(**learner.right())
    learner.post("next")
    assert once() == first
    assert first[0] <= 30
