"""Partners of the demonstration: mentors with and without checks, teams that met them, challenges, opportunities."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils import timezone

from saem.apps.cohorts.models import Cohort
from saem.apps.jobs.services import withdraw
from saem.apps.partners.challenges import files
from saem.apps.partners.challenges import services as challenges
from saem.apps.partners.challenges.checklist import FILE_POINTS, POINTS
from saem.apps.partners.challenges.files import Brought
from saem.apps.partners.challenges.formats import look_into
from saem.apps.partners.contact import booking, needs, reviews, thread
from saem.apps.partners.matching import runs
from saem.apps.partners.mentors import inviting, vetting
from saem.apps.partners.mentors.inviting import Promise
from saem.apps.partners.mentors.vetting import Check
from saem.apps.partners.models import Mentor, Slot, VettingKind
from saem.apps.partners.opportunities import services as opportunities
from saem.apps.partners.opportunities import signing
from saem.apps.people.models import Institution, Role, Scope, User
from saem.apps.people.services import grant
from saem.apps.projects.models import Team
from saem.cli.demonstration.people import MAIL, Places, person

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MEETING = "https://meet.naeil.example/saem"


@dataclass(frozen=True)
class Cast:
    """Who acts."""

    staff: User
    company: Institution
    speaker: User
    cohort: Cohort


def work_with_partners(cohort: Cohort, places: Places, staff: User) -> None:
    """Three mentors, two of whom have a team; a challenge in use, one that waits; opportunities ahead and past."""
    company = Institution.objects.get(name="내일기상")
    speaker = person("한협력", "partner")
    grant(speaker, role=Role.PARTNER, scope=Scope.INSTITUTION, scope_id=company.pk)
    cast = Cast(staff, company, speaker, cohort)
    teams = list(Team.objects.working().filter(classroom__cohort=cohort).select_related("classroom").order_by("pk"))
    mentors = bring_mentors(cast, places)
    if len(teams) > 1:
        say_needs(teams, mentors)
        match(cast)
        meet(mentors[0])
    offer_challenges(cast, places, teams)
    offer_opportunities(cast, places, teams)


def bring_mentors(cast: Cast, places: Places) -> list[Mentor]:
    """The first two are cleared, the third one's check ran out last week."""
    facts = (
        ("윤멘토", "mentor", cast.company, 1, ["environment", "table", "time"], 200),
        ("서멘토", "mentor2", places.university, 1, ["image", "text", "table"], 20),
        ("고멘토", "mentor3", cast.company, 2, ["robot", "sound"], -7),
    )
    found = []
    for name, mailbox, home, teams, topics, days in facts:
        user = person(name, mailbox)
        mentor = inviting.invite(places.office, email=f"{mailbox}@{MAIL}", name=name, home=home, by=cast.staff)
        about = "현장에서 데이터를 다루는 일을 해요. 틀려도 괜찮으니 해 본 것을 보여 주세요."
        promise = Promise(
            places=teams, minutes=120, topics=topics, languages=["ko"], times=["mon", "wed", "sat-am"], about=about
        )
        inviting.declare(mentor, promise, by=user)
        today = timezone.localdate()
        check = Check(kinds=tuple(VettingKind), holds_from=today - 100 * DAY, holds_until=today + days * DAY)
        vetting.record(mentor, check, by=cast.staff)
        found.append(mentor)
    return found


def say_needs(teams: list[Team], mentors: list[Mentor]) -> None:
    for place, team in enumerate(teams):
        need = needs.Need(
            topics=["environment", "time"] if place == 0 else ["table", "story"],
            languages=["ko"],
            times=["mon", "wed"],
            wishes=[mentors[0].pk, mentors[1].pk],
        )
        needs.say(team, need, by=member_of(team))


def match(cast: Cast) -> None:
    """As staff would: matched, read and given. One team is left over, with the reason."""
    today = timezone.localdate()
    run = runs.ask(cast.cohort, first=today, last=today + 14 * DAY, by=cast.staff)
    runs.compute(run.pk)()
    runs.give(run, by=cast.staff)
    runs.compute(run.pk)()
    withdraw(runs.RUN_JOB, [run.pk])


def meet(mentor: Mentor) -> None:
    """A meeting that was, one that is booked, half hours that are free, a review that waits."""
    pairing = mentor.pairings.filter(until=None).select_related("team__classroom").first()
    if pairing is None:
        return
    team, user = pairing.team, member_of(pairing.team)
    thread.write(team, text="안녕하세요! 비가 올지 맞히는 모델을 만들고 있어요.", token=uuid4(), by=user)
    thread.write(team, text="반가워요. 먼저 규칙 하나로 몇 번이나 맞히는지 세어 볼까요?", token=uuid4(), by=mentor.user)
    evening = timezone.localtime().replace(hour=19, minute=0, second=0, microsecond=0)
    slots = booking.offer(mentor, starts_at=evening + 2 * DAY, count=3, where=MEETING, by=mentor.user)
    past = booking.book(slots[2], team, about="기준 모델을 어떻게 고르는지", by=user)
    Slot.objects.filter(pk=slots[2].pk).update(starts_at=evening - 6 * DAY, ends_at=evening - 6 * DAY + HOUR / 2)
    past.refresh_from_db()
    words = "어제 비가 왔으면 오늘도 온다는 규칙을 기준으로 삼기로 했어요. 다음에는 틀린 날만 모아 봐요."
    booking.report(past, minutes=30, words=words, by=mentor.user)
    booking.book(slots[0], team, about="틀린 날을 어떻게 나누는지", by=user)
    reviews.ask(team, text="자료 카드의 빠진 것 칸을 봐 주세요.", link="", token=uuid4(), by=user)


