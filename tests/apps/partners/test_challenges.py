"""Challenges: written, confirmed, approved by somebody else, taken by teams, and their data withdrawn."""

from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse

from saem.apps.notices.models import Notice
from saem.apps.partners import queries
from saem.apps.partners.challenges import services
from saem.apps.partners.challenges.checklist import POINTS
from saem.apps.partners.models import Challenge, ChallengeState, ChallengeUse, Post
from saem.apps.people.models import Institution, InstitutionKind
from saem.errors import SaemError
from tests.apps.partners.a_partnership import a_company, a_member, a_speaker, a_team, client_of, staff_of
from tests.cast import a_person, a_stranger, a_teacher

pytestmark = pytest.mark.django_db


def an_office() -> Institution:
    return Institution.objects.get_or_create(name="한빛교육청", defaults={"kind": InstitutionKind.OFFICE})[0]


def facts(**more: Any) -> dict[str, Any]:
    return {
        "host": an_office(),
        "title": "우리 동네 비 알림",
        "title_en": "",
        "people": "급식실 조리사",
        "problem": "비가 **갑자기** 와요.",
        "topics": ["environment"],
        "data_name": "강수 기록",
        "data_url": "https://data.example.org/rain.csv",
        "data_about": "한 줄이 한 시간이에요.",
        "licence": "kogl-1",
        "checklist": list(POINTS),
        "contact_name": "이협력",
        "contact_email": "rain@example.org",
        **more,
    }


def a_challenge(**more: Any) -> Challenge:
    partner = a_company()
    return services.begin(partner, facts(**more), by=a_speaker(partner))


def an_open_challenge() -> Challenge:
    challenge = a_challenge()
    services.send(challenge, by=a_person())
    services.decide(challenge, approves=True, comment="", by=staff_of(an_office()))
    challenge.refresh_from_db()
    return challenge


def test_only_a_whole_checklist_is_sent_and_only_once() -> None:
    challenge = a_challenge(checklist=list(POINTS)[1:])
    with pytest.raises(SaemError, match=r"challenge\.unchecked"):
        services.send(challenge, by=a_person())
    services.change(challenge, facts(), seen=1, by=a_person())
    staff = staff_of(an_office())
    services.send(challenge, by=a_person())
    with pytest.raises(SaemError, match=r"challenge\.changed"):
        services.send(challenge, by=a_person())
    assert Notice.objects.filter(kind="challenge.sent", recipient=staff).count() == 1


def test_what_somebody_else_saved_is_not_overwritten() -> None:
    challenge = a_challenge()
    services.change(challenge, facts(title="하나"), seen=1, by=a_person())
    with pytest.raises(SaemError, match=r"challenge\.changed"):
        services.change(challenge, facts(title="둘"), seen=1, by=a_person())
    assert Challenge.objects.get().title == "하나"


def test_staff_decide_once_and_not_about_their_own() -> None:
    office = an_office()
    staff = staff_of(office)
    own = services.begin(office, facts(), by=staff)
    services.send(own, by=staff)
    with pytest.raises(SaemError, match=r"challenge\.own"):
        services.decide(own, approves=True, comment="", by=staff)
    services.decide(own, approves=False, comment="단위를 적어 주세요", by=staff_of(office))
    with pytest.raises(SaemError, match=r"challenge\.changed"):
        services.decide(own, approves=True, comment="", by=staff_of(office))
    own.refresh_from_db()
    assert (own.state, own.comment) == (ChallengeState.RETURNED, "단위를 적어 주세요")
    services.change(own, facts(), seen=own.revision, by=staff)
    services.send(own, by=staff)


