"""Staff declare the rules; everybody may read them once the call is public."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.calls.queries import call_run_for
from saem.apps.cohorts.models import Call
from saem.apps.cohorts.selection import declaring, queries, rule_pages
from saem.apps.cohorts.selection.declaring import Manner
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.rule_forms import (
    MannerForm,
    QuotaFormSet,
    StageFormSet,
    document_of,
    initial_of,
    values_of,
)
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message

STAGE = {"reviews": 2, "weight": 100, "disagreement": 30}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules as a form: checked as a whole, with every problem in words, before anything is declared."""
    user = signed_in(request)
    call = call_run_for(user, pk)
    manner, stages, quotas = forms_of(request, call)
    problems: list[str] = []
    is_sent = request.method == "POST" and "add" not in request.POST
    if is_sent and all([manner.is_valid(), stages.is_valid(), quotas.is_valid()]):
        problems = declared(request, call, manner.cleaned_data, (kept(stages), kept(quotas)))
        if not problems:
            messages.success(request, _("선발 기준을 선언했어요. 이제 이 기준의 해시를 누구나 볼 수 있어요."))
            return redirect("selection:overview", pk)
    context = {
        "call": call,
        "manner": manner,
        "stages": stages,
        "quotas": quotas,
        "problems": problems,
        "selection": queries.selection_of(call),
        "is_late": declaring.is_late(call),
    }
    # Nothing was declared, so something stands in the way; adding a row to the form is no mistake.
    return render(request, "selection/declare.html", context, status=422 if is_sent else 200)


def forms_of(request: HttpRequest, call: Call) -> tuple[MannerForm, Any, Any]:
    """The forms as sent, with one row more where that was asked for, or as the rules in force fill them."""
    values = values_of(declaring.form_of(call), declaring.attributes_for(call))
    extra: dict[str, Any] = {"form_kwargs": {"values": values}}
    if request.method == "POST":
        manner = MannerForm(request.POST)
        stages = StageFormSet(request.POST, prefix="stages")
        quotas = QuotaFormSet(request.POST, prefix="quotas", **extra)
        if "add" not in request.POST:
            return manner, stages, quotas
        more = request.POST["add"]
        first, second = raw(stages), raw(quotas)
        first += [dict(STAGE)] * (more == "stage")
        second += [{}] * (more == "quota")
        manner = MannerForm(initial={name: manner[name].value() for name in manner.fields})
        return (
            manner,
            StageFormSet(initial=first, prefix="stages"),
            QuotaFormSet(initial=second, prefix="quotas", **extra),
        )
    selection = queries.selection_of(call)
    if selection is None:
        first_stage = {**STAGE, "ko": _("서류 심사"), "en": "Applications"}
        manner = MannerForm(initial={"seats": call.seats, "reserve": call.seats // 2})
        return manner, StageFormSet(initial=[first_stage], prefix="stages"), QuotaFormSet(prefix="quotas", **extra)
    facts, stage_rows, quota_rows = initial_of(rules_of(selection))
    facts |= {name: getattr(selection, name) for name in ("public_source", "is_blind", "reply_days", "appeal_days")}
    return (
        MannerForm(initial=facts),
        StageFormSet(initial=stage_rows, prefix="stages"),
        QuotaFormSet(initial=quota_rows, prefix="quotas", **extra),
    )


def raw(formset: Any) -> list[dict[str, Any]]:
    """What was typed, right or wrong, row by row."""
    return [{name: form[name].value() for name in form.fields if name != "DELETE"} for form in formset.forms]


def kept(formset: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def declared(
    request: HttpRequest, call: Call, facts: dict[str, Any], rows: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> list[str]:
    """Declare, and return what is wrong in words."""
    data = document_of(call.titles, facts, *rows, declaring.attributes_for(call))
    manner = Manner(**{name: facts[name] for name in ("is_blind", "reply_days", "appeal_days", "public_source")})
    try:
        problems = declaring.declare(call, by=signed_in(request), data=data, manner=manner, reason=facts["reason"])
    except SaemError as refused:
        return [message(refused.code, **refused.params)]
    return [rule_pages.problem_words(problem, data) for problem in problems]


@require_safe
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The declared rules in words, with their hash and every earlier declaration."""
    selection = queries.public_selection(pk)
    context = {
        "selection": selection,
        "call": selection.call,
        **rule_pages.rules_page(selection),
        "declarations": list(selection.declarations.order_by("-number")),
    }
    return render(request, "selection/rules.html", context)


@require_safe
def rules_text(_request: HttpRequest, pk: int) -> HttpResponse:
    """The canonical text that the hash is of, byte for byte."""
    selection = queries.public_selection(pk)
    text = selection.rules.text if selection.rules else ""
    return HttpResponse(text.encode(), content_type="application/json")
