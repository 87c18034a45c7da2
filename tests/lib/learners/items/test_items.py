"""Statistics of items against truths that are known, and silence where data are few."""

import dataclasses

import numpy as np
import pytest

from saem.lib.learners import Responses, ResponsesError
from saem.lib.learners.items import Alarm, Calibrated, Drift, FirstTries, ItemStatistics, alarms_of, item_statistics
from saem.lib.learners.items.rest import LEAST_OTHERS, rest_scores
from saem.lib.learners.simulation import simulate_irt


def tries_of(responses: Responses, **facts: object) -> FirstTries:
    known = {"chosen": [()] * len(responses), "hints": [0] * len(responses)}
    return FirstTries(responses, **(known | facts))


def responses_of(rows: list[tuple[str, str, int]]) -> Responses:
    students, items, scores = zip(*rows, strict=True)
    return Responses.from_columns(students, items, [("mean",)] * len(rows), scores)


def sound(**facts: object) -> ItemStatistics:
    """An item that raises no alarm."""
    plain = ItemStatistics(
        item="a", responses=200, learners=200, all_learners=200, right=0.6, right_error=0.03, discrimination=0.4,
        rest_right=0.7, rest_right_error=0.01, hinted=0.1,
    )  # fmt: skip
    return dataclasses.replace(plain, **facts)


class TestRestScores:
    def test_they_leave_the_item_and_all_its_variants_out(self) -> None:
        rows = [("s", "a", 1), ("s", "a", 0), ("s", "b", 1), ("s", "c", 0), ("s", "d", 1)]
        rest = rest_scores(responses_of(rows))
        assert rest[:2].tolist() == [2 / 3, 2 / 3]
        assert rest[2] == pytest.approx(2 / 4)

    def test_too_few_others_give_none(self) -> None:
        rows = [("s", name, 1) for name in "abc"]
        assert len(rows) == LEAST_OTHERS
        assert np.isnan(rest_scores(responses_of(rows))).all()


