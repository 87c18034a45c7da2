"""Opportunities: what suits whom and why, places, the waiting list, and the map of what was tried."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.models import Artifact
from saem.apps.learning.models import SkillMastery
from saem.apps.notices.models import Notice
from saem.apps.partners import queries
from saem.apps.partners.models import Opportunity, OpportunityKind, OpportunityState, SignUp, SignUpState
from saem.apps.partners.opportunities import knowing, pages, services, signing
from saem.apps.partners.opportunities.knowing import known_of_learner
from saem.apps.partners.opportunities.matching import Known, Offered, best_first, suits
from saem.errors import SaemError
from tests.apps.partners.a_partnership import a_company, a_speaker, client_of, staff_of
from tests.apps.partners.test_challenges import an_office
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_classroom, a_person, a_student, a_version


def test_what_suits_is_what_can_be_read() -> None:
    known = Known(frozenset({"image"}), frozenset({"rain"}), frozenset({"rain/table"}), frozenset({"talk"}))
    offered = Offered(
        "visit", frozenset({"image", "text"}), frozenset({"rain"}), frozenset({"rain/table", "rain/split"})
    )
    found = suits(known, offered)
    assert (found.topics, found.programs, found.skills) == ({"image"}, {"rain"}, {"rain/table"})
    assert (found.is_match, found.points) == (True, 3 + 2 + 2 + 1)
    tried = suits(known, Offered("talk", frozenset({"image"})))
    assert tried.points == 2
    nothing = suits(known, Offered("camp", frozenset({"robot"})))
    assert (nothing.is_match, nothing.is_new_kind, nothing.points) == (False, True, 0)


def test_the_list_is_by_points_and_equals_are_by_time() -> None:
    known = Known(topics=frozenset({"image"}))
    found = {pk: suits(known, Offered("talk", frozenset(topics))) for pk, topics in ((1, []), (2, ["image"]), (3, []))}
    assert best_first(found, [3, 1, 2]) == [2, 3, 1]


db = pytest.mark.django_db


def an_opportunity(*, places: int = 1, is_open: bool = True, **more: Any) -> Opportunity:
    now = timezone.now()
    facts = {
        "host": an_office(),
        "kind": "visit",
        "title": "로봇 연구실 방문",
        "title_en": "Robot lab",
        "about": "로봇을 봐요.",
        "where": "한빛대학교 3동",
        "is_outside": False,
        "starts_at": now + dt.timedelta(days=10),
        "ends_at": now + dt.timedelta(days=10, hours=2),
        "sign_up_until": now + dt.timedelta(days=5),
        "places": places,
        "topics": ["robot"],
        "skills": [],
        **more,
    }
    programs = facts.pop("programs", [])
    return services.offer(
        facts.pop("institution", None) or a_company(), facts, programs, is_open=is_open, by=a_person()
    )


def held(opportunity: Opportunity) -> Opportunity:
    """It took place yesterday."""
    now = timezone.now()
    Opportunity.objects.filter(pk=opportunity.pk).update(
        starts_at=now - dt.timedelta(days=1),
        ends_at=now - dt.timedelta(hours=22),
        sign_up_until=now - dt.timedelta(days=2),
    )
    opportunity.refresh_from_db()
    return opportunity


@db
def test_beyond_the_places_people_wait_in_turn_and_places_pass_on() -> None:
    opportunity = an_opportunity(places=2)
    people = [a_person(f"사람 {number}") for number in range(4)]
    states = [signing.sign_up(opportunity, one).state for one in people]
    assert states == ["going", "going", "waiting", "waiting"]
    assert signing.sign_up(opportunity, people[0]).pk == SignUp.objects.get(user=people[0]).pk
    signing.give_up(opportunity, people[0])
    assert [SignUp.objects.get(user=one).state for one in people] == ["cancelled", "going", "going", "waiting"]
    assert Notice.objects.filter(kind="opportunity.moved_up").get().recipient == people[2]
    again = signing.sign_up(opportunity, people[0])
    assert again.state == SignUpState.WAITING
    signing.give_up(opportunity, people[3])
    assert SignUp.objects.filter(state=SignUpState.GOING).count() == 2


@db
def test_more_places_are_passed_on_at_once_and_fewer_take_nobodys() -> None:
    opportunity = an_opportunity(places=1)
    for number in range(3):
        signing.sign_up(opportunity, a_person(f"사람 {number}"))
    signing.change_places(opportunity, 2, by=a_person())
    assert SignUp.objects.filter(state=SignUpState.GOING).count() == 2
    signing.change_places(opportunity, 1, by=a_person())
    assert SignUp.objects.filter(state=SignUpState.GOING).count() == 2
    signing.give_up(opportunity, SignUp.objects.filter(state=SignUpState.GOING)[0].user)
    assert SignUp.objects.filter(state=SignUpState.GOING).count() == 1


@db
def test_too_late_and_not_yet_open_are_said() -> None:
    user = a_person()
    closed = an_opportunity(sign_up_until=timezone.now() - dt.timedelta(hours=1))
    waiting = an_opportunity(is_open=False)
    for opportunity in (closed, waiting):
        with pytest.raises(SaemError, match=r"opportunity\.over"):
            signing.sign_up(opportunity, user)
    begun = an_opportunity()
    signing.sign_up(begun, user)
    with pytest.raises(SaemError, match=r"opportunity\.begun"):
        signing.give_up(held(begun), user)


@db
def test_a_partners_waits_for_staff_and_only_they_approve() -> None:
    staff = staff_of(an_office())
    opportunity = an_opportunity(is_open=False)
    assert Notice.objects.filter(kind="opportunity.sent", recipient=staff).count() == 1
    with pytest.raises(Http404):
        queries.opportunity_for(a_person(), opportunity.pk)
    with pytest.raises(Http404):
        queries.opportunity_run_for(a_speaker(opportunity.institution), opportunity.pk)
    services.approve(queries.opportunity_run_for(staff, opportunity.pk), by=staff)
    with pytest.raises(SaemError, match=r"opportunity\.changed"):
        services.approve(opportunity, by=staff)
    assert queries.opportunity_for(a_person(), opportunity.pk).state == OpportunityState.OPEN


@db
def test_when_it_is_cancelled_everybody_who_signed_up_reads_why() -> None:
    opportunity = an_opportunity()
    people = [a_person("하나"), a_person("둘")]
    for one in people:
        signing.sign_up(opportunity, one)
    services.cancel(opportunity, reason="태풍", by=a_person())
    told = Notice.objects.filter(kind="opportunity.cancelled")
    assert {one.recipient for one in told} == set(people)
    with pytest.raises(SaemError, match=r"opportunity\.over"):
        signing.sign_up(opportunity, a_person())


@db
def test_the_learner_reads_why_something_suits_and_first_what_suits(monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment = a_student(a_classroom())
    program = enrolment.classroom.cohort.version.program
    named = ((f"{program.slug}/split", "시간 순서로 나누기", "Splitting"),)
    Artifact.objects.create(version=enrolment.classroom.cohort.version, kind=Artifact.Kind.FOLDER, data=b"")
    monkeypatch.setattr(knowing, "_skills_of", lambda _version, _hash: named)
    SkillMastery.objects.create(
        enrolment=enrolment, skill="split", value=0.97, low=0.9, high=1, usable=True, responses=9
    )
    an_opportunity(title="아무것도")
    an_opportunity(title="주제", topics=["image"])
    an_opportunity(title="프로그램과 성취", programs=[program], skills=[f"{program.slug}/split"])
    services.choose_interests(enrolment.user, ["image"])
    known = known_of_learner(enrolment.user)
    assert known.skills == {f"{program.slug}/split"}
    cards = pages.cards_for(enrolment.user)
    assert [card.opportunity.title for card in cards] == ["프로그램과 성취", "주제", "아무것도"]
    assert cards[0].reasons[0] == "숙달한 것과 이어져요: 시간 순서로 나누기"
    assert cards[0].reasons[1] == "배우는 프로그램과 이어져요: 내일 비가 올까?"
    assert cards[1].reasons == ["궁금한 주제예요: 이미지", "아직 해 보지 않은 것이에요: 연구실 방문"]
    assert cards[2].reasons == []


@db
def test_the_map_counts_only_where_somebody_was() -> None:
    user = a_person()
    been, missed = an_opportunity(places=5), an_opportunity(places=5, kind="talk")
    for one in (been, missed):
        signing.sign_up(one, user)
    with pytest.raises(SaemError, match=r"opportunity\.not_yet"):
        services.mark(been, {}, by=a_person())
    services.mark(held(been), {SignUp.objects.get(opportunity=been).pk: True}, by=a_person())
    services.mark(held(missed), {SignUp.objects.get(opportunity=missed).pk: False}, by=a_person())
    an_opportunity(kind="camp")
    (row,) = [row for row in pages.map_of(user, known_of_learner(user)) if row.topic == "robot"]
    cells = {label: (times, now) for label, times, now in row.cells}
    assert cells["연구실 방문"] == (1, 0)
    assert cells["강연"] == (0, 0)
    assert cells["캠프"] == (0, 1)
    assert known_of_learner(user).tried == {"visit"}


@db
def test_a_mark_of_another_opportunity_is_passed_over() -> None:
    one, other = an_opportunity(), an_opportunity()
    signing.sign_up(other, a_person())
    services.mark(held(one), {SignUp.objects.get().pk: True}, by=a_person())
    assert SignUp.objects.get().came is None


@db
def test_the_list_asks_as_often_for_many_as_for_few(django_assert_max_num_queries) -> None:
    enrolment = a_student(a_classroom())
    program = enrolment.classroom.cohort.version.program
    for number in range(8):
        an_opportunity(title=f"{number}", programs=[program])
    with django_assert_max_num_queries(12):
        assert len(pages.cards_for(enrolment.user)) == 8


@db
def test_pages_from_the_offer_to_the_list_of_those_who_came() -> None:
    partner = a_company()
    # A program without a folder is offered, but not its skills.
    a_version()
    speaker, staff, learner = client_of(a_speaker(partner)), client_of(staff_of(an_office())), a_person("김하늘")
    day = timezone.localtime() + dt.timedelta(days=9)
    form = {
        "host": an_office().pk,
        "kind": "talk",
        "title": "기상학자의 하루",
        "about": "**비**를 예측해요.",
        "where": "강당",
        "is_outside": "inside",
        "starts_at": f"{day:%Y-%m-%dT14:00}",
        "ends_at": f"{day:%Y-%m-%dT13:00}",
        "sign_up_until": f"{day:%Y-%m-%dT12:00}",
        "places": "1",
        "topics": ["environment"],
    }
    address = reverse("partners:opportunity_new", args=[partner.pk])
    assert "내일 비가 올까?" in speaker.get(address).content.decode()
    assert speaker.post(address, form).status_code == 422
    answer = speaker.post(address, {**form, "ends_at": f"{day:%Y-%m-%dT16:00}"})
    assert answer.status_code == 302
    opportunity = Opportunity.objects.get()
    assert opportunity.state == OpportunityState.SENT
    assert client_of(learner).get(answer.url).status_code == 404
    staff.post(reverse("partners:opportunity_approve", args=[opportunity.pk]))
    client = client_of(learner)
    assert "기상학자의 하루" in client.get(reverse("partners:opportunities")).content.decode()
    assert "기상학자의 하루" not in client.get(reverse("partners:opportunities") + "?kind=camp").content.decode()
    client.post(reverse("partners:sign_up", args=[opportunity.pk]))
    assert "자리를 받았어요" in client.get(answer.url).content.decode()
    assert "김하늘" not in client.get(answer.url).content.decode().split("<main")[1]
    assert "김하늘" in speaker.get(answer.url).content.decode()
    assert client.post(reverse("partners:opportunity_places", args=[opportunity.pk]), {"places": 9}).status_code == 404
    assert speaker.post(reverse("partners:opportunity_places", args=[opportunity.pk]), {"places": 0}).status_code == 422
    assert (
        speaker.post(reverse("partners:opportunity_cancel", args=[opportunity.pk]), {"reason": ""}).status_code == 422
    )
    held(opportunity)
    mark = {"shown": [str(SignUp.objects.get().pk), "x"], "came": [str(SignUp.objects.get().pk)]}
    speaker.post(reverse("partners:opportunity_attendance", args=[opportunity.pk]), mark)
    assert SignUp.objects.get().came is True
    tried = reverse("partners:tried")
    assert "1번" in client.get(tried).content.decode()
    assert client.post(tried, {"topics": ["image", "magic"]}).status_code == 422
    assert client.post(tried, {"topics": ["image"]}).status_code == 302


@db
def test_what_was_offered_before_is_outside_school_by_its_kind() -> None:
    for kind in OpportunityKind.values:
        an_opportunity(kind=kind)
    import_module("saem.apps.partners.migrations.0002_guardians_of_opportunities").say_where(apps, None)
    outside = Opportunity.objects.filter(is_outside=True).values_list("kind", flat=True)
    assert set(outside) == {"visit", "camp", "internship"}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def _shared(self, transactional_db: None, tmp_path: Path) -> Iterator[None]:
        with database_that_threads_share(tmp_path):
            yield

    def test_two_people_want_the_last_place(self) -> None:
        opportunity, people = an_opportunity(), [a_person("하나"), a_person("둘")]
        rows = at_once(lambda number: signing.sign_up(opportunity, people[number]))
        assert sorted(row.state for row in rows) == ["going", "waiting"]

    def test_one_person_presses_twice(self) -> None:
        opportunity, user = an_opportunity(places=9), a_person()
        rows = at_once(lambda _number: signing.sign_up(opportunity, user))
        assert rows[0] == rows[1]
        assert SignUp.objects.count() == 1
