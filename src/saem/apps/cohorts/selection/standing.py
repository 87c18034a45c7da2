"""Where an applicant stands in the selection, for their application's page: `calls` asks through `calls.outcomes`."""

from typing import Any

from django.utils.translation import pgettext

from saem.apps.cohorts.calls.outcomes import Outcome
from saem.apps.cohorts.calls.pages import Step
from saem.apps.cohorts.models import (
    Application,
    ApplicationState,
    Candidate,
    Decision,
    DecisionKind,
    OfferState,
    Selection,
    SelectionState,
)
from saem.apps.cohorts.selection import letters
from saem.apps.cohorts.selection.appealing import appeal_until, may_appeal
from saem.apps.cohorts.selection.loading import rules_of
from saem.web.languages import reader_language

TEMPLATE = "selection/_standing.html"
TONE = {DecisionKind.ACCEPTED: "good", DecisionKind.RESERVE: "wait", DecisionKind.DECLINED: "bad"}


def standing_of(application: Application) -> Outcome | None:
    """None where the call has no selection, or the application takes no part in it yet."""
    selection = Selection.objects.filter(call=application.call_id).select_related("rules").first()
    if selection is None or application.state != ApplicationState.SUBMITTED:
        return None
    candidate = Candidate.objects.filter(application=application).select_related("offer__enrolment").first()
    decisions = list(
        Decision.objects.filter(candidate__application=application)
        .select_related("candidate__selection", "appeal")
        .order_by("-number")
    )
    context: dict[str, Any] = {"selection": selection, "candidate": candidate, "rules": rules_of(selection)}
    if decisions:
        context |= of_decision(decisions[0], candidate)
        context["earlier"] = [one for one in decisions[1:] if hasattr(one, "appeal")]
    return Outcome(template=TEMPLATE, context=context, steps=steps_of(selection, candidate, decisions))


def of_decision(decision: Decision, candidate: Candidate | None) -> dict[str, Any]:
    language = reader_language()
    offer = getattr(candidate, "offer", None)
    return {
        "decision": decision,
        "tone": TONE[DecisionKind(decision.kind)],
        "reasons": letters.reasons_in_words(decision, language),
        "offer": offer,
        "is_open": offer is not None and offer.state == OfferState.OPEN,
        "appeal": getattr(decision, "appeal", None),
        "may_appeal": may_appeal(decision),
        "appeal_until": appeal_until(decision),
    }


def steps_of(selection: Selection, candidate: Candidate | None, decisions: list[Decision]) -> list[Step]:
    """The last steps of the way, in place of those that a call without a selection shows."""
    review, result = pgettext("application", "심사"), pgettext("application", "결과")
    if selection.state != SelectionState.PUBLISHED or candidate is None or not decisions:
        return [Step(review, "now" if candidate else "todo"), Step(result, "todo")]
    failed = decisions[0].kind == DecisionKind.DECLINED
    offer = getattr(candidate, "offer", None)
    steps = [Step(review, "done"), Step(result, "failed" if failed else "done")]
    if offer is not None:
        state = {OfferState.OPEN: "now", OfferState.ACCEPTED: "done"}.get(OfferState(offer.state), "failed")
        steps.append(Step(pgettext("application", "등록"), state))
    return steps