class TestStatistics:
    def test_many_learners_give_two_parameters_near_the_truth(self) -> None:
        responses, truth = simulate_irt(1500, 20, seed=2)
        found = item_statistics(tries_of(responses))
        order = {name: place for place, name in enumerate(responses.items)}
        fitted = {order[name]: each.calibrated for name, each in found.items()}
        assert all(each is not None and each.model == "irt-2pl" for each in fitted.values())
        misses = [
            (each.difficulty - truth.difficulty[place]) / each.difficulty_error
            for place, each in fitted.items()
            if each is not None and each.difficulty_error is not None
        ]
        assert len(misses) == 20
        assert np.mean(np.square(misses)) < 2.5, "within what the standard errors say"
        assert not any(Alarm.MISFITS in alarms_of(each) or Alarm.DRIFTS in alarms_of(each) for each in found.values())

    def test_fewer_learners_give_one_parameter_and_no_discrimination(self) -> None:
        responses, _truth = simulate_irt(60, 8, seed=2)
        found = item_statistics(tries_of(responses))
        known = found["item-1"].calibrated or found["item-1"]
        assert isinstance(known, Calibrated)
        assert (known.model, known.discrimination) == ("irt-1pl", None)

    def test_few_learners_give_shares_alone(self) -> None:
        responses, _truth = simulate_irt(12, 8, seed=2)
        for each in item_statistics(tries_of(responses)).values():
            assert (each.responses, each.discrimination, each.calibrated, each.drift) == (12, None, None, None)
            assert alarms_of(each) == ()

    def test_an_item_keyed_wrongly_is_found_out(self) -> None:
        responses, _truth = simulate_irt(300, 10, seed=4)
        score = np.where(responses.item == 3, 1 - responses.score, responses.score)
        found = item_statistics(tries_of(dataclasses.replace(responses, score=score)))
        name = responses.items[3]
        assert found[name].discrimination is not None
        assert alarms_of(found[name])[0] is Alarm.NEGATIVE_DISCRIMINATION
        others = [alarms_of(each) for other, each in found.items() if other != name]
        assert not any(Alarm.NEGATIVE_DISCRIMINATION in alarms for alarms in others)

    def test_an_item_whose_answer_got_about_drifts_and_learning_is_no_drift(self) -> None:
        responses, truth = simulate_irt(600, 12, parameters=1, seed=7)
        late = responses.student >= 300
        rng = np.random.default_rng(1)
        # The later learners know more of everything; of item 5 they know still more.
        logit = truth.theta[responses.student] + 0.6 * late - truth.difficulty[responses.item]
        logit = logit + 1.5 * (late & (responses.item == 5))
        score = (rng.random(len(logit)) < 1 / (1 + np.exp(-logit))).astype(float)
        found = item_statistics(tries_of(dataclasses.replace(responses, score=score)))
        drifting = [name for name, each in found.items() if Alarm.DRIFTS in alarms_of(each)]
        assert drifting == [responses.items[5]]
        drift = found[responses.items[5]].drift
        assert drift is not None
        assert drift.change < -0.5, "it became easier"

    def test_options_say_who_chose_them(self) -> None:
        responses, truth = simulate_irt(300, 10, seed=4)
        able = truth.theta[responses.student] > 0
        is_first, right = responses.item == 0, responses.score == 1
        chosen = [("yes",) if one else ("trap" if good else "slip",) for one, good in zip(right, able, strict=True)]
        name = responses.items[0]
        facts = {"options": {name: ["yes", "trap", "slip", "never"]}, "right": {name: ["yes"]}}
        found = item_statistics(tries_of(responses, chosen=chosen, **facts))[name]
        shares = {each.id: each for each in found.options}
        assert sum(each.count for each in found.options) == is_first.sum()
        assert shares["never"].count == 0
        assert shares["never"].rest is None
        assert shares["trap"].rest is not None
        assert shares["slip"].rest is not None
        assert shares["trap"].rest > shares["slip"].rest
        assert Alarm.DISTRACTOR_UNUSED in alarms_of(found)

    @pytest.mark.parametrize("score", [0, 1])
    def test_no_variance_gives_no_correlation(self, score: int) -> None:
        rows = [(f"s{student}", item, score) for student in range(40) for item in "abcde"]
        for each in item_statistics(tries_of(responses_of(rows))).values():
            assert (each.discrimination, each.calibrated, each.drift) == (None, None, None)
            assert Alarm.TOO_EASY in alarms_of(each) or Alarm.TOO_HARD in alarms_of(each)

    def test_one_response(self) -> None:
        found = item_statistics(tries_of(responses_of([("s", "a", 1)])))["a"]
        assert (found.right, found.exposure, found.discrimination, found.rest_right) == (1.0, 1.0, None, None)

    def test_no_responses(self) -> None:
        assert item_statistics(tries_of(Responses.from_columns([], [], [], []))) == {}

    def test_bad_columns_are_refused(self) -> None:
        with pytest.raises(ResponsesError, match="score_not_binary in row 1"):
            item_statistics(tries_of(Responses.from_columns(["s", "t"], ["a", "a"], [(), ()], [1, 0.5])))
        with pytest.raises(ResponsesError, match="unequal_columns"):
            item_statistics(tries_of(responses_of([("s", "a", 1)]), hints=[]))


class TestAlarms:
    def test_a_sound_item_raises_none(self) -> None:
        assert alarms_of(sound()) == ()

    @pytest.mark.parametrize(
        ("facts", "alarm"),
        [
            ({"right": 0.97}, Alarm.TOO_EASY),
            ({"right": 0.1}, Alarm.TOO_HARD),
            ({"discrimination": -0.2}, Alarm.NEGATIVE_DISCRIMINATION),
            ({"learners": 9}, Alarm.RARELY_MET),
            ({"drift": Drift(0.8, 0.2)}, Alarm.DRIFTS),
            ({"calibrated": Calibrated("irt-2pl", 0, 0.1, 1, 0.1, 1.5, None)}, Alarm.MISFITS),
            ({"calibrated": Calibrated("irt-2pl", 0, 0.1, 1, 0.1, 1.0, 1e-6)}, Alarm.MISFITS),
        ],
    )
    def test_each_has_its_cause(self, facts: dict[str, object], alarm: Alarm) -> None:
        assert alarms_of(sound(**facts)) == (alarm,)

    @pytest.mark.parametrize(
        "facts",
        [
            {"right": 0.97, "responses": 29},
            {"discrimination": -0.05},
            {"drift": Drift(0.8, 0.4)},
            {"drift": Drift(0.2, 0.01)},
            {"learners": 1, "all_learners": 49},
        ],
    )
    def test_what_the_data_do_not_carry_raises_none(self, facts: dict[str, object]) -> None:
        assert alarms_of(sound(**facts)) == ()
