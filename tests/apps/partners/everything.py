"""One of everything of this room, for the table of who may see what."""

from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.partners.challenges import files
from saem.apps.partners.challenges import services as challenges
from saem.apps.partners.contact import booking, reviews
from saem.apps.partners.matching import runs
from saem.apps.partners.mentors import inviting, vetting
from saem.apps.partners.models import Mentor
from saem.apps.partners.opportunities import guardians, signing
from saem.apps.people.models import Institution, User
from saem.apps.projects.models import Team
from tests.apps.partners.a_partnership import (
    DAY,
    a_member,
    a_mentor,
    a_pair,
    a_slot,
    a_team,
    a_token,
    back,
    check,
    promise,
    staff_of,
    today,
)
from tests.apps.partners.test_challenges import facts
from tests.apps.partners.test_files import brought
from tests.apps.partners.test_opportunities import an_opportunity


def everything(
    cohort: Cohort, team: Team, *, mentor: User, other: Enrolment, partner: Institution
) -> dict[str, object]:
    """`team` has a mentor from outside; `mentor` has a team of their own with `other` in it; `partner` offers things."""
    host = cohort.institution
    theirs = a_pair(team, a_mentor(host, "한멘토"))
    booked = booking.book(a_slot(theirs.mentor), team, about="데이터", by=a_member(team))
    a_team(team.classroom, "셋")
    run = runs.ask(cohort, first=today(), last=today() + DAY, by=staff_of(host))
    runs.compute(run.pk)()
    return {
        "mentor": theirs.mentor_id,
        "vetting": theirs.mentor.vettings.order_by("pk")[0].pk,
        "slot": a_slot(theirs.mentor, days=5).pk,
        "booking": booked.pk,
        "run": run.pk,
        **own_work(as_mentor(mentor, host), other.classroom),
        **offered_by(partner, host),
        **a_visit(partner, host, child=a_member(team)),
    }


def as_mentor(user: User, host: Institution) -> Mentor:
    staff = staff_of(host)
    mentor = inviting.invite(host, email=str(user.email), name=str(user), home=None, by=staff)
    inviting.declare(mentor, promise(), by=user)
    vetting.record(mentor, check(), by=staff)
    return mentor


def own_work(mentor: Mentor, classroom: Classroom) -> dict[str, object]:
    team = a_team(classroom, "넷")
    a_pair(team, mentor)
    slot = a_slot(mentor)
    booked = booking.book(slot, team, about="?", by=a_member(team))
    back(slot, days=0)
    asked = reviews.ask(team, text="?", link="", token=a_token(), by=a_member(team))
    free = a_slot(mentor, days=6)
    return {"own_mentor": mentor.pk, "own_booking": booked.pk, "own_review": asked.pk, "own_slot": free.pk}


def offered_by(partner: Institution, host: Institution) -> dict[str, object]:
    writer = staff_of(partner)
    sent, shown = (challenges.begin(partner, facts(host=host, title=title), by=writer) for title in ("하나", "둘"))
    file = files.add_file(shown, brought(), by=writer)
    for challenge in (sent, shown):
        challenges.send(challenge, by=writer)
    challenges.decide(shown, approves=True, comment="", by=staff_of(host))
    opportunity = an_opportunity(host=host, institution=partner)
    return {
        "partner": partner.pk,
        "challenge": sent.pk,
        "open_challenge": shown.pk,
        "challenge_file": file.pk,
        "opportunity": opportunity.pk,
    }


def a_visit(partner: Institution, host: Institution, *, child: User) -> dict[str, object]:
    """Outside school: the child's place is kept for a guardian who has been asked."""
    visit = an_opportunity(host=host, institution=partner, is_outside=True)
    row = signing.sign_up(visit, child)
    _question, token = guardians.ask(row, Guardian("보호자", "g@example.org", "어머니"))
    return {"visit": visit.pk, "sign_up": row.pk, "visit_guardian": token}
