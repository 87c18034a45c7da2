"""A pupil who presses twice at the same moment answers once, and two tabs do not both count as the first try."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from saem.apps.events.models import Event
from saem.apps.learning.models import Attempt, ItemRecord, SkillMastery
from saem.lib.sandbox import Sandbox
from tests.apps.learning.practice.places import Learner, a_learner, version_with_items
from tests.at_once import at_once, database_that_threads_share

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]
PRESSES = 6


@pytest.fixture
def learner(transactional_db: None, site_sandbox: Sandbox, tmp_path: Path) -> Iterator[Learner]:
    with database_that_threads_share(tmp_path):
        yield a_learner(version_with_items(site_sandbox, tmp_path / "program"))


def press(learner: Learner, tokens: list[str], answer: dict[str, object]) -> list[int]:
    """Send this answer once for each token, all at once; returns the statuses."""
    practice = learner.practice
    sent = {"action": "answer", "item": practice.item, "seed": practice.seed, **answer}

    def one(number: int) -> int:
        client = Client()
        client.cookies = learner.client.cookies
        return client.post(learner.url, sent | {"token": tokens[number]}).status_code

    return at_once(one, len(tokens))


def known(learner: Learner) -> tuple[int, int, int, int]:
    """First tries as practice counts them, in each place that keeps a count."""
    record = ItemRecord.objects.get()
    return record.responses, SkillMastery.objects.get().responses, learner.practice.known, learner.practice.tries


@pytest.mark.parametrize("is_right", [True, False])
def test_one_form_pressed_many_times_at_once_is_one_attempt(learner: Learner, is_right: bool) -> None:
    learner.wait_for("count-beans")
    answer = dict(learner.right()) if is_right else {"answer": "1"}
    assert press(learner, [str(uuid4())] * PRESSES, answer) == [302] * PRESSES
    assert Attempt.objects.get().is_right == is_right
    assert Event.objects.filter(verb="item.answered").count() == 1
    assert known(learner) == (1, 1, 1, 1)


def test_of_wrong_answers_in_many_tabs_at_once_one_is_the_first_try(learner: Learner) -> None:
    learner.wait_for("count-beans")
    press(learner, [str(uuid4()) for _tab in range(PRESSES)], {"answer": "1"})
    assert sorted(Attempt.objects.values_list("is_first", flat=True)) == [False] * (PRESSES - 1) + [True]
    assert known(learner) == (1, 1, 1, PRESSES)


def test_of_right_answers_in_many_tabs_at_once_one_is_taken(learner: Learner) -> None:
    learner.wait_for("count-beans")
    statuses = press(learner, [str(uuid4()) for _tab in range(PRESSES)], dict(learner.right()))
    assert sorted(statuses) == [302] + [409] * (PRESSES - 1)
    assert Attempt.objects.count() == 1
    assert known(learner) == (1, 1, 1, 1)