def member_of(team: Team) -> User:
    return team.memberships.filter(until=None).select_related("enrolment__user").order_by("pk")[0].enrolment.user


def challenge_facts(host: Institution, **more: Any) -> dict[str, Any]:
    return {
        "host": host,
        "title_en": "",
        "licence": "kogl-1",
        "checklist": list(POINTS),
        "contact_name": "한협력",
        "contact_email": f"partner@{MAIL}",
        **more,
    }


def offer_challenges(cast: Cast, places: Places, teams: list[Team]) -> None:
    used = challenges.begin(
        cast.company,
        challenge_facts(
            places.office,
            title="우리 학교에는 언제 비가 올까?",
            title_en="When will it rain at our school?",
            people="체육 수업과 급식 배달을 비 때문에 갑자기 바꾸어야 하는 학교",
            problem="시 전체의 예보는 학교 하나에 **자주 어긋나요**. 가까운 관측소의 한 시간 기록으로"
            " 내일 등교 시간에 비가 올지 맞혀 보세요.\n\n- 지금은 선생님이 아침에 하늘을 보고 정해요.\n"
            "- 전날 저녁에 알면 체육관을 미리 나눌 수 있어요.",
            topics=["environment", "time"],
            data_name="관측소의 한 시간 강수 기록",
            data_url="https://data.naeil.example/rain-hourly.csv",
            data_about="한 줄이 관측소 하나의 한 시간이에요. 눈이 온 날의 양은 정확하지 않아요.",
        ),
        by=cast.speaker,
    )
    files.add_file(used, rain_file(), by=cast.speaker)
    challenges.send(used, by=cast.speaker)
    challenges.decide(used, approves=True, comment="학생이 바로 시작할 수 있겠어요.", by=cast.staff)
    if teams:
        used.refresh_from_db()
        challenges.take(used, teams[0], by=member_of(teams[0]))
    waiting = challenges.begin(
        cast.company,
        challenge_facts(
            places.office,
            title="우산을 빌려 갈 사람은 몇 명일까?",
            people="우산 대여함을 채우는 학생회",
            problem="날씨와 요일로 하루에 나갈 우산 수를 맞혀 보세요.",
            topics=["table", "environment"],
            data_name="우산 대여 기록",
            data_url="https://data.naeil.example/umbrellas.csv",
            data_about="한 줄이 하루예요. 누가 빌렸는지는 없어요.",
        ),
        by=cast.speaker,
    )
    challenges.send(waiting, by=cast.speaker)


def rain_file() -> Brought:
    """A week of hours, as a small table: what every third hour brings is made up and says so."""
    hours = ["관측소,시각,강수량(mm)"]
    hours += [f"가상 관측소,2026-06-{1 + hour // 24:02d} {hour % 24:02d}:00,{hour % 3}.0" for hour in range(7 * 24)]
    data = "\n".join(hours).encode()
    inside = look_into(data)
    return Brought(name="강수-보기.csv", data=data, inside=inside, licence="kogl-1", checklist=list(FILE_POINTS))


def offer_opportunities(cast: Cast, places: Places, teams: list[Team]) -> None:
    afternoon = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    rows = (
        ("talk", "예보관의 하루", "A forecaster's day", 12, 60, ["environment"]),
        ("visit", "기상 레이더 견학", "Visit to a weather radar", 19, 8, ["environment", "space"]),
        ("camp", "겨울 로봇 캠프", "Winter robot camp", 40, 20, ["robot"]),
    )
    for kind, title, title_en, days, seats, topics in rows:
        begin = afternoon + days * DAY
        facts = opportunity_facts(places.office, kind=kind, title=title, title_en=title_en, topics=topics, places=seats)
        facts["is_outside"] = kind != "talk"
        facts |= {"starts_at": begin, "ends_at": begin + 2 * HOUR, "sign_up_until": begin - 2 * DAY}
        made = opportunities.offer(cast.company, facts, [cast.cohort.version.program], is_open=True, by=cast.speaker)
        if kind == "visit" and len(teams) > 1:
            # Nobody knows the birth date, so the place waits for a guardian.
            signing.sign_up(made, member_of(teams[1]))
    if teams:
        remember(cast, places, member_of(teams[0]))


def opportunity_facts(host: Institution, **more: Any) -> dict[str, Any]:
    about = "만나서 일하는 모습을 보고, 궁금한 것을 물어봐요.\n\n준비물은 없어요."
    return {"host": host, "about": about, "where": "내일기상 3층 강당", "is_outside": False, "skills": [], **more}


def remember(cast: Cast, places: Places, learner: User) -> None:
    """Something that the newcomer's pupil has been to, and what they are curious about."""
    now = timezone.localtime()
    facts = opportunity_facts(
        places.office,
        kind="talk",
        title="데이터로 일하는 사람들",
        title_en="People who work with data",
        topics=["table"],
        places=40,
        starts_at=now + DAY,
        ends_at=now + DAY + HOUR,
        sign_up_until=now + HOUR,
    )
    past = opportunities.offer(cast.company, facts, [], is_open=True, by=cast.speaker)
    signed = signing.sign_up(past, learner)
    past.starts_at, past.ends_at, past.sign_up_until = now - 9 * DAY, now - 9 * DAY + HOUR, now - 10 * DAY
    past.save(update_fields=["starts_at", "ends_at", "sign_up_until"])
    opportunities.mark(past, {signed.pk: True}, by=cast.speaker)
    opportunities.choose_interests(learner, ["environment", "robot"])
