"""Staff answer appeals: whoever reviewed an application does not answer for it."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.models import Appeal, AppealState, RunAct, RunState
from saem.apps.cohorts.selection import appealing, letters, queries, runs, scoring
from saem.apps.cohorts.selection.appealing import Answer
from saem.apps.cohorts.selection.forms import AppealAnswerForm
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.rule_pages import stage_titles
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message


@require_safe
@login_required
@never_cache
def appeals(request: HttpRequest, pk: int) -> HttpResponse:
    selection = queries.selection_run_for(signed_in(request), pk)
    context = {"call": selection.call, "selection": selection, "appeals": list(queries.appeals_of(selection))}
    return render(request, "selection/appeals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def answer(request: HttpRequest, pk: int, appeal: int) -> HttpResponse:
    """Read an appeal, put numbers right where it is right, and answer it."""
    user = signed_in(request)
    found = queries.appeal_for(user, pk, appeal)
    form = AppealAnswerForm(request.POST if request.method == "POST" else None)
    rows = rows_of(found, request)
    is_clean = not any(one["problem"] for row in rows for one in row["criteria"])
    if form.is_valid() and is_clean and found.state == AppealState.OPEN:
        given = Answer(
            text=form.cleaned_data["answer"],
            is_upheld=form.cleaned_data["state"] == AppealState.UPHELD,
            corrections=corrections_of(rows),
        )
        try:
            appealing.answer_appeal(found, given, by=user, later=runs.ask_conclusion)
        except SaemError as refused:
            if refused.status != HTTPStatus.CONFLICT:
                raise
            # Nothing typed is lost: the form comes back with why.
            form.add_error(None, message(refused.code, **refused.params))
        else:
            return answered(request, found)
    decision = found.decision
    context = {
        "call": decision.candidate.selection.call,
        "appeal": found,
        "application": decision.candidate.application,
        "reasons": letters.reasons_in_words(decision, reader_language()),
        "form": form,
        "rows": rows,
        "may_answer": appealing.may_answer(found, user),
    }
    has_problems = form.is_bound and (bool(form.errors) or not is_clean)
    return render(request, "selection/answer.html", context, status=422 if has_problems else 200)


def answered(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    selection = appeal.decision.candidate.selection
    if selection.runs.filter(act=RunAct.CONCLUDE, state=RunState.WAITING).exists():
        messages.success(request, _("답을 저장했어요. 바로잡은 점수로 다시 계산하고 나면 지원자에게 알려요."))
        return redirect("selection:overview", selection.call_id)
    messages.success(request, _("답을 보냈어요."))
    return redirect("selection:appeals", selection.call_id)


def rows_of(appeal: Appeal, request: HttpRequest) -> list[dict[str, Any]]:
    """The readings of the applicant with a control for each number, filled with what was sent or what is there."""
    selection = queries.selection_of(appeal.decision.candidate.selection.call)
    assert selection is not None
    rules, language = rules_of(selection), reader_language()
    titles, known = stage_titles(rules), {stage.id: stage for stage in rules.stages}
    readings = selection.readings.filter(application=appeal.decision.candidate.application_id, withdrawn_at=None)
    rows = []
    for number, reading in enumerate(readings.exclude(submitted_at=None).order_by("assigned_at", "pk"), start=1):
        stage, kept = known.get(reading.stage), scoring.scores_of(reading)
        if stage is None:
            continue
        texts = {one.id: shown(kept.get(one.id)) for one in stage.criteria}
        if request.method == "POST":
            texts = {one.id: request.POST.get(f"r{reading.pk}.{one.id}", texts[one.id]) for one in stage.criteria}
        values, problems = scoring.checked(stage, texts)
        rows.append(
            {
                "reading": reading,
                "number": number,
                "stage": titles[reading.stage],
                "values": values,
                "criteria": [
                    {
                        "name": f"r{reading.pk}.{one.id}",
                        "title": getattr(one.title, language),
                        "value": texts[one.id],
                        "most": one.maximum,
                        "least": one.minimum,
                        "problem": message(problems[one.id][0], **problems[one.id][1]) if one.id in problems else "",
                    }
                    for one in stage.criteria
                ],
            }
        )
    return rows


def shown(value: Decimal | None) -> str:
    return f"{value.normalize():f}" if value is not None else ""


def corrections_of(rows: list[dict[str, Any]]) -> dict[int, dict[str, Decimal]]:
    """Numbers by reading; a control that was emptied corrects nothing."""
    return {
        row["reading"].pk: {name: value for name, value in row["values"].items() if value is not None} for row in rows
    }
