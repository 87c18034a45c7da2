"""The showcase as one person may see it, and as everybody does. What one may not see does not exist."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from saem.apps.cohorts.models import Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import (
    Evidence,
    LogEntry,
    Membership,
    Showcase,
    ShowcasePublication,
    ShowcaseStatus,
    ShowcaseTerm,
    ShowcaseVersion,
    ShowcaseVoice,
    Team,
    TermKind,
)
from saem.apps.projects.teams.queries import Access, team_for
from saem.apps.projects.workspace.experiments import submissions_of


def showcase_of(team: Team) -> Showcase | None:
    return Showcase.objects.filter(team=team).select_related("public__picture").first()


def newest_version(showcase: Showcase | None) -> ShowcaseVersion | None:
    if showcase is None:
        return None
    return showcase.versions.select_related("picture").order_by("-number").first()


def makers_of(team: Team) -> list[Enrolment]:
    """Everybody who is asked: who is in the team now, and who left and had a part in what it made."""
    now = Membership.objects.current().filter(team=team).values("enrolment")
    wrote = Evidence.objects.filter(milestone__team=team).values("enrolment")
    logged = LogEntry.objects.filter(team=team).values("enrolment")
    handed_in = submissions_of(team).order_by().values("enrolment")
    was = Membership.objects.filter(team=team).values("enrolment")
    parts = Q(pk__in=wrote) | Q(pk__in=logged) | Q(pk__in=handed_in)
    made = Enrolment.objects.filter(Q(pk__in=now) | Q(pk__in=was) & parts)
    return list(made.select_related("user").order_by("pk"))


def voices_of(version: ShowcaseVersion | None) -> list[ShowcaseVoice]:
    if version is None:
        return []
    return list(version.voices.select_related("enrolment__user", "guardian").order_by("pk"))


def history_of(showcase: Showcase | None) -> list[ShowcasePublication]:
    """When which version was public, newest first."""
    if showcase is None:
        return []
    found = ShowcasePublication.objects.filter(version__showcase=showcase)
    return list(found.select_related("version", "approved_by").order_by("-since", "-pk"))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One person and the page that they may say yes or no to, whether they are still in the team or not."""

    team: Team
    showcase: Showcase
    enrolment: Enrolment
    waiting: ShowcaseVoice | None
    public: ShowcaseVoice | None

    @property
    def voice(self) -> ShowcaseVoice | None:
        """The answer that is asked for now, else the one that what is public rests on."""
        return self.waiting or self.public

    @property
    def version(self) -> ShowcaseVersion | None:
        return self.voice.version if self.voice is not None else None


def asked_for(user: User, pk: int) -> Asked:
    """What `user` was asked for in this team; whoever never was does not know of it."""
    voices = ShowcaseVoice.objects.filter(version__showcase__team=pk, enrolment__user_id=user.pk)
    mine = list(
        voices.select_related(
            "version__picture", "version__showcase__team__classroom__cohort", "enrolment__user", "guardian"
        ).order_by("-version__number")
    )
    if not mine:
        raise Http404
    showcase = mine[0].version.showcase
    newest = showcase.versions.order_by("-number").values_list("number", flat=True).first()
    is_waiting = showcase.status == ShowcaseStatus.WAITING and mine[0].version.number == newest
    public = next((each for each in mine if each.version_id == showcase.public_id), None)
    return Asked(
        team=showcase.team,
        showcase=showcase,
        enrolment=mine[0].enrolment,
        waiting=mine[0] if is_waiting else None,
        public=public,
    )


def approver_for(user: User, pk: int) -> Access:
    """A team whose page `user` lets out or takes down: who teaches its class or runs its cohort, and is not in it."""
    access = team_for(user, pk)
    if not access.is_staff or access.membership is not None:
        raise PermissionDenied
    return access


# --- everybody


def gallery(*, words: Collection[str] = (), area: str = "", method: str = "", skill: str = "") -> QuerySet[Showcase]:
    """Public pages, newest first; each word begins a word of the page (Korean puts its particles behind)."""
    found = Showcase.objects.public()
    terms = ShowcaseTerm.objects.filter(showcase=OuterRef("pk"))
    for word in words:
        found = found.filter(Exists(terms.filter(kind=TermKind.WORD, term__startswith=word)))
    for kind, chosen in ((TermKind.AREA, area), (TermKind.METHOD, method), (TermKind.SKILL, skill)):
        if chosen:
            found = found.filter(Exists(terms.filter(kind=kind, term=chosen)))
    return found.select_related("public__picture").defer("public__picture__data").order_by("-published_at", "-pk")


def public_showcase(address: str) -> tuple[Showcase, bool]:
    """The page at an address and whether it is public now; one that never was does not exist."""
    ever = ShowcasePublication.objects.filter(version__showcase=OuterRef("pk"))
    found = Showcase.objects.filter(Exists(ever), address=address)
    showcase = found.select_related("public__picture", "team__classroom__cohort__version").first()
    if showcase is None:
        raise Http404
    return showcase, Showcase.objects.public().filter(pk=showcase.pk).exists()


def names_shown(version: ShowcaseVersion) -> list[str]:
    """Names that people chose to show, in no order that says anything."""
    return sorted(version.voices.exclude(shown_name="").values_list("shown_name", flat=True))
