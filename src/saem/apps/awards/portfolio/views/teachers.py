"""A teacher's view of a student's portfolio, and the guardian's consent that teacher or staff record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.awards.portfolio import entries, guardians
from saem.apps.awards.portfolio.gate import gate_of
from saem.apps.cohorts.guardians.forms import ConsentForm, TakeBackForm
from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.queries import classrooms_seen_by, classrooms_taught_by
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in


def student_for(user: User, pk: int) -> Enrolment:
    """A student of a classroom that `user` teaches or runs."""
    seen = Enrolment.objects.present().filter(classroom__in=classrooms_seen_by(user).values("pk"))
    return get_object_or_404(seen.select_related("user", "classroom__cohort"), pk=pk)


@require_safe
@login_required
@never_cache
def student(request: HttpRequest, enrolment: int) -> HttpResponse:
    """What the student lets teachers see; who only runs the cohort sees what a link would show."""
    user = signed_in(request)
    found = student_for(user, enrolment)
    teaches = classrooms_taught_by(user).filter(pk=found.classroom_id).exists()
    portfolio = entries.portfolio_of(found.user)
    everything = entries.everything(portfolio, entries.courses_of(found.user))
    shown = [each for each in everything if (each.is_for_teacher_of(found.pk) if teaches else each.is_for_link())]
    context = {
        "student": found,
        "portfolio": portfolio,
        "entries": shown,
        "teaches": teaches,
        "gate": gate_of(portfolio),
        "consent": guardians.consent_in_force(found.user),
        "question": guardians.newest_question(found.user),
        "trail": trail_of(found),
    }
    return render(request, "portfolio/student.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def consent(request: HttpRequest, enrolment: int) -> HttpResponse:
    """Record that a guardian agreed on paper or by phone, or that the consent was taken back."""
    user = signed_in(request)
    found = student_for(user, enrolment)
    sent = request.POST if request.method == "POST" else None
    given = guardians.consent_in_force(found.user)
    form: ConsentForm | TakeBackForm = ConsentForm(sent) if given is None else TakeBackForm(sent)
    if form.is_valid():
        if isinstance(form, ConsentForm):
            guardians.record_consent(found.user, form.paper, by=user)
            messages.success(request, _("보호자 동의를 기록했어요."))
        elif given is not None:
            guardians.withdraw(given, by=user, remark=form.cleaned_data["told_how"])
            messages.success(request, _("동의를 거두어들인 것으로 기록했어요. 이 학생의 링크는 이제 열리지 않아요."))
        return redirect("portfolio:student", enrolment)
    words = guardians.words_now()
    context = {"student": found, "form": form, "given": given, "words": words, "trail": trail_of(found)}
    return render(request, "portfolio/consent.html", context, status=422 if form.is_bound else 200)


def trail_of(student: Enrolment) -> list[tuple[str, str]]:
    classroom = student.classroom
    return [
        (classroom.name, reverse("insight:classroom", args=[classroom.pk])),
        (student.nickname, reverse("insight:student", args=[classroom.pk, student.pk])),
    ]
