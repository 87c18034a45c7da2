"""The published result is the library's result of the stored data; everybody is told why."""

import hashlib
import json

import pytest
from django.utils import translation

from saem.apps.cohorts.models import Candidate, Decision, Offer, StageOutcome
from saem.apps.cohorts.selection import assigning, deciding, drawing, letters, loading, settling
from saem.apps.events.models import Event
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from saem.lib import selection as lib
from tests.apps.cohorts.selection.a_selection import (
    PUBLIC,
    a_reviewer,
    a_selection,
    applicants,
    closed,
    drawn,
    falling,
    of,
    read_all,
    read_selection,
    rules,
    staff_of,
    two_stages,
    women_first,
)

pytestmark = pytest.mark.django_db


def published(number: int = 5, **more: object):
    selection, people = read_selection(number, **more)
    settling.settle(selection, by=staff_of(selection))
    deciding.publish(of(selection.call), by=staff_of(selection))
    return of(selection.call), people


def kinds(people: list) -> list[str]:
    found = Decision.objects.order_by("number").values_list("candidate__application", "kind")
    last = dict(found)
    return [last[one.pk] for one in people]


def test_the_draw_waits_for_the_deadline_and_is_held_once():
    selection = a_selection()
    applicants(selection, 3)
    with pytest.raises(SaemError, match="still_open"):
        drawing.hold_draw(selection, public_value=PUBLIC, by=staff_of(selection))
    selection = drawn(selection)
    with pytest.raises(SaemError, match="drawn_already"):
        drawing.hold_draw(selection, public_value="else", by=staff_of(selection))
    order = list(selection.candidates.order_by("draw_place").values_list("receipt", flat=True))
    draw = lib.Draw(selection.secret, PUBLIC)
    assert lib.replay(draw, order, selection.commitment).agrees
    keys = [hashlib.sha256(f"{selection.secret}\n{PUBLIC}\n{one}".encode()).hexdigest() for one in order]
    assert keys == sorted(keys)


def test_the_draw_waits_for_those_whose_recommendation_may_still_come():
    selection = a_selection(needs_recommendation=True)
    applicants(selection, 1)
    selection = closed(selection)
    selection.call.followup_days = 7
    selection.call.save()
    with pytest.raises(SaemError, match="others_waiting"):
        drawing.hold_draw(of(selection.call), public_value=PUBLIC, by=staff_of(selection))


def test_an_answer_that_no_quota_knows_is_told_before_the_draw():
    selection = a_selection(data=rules(**women_first()))
    (one,) = applicants(selection, 1)
    one.sent.answers["experience"] = "perhaps"
    type(one.sent).objects.filter(pk=one.sent.pk).update(answers=one.sent.answers)
    problems = drawing.hold_draw(closed(selection), public_value=PUBLIC, by=staff_of(selection))
    assert [problem.code for problem in problems] == [lib.Code.BAD_ATTRIBUTE]
    assert not Candidate.objects.exists()


def test_nothing_is_settled_before_the_draw_or_with_reviews_missing():
    selection = a_selection()
    applicants(selection, 1)
    with pytest.raises(SaemError, match="not_drawn"):
        settling.settle(selection, by=staff_of(selection))
    with pytest.raises(SaemError, match="reviews_missing"):
        settling.settle(drawn(selection), by=staff_of(selection))


def test_what_is_published_is_what_the_library_says_of_the_stored_data():
    selection, people = published(6, data=rules(seats=2, reserve=2, **women_first()))
    declared = lib.SelectionRules.model_validate_json(selection.rules.text)
    asked = [loading.as_candidate(one) for one in loading.standing(selection)]
    scores = lib.score(declared, [one.id for one in asked], loading.reviews_of(selection))
    last = lib.run(declared, asked, scores, lib.Draw(selection.secret, selection.public_value))[-1]
    choice = lib.choose_seats(declared, asked, last)
    told = {one.candidate.receipt: one for one in Decision.objects.select_related("candidate")}
    assert {name for name, one in told.items() if one.kind == "accepted"} == set(choice.chosen)
    assert {each.id: each.rank for each in last.ranking} == {name: one.rank for name, one in told.items()}
    waiting = {each.application: each.place for each in lib.reserve_list(choice, declared.reserve)}
    assert {name: one.reserve_place for name, one in told.items() if one.reserve_place} == waiting
    assert set(Offer.objects.values_list("candidate__receipt", flat=True)) == set(choice.chosen)
    assert len(people) == len(told)


