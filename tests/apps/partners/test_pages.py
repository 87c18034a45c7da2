"""The pages of mentors, matching, contact and impact, as people use them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.jobs.worker import drain
from saem.apps.partners.contact import booking, reviews, thread
from saem.apps.partners.impact.numbers import FEWEST, hidden, impact_of
from saem.apps.partners.matching import runs
from saem.apps.partners.mentors import vetting
from saem.apps.partners.models import (
    Booking,
    FixedPair,
    MatchRun,
    Mentor,
    MentorPromise,
    Pairing,
    Post,
    ReviewRequest,
    Slot,
)
from tests.apps.partners.a_partnership import (
    DAY,
    a_company,
    a_member,
    a_mentor,
    a_pair,
    a_slot,
    a_speaker,
    a_team,
    a_token,
    back,
    check,
    client_of,
    host_of,
    staff_of,
    today,
)
from tests.cast import a_teacher

pytestmark = pytest.mark.django_db


def test_from_the_invitation_to_the_promise() -> None:
    team = a_team()
    host = host_of(team)
    staff = client_of(staff_of(host))
    address = reverse("partners:mentors", args=[host.pk])
    assert staff.post(address, {"name": "한멘토", "email": "nobody"}).status_code == 422
    answer = staff.post(address, {"name": "한멘토", "email": "m@example.org", "home": a_company().pk})
    mentor = Mentor.objects.get()
    assert answer.url == reverse("partners:mentor", args=[host.pk, mentor.pk])
    check = {
        "kinds": ["sex_offence", "child_abuse"],
        "holds_from": f"{today()}",
        "holds_until": f"{today() + 99 * DAY}",
    }
    for wrong in (
        {"kinds": []},
        {"holds_from": f"{today() + DAY}"},
        {"holds_until": f"{today() - DAY}"},
        {"holds_until": f"{today() + 400 * DAY}"},
        {"kinds": ["magic"]},
    ):
        assert staff.post(answer.url, {**check, **wrong}).status_code == 422
    assert staff.post(answer.url, check).status_code == 302
    assert "까지 만날 수 있어요" in staff.get(answer.url).content.decode()
    own = client_of(mentor.user)
    profile = reverse("partners:profile", args=[mentor.pk])
    promise = {"places": "2", "minutes": "120", "topics": ["image"], "languages": ["ko"], "times": ["mon"], "about": ""}
    for wrong in ({"places": "99"}, {"minutes": "5"}, {"topics": []}, {"times": ["never"]}):
        assert own.post(profile, {**promise, **wrong}).status_code == 422
    assert own.post(profile, promise).status_code == 302
    assert "이달에 120분을 약속했고 0분을 썼어요." in own.get(reverse("partners:mentoring")).content.decode()
    withdraw = reverse("partners:vetting_withdraw", args=[host.pk, mentor.pk, mentor.vettings.all()[0].pk])
    assert staff.get(withdraw).status_code == 200
    assert staff.post(withdraw, {"reason": ""}).status_code == 422
    assert staff.post(withdraw, {"reason": "잘못 적음"}).status_code == 302
    assert "지금은 모둠과 연락할 수 없어요" in own.get(reverse("partners:mentoring")).content.decode()
    assert staff.post(reverse("partners:let_go", args=[host.pk, mentor.pk])).status_code == 302
    assert own.get(reverse("partners:mentoring")).status_code == 404


def test_staff_match_read_why_set_a_pair_and_give() -> None:
    team = a_team()
    second = a_team(team.classroom, "구름")
    best, other = a_mentor(host_of(team), "좋은", places=1), a_mentor(host_of(team), "다른", places=1)
    staff = client_of(staff_of(host_of(team)))
    cohort = team.classroom.cohort_id
    matching = reverse("partners:matching", args=[cohort])
    assert staff.post(matching, {"first": f"{today()}", "last": f"{today() - DAY}"}).status_code == 422
    answer = staff.post(matching, {"first": f"{today()}", "last": f"{today() + 30 * DAY}"})
    assert "hx-get" in staff.get(answer.url).content.decode()
    drain()
    page = staff.get(answer.url).content.decode()
    assert "모둠 2개 가운데 2개의 멘토를 찾았어요" in page
    assert "hx-get" not in page.split('id="run"')[1].split(">")[0]
    run = MatchRun.objects.get()
    row = run.rows.get(team=second)
    why = reverse("partners:match_why", args=[cohort, run.pk, second.pk])
    wrong_mentor = best if row.mentor == other else other
    said = staff.get(why, {"mentor": wrong_mentor.pk}).content.decode()
    assert "짝이 되지 않은 까닭" in said
    assert staff.get(why, {"mentor": 999}).status_code == 422
    assert staff.get(reverse("partners:match_why", args=[cohort, run.pk, 999])).status_code == 404
    fix = reverse("partners:match_fix", args=[cohort])
    assert staff.post(fix, {"team": second.pk, "mentor": wrong_mentor.pk}).status_code == 302
    assert FixedPair.objects.get().mentor == wrong_mentor
    assert "담당자가 정한 짝" in staff.get(matching).content.decode()
    conflict = reverse("partners:match_conflict", args=[cohort])
    assert staff.post(conflict, {"team": team.pk, "mentor": other.pk, "reason": ""}).status_code == 422
    run = runs.ask(team.classroom.cohort, first=today(), last=today() + DAY, by=staff_of(host_of(team)))
    drain()
    assert staff.post(reverse("partners:match_give", args=[cohort, run.pk])).status_code == 302
    drain()
    assert Pairing.objects.get(team=second).mentor == wrong_mentor
    assert staff.post(reverse("partners:match_part", args=[cohort]), {"team": second.pk}).status_code == 302
    assert Pairing.objects.get(team=second).until is not None
    assert staff.post(conflict, {"team": second.pk, "mentor": other.pk, "reason": "친척"}).status_code == 302


def test_a_team_writes_books_asks_and_the_mentor_answers_from_the_queue() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    member, own = client_of(a_member(team)), client_of(mentor.user)
    page = reverse("partners:team", args=[team.pk])
    post = reverse("partners:post", args=[team.pk])
    assert member.post(post, {"text": "", "token": a_token()}).status_code == 422
    assert member.post(post, {"text": "<b>안녕</b>", "token": a_token()}).status_code == 302
    assert "&lt;b&gt;안녕&lt;/b&gt;" in own.get(page).content.decode()
    slots = reverse("partners:slots", args=[mentor.pk])
    offer = {"day": f"{today() + 2 * DAY}", "time": "19:00", "count": "2", "where": "https://meet.example.org"}
    assert own.post(slots, {**offer, "day": f"{today() - DAY}"}).status_code == 422
    assert own.post(slots, offer).status_code == 302
    assert own.post(slots, offer).status_code == 422
    slot = Slot.objects.order_by("starts_at")[0]
    book = reverse("partners:book", args=[team.pk])
    assert member.post(book, {"slot": slot.pk, "about": ""}).status_code == 422
    assert member.post(book, {"slot": 999, "about": "데이터"}).status_code == 422
    assert member.post(book, {"slot": slot.pk, "about": "데이터"}).status_code == 302
    assert own.post(book, {"slot": slot.pk, "about": "데이터"}).status_code == 404
    ask = reverse("partners:ask", args=[team.pk])
    assert member.post(ask, {"text": "", "token": a_token()}).status_code == 422
    assert member.post(ask, {"text": "그래프", "link": "", "token": a_token()}).status_code == 302
    queue = own.get(reverse("partners:mentoring")).content.decode()
    assert queue.index("모둠과 상담") < queue.index("검토 부탁")
    review = reverse("partners:review", args=[ReviewRequest.objects.get().pk])
    assert own.post(review, {"text": "축", "minutes": "0"}).status_code == 422
    assert own.post(review, {"text": "축을 봐요", "minutes": "20"}).status_code == 302
    back(slot, days=0)
    report = reverse("partners:report", args=[Booking.objects.get().pk])
    assert own.get(report).status_code == 200
    assert own.post(report, {"minutes": "999", "words": "?"}).status_code == 422
    assert own.post(report, {"minutes": "30", "words": "잘했어요"}).status_code == 302
    assert "축을 봐요" in member.get(page).content.decode()
    assert "이달에 120분을 약속했고 50분을 썼어요." in own.get(reverse("partners:mentoring")).content.decode()
    free = Slot.objects.order_by("starts_at")[1]
    assert own.post(reverse("partners:slot_close", args=[free.pk])).status_code == 302


def test_the_half_hour_that_went_away_comes_back_as_a_sentence() -> None:
    team = a_team()
    other = a_team(team.classroom, "구름")
    mentor = a_pair(team).mentor
    a_pair(other, mentor)
    slot = a_slot(mentor)
    a_slot(mentor, days=5)
    booking.book(slot, other, about="먼저", by=a_member(other))
    answer = client_of(a_member(team)).post(
        reverse("partners:book", args=[team.pk]), {"slot": slot.pk, "about": "데이터"}
    )
    assert answer.status_code == 422
    assert "이 시간은 이제 고를 수 없어요" in answer.content.decode()


def test_the_team_and_its_teacher_read_that_contact_rests() -> None:
    team = a_team()
    teacher, mentor = a_teacher(team.classroom), a_pair(team).mentor
    mentor.vettings.update(holds_until=today() - DAY)
    for user in (a_member(team), teacher):
        page = client_of(user).get(reverse("partners:team", args=[team.pk])).content.decode()
        assert "지금은 멘토와 연락할 수 없어요" in page
    assert client_of(mentor.user).get(reverse("partners:team", args=[team.pk])).status_code == 404


def test_a_mentor_whose_check_lapsed_reads_what_to_do_and_what_was_said_stays() -> None:
    team = a_team()
    pairing, staff = a_pair(team), staff_of(host_of(team))
    mentor, page = pairing.mentor, reverse("partners:team", args=[team.pk])
    thread.write(team, text="다음 주에 표를 함께 봐요.", token=a_token(), by=mentor.user)
    mentor.vettings.update(holds_until=today() - DAY)
    vetting.follow_all()
    own = client_of(mentor.user).get(reverse("partners:mentoring")).content.decode()
    assert "지금은 모둠과 연락할 수 없어요. 담당자가 경력 조회를 적으면 바로 이어져요." in own
    assert "다음 주에 표를" not in own
    team_page = client_of(a_member(team)).get(page).content.decode()
    for words in ("급한 일은 선생님께", "다음 주에 표를 함께 봐요.", "연락을 잠시 멈춰요"):
        assert words in team_page, words
    english = Client(headers={"accept-language": "en"})
    english.force_login(mentor.user)
    assert "You cannot contact teams now" in english.get(reverse("partners:mentoring")).content.decode()
    vetting.record(mentor, check(), by=staff)
    assert "다음 주에 표를 함께 봐요." in client_of(mentor.user).get(page).content.decode()


def test_a_team_says_what_it_wants() -> None:
    team = a_team()
    mentor = a_mentor(host_of(team))
    member = client_of(a_member(team))
    need = reverse("partners:need", args=[team.pk])
    good = {"topics": ["image"], "languages": ["ko"], "times": ["mon"], "wish1": mentor.pk}
    assert member.post(need, {**good, "wish2": mentor.pk}).status_code == 422
    assert member.post(need, {**good, "wish1": 999}).status_code == 422
    assert member.post(need, good).status_code == 302
    assert "selected" in member.get(need).content.decode()
    assert client_of(a_teacher(team.classroom)).get(need).status_code == 404


def test_only_the_two_sides_cancel() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    booked = booking.book(a_slot(mentor), team, about="?", by=a_member(team))
    address = reverse("partners:booking_cancel", args=[booked.pk])
    assert client_of(a_teacher(team.classroom)).post(address).status_code == 404
    assert client_of(mentor.user).post(address).status_code == 302
    booked.refresh_from_db()
    assert booked.why == "mentor"


def test_the_thread_asks_as_often_for_many_posts_as_for_few(django_assert_max_num_queries) -> None:
    team = a_team()
    a_pair(team)
    member = client_of(a_member(team))
    for number in range(25):
        Post.objects.create(team=team, author=a_member(team), text=f"{number}")
    with django_assert_max_num_queries(24):
        assert member.get(reverse("partners:team", args=[team.pk])).status_code == 200


def test_impact_counts_what_was_given_and_hides_few() -> None:
    team = a_team(people=4)
    mentor = a_pair(team).mentor
    company = a_company()
    slot = a_slot(mentor)
    booked = booking.book(slot, team, about="?", by=a_member(team))
    back(slot, days=0)
    booked.refresh_from_db()
    booking.report(booked, minutes=30, words="", by=mentor.user)
    row = reviews.ask(team, text="?", link="", token=a_token(), by=a_member(team))
    reviews.answer(row, text="!", minutes=15, by=mentor.user)
    impact = impact_of(company)
    assert (impact.mentors, impact.teams, impact.learners) == (1, 1, 4)
    assert (impact.meetings, impact.reviews, impact.minutes) == (1, 1, 45)
    assert (impact.promised_now, impact.used_now) == (120, 45)
    speaker = client_of(a_speaker(company))
    page = speaker.get(reverse("partners:partner", args=[company.pk])).content.decode()
    assert f"{FEWEST}명 미만" in page
    assert "약속한 120분 가운데 45분을 썼어요." in page
    table = b"".join(speaker.get(reverse("partners:impact_table", args=[company.pk])).streaming_content).decode()
    assert f"{today():%Y-%m},120,45,30,15" in table
    assert (hidden(0), hidden(FEWEST - 1), hidden(FEWEST)) == (0, None, FEWEST)


def test_months_before_a_mentor_promised_anything_are_no_promise() -> None:
    team = a_team()
    mentor = a_mentor(host_of(team))
    MentorPromise.objects.filter(mentor=mentor).update(since=timezone.now() - dt.timedelta(days=40))
    months = impact_of(a_company()).months
    assert 2 <= len(months) <= 3
    assert all(row.promised == 120 for row in months)


def test_the_home_of_partners_shows_what_waits() -> None:
    team = a_team()
    staff = staff_of(host_of(team))
    assert client_of(staff).get(reverse("partners:home")).status_code == 200
    assert client_of(a_speaker(a_company())).get(reverse("partners:home")).content.decode().count("내일기상") >= 1
