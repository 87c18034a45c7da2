"""Nothing is shown before all allowed it, and nothing stays shown after one has taken it back."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls.vouching import Guardian, answer_consent, ask_guardian
from saem.apps.cohorts.guardians.asking import Paper
from saem.apps.cohorts.models import ConsentWay, Enrolment, GuardianConsent
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import (
    EvidenceKind,
    Showcase,
    ShowcaseGuardian,
    ShowcasePublication,
    ShowcaseStatus,
    ShowcaseTerm,
    TakenDown,
    Team,
)
from saem.apps.projects.showcase import answering, covering, guardians, publishing, queries, writing
from saem.apps.projects.showcase.covering import Cover, covers_of
from saem.apps.projects.teams.forming import join_team, leave_team
from saem.errors import SaemError
from tests.apps.cohorts.calls.a_call import CHILD, a_call, an_application
from tests.apps.projects.showcase.a_showcase import (
    a_page,
    a_public_page,
    asked_page,
    born,
    let_out,
    say,
    written,
)
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, site_sandbox, tmp_path) -> Room:
    return a_room(site_sandbox, tmp_path)


@pytest.fixture
def team(room: Room) -> Team:
    return a_team(*room.students[:2])


def refused(act, *args, **more) -> str:
    with pytest.raises(SaemError) as raised:
        act(*args, **more)
    return raised.value.code


def is_public(team: Team) -> bool:
    return Showcase.objects.public().filter(team=team).exists()


def test_it_is_public_once_all_allow_it_and_a_teacher_lets_it_out(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    say(team, room.students[0])
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    assert not Notice.objects.filter(kind="showcase.waiting").exists()
    say(team, room.students[1])
    assert Notice.objects.get(kind="showcase.waiting").recipient == room.teacher
    assert not is_public(team)
    let_out(team, room.teacher)
    assert is_public(team)
    assert set(Event.objects.filter(object_kind="showcase").values_list("verb", flat=True)) == {
        "showcase.saved",
        "showcase.handed_in",
        "showcase.answered",
        "showcase.published",
    }


def test_a_no_waits_and_teammates_do_not_read_who(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    say(team, room.students[0])
    say(team, room.students[1], allows=False)
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    assert not Event.objects.filter(object_kind="team", verb__startswith="showcase.").exists()


def test_one_who_withdraws_takes_it_down_at_once_and_history_stays(room: Room, team: Team):
    showcase = a_public_page(team, *room.students[:2], by=room.teacher)
    assert ShowcaseTerm.objects.filter(showcase=showcase).exists()
    answering.withdraw(queries.asked_for(room.students[1].user, team.pk))
    assert not is_public(team)
    assert not ShowcaseTerm.objects.exists()
    ended = ShowcasePublication.objects.get()
    assert (ended.ended, ended.until is not None) == (TakenDown.MEMBER, True)
    assert Notice.objects.filter(kind="showcase.taken_down").count() == 3
    # a second press changes nothing
    answering.withdraw(queries.asked_for(room.students[1].user, team.pk))
    assert Event.objects.filter(verb="showcase.withdrawn").count() == 1


def test_after_a_withdrawal_all_that_is_needed_is_that_one_yes(room: Room, team: Team):
    a_public_page(team, *room.students[:2], by=room.teacher)
    say(team, room.students[1], allows=False)
    assert not is_public(team)
    answering.hand_in(mine(team, room.students[0]))
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    say(team, room.students[1])
    let_out(team, room.teacher)
    assert is_public(team)
    assert ShowcasePublication.objects.count() == 2


def test_a_new_version_is_allowed_anew_and_the_old_one_stays_meanwhile(room: Room, team: Team):
    a_public_page(team, *room.students[:2], by=room.teacher)
    second = asked_page(team, *room.students[:2], title="두 번째")
    assert (second.public is not None and second.public.number, is_public(team)) == (1, True)
    say(team, room.students[0])
    say(team, room.students[1])
    assert let_out(team, room.teacher).public.number == 2
    assert list(ShowcasePublication.objects.order_by("pk").values_list("ended", flat=True)) == ["replaced", ""]


def test_names_are_off_until_somebody_writes_one(room: Room, team: Team):
    showcase = a_public_page(team, *room.students[:2], by=room.teacher)
    assert queries.names_shown(showcase.public) == []
    say(team, room.students[0], name="별이")
    assert queries.names_shown(showcase.public) == ["별이"]
    say(team, room.students[0])
    assert queries.names_shown(showcase.public) == []


def test_who_left_with_a_part_in_it_is_still_asked(room: Room, team: Team):
    writer, leaver = room.students[0], room.students[1]
    given = Given(kind=EvidenceKind.TEXT, text="봤다")
    save_evidence(mine(team, leaver), milestone="find", ask="observations", given=given, seen=0)
    asked_page(team, writer)
    leave_team(mine(team, leaver))
    say(team, writer)
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    say(team, leaver)
    let_out(team, room.teacher)
    say(team, leaver, allows=False)
    assert not is_public(team)


def test_who_left_without_a_part_is_asked_no_more_and_who_came_is(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    leave_team(mine(team, room.students[1]))
    join_team(room.students[2], project=team.project, code=team.join_code, most=3)
    say(team, room.students[0])
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    say(team, room.students[2])
    let_out(team, room.teacher)
    assert is_public(team)


def test_a_teacher_decides_on_what_they_looked_at(room: Room, team: Team):
    showcase = asked_page(team, *room.students[:2])
    answering.take_back(mine(team, room.students[0]))
    assert refused(publishing.approve, team, by=room.teacher, seen=showcase.revision) == "showcase.changed"
    assert refused(publishing.give_back, team, by=room.teacher, seen=0, comment="") == "gate.comment_needed"
    answering.hand_in(mine(team, room.students[0]))
    publishing.give_back(team, by=room.teacher, seen=Showcase.objects.get().revision, comment="한계를 더 써요")
    assert Showcase.objects.get().status == ShowcaseStatus.RETURNED
    assert Showcase.objects.get().comment == "한계를 더 써요"


def test_a_teacher_takes_it_down_with_a_word(room: Room, team: Team):
    a_public_page(team, *room.students[:2], by=room.teacher)
    assert refused(publishing.take_down, team, by=room.teacher, comment="") == "gate.comment_needed"
    publishing.take_down(team, by=room.teacher, comment="얼굴이 보여요")
    assert not is_public(team)
    assert ShowcasePublication.objects.get().comment == "얼굴이 보여요"


# --- children


def test_a_child_waits_for_a_guardian_whatever_they_say_of_their_age(room: Room, team: Team):
    born(room.students[1], timezone.localdate() - dt.timedelta(days=12 * 366))
    asked_page(team, *room.students[:2])
    say(team, room.students[0])
    assert refused(say, team, room.students[1]) == "showcase.under_14"
    say(team, room.students[1], of_age=False)
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    record(team, room)
    let_out(team, room.teacher)
    assert is_public(team)


def record(team: Team, room: Room) -> ShowcaseGuardian:
    paper = Paper(guardian_name="김보호", way=ConsentWay.SIGNED_PAPER, given_on=timezone.localdate())
    return guardians.record_consent(Showcase.objects.get(team=team), room.students[1], paper, by=room.teacher)


def test_a_withdrawal_on_paper_takes_the_work_down_as_the_link_does(room: Room, team: Team):
    born(room.students[1], timezone.localdate() - dt.timedelta(days=12 * 366))
    asked_page(team, *room.students[:2])
    say(team, room.students[0])
    say(team, room.students[1], of_age=False)
    kept = record(team, room)
    let_out(team, room.teacher)
    assert guardians.withdraw(kept, by=room.teacher, remark="전화, 11월 3일")
    assert not is_public(team)
    assert ShowcasePublication.objects.get().ended == TakenDown.GUARDIAN
    kept.refresh_from_db()
    assert (kept.given_on, kept.withdrawn_by, kept.withdrawn_note) == (
        timezone.localdate(),
        room.teacher,
        "전화, 11월 3일",
    )
    assert not guardians.withdraw(kept, by=room.teacher)


def test_of_unknown_age_counts_as_a_child_until_they_say_otherwise(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    say(team, room.students[0], of_age=False)
    say(team, room.students[1])
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    say(team, room.students[0], of_age=True)
    let_out(team, room.teacher)


def test_a_guardian_agrees_by_the_link_and_takes_it_back_by_the_same(room: Room, team: Team):
    showcase = asked_page(team, *room.students[:2])
    say(team, room.students[0])
    say(team, room.students[1], of_age=False)
    question, token = guardians.ask(showcase, room.students[1], Guardian("김보호", "g@example.org", "어머니"))
    found = guardians.question_by(token)
    assert found == question
    assert guardians.question_by(token + "x") is None
    assert guardians.answer(found, agrees=True)
    assert not guardians.answer(found, agrees=False)
    let_out(team, room.teacher)
    assert is_public(team)
    assert guardians.withdraw(found)
    assert not is_public(team)
    assert ShowcasePublication.objects.get().ended == TakenDown.GUARDIAN
    answering.hand_in(mine(team, room.students[0]))
    assert refused(let_out, team, room.teacher) == "showcase.not_all"


def test_a_guardians_no_and_a_late_answer_leave_it_waiting(room: Room, team: Team):
    showcase = asked_page(team, *room.students[:2])
    who = Guardian("김보호", "g@example.org", "어머니")
    first, _token = guardians.ask(showcase, room.students[1], who)
    second, _token = guardians.ask(showcase, room.students[1], who)
    assert not guardians.answer(first, agrees=True)
    assert guardians.answer(second, agrees=False)
    assert not guardians.withdraw(second)


# --- writing


def test_personal_data_is_not_kept_before_somebody_looked(room: Room, team: Team):
    writer = mine(team, room.students[0])
    with_phone = written(problem="010-1234-5678로 연락")
    assert refused(writing.save_version, writer, with_phone, seen=0) == "showcase.not_cleared"
    forbidden = written(problem="091231-3123456", is_cleared=True)
    assert refused(writing.save_version, writer, forbidden, seen=0) == "showcase.forbidden"
    assert queries.newest_version(queries.showcase_of(team)) is None
    a_page(team, room.students[0], problem="010-1234-5678은 보기로 든 번호예요", is_cleared=True)


def test_a_teammates_saving_is_not_overwritten_unseen(room: Room, team: Team):
    a_page(team, room.students[0])
    assert writing.save_version(mine(team, room.students[1]), written(title="다른 것"), seen=0) is None
    assert queries.newest_version(queries.showcase_of(team)).title == "비 오는 날의 우산"


def test_nothing_is_changed_while_it_waits(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    assert refused(writing.save_version, mine(team, room.students[0]), written(), seen=1) == "showcase.waits"


def test_nothing_written_and_nothing_new_are_not_handed_in(room: Room, team: Team):
    assert refused(answering.hand_in, mine(team, room.students[0])) == "showcase.nothing"
    a_public_page(team, *room.students[:2], by=room.teacher)
    assert refused(answering.hand_in, mine(team, room.students[0])) == "showcase.unchanged"


@pytest.mark.parametrize(("words", "is_covered"), [("작품의 전시에도 동의합니다.", True), ("", False)])
def test_a_consent_to_an_application_counts_where_its_words_name_this(
    room: Room, team: Team, words: str, is_covered: bool
):
    application = an_application(a_call(room.cohort, guardian_text=words), room.students[1].user, born=CHILD)
    consent, _token = ask_guardian(application, Guardian("김보호", "g@example.org", "어머니"), by=room.teacher)
    answer_consent(consent, agrees=True)
    asked_page(team, *room.students[:2])
    say(team, room.students[0])
    say(team, room.students[1], of_age=False)
    if not is_covered:
        assert refused(let_out, team, room.teacher) == "showcase.not_all"
        return
    let_out(team, room.teacher)
    assert is_public(team)
    # Taken back there, where nobody knows of this page: it is gone all the same, and may be asked for anew.
    assert covering.applications_needed([application.pk]) == {application.pk}
    GuardianConsent.objects.update(withdrawn_at=timezone.now())
    assert covering.applications_needed([application.pk]) == set()
    assert not is_public(team)
    answering.hand_in(mine(team, room.students[0]))
    assert ShowcasePublication.objects.get().ended == TakenDown.GUARDIAN
    assert refused(let_out, team, room.teacher) == "showcase.not_all"


@pytest.mark.parametrize("agrees_first", [True, False])
def test_a_guardians_no_outweighs_the_childs_own_word_on_their_age(room: Room, team: Team, agrees_first: bool):
    """Asked before the child said to be fourteen: whatever the publication rested on, the page told them it is gone."""
    showcase = a_public_page(team, *room.students[:2], by=room.teacher)
    child = room.students[0]
    question, _token = guardians.ask(showcase, child, Guardian("김보호", "g@example.org", "어머니"))
    if agrees_first:
        assert guardians.answer(question, agrees=True)
        assert is_public(team)
        assert guardians.withdraw(question)
    else:
        assert guardians.answer(question, agrees=False)
    assert not is_public(team)
    assert ShowcasePublication.objects.get().ended == TakenDown.GUARDIAN
    assert Client().get(reverse("projects:work", args=[showcase.address])).status_code == 410
    asked_page(team, *room.students[:2], title="다시 보이기")
    for student in room.students[:2]:
        say(team, student)
    cover = cover_of(team, child)
    assert (cover.is_refused, cover.is_covered) == (True, False)
    assert refused(let_out, team, room.teacher) == "showcase.not_all"
    shown = room.client(child).get(reverse("projects:showcase_voice", args=[team.pk])).content.decode()
    assert "보호자의 동의를 새로 받아야 전시할 수 있어요." in shown
    assert 'name="is_of_age"' not in shown
    again, _token = guardians.ask(showcase, child, Guardian("김보호", "g@example.org", "어머니"))
    assert not cover_of(team, child).is_covered, "a new question is no yes"
    guardians.answer(again, agrees=True)
    assert cover_of(team, child).is_covered
    assert not guardians.answer(question, agrees=True), "the old letter opens nothing"


def cover_of(team: Team, student: Enrolment) -> Cover:
    showcase = Showcase.objects.get(team=team)
    covers = covers_of(showcase, queries.voices_of(queries.newest_version(showcase)))
    return next(cover for cover in covers if cover.voice.enrolment == student)
