"""Selections, readings and results as one person may see them."""

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from saem.apps.cohorts.calls.queries import calls_run_by, complete, own_applications
from saem.apps.cohorts.models import (
    Appeal,
    AppealState,
    Application,
    Call,
    Candidate,
    Decision,
    Offer,
    ReviewAssignment,
    Reviewer,
    ScoreChange,
    Selection,
    SelectionSheet,
    StageOutcome,
)
from saem.apps.people.models import User

WITH_CALL = ("rules", "call__cohort__institution", "call__form")


def selection_run_for(user: User, call_pk: int) -> Selection:
    """The selection of a call that `user` runs."""
    found = Selection.objects.filter(call__in=calls_run_by(user)).select_related(*WITH_CALL)
    return get_object_or_404(found, call_id=call_pk)


def selection_of(call: Call) -> Selection | None:
    return Selection.objects.filter(call=call).select_related(*WITH_CALL).first()


def public_selection(call_pk: int) -> Selection:
    """A selection whose call is public: its rules and its draw are everybody's to see."""
    found = Selection.objects.exclude(call__published_at=None).select_related(*WITH_CALL)
    return get_object_or_404(found, call_id=call_pk)


def reviewer_for(user: User, call_pk: int) -> Reviewer:
    """The user's own place as a reviewer of a call."""
    found = Reviewer.objects.filter(user_id=user.pk, left_at=None)
    related = [f"selection__{name}" for name in WITH_CALL]
    return get_object_or_404(found.select_related(*related), selection__call_id=call_pk)


def own_readings(user: User) -> QuerySet[ReviewAssignment]:
    """What a reviewer was given and may read: only of applications that are complete now."""
    mine = ReviewAssignment.objects.filter(reviewer__user_id=user.pk, reviewer__left_at=None, withdrawn_at=None)
    return mine.filter(application__in=complete(Application.objects.filter(purged_at=None)).values("pk"))


def readings_to_do(reviewer: Reviewer, stage: str) -> QuerySet[ReviewAssignment]:
    """A reviewer's own list in one stage, what is to be done first."""
    mine = own_readings(reviewer.user).filter(reviewer=reviewer, stage=stage).select_related("application")
    return mine.order_by("submitted_at", "application__receipt", "pk")


def reading_for(user: User, pk: int) -> ReviewAssignment:
    related = [f"selection__{name}" for name in WITH_CALL]
    found = own_readings(user).select_related(
        *related, "application__sent__form", "application__call", "reviewer__user"
    )
    return get_object_or_404(found, pk=pk)


def reviewing_of(user: User) -> QuerySet[Reviewer]:
    """Where `user` reviews and has something left to read, for the home page."""
    mine = Reviewer.objects.filter(user_id=user.pk, left_at=None).select_related("selection__call")
    to_do = Q(readings__withdrawn_at=None, readings__submitted_at=None, readings__application__purged_at=None)
    return mine.annotate(to_do=Count("readings", filter=to_do)).filter(to_do__gt=0).order_by("pk")


def with_progress(selection: Selection, stage: str) -> QuerySet[Application]:
    """Applications with how many readings they have and have handed in, in one stage."""
    live = Q(readings__stage=stage, readings__withdrawn_at=None)
    return Application.objects.filter(call=selection.call_id).annotate(
        given=Count("readings", filter=live),
        done=Count("readings", filter=live & Q(readings__submitted_at__isnull=False)),
    )


def candidate_for(user: User, call_pk: int, application_pk: int) -> tuple[Selection, Application]:
    """An application in a selection that `user` runs, with its readings, their numbers and the trail."""
    selection = selection_run_for(user, call_pk)
    trail = ScoreChange.objects.select_related("changed_by").order_by("pk")
    readings = ReviewAssignment.objects.select_related("reviewer__user").prefetch_related(
        "scores", Prefetch("changes", queryset=trail)
    )
    found = complete(selection.call.applications.all()).prefetch_related(
        Prefetch("readings", queryset=readings.order_by("stage", "pk"))
    )
    return selection, get_object_or_404(found, pk=application_pk)


def candidates_of(selection: Selection) -> QuerySet[Candidate]:
    """Everybody who took part, best first, with the newest decision and the offer."""
    newest = Decision.objects.filter(candidate=OuterRef("pk")).order_by("-number")
    return (
        Candidate.objects.filter(selection=selection)
        .select_related("application", "offer")
        .annotate(kind=Subquery(newest.values("kind")[:1]), reserve=Subquery(newest.values("reserve_place")[:1]))
        .order_by("rank", "draw_place")
    )


def outcomes_of(candidates: list[Candidate]) -> dict[int, list[StageOutcome]]:
    found: dict[int, list[StageOutcome]] = {}
    for one in StageOutcome.objects.filter(candidate__in=candidates).order_by("place"):
        found.setdefault(one.candidate_id, []).append(one)
    return found


def offer_counts(selection: Selection) -> dict[str, int]:
    found = Offer.objects.filter(candidate__selection=selection).values_list("state").annotate(number=Count("pk"))
    return dict(found.order_by())


def appeals_of(selection: Selection) -> QuerySet[Appeal]:
    found = Appeal.objects.filter(decision__candidate__selection=selection)
    return found.select_related("decision__candidate__application", "answered_by").order_by("-state", "sent_at")


def open_appeals(selection: Selection) -> int:
    return appeals_of(selection).filter(state=AppealState.OPEN).count()


def appeal_for(user: User, call_pk: int, pk: int) -> Appeal:
    selection = selection_run_for(user, call_pk)
    related = ("decision__candidate__application", "decision__candidate__selection__call", "answered_by")
    found = Appeal.objects.filter(decision__candidate__selection=selection).select_related(*related)
    return get_object_or_404(found, pk=pk)


def own_offer(user: User, application_pk: int) -> Offer:
    """The applicant's own offer."""
    found = Offer.objects.filter(candidate__application__in=own_applications(user))
    related = ("candidate__selection__call", "candidate__application__applicant")
    return get_object_or_404(found.select_related(*related), candidate__application_id=application_pk)


def own_decision(user: User, application_pk: int, number: int | None = None) -> Decision:
    """The applicant's own decision: the newest one, or the one of this number."""
    found = Decision.objects.filter(
        candidate__application_id=application_pk, candidate__application__in=own_applications(user)
    ).select_related("candidate__application", "candidate__selection__call__cohort__institution")
    if number is not None:
        found = found.filter(number=number)
    decision = found.order_by("-number").first()
    if decision is None:
        raise Http404
    return decision


def sheet_for(user: User, call_pk: int, pk: int) -> SelectionSheet:
    found = SelectionSheet.objects.filter(call__in=calls_run_by(user)).defer("data", "rows")
    return get_object_or_404(found.select_related("call__cohort", "sent_by"), pk=pk, call_id=call_pk)


def sheets_of(call: Call) -> QuerySet[SelectionSheet]:
    return call.sheets.defer("data", "rows", "report").select_related("sent_by").order_by("-sent_at")
