"""Who reads what: by rule, without conflicts; two pages that save at once; every change leaves its row."""

from pathlib import Path

import pytest

from saem.apps.cohorts.models import ReviewAssignment, RunAct, ScoreChange
from saem.apps.cohorts.selection import assigning, points, queries, reading_pages, reviewers, runs, scoring, settling
from saem.apps.cohorts.selection.scoring import Outcome, Sent, save_review
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from tests.apps.cohorts.calls.a_call import submitted
from tests.apps.cohorts.selection.a_selection import (
    a_reviewer,
    a_selection,
    applicants,
    drawn,
    falling,
    of,
    read_all,
    read_selection,
    rules,
    staff_of,
)
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_person

pytestmark = pytest.mark.django_db


def sent(revision: int = 0, **values: str) -> Sent:
    return Sent(values=values, comment="", revision=revision)


def a_reading() -> ReviewAssignment:
    selection = a_selection(data=rules(seats=1))
    applicants(selection, 1)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    return ReviewAssignment.objects.select_related("selection__rules", "selection__call", "reviewer__user").first()


def test_nobody_reads_an_application_from_their_own_school():
    selection = a_selection()
    people = applicants(selection, 4)
    tied = a_reviewer(selection, "김심사", ties=["2 중학교"])
    for name in ("이심사", "박심사"):
        a_reviewer(selection, name)
    found = assigning.assign(selection, "s1", by=staff_of(selection))
    assert not found.unmet
    assert not tied.readings.filter(application=people[1]).exists()
    assert {one.readings.count() for one in selection.reviewers.all()} == {2, 3}
    assert Notice.objects.filter(kind="review.assigned").count() == 3


def test_assigning_again_changes_nothing_and_tells_nobody_twice():
    selection = a_selection()
    applicants(selection, 3)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    for _time in range(2):
        assigning.assign(selection, "s1", by=staff_of(selection))
    assert selection.readings.count() == 6
    assert Notice.objects.filter(kind="review.assigned").count() == 2


def test_with_too_few_reviewers_it_is_said_how_many_reviews_are_missing():
    selection = a_selection()
    applicants(selection, 3)
    a_reviewer(selection)
    run = runs.ask(selection, RunAct.ASSIGN, by=staff_of(selection), asked={"stage": "s1"})
    drain()
    run.refresh_from_db()
    assert (run.code, run.params) == ("selection.run.assigned_short", {"missing": 3, "people": 3})
    assert selection.readings.count() == 3


def test_a_conflict_takes_the_reading_away_and_gives_it_to_somebody_else():
    reading = a_reading()
    selection, mine = reading.selection, reading.reviewer
    reviewers.declare_conflict(reading, by=mine.user, reason="조카")
    other = a_reviewer(selection, "박심사")
    assigning.assign(selection, "s1", by=staff_of(selection))
    live = selection.readings.filter(withdrawn_at=None)
    assert {one.reviewer_id for one in live} == {
        other.pk,
        *selection.reviewers.exclude(pk__in=[mine.pk]).values_list("pk", flat=True),
    }
    assert not queries.own_readings(mine.user).exists()


def test_who_leaves_keeps_what_is_handed_in_and_the_rest_is_given_anew():
    selection = a_selection()
    people = applicants(selection, 2)
    leaving, staying = a_reviewer(selection, "김심사"), a_reviewer(selection, "이심사")
    assigning.assign(selection, "s1", by=staff_of(selection))
    first = leaving.readings.get(application=people[0])
    save_review(first, sent(c1="5", c2="5"), by=leaving.user, hand_in=True)
    reviewers.let_go(leaving, by=staff_of(selection))
    new = a_reviewer(selection, "박심사")
    assigning.assign(selection, "s1", by=staff_of(selection))
    readers = {
        one.pk: set(one.readings.filter(withdrawn_at=None).values_list("reviewer_id", flat=True)) for one in people
    }
    assert readers == {people[0].pk: {leaving.pk, staying.pk}, people[1].pk: {new.pk, staying.pk}}


def test_a_reading_is_kept_half_done_and_counts_only_when_it_is_whole():
    reading = a_reading()
    half = save_review(reading, sent(c1="7"), by=reading.reviewer.user, hand_in=True)
    assert (half.outcome, half.problems["c2"][0]) == (Outcome.INCOMPLETE, "score.missing")
    assert scoring.scores_of(half.reading) == {"c1": 7}
    whole = save_review(reading, sent(1, c1="7", c2="8.5"), by=reading.reviewer.user, hand_in=True)
    assert whole.outcome is Outcome.SUBMITTED
    emptied = save_review(reading, sent(2, c1="", c2="8.5"), by=reading.reviewer.user, hand_in=False)
    assert emptied.reading.submitted_at is None


@pytest.mark.parametrize("text", ["11", "-1", "nan", "열", "1e400", "7.00001", "Infinity"])
def test_what_is_no_number_on_the_scale_is_refused_and_said(text: str):
    reading = a_reading()
    found = save_review(reading, sent(c1=text, c2="5"), by=reading.reviewer.user, hand_in=True)
    assert (found.outcome, set(found.problems)) == (Outcome.INCOMPLETE, {"c1"})
    assert scoring.scores_of(found.reading) == {"c2": 5}


