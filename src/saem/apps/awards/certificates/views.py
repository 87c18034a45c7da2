"""Staff: who has what, have it made, take it back, issue it again. Learners: their own."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.awards.badges import issuing as badge_issuing
from saem.apps.awards.badges import wording
from saem.apps.awards.badges.queries import badge_run_for, badges_of
from saem.apps.awards.certificates import automatic as automation
from saem.apps.awards.certificates import batches, issuing, queries
from saem.apps.awards.certificates.files import file_of
from saem.apps.awards.certificates.queries import progress_in
from saem.apps.awards.forms import ReasonForm, ReissueForm, TemplateForm
from saem.apps.awards.goals.giving import words_of
from saem.apps.awards.goals.queries import failed_in, states_in
from saem.apps.awards.models import Badge, Batch, Earning, Goal, GoalBatch
from saem.apps.cohorts.models import Cohort, Completion, Enrolment
from saem.apps.cohorts.queries import cohort_for
from saem.apps.people.queries import institutions_run_by, signed_in
from saem.errors import SaemError
from saem.lib.credentials.certificates import Language
from saem.web.messages import message

A_PAGE, POLL_MS = 50, 1000


@require_safe
@login_required
@never_cache
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a completion, searched and page by page, and the button for all."""
    user = signed_in(request)
    found = cohort_for(user, pk)
    query = request.GET.get("q", "").strip()[:60]
    completions = queries.completions_in(found).select_related("enrolment__classroom")
    if query:
        completions = completions.filter(name__icontains=query)
    template = queries.newest_template(found)
    page = Paginator(queries.with_awards(completions).order_by("name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": found,
        "page": page,
        "query": query,
        "template": template,
        "completed": queries.valid_in(found).count(),
        "lacking": queries.lacking(queries.valid_in(found), badge=template is not None).count(),
        "batches": list(queries.batches_of(found)[:5]),
        "runs_institution": institutions_run_by(user).filter(pk=found.institution_id).exists(),
        "is_automatic": automation.is_automatic(found),
        "has_signer": automation.has_signer(found),
        "unready": automation.unready_in(found).count(),
        "goals": Goal.objects.filter(cohort=found, closed_at=None).count(),
        "fell": Earning.objects.filter(goal__cohort=found, ended_at=None, fell_at__isnull=False).count(),
    }
    return render(request, "awards/cohort.html", context)


@require_POST
@login_required
def make(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Have made what everybody who completed still lacks."""
    user = signed_in(request)
    return begun(request, cohort_for(user, pk), lambda found: batches.start(found, by=user))


@require_POST
@login_required
def make_one(request: HttpRequest, pk: int, enrolment: int) -> HttpResponseRedirect:
    """The same for one person; who has not completed gets nothing, and staff read why."""
    user = signed_in(request)
    found = cohort_for(user, pk)
    person = get_object_or_404(
        Enrolment.objects.select_related("classroom__cohort"), pk=enrolment, classroom__cohort=found
    )
    return begun(request, found, lambda _found: batches.start_for(person, by=user))


def begun(request: HttpRequest, found: Cohort, ask: Callable[[Cohort], Batch]) -> HttpResponseRedirect:
    try:
        batch = ask(found)
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
        return redirect("awards:cohort", found.pk)
    return redirect("awards:batch", found.pk, batch.pk)


@require_safe
@login_required
@never_cache
def batch(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    """How far a batch is; the page asks again by itself until it is done."""
    found = cohort_for(signed_in(request), pk)
    row = get_object_or_404(Batch.objects.select_related("for_goal__goal"), cohort=found, pk=batch)
    goal: GoalBatch | None = getattr(row, "for_goal", None)
    context = {"cohort": found, "batch": row, "poll_ms": POLL_MS}
    if goal is not None:
        context |= {"goal": goal.goal, "template": words_of(goal.goal), "progress": progress_in(states_in(row))}
        context["failed"] = [(item.enrolment.nickname, "", message(item.code)) for item in failed_in(row)[:A_PAGE]]
        return render(request, "awards/batch.html", context)
    context["progress"] = queries.progress_of(row)
    context["failed"] = [
        (item.completion.name, reverse("awards:person", args=[item.completion_id]), message(item.code, **item.params))
        for item in queries.failed_of(row)[:A_PAGE]
    ]
    return render(request, "awards/batch.html", context)


@require_POST
@login_required
def automatic(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Whether certificates make themselves when somebody completes."""
    user = signed_in(request)
    found = cohort_for(user, pk)
    is_on = request.POST.get("on") == "yes"
    try:
        automation.set_automatic(found, is_on=is_on, by=user)
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        said = _("이제 이수하면 이수증을 바로 만들어요.") if is_on else _("이제 단추를 눌러야 이수증을 만들어요.")
        messages.success(request, said)
    return redirect("awards:cohort", pk)


@require_safe
@login_required
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's completion: every issue of the certificate, the badge, what may be done."""
    found = queries.completion_run_for(signed_in(request), pk)
    return render(request, "awards/person.html", person_page(found))


def person_page(found: Completion) -> dict[str, object]:
    certificates = queries.certificates_of(found)
    held = next((one for one in certificates if one.revoked_at is None), None)
    badges = badges_of(found.pk)
    return {
        "completion": found,
        "cohort": found.enrolment.classroom.cohort,
        "certificates": certificates,
        "held": held if found.withdrawn_at is None else None,
        "badges": badges,
        "may_make": queries.lacking(
            queries.valid_in(found.enrolment.classroom.cohort).filter(pk=found.pk),
            badge=queries.newest_template(found.enrolment.classroom.cohort) is not None,
        ).exists(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """A new certificate that names this one, with a corrected name or as it was."""
    user = signed_in(request)
    found = queries.certificate_run_for(user, pk)
    form = ReissueForm(request.POST if request.method == "POST" else None, initial={"name": found.completion.name})
    if form.is_valid():
        try:
            made: Batch = batches.reissue(found, by=user, **form.cleaned_data)
        except SaemError as refused:
            messages.warning(request, message(refused.code, **refused.params))
            return redirect("awards:person", found.completion_id)
        return redirect("awards:batch", made.cohort_id, made.pk)
    return render(
        request, "awards/reissue.html", {"certificate": found, "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = queries.certificate_run_for(user, pk)
    place = reverse("awards:person", args=[found.completion_id])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if issuing.revoke(found, by=user, reason=form.cleaned_data["reason"]):
            messages.success(request, _("이수증을 취소했어요. 지금부터 확인 화면에서 취소한 증서로 보여요."))
        return redirect("awards:person", found.completion_id)
    return render(
        request,
        "awards/revoke.html",
        {"certificate": found, "name": found.completion.name, "place": place, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def revoke_badge(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    found = badge_run_for(user, pk)
    place = place_of(found)
    fell = found.earning is not None and found.earning.fell_at is not None
    initial = {"reason": _("다시 채점한 결과가 배지 기준에 못 미쳐요.")} if fell else {}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        if badge_issuing.revoke(found, by=user, reason=form.cleaned_data["reason"]):
            messages.success(request, _("배지를 취소했어요. 배지를 확인하는 곳에 곧 알려져요."))
        return redirect(place)
    context = {"badge": found, "name": name_in(found), "place": place, "form": form}
    return render(request, "awards/revoke.html", context, status=422 if form.errors else 200)


def name_in(badge: Badge) -> str:
    """What staff know the holder by: the name of the record, or the nickname in the class."""
    if badge.completion is not None:
        return badge.completion.name
    return badge.earning.enrolment.nickname if badge.earning is not None else ""


def place_of(badge: Badge) -> str:
    """The staff's page that tells of the badge: its holder's completion, or its goal."""
    if badge.completion_id is not None:
        return reverse("awards:person", args=[badge.completion_id])
    return reverse("awards:goal", args=[badge.template.cohort_id, badge.template.goal_id])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the cohort's badge. Other words count for badges given later."""
    user = signed_in(request)
    found = cohort_for(user, pk)
    newest = queries.newest_template(found)
    initial = {name: getattr(newest, name) for name in TemplateForm.base_fields} if newest else starting_words(found)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        wording.set_template(found, by=user, words=form.cleaned_data)
        messages.success(request, _("배지를 저장했어요. 지금부터 주는 배지에 이 내용이 들어가요."))
        return redirect("awards:cohort", pk)
    return render(
        request,
        "awards/template.html",
        {"cohort": found, "form": form, "template": newest},
        status=422 if form.errors else 200,
    )


def starting_words(found: Cohort) -> dict[str, object]:
    """What is known already, to be made better by somebody who knows the program."""
    version = found.version
    return {
        "name_ko": version.title_ko[:80],
        "name_en": version.title_en[:80],
        "description_ko": version.summary_ko[:300],
        "description_en": version.summary_en[:300],
    }


@require_safe
@login_required
@never_cache
def pdf(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The file, for its holder and for staff; one that was taken back stays readable for both."""
    found = queries.readable_certificate_for(signed_in(request), pk)
    if language not in list(Language):
        raise Http404
    kept = file_of(found, Language(language))
    name = f"{found.course[language]} {found.facts['name']}.pdf"
    answer = HttpResponse(bytes(kept.data), content_type="application/pdf")
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
