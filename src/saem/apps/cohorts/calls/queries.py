"""Calls and applications as one person may see them."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from saem.apps.cohorts.calls.links import hash_of
from saem.apps.cohorts.models import (
    EVIDENCE,
    Application,
    ApplicationState,
    Call,
    CallState,
    Cohort,
    Document,
    GuardianConsent,
    Recommendation,
    RecommendationState,
)
from saem.apps.cohorts.queries import cohorts_run_by
from saem.apps.people.models import User

WITH_CALL = ("call__form", "call__cohort__institution", "call__cohort__version", "form", "sent__form")


def published_calls(state: CallState, now: dt.datetime) -> QuerySet[Call]:
    """The public catalogue: what closes first comes first; of closed calls the last one."""
    calls = Call.objects.in_state(state, now).select_related("cohort__institution", "cohort__version")
    order = {CallState.OPEN: "closes_at", CallState.COMING: "opens_at", CallState.CLOSED: "-closes_at"}[state]
    return calls.order_by(order, "pk")


def call_seen_by(user: User | None, pk: int) -> Call:
    """A published call, or one that `user` prepares; else there is none."""
    found = Call.objects.select_related("cohort__institution", "cohort__version", "form")
    seen = Q(published_at__isnull=False)
    if user is not None:
        seen |= Q(cohort__in=cohorts_run_by(user))
    return get_object_or_404(found.filter(seen), pk=pk)


def published_call(pk: int) -> Call:
    return get_object_or_404(Call.objects.published().select_related("cohort__institution", "form"), pk=pk)


def calls_run_by(user: User) -> QuerySet[Call]:
    return Call.objects.filter(cohort__in=cohorts_run_by(user))


def call_run_for(user: User, pk: int) -> Call:
    """A call of a cohort that `user` runs."""
    return get_object_or_404(calls_run_by(user).select_related("cohort__institution", "form"), pk=pk)


def calls_of(cohort: Cohort) -> QuerySet[Call]:
    """The calls of a cohort, each with how many applied."""
    submitted = Count("applications", filter=Q(applications__state=ApplicationState.SUBMITTED))
    return cohort.calls.annotate(submitted=submitted).order_by("-closes_at", "-pk")


def own_applications(user: User) -> QuerySet[Application]:
    return Application.objects.filter(applicant_id=user.pk).select_related("call")


def own_application_for(user: User, pk: int) -> Application:
    """The applicant's own; nobody else gets to it this way."""
    found = with_standing(Application.objects.filter(applicant_id=user.pk))
    return get_object_or_404(found.select_related(*WITH_CALL), pk=pk)


def own_application_to(user: User, call: Call) -> Application | None:
    return Application.objects.filter(applicant_id=user.pk, call=call).first()


def with_standing(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with `is_recommended` and `has_consent`, looked up in the same query."""
    given = Recommendation.objects.filter(application=OuterRef("pk"), state=RecommendationState.GIVEN)
    agreed = GuardianConsent.objects.filter(application=OuterRef("pk"), given_at__isnull=False, withdrawn_at=None)
    return applications.annotate(is_recommended=Exists(given), has_consent=Exists(agreed))


def complete(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Submitted, with recommendation and guardian's consent where these are needed: what selection may read."""
    return with_standing(applications).filter(
        Q(call__needs_recommendation=False) | Q(is_recommended=True),
        Q(needs_guardian=False) | Q(has_consent=True),
        state=ApplicationState.SUBMITTED,
    )


def applications_to(call: Call) -> QuerySet[Application]:
    """What staff list: everything that was ever submitted and is kept still. Drafts are their writers' own."""
    return with_standing(call.applications.filter(purged_at=None).exclude(submitted_at=None)).order_by(
        "-submitted_at", "-pk"
    )


def application_run_for(user: User, call_pk: int, pk: int) -> Application:
    """A submitted application to a call that `user` runs."""
    submitted = Application.objects.filter(purged_at=None).exclude(submitted_at=None)
    found = with_standing(submitted.filter(call__in=calls_run_by(user)))
    return get_object_or_404(found.select_related(*WITH_CALL, "applicant"), pk=pk, call_id=call_pk)


def is_readable(application: Application) -> bool:
    """Whether staff may read the answers: not of a child under 14 whose guardian has not agreed."""
    return not application.needs_guardian or bool(getattr(application, "has_consent", False))


def document_for(user: User, application_pk: int, pk: int) -> Document:
    """A document of one's own application; for staff, one that a submitted version named, or evidence of consent."""
    found = Document.objects.select_related("file", "application").filter(application_id=application_pk)
    own = found.filter(application__applicant_id=user.pk).exclude(field_id=EVIDENCE).filter(pk=pk).first()
    if own is not None:
        return own
    document = get_object_or_404(found.filter(application__call__in=calls_run_by(user)), pk=pk)
    application = application_run_for(user, document.application.call_id, application_pk)
    if document.field_id == EVIDENCE:
        return document
    named = {one["id"] for one in application.sent.documents.values()} if application.sent else set()
    if not is_readable(application) or pk not in named:
        raise Http404
    return document


def recommendation_by(token: str) -> Recommendation | None:
    """The question that a link opens; one that was taken back with its application opens nothing."""
    found = Recommendation.objects.select_related("application__call__cohort__institution")
    kept = found.filter(token_sha256=hash_of(token), application__purged_at=None)
    return kept.exclude(application__state=ApplicationState.WITHDRAWN).first()


def consent_by(token: str) -> GuardianConsent | None:
    found = GuardianConsent.objects.select_related("application__call__cohort__institution", "text")
    return found.filter(token_sha256=hash_of(token)).exclude(application__state=ApplicationState.WITHDRAWN).first()


def standing(application: Application) -> tuple[Recommendation | None, GuardianConsent | None]:
    """The newest recommendation and the newest question to a guardian; a consent in force comes first."""
    consents = application.consents.select_related("text", "evidence", "recorded_by")
    in_force = consents.filter(given_at__isnull=False, withdrawn_at=None).first()
    recommendation = application.recommendations.select_related("recorded_by").order_by("-asked_at", "-pk").first()
    return recommendation, in_force or consents.order_by("-asked_at", "-pk").first()


def counts_of(call: Call) -> dict[str, int]:
    """How many applications of a call are submitted, complete, waiting or withdrawn, in one query each."""
    submitted = call.applications.filter(state=ApplicationState.SUBMITTED).count()
    ready = complete(call.applications.all()).count()
    withdrawn = call.applications.filter(state=ApplicationState.WITHDRAWN).exclude(submitted_at=None).count()
    drafts = call.applications.filter(state=ApplicationState.DRAFT).count()
    return {
        "submitted": submitted,
        "complete": ready,
        "waiting": submitted - ready,
        "withdrawn": withdrawn,
        "drafts": drafts,
        "purged": call.applications.exclude(purged_at=None).count(),
    }