def test_before_it_is_approved_only_partner_and_staff_see_it() -> None:
    challenge = a_challenge()
    speaker, staff, stranger = a_speaker(challenge.institution), staff_of(challenge.host), a_stranger()
    assert queries.challenge_for(speaker, challenge.pk) == challenge
    for user in (staff, stranger, None):
        with pytest.raises(Http404):
            queries.challenge_for(user, challenge.pk)
    services.send(challenge, by=speaker)
    assert queries.challenge_for(staff, challenge.pk) == challenge
    with pytest.raises(Http404):
        queries.challenge_for(stranger, challenge.pk)
    services.decide(challenge, approves=True, comment="", by=staff)
    assert queries.challenge_for(None, challenge.pk) == challenge


def test_a_team_takes_one_at_a_time_and_the_record_stays() -> None:
    team = a_team()
    first, second = an_open_challenge(), an_open_challenge()
    use = services.take(first, team, by=a_member(team))
    assert services.take(first, team, by=a_member(team)) == use
    services.take(second, team, by=a_member(team))
    assert list(ChallengeUse.objects.filter(ended_at=None).values_list("challenge", flat=True)) == [second.pk]
    assert ChallengeUse.objects.count() == 2


def test_withdrawn_data_are_said_told_and_no_longer_taken() -> None:
    team, late = a_team(), a_team()
    teacher, staff = a_teacher(team.classroom), staff_of(an_office())
    challenge = an_open_challenge()
    services.take(challenge, team, by=a_member(team))
    services.withdraw_data(challenge, reason="고객 정보가 섞였어요", by=a_person())
    services.withdraw_data(challenge, reason="또", by=a_person())
    told = set(Notice.objects.filter(kind="challenge.data_withdrawn").values_list("recipient", flat=True))
    assert {a_member(team).pk, teacher.pk, staff.pk} <= told
    assert a_member(late).pk not in told
    assert Post.objects.filter(team=team, code="contact.data_withdrawn").count() == 1
    with pytest.raises(SaemError, match=r"challenge\.not_open"):
        services.take(challenge, late, by=a_member(late))
    challenge.refresh_from_db()
    assert challenge.data_withdrawn_why == "고객 정보가 섞였어요"
    assert ChallengeUse.objects.filter(challenge=challenge, ended_at=None).count() == 1
    page = client_of(a_member(team)).get(reverse("partners:challenge", args=[challenge.pk])).content.decode()
    assert "고객 정보가 섞였어요" in page
    assert "data.example.org" not in page


def test_the_page_of_a_partner_posts_and_says_what_is_missing() -> None:
    partner = a_company()
    client = client_of(a_speaker(partner))
    address = reverse("partners:challenge_new", args=[partner.pk])
    wrong = client.post(address, {"title": "비"})
    assert wrong.status_code == 422
    assert "여기를 써 주세요." in wrong.content.decode()
    sent = {**facts(), "host": an_office().pk}
    assert client.post(address, {**sent, "data_url": "javascript:alert(1)"}).status_code == 422
    answer = client.post(address, sent)
    challenge = Challenge.objects.get()
    assert answer.url == reverse("partners:challenge", args=[challenge.pk])
    page = client.get(answer.url).content.decode()
    assert "<strong>갑자기</strong>" in page
    assert client.post(reverse("partners:challenge_send", args=[challenge.pk])).status_code == 302
    staff = client_of(staff_of(an_office()))
    decide = reverse("partners:challenge_decide", args=[challenge.pk])
    assert staff.post(decide, {"answer": "return", "comment": ""}).status_code == 422
    assert staff.post(decide, {"answer": "approve", "comment": ""}).status_code == 302
    assert "우리 동네 비 알림" in client_of(a_stranger()).get(reverse("partners:challenges")).content.decode()


def test_a_member_takes_it_on_its_page_and_for_their_own_team_only() -> None:
    challenge, team, other = an_open_challenge(), a_team(), a_team()
    client = client_of(a_member(team))
    take = reverse("partners:take", args=[challenge.pk])
    assert client.post(take, {"team": other.pk}).status_code == 404
    assert client.post(take, {"team": "x" * 50}).status_code == 404
    assert client.post(take, {"team": team.pk}).status_code == 302
    assert "하는 중" in client.get(reverse("partners:challenge", args=[challenge.pk])).content.decode()
