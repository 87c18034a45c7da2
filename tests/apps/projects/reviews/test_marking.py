"""Marks by the rubric: two markers who do not see each other, samples before the rest, whom one may not mark."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.apps.projects.models import BarReason, CriterionMark, TeamMarking, TeamResult
from saem.apps.projects.reviews import marking, moderating, results
from saem.apps.projects.reviews.agreeing import agreement_of
from saem.apps.projects.reviews.board import board_page, next_team
from saem.apps.projects.reviews.moderating import Agreed
from saem.apps.projects.reviews.queries import bars_of, lead_room_for, marks_beside, room_for, seat_for
from saem.apps.projects.reviews.scoring import total
from saem.apps.projects.teams.forming import join_team
from saem.apps.projects.teams.mentoring import give_mentor
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.reviews.a_marking import a_marked_room, give, leading, mark_all, observed, seat
from tests.apps.projects.teams.a_team import a_team
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(sandbox, tmp_path):
    return a_marked_room(sandbox, tmp_path)


@pytest.fixture
def second(made):
    """Somebody from elsewhere who marks as well."""
    return moderating.appoint_marker(leading(made[0]), email="park@example.org", name="박 선생님").user


def refused(code: str):
    return pytest.raises(SaemError, match=f"^{code}$")


# --- two markers


def test_two_markers_at_one_criterion_keep_a_mark_each(made, second):
    room, team, _other = made
    give(room.teacher, team, "problem", 2)
    give(second, team, "problem", 4)
    assert set(CriterionMark.objects.values_list("marking__marker", "level")) == {(room.teacher.pk, 2), (second.pk, 4)}
    give(second, team, "problem", 3, comment="다시 보니")
    assert set(CriterionMark.objects.values_list("level", flat=True)) == {2, 3}


def test_the_same_again_is_no_event(made):
    room, team, _other = made
    for _press in range(2):
        give(room.teacher, team, "problem", 2)
    assert Event.objects.filter(verb="marking.given").count() == 1
    assert not Event.objects.filter(object_kind="team", verb__startswith="marking").exists(), "the team reads those"


def test_nobody_sees_others_marks_before_theirs_are_finished(made, second):
    room, team, _other = made
    mark_all(room.teacher, team, 4)
    give(second, team, "problem", 1)
    assert marks_beside(seat(second, team)) == []
    with refused("moderation.finish_first"):
        moderating.agree(seat(second, team), {"problem": Agreed(level=4, reason="")})
    mark_all(second, team, 2)
    assert [row.marker for row in marks_beside(seat(second, team))] == [room.teacher]
    with refused("marking.seen_others"):
        marking.reopen_marking(seat(second, team))


def test_finishing_needs_every_criterion_and_closes_the_marks(made):
    room, team, _other = made
    mark_all(room.teacher, team, finish=False)
    CriterionMark.objects.filter(criterion="ethics").delete()
    with refused("marking.missing") as told:
        marking.finish_marking(seat(room.teacher, team), comment="")
    assert told.value.params == {"count": 1}
    give(room.teacher, team, "ethics", 1)
    marking.finish_marking(seat(room.teacher, team), comment="")
    with refused("marking.finished"):
        give(room.teacher, team, "ethics", 2)
    marking.reopen_marking(seat(room.teacher, team))
    give(room.teacher, team, "ethics", 2)


def test_evidence_of_another_team_is_no_ground(made):
    room, team, other = made
    strange = observed(other, room.students[2], "다른 것", ask="interview")
    with refused("marking.not_of_team"):
        give(room.teacher, team, "problem", 2, evidence=strange.pk)
    own = observed(team, room.students[0], "우리 것", ask="interview")
    give(room.teacher, team, "problem", 2, evidence=own.pk)
    assert CriterionMark.objects.get().evidence == own


@pytest.mark.parametrize("level", [0, 5])
def test_the_database_knows_four_levels(made, level: int):
    room, team, _other = made
    row = TeamMarking.objects.create(team=team, marker=room.teacher)
    with pytest.raises(IntegrityError), transaction.atomic():
        CriterionMark.objects.create(marking=row, criterion="problem", level=level)


# --- whom one may not mark


def test_strangers_and_members_find_nothing(made):
    room, team, _other = made
    for user in (cast.a_person("아무개"), room.students[0].user, room.students[2].user):
        with pytest.raises(Http404):
            seat_for(user, team.pk)
        with pytest.raises(Http404):
            room_for(user, room.classroom.pk, PROJECT)


def test_an_appointed_marker_sees_this_project_until_dismissed_and_leads_nothing(made, second):
    room, team, _other = made
    assert not room_for(second, room.classroom.pk, PROJECT).is_lead
    with pytest.raises(Http404):
        lead_room_for(second, room.classroom.pk, PROJECT)
    moderating.dismiss_marker(leading(room), second.marks_for.get())
    with pytest.raises(Http404):
        seat_for(second, team.pk)


def test_mentors_relatives_own_pupils_and_own_teams_are_barred(made, second):
    _room, team, other = made
    give_mentor(team, second, by=None)
    with refused("marking.barred.mentor"):
        seat(second, team)
    marking.bar_oneself(seat(second, other), reason=BarReason.RELATIVE)
    with refused("marking.barred.relative"):
        seat(second, other)


def test_an_appointed_marker_does_not_mark_a_pupil_of_their_own(made, second):
    room, team, other = made
    elsewhere = cast.a_classroom(room.cohort)
    grant(second, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=elsewhere.pk)
    pupil = room.students[0].user
    pupil.enrolments.create(classroom=elsewhere, nickname="같은 아이")
    assert bars_of(leading(room, second), [team, other]) == {team.pk: "pupil"}


def test_whoever_bars_themselves_counts_no_more(made, second):
    room, team, _other = made
    mark_all(room.teacher, team, 4)
    mark_all(second, team, 1)
    marking.bar_oneself(seat(second, team), reason=BarReason.CLOSE)
    standing = results.standings_of(leading(room), [team])[team.pk]
    assert [row.marker for row in standing.markings] == [room.teacher]
    assert CriterionMark.objects.filter(marking__marker=second).count() == 8


# --- moderation


def test_samples_come_before_everything_else(made, second):
    room, team, other = made
    moderating.choose_sample(leading(room), team, is_sample=True)
    with refused("marking.samples_first"):
        give(room.teacher, other, "problem", 2)
    with refused("result.samples_first"):
        results.tell_results(leading(room), [team])
    mark_all(room.teacher, team, 2)
    levels = {each.id: Agreed(level=3, reason="증거가 있다") for each in leading(room).rubric.criteria}
    with refused("moderation.others_first"):
        moderating.agree(seat(room.teacher, team), levels)
    mark_all(second, team, 3)
    moderating.agree(seat(second, team), levels)
    give(room.teacher, other, "problem", 2)
    assert {each.level for each in results.standings_of(leading(room), [team])[team.pk].outcomes} == {3.0}


def test_samples_are_chosen_before_anything_is_marked(made):
    room, team, other = made
    mark_all(room.teacher, other)
    with refused("moderation.begun"):
        moderating.choose_sample(leading(room), team, is_sample=True)


def test_levels_two_steps_apart_are_agreed_on_before_the_team_is_told(made, second):
    room, team, _other = made
    mark_all(room.teacher, team, 3, problem=4)
    mark_all(second, team, 3, problem=2)
    standing = results.standings_of(leading(room), [team])[team.pk]
    assert standing.is_apart
    assert results.tell_results(leading(room), [team]) == []
    moderating.agree(seat(room.teacher, team), {"problem": Agreed(level=3, reason="조사가 있다")})
    assert results.tell_results(leading(room), [team]) == [team]
    assert Notice.objects.filter(kind="result.told").count() == 2
    assert results.tell_results(leading(room), [team]) == [], "nothing changed"


def test_agreement_is_told_with_its_reason_where_it_cannot_be(made, second):
    room, team, other = made
    mark_all(room.teacher, team, 3, problem=4)
    found = agreement_of(leading(room))
    assert {line.found.undefined for line in found.lines} == {"one_marker"}
    mark_all(second, team, 3, problem=2)
    for user, level in ((room.teacher, 1), (second, 2)):
        mark_all(user, other, level)
    problem = next(line for line in agreement_of(leading(room)).lines if line.criterion.id == "problem")
    assert problem.found.pairs == 2
    assert problem.found.kappa is not None
    assert problem.widest[0] == (team, 2)


# --- the board and the mark


def test_what_is_mine_to_do_comes_first_and_the_next_team_follows(made):
    room, team, other = made
    mark_all(room.teacher, team)
    _page, lines = board_page(leading(room), None)
    assert [(line.team, line.is_mine_to_do, line.mine) for line in lines] == [(other, True, 0), (team, False, 8)]
    assert next_team(leading(room), team) == other
    mark_all(room.teacher, other)
    assert next_team(leading(room), other) is None


def test_the_board_asks_as_often_for_many_teams(made, django_assert_num_queries, django_assert_max_num_queries):
    room, _team, _other = made
    page = leading(room)
    with django_assert_max_num_queries(14) as few:
        board_page(page, None)
    for number in range(4):
        a_team(cast.a_student(room.classroom, f"학생{number}"), name=f"모둠{number}")
    with django_assert_num_queries(len(few)):
        board_page(page, None)


@pytest.mark.parametrize(("step", "mark"), [(None, 75.0), (1, 70.0), (4, 77.5)])
def test_the_board_is_a_tenth_of_the_mark_at_most(made, step, mark):
    rubric = leading(made[0]).rubric
    assert total(rubric, {each.id: 3 for each in rubric.criteria}, step) == pytest.approx(mark)


def test_a_team_without_a_score_stands_at_the_first_step_of_four(made):
    room, team, _other = made
    mark_all(room.teacher, team, 4)
    results.tell_results(leading(room), [team])
    told = TeamResult.objects.get()
    assert (told.board["code"], told.board["share"]) == ("place.nothing", 10)
    assert told.mark == pytest.approx(92.5)
    assert told.levels["problem"] == {"level": 4.0, "comments": ["problem 좋아요"]}


@pytest.mark.parametrize(("language", "title"), [("ko", "늘 평균"), ("en", "Always the mean")])
def test_the_baseline_is_named_in_the_readers_language(made, language, title):
    room, team, _other = made
    mark_all(room.teacher, team, 4)
    results.tell_results(leading(room), [team])
    placed = {"score": 3.0, "low": 2.9, "high": 3.1, "best_rank": 1, "worst_rank": 2}
    told = TeamResult.objects.get()
    for baseline, shown in ((told.board["baseline"], title), ("전에 알린 이름", "전에 알린 이름")):
        TeamResult.objects.update(board=told.board | placed | {"baseline": baseline})
        page = room.client(room.students[0], language).get(f"/teams/{team.pk}/result/").content.decode()
        assert shown in page


def test_somebody_who_joins_later_reads_the_result(made):
    room, team, _other = made
    mark_all(room.teacher, team, 4)
    results.tell_results(leading(room), [team])
    late = cast.a_student(room.classroom, "늦은이")
    join_team(late, project=PROJECT, code=team.join_code, most=3)
    assert room.client(late).get(f"/teams/{team.pk}/result/").status_code == 200
    assert room.client(room.students[2]).get(f"/teams/{team.pk}/result/").status_code == 404
