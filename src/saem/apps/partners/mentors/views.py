"""Staff: the mentors of their institution and their checks. Mentors: what they promise."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.partners import queries
from saem.apps.partners.contact.hours import month_of, used_in
from saem.apps.partners.contact.queries import mentor_own_for
from saem.apps.partners.matching.loading import loads_of
from saem.apps.partners.mentors import inviting, vetting
from saem.apps.partners.mentors.clearance import clearance_of, clearances_of
from saem.apps.partners.mentors.forms import CheckForm, InviteForm, PromiseForm, WithdrawForm
from saem.apps.partners.models import Mentor
from saem.apps.people.models import Institution
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def mentors(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who mentors here, until when they may, what they promised and gave this month; and a new one."""
    user = signed_in(request)
    host = queries.institution_run_for(user, pk)
    homes = Institution.objects.exclude(pk=host.pk).order_by("name")
    form = InviteForm(request.POST if request.method == "POST" else None, homes=homes)
    if form.is_valid():
        mentor = inviting.invite(host, **form.cleaned_data, by=user)
        messages.success(request, _("멘토를 불렀어요. 경력 조회를 적어 주세요."))
        return redirect("partners:mentor", host.pk, mentor.pk)
    everybody = Mentor.objects.here().filter(host=host).select_related("user", "home")
    page = Paginator(everybody.order_by("user__display_name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {"host": host, "page": page, "rows": rows_of(list(page)), "form": form}
    return render(request, "partners/mentors.html", context, status=422 if form.errors else 200)


def rows_of(mentors: list[Mentor]) -> list[dict[str, object]]:
    """A handful of queries for a page."""
    today = timezone.localdate()
    clearances, loads = clearances_of(mentors), loads_of(mentors)
    used = used_in([one.pk for one in mentors], month_of(today))
    return [
        {
            "mentor": one,
            "until": clearances[one.pk].until(today),
            "is_over": one.paused_at is not None or clearances[one.pk].is_over(today),
            "load": loads[one.pk],
            "used": used.get(one.pk, 0),
        }
        for one in mentors
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def mentor(request: HttpRequest, pk: int, mentor: int) -> HttpResponse:
    """One mentor with every check there ever was, and a new one."""
    user = signed_in(request)
    found = queries.mentor_run_for(user, pk, mentor)
    form = CheckForm(request.POST if request.method == "POST" else None, initial={"holds_from": timezone.localdate()})
    if form.is_valid():
        try:
            vetting.record(found, form.check, by=user)
        except SaemError as refused:
            form.add_error(None, message(refused.code, **refused.params))
        else:
            messages.success(request, _("경력 조회를 적었어요."))
            return redirect("partners:mentor", pk, mentor)
    clearance = clearance_of(found)
    context = {
        "host": found.host,
        "mentor": found,
        "promises": list(found.promises.all()[:A_PAGE]),
        "form": form,
        "until": clearance.until(timezone.localdate()),
        "vettings": list(found.vettings.select_related("recorded_by", "withdrawn_by").order_by("-pk")[:A_PAGE]),
        "pairings": list(found.pairings.filter(until=None).select_related("team__classroom__cohort").order_by("pk")),
    }
    return render(request, "partners/mentor.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def withdraw(request: HttpRequest, pk: int, mentor: int, vetting_pk: int) -> HttpResponse:
    """Take a check back: contact ends in the same moment."""
    user = signed_in(request)
    found = queries.vetting_run_for(user, pk, mentor, vetting_pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        vetting.withdraw(found, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, _("경력 조회를 취소했어요."))
        return redirect("partners:mentor", pk, mentor)
    context = {"vetting": found, "mentor": found.mentor, "form": form}
    return render(request, "partners/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def let_go(request: HttpRequest, pk: int, mentor: int) -> HttpResponseRedirect:
    user = signed_in(request)
    inviting.let_go(queries.mentor_run_for(user, pk, mentor), by=user)
    messages.success(request, _("멘토를 그만두게 했어요. 지난 기록은 그대로 남아요."))
    return redirect("partners:mentors", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """What a mentor promises; only they write it."""
    user = signed_in(request)
    found = mentor_own_for(user, pk)
    initial = {name: getattr(found, name) for name in PromiseForm.base_fields}
    if found.declared_at is None:
        initial["places"] = 1
    form = PromiseForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        inviting.declare(found, form.promise, by=user)
        messages.success(request, _("저장했어요. 고마워요."))
        return redirect("partners:mentoring")
    context = {"mentor": found, "form": form, "promises": list(found.promises.all()[:A_PAGE])}
    return render(request, "partners/profile.html", context, status=422 if form.errors else 200)
