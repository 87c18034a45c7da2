"""Practice: the right skill, an item from the zone, and a true reason."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from saem.lib.learners.adaptive import (
    Candidate,
    Choice,
    Learner,
    Met,
    Nothing,
    PracticePolicy,
    ReasonCode,
    Zone,
    choose,
)
from saem.lib.learners.adaptive.learner import passed_reviews
from saem.lib.learners.errors import ParameterError
from saem.lib.learners.model import Asked, Estimate

DAY = 86400.0
POLICY = PracticePolicy()
# Three skills, nine items each; item k of a skill has a chance of k tenths.
ITEMS = [Candidate(f"{skill}{tenths}", (skill,)) for skill in ("add", "divide", "multiply") for tenths in range(1, 10)]
CHANCES = {each.item: int(each.item[-1]) / 10 for each in ITEMS}
KNOWN = {"add": 0.97, "multiply": 0.6, "divide": 0.3}
# Enough responses of every skill, all long ago in this test's order and recent in time.
PAST = tuple(Met(f"{skill}{k}", (skill,), True, 100.0 + k) for k in (1, 2, 3) for skill in KNOWN)


def sure(value: float) -> Estimate:
    return Estimate(value, value - 0.01, value + 0.01)


def learner(
    known: dict[str, float] | None = None, history: tuple[Met, ...] = PAST, now: float = 200.0, **chances: float
) -> Learner:
    return Learner.of_numbers(
        CHANCES | chances, {name: sure(value) for name, value in (known or KNOWN).items()}, history, now
    )


def chosen(who: Learner, policy: PracticePolicy = POLICY, items: list[Candidate] = ITEMS, seed: int = 1) -> Choice:
    choice = choose(items, who, policy, seed)
    assert isinstance(choice, Choice)
    return choice


def test_the_weakest_skill_comes_first_with_an_item_from_the_zone() -> None:
    choice = chosen(learner())
    assert (choice.item, choice.skill, choice.in_zone) == ("divide7", "divide", True)
    assert choice.reason.code == ReasonCode.WEAKEST_SKILL
    assert choice.reason.parameters == {"skill": "divide", "mastery": 0.3, "chance": 0.7}


def test_the_zone_is_configurable() -> None:
    assert chosen(learner(), replace(POLICY, zone=Zone(0.35, 0.45))).item == "divide4"


def test_a_skill_without_an_item_in_the_zone_lets_the_next_one_pass() -> None:
    items = [each for each in ITEMS if each.item not in {"divide6", "divide7", "divide8"}]
    choice = chosen(learner(), items=items)
    assert (choice.item, choice.reason.code) == ("multiply7", ReasonCode.NEXT_SKILL)


def test_where_nothing_is_in_the_zone_the_nearest_item_of_the_weakest_skill_is_given_and_said() -> None:
    hard = [each for each in ITEMS if CHANCES[each.item] < 0.5]
    choice = chosen(learner(), items=hard)
    assert (choice.item, choice.reason.code, choice.in_zone) == ("divide4", ReasonCode.EASIEST_LEFT, False)
    easy = [each for each in ITEMS if CHANCES[each.item] > 0.85]
    choice = chosen(learner(), items=easy)
    assert (choice.item, choice.reason.code, choice.in_zone) == ("divide9", ReasonCode.HARDEST_LEFT, False)


def test_few_responses_and_wide_intervals_are_uncertain() -> None:
    few = tuple(met for met in PAST if "divide" not in met.skills)
    choice = chosen(learner(history=few))
    assert choice.reason.code == ReasonCode.UNCERTAIN
    assert choice.reason.parameters["responses"] == 0
    vague = Learner.of_numbers(
        CHANCES, {"divide": Estimate(0.3, 0.0, 0.8), "add": sure(0.97), "multiply": sure(0.6)}, PAST, 200.0
    )
    assert chosen(vague).reason.code == ReasonCode.UNCERTAIN
    assert chosen(vague).reason.parameters["high"] == 0.8


def test_an_unusable_mastery_is_not_mastery() -> None:
    refused = Estimate(0.99, 0.98, 1.0, usable=False, why="guess_above_half")
    who = Learner.of_numbers(CHANCES, {"add": refused, "multiply": sure(0.99), "divide": sure(0.99)}, PAST, 200.0)
    assert chosen(who).skill == "add"
    assert chosen(who).reason.code == ReasonCode.WEAKEST_SKILL


def test_a_mastered_skill_is_reviewed_after_a_day_then_after_two() -> None:
    past = (Met("add7", ("add",), True, 0.0), *(replace(met, time=0.0) for met in PAST if "add" not in met.skills))
    early = chosen(learner(history=past, now=0.9 * DAY))
    assert early.skill == "divide"
    due = chosen(learner(history=past, now=1.1 * DAY))
    assert (due.skill, due.reason.code) == ("add", ReasonCode.REVIEW_DUE)
    assert due.reason.parameters["seconds"] == pytest.approx(1.1 * DAY)
    passed = (*past, Met("add6", ("add",), True, 1.1 * DAY, "review_due"), *PAST[-1:] * 4)
    assert chosen(learner(history=passed, now=3.0 * DAY)).skill == "divide"
    assert chosen(learner(history=passed, now=3.2 * DAY)).reason.code == ReasonCode.REVIEW_DUE


def test_passed_reviews_count_only_right_answers_far_apart_since_the_last_wrong_one() -> None:
    def met(*answers: tuple[float, bool]) -> tuple[Met, ...]:
        return tuple(Met("a1", ("add",), right, days * DAY) for days, right in answers)

    assert passed_reviews((), DAY) == 0
    assert passed_reviews(met((0, True), (0.1, True), (0.2, True)), DAY) == 0
    assert passed_reviews(met((0, True), (1, True), (3, True)), DAY) == 2
    assert passed_reviews(met((0, True), (1, True), (3, False), (5, True)), DAY) == 1


def test_reviews_do_not_crowd_out_learning() -> None:
    known = {"add": 0.97, "multiply": 0.98, "divide": 0.3}
    just_reviewed = (*PAST, Met("add6", ("add",), True, 10 * DAY, "review_due"))
    who = learner(known, just_reviewed, now=10 * DAY + 1)
    assert chosen(who).skill == "divide"
    three_later = (*just_reviewed, *(Met(f"divide{k}", ("divide",), True, 10 * DAY + k) for k in (1, 2, 3)))
    assert chosen(learner(known, three_later, now=10 * DAY + 5)).reason.code == ReasonCode.REVIEW_DUE
    all_known = dict.fromkeys(KNOWN, 0.98)
    assert chosen(learner(all_known, just_reviewed, now=10 * DAY + 1)).reason.code == ReasonCode.REVIEW_DUE


def test_when_everything_is_mastered_there_is_a_stretch() -> None:
    choice = chosen(learner({"add": 0.99, "multiply": 0.97, "divide": 0.96}))
    assert (choice.skill, choice.reason.code) == ("divide", ReasonCode.STRETCH)
    assert choice.reason.parameters["mastery"] == 0.96


def test_skills_wait_for_their_prerequisites() -> None:
    policy = replace(POLICY, prerequisites={"divide": ("multiply",), "multiply": ("add",)})
    choice = chosen(learner(), policy)
    assert (choice.skill, choice.reason.code) == ("multiply", ReasonCode.WEAKEST_SKILL)
    assert chosen(learner(KNOWN | {"multiply": 0.96}), policy).skill == "divide"
    assert chosen(learner(KNOWN | {"add": 0.5}), policy).skill == "add"


def test_an_item_of_two_skills_waits_for_both() -> None:
    both = [Candidate("both7", ("multiply", "divide")), Candidate("multiply5", ("multiply",))]
    policy = replace(POLICY, prerequisites={"divide": ("multiply",)})
    assert chosen(learner(both7=0.7), policy, both).item == "multiply5"
    assert chosen(learner(both7=0.7), POLICY, both).item == "both7"


def test_prerequisites_that_cannot_be_practised_are_said_and_passed_over() -> None:
    policy = replace(POLICY, prerequisites={"divide": ("multiply",)})
    only = [each for each in ITEMS if each.skills == ("divide",)]
    choice = chosen(learner(), policy, only)
    assert choice.skill == "divide"
    assert [(finding.code, finding.where) for finding in choice.findings] == [("prerequisites_out_of_reach", "divide")]


def test_never_the_same_item_twice_in_a_row() -> None:
    who, given = learner(), []
    for turn in range(40):
        choice = chosen(who, seed=turn)
        given.append(choice.item)
        who = replace(who, history=(*who.history, Met(choice.item, (choice.skill,), True, who.now)), now=who.now + 60)
    assert all(one != other for one, other in pairwise(given))
    alone = learner(history=(*PAST, Met("divide7", ("divide",), False, 150.0)))
    assert choose([Candidate("divide7", ("divide",))], alone, POLICY, 1) == Nothing("only_the_last_item")


def test_items_rest_where_others_of_the_zone_are_left() -> None:
    tired = tuple(Met(f"divide{k}", ("divide",), True, 150.0) for k in (7, 8))
    assert chosen(learner(history=PAST + tired)).item == "divide6"
    # Rather another skill's rested item than the same one soon again, and rather that than leaving the zone.
    three = [each for each in ITEMS if each.item in {"divide7", "divide8", "divide1", "multiply8"}]
    assert chosen(learner(history=PAST + tired), items=three).item == "multiply8"
    two = [each for each in ITEMS if each.item in {"divide7", "divide8", "divide4"}]
    assert chosen(learner(history=PAST + tired), items=two).item == "divide7"


def test_ties_are_drawn_by_the_seed() -> None:
    items = [Candidate(f"same{k}", ("divide",)) for k in range(5)]
    chances = {f"same{k}": 0.71 + 0.002 * k for k in range(5)}
    drawn = Counter(chosen(learner(**chances), items=items, seed=seed).item for seed in range(200))
    assert set(drawn) == set(chances)
    assert min(drawn.values()) > 20
    assert chosen(learner(**chances), items=items, seed=3) == chosen(learner(**chances), items=items, seed=3)


def test_a_tie_does_not_lead_out_of_the_zone() -> None:
    items = [Candidate("in", ("divide",)), Candidate("out", ("divide",))]
    policy = replace(POLICY, zone=Zone(0.6, 0.8, tie=0.05))
    for seed in range(20):
        assert chosen(learner(**{"in": 0.79, "out": 0.81}), policy, items, seed).item == "in"


class Counting:
    """A learner model that says the same of everybody, and counts the questions."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def chance(self, state: object, asked: Asked) -> Estimate:
        self.asked.append(asked)
        return Estimate(0.7, 0.6, 0.8)

    def mastery(self, state: object, skill: str) -> Estimate:
        return sure(KNOWN[skill])