def test_a_quota_brings_somebody_in_and_both_are_told_why():
    selection = a_selection(data=rules(seats=1, reserve=0, **women_first()))
    (first,) = applicants(selection, 1, experience="yes", which="파이썬")
    (second,) = applicants(selection, 1, experience="no")
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    read_all(selection, falling([first, second]))
    selection = drawn(selection)
    settling.settle(selection, by=staff_of(selection))
    deciding.publish(of(selection.call), by=staff_of(selection))
    assert kinds([first, second]) == ["declined", "accepted"]
    words = {
        one.candidate.application_id: " ".join(letters.reasons_in_words(one, "ko"))
        for one in Decision.objects.select_related("candidate")
    }
    assert "처음 배우는 학생" in words[first.pk]
    assert "처음 배우는 학생" in words[second.pk]


def test_two_stages_stop_some_and_say_where():
    selection = a_selection(data=rules(seats=1, reserve=1, stages=two_stages()))
    people = applicants(selection, 4)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    read_all(selection, falling(people))
    selection = drawn(selection)
    settling.settle(selection, by=staff_of(selection))
    selection = of(selection.call)
    assert selection.settled_stage == "s1"
    with pytest.raises(SaemError, match="not_settled"):
        deciding.publish(selection, by=staff_of(selection))
    assigning.assign(selection, "s2", by=staff_of(selection))
    assert set(selection.readings.filter(stage="s2").values_list("application", flat=True)) == {
        one.pk for one in people[:2]
    }
    read_all(selection, falling(people), "s2")
    settling.settle(of(selection.call), by=staff_of(selection))
    deciding.publish(of(selection.call), by=staff_of(selection))
    assert kinds(people) == ["accepted", "reserve", "declined", "declined"]
    stopped = Decision.objects.get(candidate__application=people[3])
    assert "서류 심사" in letters.reasons_in_words(stopped, "ko")[0]
    assert StageOutcome.objects.filter(stage="s2").count() == 2


def test_whoever_withdraws_after_the_draw_stays_in_it_and_is_not_ranked():
    selection, people = read_selection(3)
    type(people[0]).objects.filter(pk=people[0].pk).update(state="withdrawn")
    settling.settle(selection, by=staff_of(selection))
    deciding.publish(of(selection.call), by=staff_of(selection))
    assert selection.candidates.count() == 3
    assert not Decision.objects.filter(candidate__application=people[0]).exists()
    assert kinds(people[1:]) == ["accepted", "accepted"]


def test_everybody_is_told_once_in_both_languages():
    selection, people = published(4)
    drain()
    drain()
    notices = Notice.objects.filter(kind="selection.decided")
    assert notices.count() == 4
    reasons = notices.get(recipient=people[0].applicant).facts["reasons"]
    assert "1위" in reasons["ko"]
    assert "1" in reasons["en"]
    assert letters.progress_of(selection) == (4, 4)
    again = letters.tell_batch(Decision.objects.order_by("pk").first().pk)
    assert again == 0


def test_publishing_twice_is_publishing_once():
    selection, _people = published(3)
    deciding.publish(selection, by=staff_of(selection))
    assert Decision.objects.count() == 3
    assert Event.objects.filter(verb="selection.published").count() == 1


def test_a_score_that_comes_while_the_result_is_computed_is_not_lost(monkeypatch: pytest.MonkeyPatch):
    selection, _people = read_selection(3)
    whole = settling.compute
    calls = []

    def meanwhile(asked):
        found = whole(asked)
        if not calls:
            type(selection).objects.filter(pk=selection.pk).update(revision=asked.revision + 1)
        calls.append(1)
        return found

    monkeypatch.setattr(settling, "compute", meanwhile)
    settling.settle(selection, by=staff_of(selection))
    assert len(calls) == 2


def test_ties_are_ended_by_the_draw_and_the_neighbours_are_told():
    selection = a_selection(data=rules(seats=1, reserve=0))
    applicants(selection, 2)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    read_all(selection, lambda _application, _reading: [8, 8])
    selection = drawn(selection)
    settling.settle(selection, by=staff_of(selection))
    deciding.publish(of(selection.call), by=staff_of(selection))
    winner = Decision.objects.get(kind="accepted")
    assert winner.candidate.draw_place == 1
    codes = [[reason["code"] for reason in one.reasons] for one in Decision.objects.order_by("pk")]
    assert all("selection.by_draw" in each for each in codes)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_letter_is_a_document_in_the_reader_s_language(language: str):
    published(3)
    for decision in Decision.objects.select_related("candidate__application", "candidate__selection__call__cohort"):
        with translation.override(language):
            letter = letters.letter_of(decision, language=language, address="https://saem.example/applications/1/")
        assert letter.decision == decision.kind
        assert letter.reasons
        assert (letter.reply_by is not None) == (decision.kind == "accepted")


def test_reasons_are_data():
    published(3)
    for one in Decision.objects.all():
        assert json.loads(json.dumps(one.reasons)) == one.reasons
