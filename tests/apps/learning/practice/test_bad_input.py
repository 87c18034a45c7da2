"""What hostile, stale and unlucky requests meet."""

from pathlib import Path
from uuid import uuid4

import pytest

from saem.apps.learning.models import Attempt
from saem.apps.learning.practice import bank, services
from saem.lib.content import Item
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.apps.learning.practice.places import CHOOSE, Learner, a_learner, version_with_items


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "drop"},
        {"token": "expired"},
        {"token": ""},
        {"seed": "-1"},
        {"seed": "9" * 40},
        {"item": "../../etc"},
        {"item": "x" * 500},
    ],
    ids=str,
)
def test_a_broken_form_counts_nothing(learner: Learner, fields: dict[str, str]) -> None:
    learner.wait_for("count-beans")
    answered = learner.post(**{"action": "answer", "answer": "1"} | fields)
    assert answered.status_code == 400
    assert "세지 않았어요" in answered.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("text", ["\0" * 50, "9" * 100_000, "NaN", "inf", "<script>alert(1)</script>", "\ud7ff𝟙️"])
def test_hostile_answers_are_values(learner: Learner, text: str) -> None:
    for item in learner.bench.items:
        if item == "twice":
            continue
        learner.wait_for(item)
        answered = learner.post(answer=text)
        assert answered.status_code in {302, 422}
        assert b"<script>alert" not in answered.content


def test_an_answer_with_too_many_fields_is_cut(learner: Learner) -> None:
    learner.wait_for("count-beans")
    answered = learner.post(answer=["1"] * 500, **{f"place-{letter}": "1" for letter in "abcdefgh"}, other="x" * 1000)
    assert answered.status_code == 302
    assert "other" not in Attempt.objects.get().answer
    assert len(Attempt.objects.get().answer["answer"]) == 100


def test_an_answer_from_another_tab_is_not_counted(learner: Learner) -> None:
    learner.wait_for("count-beans")
    answered = learner.post(item="what-grows", answer="a")
    assert answered.status_code == 409
    assert "다른 창에서" in answered.content.decode()
    assert not Attempt.objects.exists()
    assert learner.practice.item == "count-beans"


def test_an_answer_to_an_item_that_is_done_is_not_counted(learner: Learner) -> None:
    learner.wait_for("count-beans")
    right = learner.right()
    learner.post(**right)
    assert learner.post(**right).status_code == 409
    assert Attempt.objects.count() == 1


def test_going_on_twice_goes_on_once(learner: Learner) -> None:
    learner.wait_for("count-beans")
    learner.post(**learner.right())
    following = learner.practice.why["next"]["item"]
    for _press in range(2):
        learner.post("next", item="count-beans", seed=7)
    assert learner.practice.item == following


def test_practice_of_others_does_not_exist(learner: Learner) -> None:
    classmate = cast.a_student(learner.enrolment.classroom)
    teacher = cast.a_teacher(learner.enrolment.classroom)
    for user, growth in ((classmate.user, 404), (teacher, 200), (cast.a_stranger(), 404)):
        learner.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert learner.client.get(learner.url).status_code == 404
        assert learner.client.post(learner.url, {"token": str(uuid4())}).status_code == 404
        assert learner.client.get(learner.growth_url).status_code == growth


def test_a_program_without_items_has_no_practice(db: None, site_sandbox: Sandbox, tmp_path: Path) -> None:
    learner = a_learner(sample.published_sample(site_sandbox, tmp_path))
    assert learner.client.get(learner.url).status_code == 404
    assert learner.client.get(learner.growth_url).status_code == 404
    for page in ("/", f"/learn/{learner.enrolment.pk}/"):
        assert learner.url not in learner.client.get(page).content.decode()


def test_an_item_that_a_newer_version_lacks_is_replaced(
    learner: Learner, site_sandbox: Sandbox, tmp_path: Path
) -> None:
    learner.wait_for("count-beans")
    learner.post(answer="1")
    cohort = learner.enrolment.classroom.cohort
    cohort.version = version_with_items(site_sandbox, tmp_path / "newer", CHOOSE)
    cohort.save()
    assert learner.post(answer="2").status_code == 409
    assert learner.client.get(learner.url).status_code == 200
    assert learner.practice.item == "what-grows"
    learner.post(**learner.right())
    learner.post("next")
    assert learner.practice.item == "what-grows"
    assert learner.practice.why["code"] == "only_one"
    assert Attempt.objects.count() == 2


def test_an_item_without_a_variant_is_passed_by(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(item: Item, _seed: int) -> bool:
        return item.id == "twice"

    monkeypatch.setattr("saem.apps.learning.practice.choosing.can_be_shown", shown)
    assert services.give(learner.bench).item == "twice"
    monkeypatch.setattr("saem.apps.learning.practice.choosing.can_be_shown", lambda *_: False)
    monkeypatch.setattr(services, "can_be_shown", lambda *_: False)
    assert "낼 수 있는 문항이 없어요" in learner.client.get(learner.url).content.decode()


def test_an_item_that_cannot_be_drawn_is_known_to_be_so(learner: Learner) -> None:
    item = learner.bench.items["count-beans"]
    asked = item.asked.model_copy(update={"where": ("rows > 100",)})
    broken = Item(asked=asked, file=item.file, place=item.place, to_html=item.to_html)
    assert bank.can_be_shown(item, 3)
    assert not bank.can_be_shown(broken, 3)