def test_a_model_is_asked_only_about_the_skill_that_is_due() -> None:
    model = Counting()
    choice = chosen(Learner.of_model(model, {}, PAST, 200.0))
    assert choice.skill == "divide"
    assert {asked.skills for asked in model.asked} == {("divide",)}
    assert {asked.time for asked in model.asked} == {200.0}


@pytest.mark.parametrize(
    ("items", "who", "named"),
    [
        ([], learner(), "items"),
        ([Candidate("bare", ())], learner(), "bare"),
        ([ITEMS[0], ITEMS[0]], learner(), "add1"),
        (ITEMS, learner(divide7=float("nan"), divide8=0.7), "divide7"),
        (ITEMS, learner(divide7=1.2), "divide7"),
        (ITEMS, learner(KNOWN | {"multiply": float("nan")}), "multiply"),
        ([Candidate("new", ("divide",))], learner(), "new"),
        ([Candidate("add1", ("algebra",))], learner(), "algebra"),
    ],
)
def test_bad_input_is_named(items: list[Candidate], who: Learner, named: str) -> None:
    with pytest.raises(ParameterError, match=named):
        choose(items, who, POLICY, 1)


def test_an_interval_that_is_not_one_is_named() -> None:
    vague = Learner.of_numbers(CHANCES, {"divide": Estimate(0.3, float("nan"), 0.8)}, PAST, 200.0)
    with pytest.raises(ParameterError, match="divide"):
        choose([Candidate("divide7", ("divide",))], vague, POLICY, 1)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Met("add1", ("add",), True, float("nan")),
        lambda: learner(now=float("inf")),
        lambda: Zone(0.8, 0.6),
        lambda: Zone(float("nan"), 0.9),
        lambda: Zone(0.5, 1.2),
        lambda: PracticePolicy(mastered_at=0.0),
        lambda: PracticePolicy(growth=0.5),
        lambda: PracticePolicy(review_s=0.0),
        lambda: PracticePolicy(rest=0),
        lambda: PracticePolicy(prerequisites={"a": ("b",), "b": ("c",), "c": ("a",)}),
        lambda: PracticePolicy(prerequisites={"a": ("a",)}),
    ],
)
def test_impossible_policies_are_refused(bad: object) -> None:
    with pytest.raises(ParameterError):
        bad()