def test_two_pages_that_save_do_not_overwrite_each_other():
    reading = a_reading()
    by = reading.reviewer.user
    assert save_review(reading, sent(c1="7", c2="7"), by=by, hand_in=True).outcome is Outcome.SUBMITTED
    second = save_review(reading, sent(0, c1="3", c2="7"), by=by, hand_in=True)
    assert second.outcome is Outcome.CONFLICT
    assert scoring.scores_of(second.reading) == {"c1": 7, "c2": 7}
    # The same numbers once more are a double click, no conflict.
    assert save_review(reading, sent(0, c1="7", c2="7"), by=by, hand_in=True).outcome is Outcome.SUBMITTED


@pytest.mark.django_db(transaction=True)
def test_of_two_that_save_at_the_same_moment_one_is_told(tmp_path: Path):
    reading = a_reading()
    by = reading.reviewer.user
    with database_that_threads_share(tmp_path):
        found = at_once(
            lambda number: save_review(reading, sent(c1=str(number), c2="5"), by=by, hand_in=True).outcome, times=2
        )
        assert sorted(found) == [Outcome.CONFLICT, Outcome.SUBMITTED]
        assert reading.scores.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_of_one_application_save_at_the_same_moment_and_both_count(tmp_path: Path):
    selection = a_reading().selection
    readings = list(selection.readings.select_related("reviewer__user").order_by("pk"))
    assert len({one.reviewer_id for one in readings}) == 2
    assert len({one.application_id for one in readings}) == 1
    before = of(selection.call).revision
    with database_that_threads_share(tmp_path):
        found = at_once(
            lambda number: (
                save_review(
                    readings[number], sent(c1=str(number + 3), c2="5"), by=readings[number].reviewer.user, hand_in=True
                ).outcome
            )
        )
        assert found == [Outcome.SUBMITTED, Outcome.SUBMITTED]
        assert [scoring.scores_of(one)["c1"] for one in readings] == [3, 4]
        assert ScoreChange.objects.filter(criterion="c1").count() == 2
        # Whoever computed in between notices both.
        assert of(selection.call).revision == before + 2


def test_every_change_of_a_number_leaves_a_row():
    reading = a_reading()
    by = reading.reviewer.user
    save_review(reading, sent(c1="7", c2="7"), by=by, hand_in=True)
    save_review(reading, sent(1, c1="4", c2="7"), by=by, hand_in=True)
    trail = ScoreChange.objects.order_by("pk").values_list("criterion", "before", "after", "changed_by")
    assert list(trail) == [("c1", None, 7, by.pk), ("c2", None, 7, by.pk), ("c1", 7, 4, by.pk)]
    row = ScoreChange.objects.last()
    with pytest.raises(TypeError):
        row.save()


def test_blind_readers_see_answers_and_neither_name_nor_school():
    selection = a_selection(data=rules(seats=1))
    who = a_person("김하늘")
    submitted(selection.call, who, motive="저는 김하늘이에요. 하늘이라고 불러요.")
    a_reviewer(selection)
    assigning.assign(selection, "s1", by=staff_of(selection))
    reading = selection.readings.select_related("application__sent__form", "selection").get()
    text = str(reading_pages.said_of(reading))
    assert "불러요" in text
    assert "하늘" not in text
    assert "샘물중학교" not in text


def test_disagreement_is_flagged_and_a_third_reader_is_given():
    selection = a_selection(data=rules(seats=1))
    people = applicants(selection, 2)
    for name in ("김심사", "이심사", "박심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    seen = set[int]()

    def marks(application: object, _reading: object) -> list[int]:
        low = application.pk == people[0].pk and application.pk in seen
        seen.add(application.pk)
        return [1, 1] if low else [9, 9]

    read_all(selection, marks)
    found = points.compute(selection, "s1")
    assert found.spreads == {people[0].receipt: "80"}
    assigning.add_reader(selection, "s1", list(found.spreads), by=staff_of(selection))
    assert [one.readings.filter(withdrawn_at=None).count() for one in people] == [3, 2]


def test_a_settled_stage_takes_no_more_scores():
    selection, people = read_selection(3)
    settling.settle(selection, by=staff_of(selection))
    reading = selection.readings.select_related("selection", "reviewer__user").first()
    with pytest.raises(SaemError, match="stage_settled"):
        save_review(reading, sent(1, c1="1", c2="1"), by=reading.reviewer.user, hand_in=True)
    with pytest.raises(SaemError, match="stage_settled"):
        assigning.assign(selection, "s1", by=staff_of(selection))
    assert len(people) == 3


def test_who_comes_later_joins_the_draw_only_if_complete():
    selection = a_selection(needs_recommendation=True)
    applicants(selection, 2)
    selection = drawn(selection)
    assert selection.candidates.count() == 0
    read_all(selection, falling([]))
