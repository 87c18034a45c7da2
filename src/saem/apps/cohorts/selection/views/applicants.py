"""What an applicant does with a decision: accept or decline, appeal, take the letter away."""

from io import BytesIO
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import saem.web
from saem.apps.cohorts.selection import appealing, letters, offering, queries
from saem.apps.cohorts.selection.forms import AppealForm
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.lib.credentials.certificates import render as typeset
from saem.web.languages import reader_language
from saem.web.messages import message

FONTS = Path(saem.web.__file__).resolve().parent / "fonts"


@require_POST
@login_required
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline a seat, or give it back."""
    user = signed_in(request)
    found = queries.own_offer(user, pk)
    action = request.POST.get("action")
    if action not in {"accept", "decline"}:
        raise Http404
    answered = offering.answer_offer(found, accept=action == "accept", by=user)
    if action == "accept":
        messages.success(request, _("등록했어요. 함께하게 되어 기뻐요."))
    elif answered.state == "withdrawn":
        messages.success(request, _("등록을 취소했어요. 자리는 다음 사람에게 넘어가요."))
    else:
        messages.success(request, _("등록하지 않기로 했어요. 자리는 다음 사람에게 넘어가요."))
    return redirect("calls:application", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to the newest decision, within the declared days."""
    user = signed_in(request)
    decision = queries.own_decision(user, pk)
    is_sent = request.method == "POST" and not hasattr(decision, "appeal")
    if not is_sent and not appealing.may_appeal(decision):
        return redirect("calls:application", pk)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            appealing.send_appeal(decision, text=form.cleaned_data["text"], by=user)
        except SaemError as refused:
            # The days were over before the form was sent: what was written is shown, not lost.
            form.add_error(None, message(refused.code, **refused.params))
        else:
            messages.success(request, _("이의 신청을 받았어요. 답이 나오면 알려 드려요."))
            return redirect("calls:application", pk)
    application = decision.candidate.application
    context = {
        "call": decision.candidate.selection.call,
        "application": application,
        "form": form,
        "decision": decision,
        "until": appealing.appeal_until(decision),
    }
    return render(request, "selection/appeal.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@never_cache
def letter(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """The letter of one decision as a PDF, in the reader's language."""
    decision = queries.own_decision(signed_in(request), pk, number)
    address = request.build_absolute_uri(reverse("calls:application", args=[pk]))
    document = letters.letter_of(decision, language=reader_language(), address=address)
    pdf = typeset(document, fonts=FONTS)
    name = f"{decision.candidate.receipt}-{number}.pdf"
    return FileResponse(BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")
