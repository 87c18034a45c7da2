"""Opportunities as a learner sees them: the list with its reasons, and the map of what they tried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.catalog.queries import published_programs
from saem.apps.cohorts.guardians.asking import ages_of
from saem.apps.partners.models import (
    TAKEN,
    Opportunity,
    OpportunityGuardian,
    OpportunityKind,
    OpportunityState,
    SignUp,
    SignUpState,
)
from saem.apps.partners.opportunities.guardians import newest_question
from saem.apps.partners.opportunities.knowing import known_of_learner, offered_of, skill_words
from saem.apps.partners.opportunities.matching import Known, Suits, best_first, suits
from saem.apps.partners.opportunities.signing import refusals, uncovered
from saem.apps.partners.topics import TOPICS, words_of
from saem.apps.people.models import User

MOST_SHOWN = 200


@dataclass(frozen=True)
class Card:
    """One opportunity in the list; `mine` is the learner's own sign-up."""

    opportunity: Opportunity
    reasons: list[str]
    is_match: bool
    mine: SignUp | None
    free: int


def coming() -> list[Opportunity]:
    """Open ones that are not over, the soonest first, with how many places are taken."""
    taken = Count("sign_ups", filter=Q(sign_ups__state__in=TAKEN), distinct=True)
    rows = Opportunity.objects.filter(state=OpportunityState.OPEN, ends_at__gt=timezone.now())
    rows = rows.select_related("institution").prefetch_related("programs").annotate(taken=taken)
    return list(rows.order_by("starts_at", "pk")[:MOST_SHOWN])


def cards_for(user: User) -> list[Card]:
    """The list of a learner, what suits them first. Queries do not grow with it."""
    known, rows = known_of_learner(user), coming()
    found = {row.pk: suits(known, offered_of(row)) for row in rows}
    own = {one.opportunity_id: one for one in own_sign_ups(user, rows)}
    words = Words.of(rows, found.values())
    by_pk = {row.pk: row for row in rows}
    return [
        Card(by_pk[pk], words.reasons(by_pk[pk], found[pk]), found[pk].is_match, own.get(pk), free_in(by_pk[pk]))
        for pk in best_first(found, [row.pk for row in rows])
    ]


def free_in(row: Opportunity) -> int:
    return max(row.places - int(getattr(row, "taken", 0)), 0)


def own_sign_ups(user: User, rows: Iterable[Opportunity]) -> list[SignUp]:
    live = SignUp.objects.filter(user=user, opportunity__in=[row.pk for row in rows])
    return list(live.exclude(state=SignUpState.CANCELLED))


@dataclass(frozen=True)
class Words:
    """Names that the reasons of many opportunities need, read once."""

    skills: dict[str, str]
    programs: dict[str, str]

    @classmethod
    def of(cls, rows: Sequence[Opportunity], found: Iterable[Suits]) -> "Words":
        codes = sorted({code for one in found for code in one.skills})
        titles = titles_of({program.slug for row in rows for program in row.programs.all()})
        return cls(dict(zip(codes, skill_words(codes), strict=True)), titles)

    def reasons(self, row: Opportunity, found: Suits) -> list[str]:
        said = []
        if found.skills:
            names = ", ".join(self.skills[code] for code in sorted(found.skills))
            said.append(_("숙달한 것과 이어져요: %(names)s") % {"names": names})
        if found.programs:
            names = ", ".join(self.programs.get(slug, slug) for slug in sorted(found.programs))
            said.append(_("배우는 프로그램과 이어져요: %(names)s") % {"names": names})
        if found.topics:
            names = ", ".join(words_of(TOPICS, found.topics))
            said.append(_("궁금한 주제예요: %(names)s") % {"names": names})
        if found.is_match and found.is_new_kind:
            said.append(_("아직 해 보지 않은 것이에요: %(kind)s") % {"kind": row.get_kind_display()})
        return said


def titles_of(slugs: Iterable[str]) -> dict[str, str]:
    wanted = sorted(slugs)
    if not wanted:
        return {}
    return {
        version.program.slug: version.local_title for version in published_programs().filter(program__slug__in=wanted)
    }


@dataclass(frozen=True)
class Tried:
    """One topic of the map: for each kind, how often the learner was there and how many are open now."""

    topic: str
    title: str
    cells: list[tuple[str, int, int]]
    is_interest: bool

    @property
    def total(self) -> int:
        return sum(times for _kind, times, _open in self.cells)


def map_of(user: User, known: Known) -> list[Tried]:
    """Topics by kinds. Only where the learner was marked as there counts."""
    been = SignUp.objects.filter(user=user, state=SignUpState.GOING, came=True).select_related("opportunity")
    times = counted((one.opportunity.topics, one.opportunity.kind) for one in been)
    now = counted((row.topics, row.kind) for row in coming() if row.takes_sign_ups)
    return [
        Tried(
            topic,
            str(title),
            [(str(label), times.get((topic, kind), 0), now.get((topic, kind), 0)) for kind, label in KINDS],
            topic in known.topics,
        )
        for topic, title in TOPICS.items()
    ]


KINDS = tuple(OpportunityKind.choices)


def counted(rows: Iterable[tuple[list[str], str]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for topics, kind in rows:
        for topic in topics:
            found[topic, kind] = found.get((topic, kind), 0) + 1
    return found


def history_of(user: User) -> list[SignUp]:
    """Everything that somebody signed up for, the newest first."""
    rows = SignUp.objects.filter(user=user).select_related("opportunity__institution").order_by("-pk")
    return list(rows[:MOST_SHOWN])


@dataclass(frozen=True, kw_only=True)
class OwnPlace:
    """A learner's own sign-up, and what there is to say and ask about their guardian."""

    sign_up: SignUp | None
    asks_age: bool
    needs_guardian: bool
    question: OpportunityGuardian | None
    in_line: int


def own_place(opportunity: Opportunity, user: User) -> OwnPlace:
    mine = opportunity.sign_ups.exclude(state=SignUpState.CANCELLED).filter(user=user).first()
    age = ages_of([(user.pk, mine is not None and mine.is_of_age)])[user.pk]
    asks_age = opportunity.is_outside and age.is_child and not age.is_known
    asks_age = asks_age and user.pk not in refusals(opportunity, [user.pk])
    before = opportunity.sign_ups.filter(state=SignUpState.WAITING)
    return OwnPlace(
        sign_up=mine,
        asks_age=asks_age,
        needs_guardian=mine is not None and mine.user_id in uncovered(opportunity, [mine]),
        question=newest_question(mine) if mine is not None and opportunity.is_outside else None,
        in_line=before.filter(pk__lte=mine.pk).count() if mine is not None and mine.state == SignUpState.WAITING else 0,
    )


@dataclass(frozen=True)
class Line:
    """One sign-up in the list of those who offer or run it; `consent` where a guardian is asked for."""

    sign_up: SignUp
    is_uncovered: bool
    consent: OpportunityGuardian | None


def lines_of(opportunity: Opportunity, rows: Sequence[SignUp]) -> list[Line]:
    """Queries do not grow with the rows."""
    missing = uncovered(opportunity, rows)
    given = OpportunityGuardian.objects.filter(
        opportunity=opportunity, user__in=[row.user_id for row in rows], given_on__isnull=False, withdrawn_at=None
    )
    consents = {each.user_id: each for each in given} if opportunity.is_outside else {}
    return [Line(row, row.user_id in missing, consents.get(row.user_id)) for row in rows]