@pytest.mark.parametrize("number", [2, 3, 4, 9, 11, 27])
@pytest.mark.parametrize("in_zone", [0, 1, 2, 27])
def test_whoever_passes_everything_by_does_not_meet_the_same_two_in_turn(number: int, in_zone: int) -> None:
    """Passing by says nothing of a skill: chances and mastery stay, and the items come round all the same."""
    bank = ITEMS[:number]
    chances = {each.item: 0.7 if at < in_zone else 0.2 for at, each in enumerate(bank)}
    history: list[Met] = []
    for turn in range(60):
        who = Learner.of_numbers(chances, dict.fromkeys(KNOWN, sure(0.3)), tuple(history), float(turn))
        history.append(Met(chosen(who, items=bank, seed=turn).item, (), False, float(turn)))
    apart = min(POLICY.rest, number) // 2 + 1
    for start in range(60 - apart):
        window = [met.item for met in history[start : start + apart]]
        assert len(set(window)) == apart, window


def test_practice_of_a_simulated_learner_visits_the_zone_and_masters_every_skill() -> None:
    """A learner who gains a little with each item of a skill: practice ends in mastery, mostly inside the zone."""
    rng, now, history = np.random.default_rng(2), 0.0, []
    ability = {"add": 0.0, "multiply": -0.5, "divide": -1.0}
    difficulty = {each.item: (5 - int(each.item[-1])) * 0.6 for each in ITEMS}
    inside = 0
    for turn in range(120):
        chances = {each.item: 1 / (1 + np.exp(difficulty[each.item] - ability[each.skills[0]])) for each in ITEMS}
        mastery = {skill: sure(float(1 / (1 + np.exp(-(value - 0.5) * 2)))) for skill, value in ability.items()}
        choice = chosen(Learner.of_numbers(chances, mastery, tuple(history), now), seed=turn)
        inside += choice.in_zone
        right = bool(rng.random() < chances[choice.item])
        ability[choice.skill] += 0.08
        history.append(Met(choice.item, (choice.skill,), right, now, choice.reason.code))
        now += 300
    assert inside >= 100
    assert min(ability.values()) > 1.5
    codes = {met.reason for met in history}
    assert {ReasonCode.UNCERTAIN, ReasonCode.WEAKEST_SKILL, ReasonCode.STRETCH} <= codes
