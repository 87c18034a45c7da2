"""Staff: by which rules a cohort decides, and what makes it a training."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.completion import rounds, ruling
from saem.apps.cohorts.completion.forms import BookForm, RulesForm, TrainingForm
from saem.apps.cohorts.completion.training import set_training
from saem.apps.cohorts.models import Cohort, TrainingCourse
from saem.apps.cohorts.queries import cohort_for
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language
from saem.web.messages import message

GET_AND_POST = ["GET", "HEAD", "POST"]
# What one institute's rules of remote training ask for; an office confirms its own.
USUAL = {
    "attendance": 90,
    "progress": 90,
    "points": 60,
    "online_exam": 40,
    "assignment": 40,
    "participation": 20,
    "waits": True,
    "missing_check_out": "nothing",
    "illness": "absent",
    "grace": 0,
}
OF_PUPILS = {"attendance": 80, "progress": 80, "missing_check_out": "until_end", "illness": "not_planned", "grace": 10}


def projects_of(cohort: Cohort) -> list[tuple[str, str]]:
    language = reader_language()
    return [(key, each.title.in_(language)) for key, each in program_of(cohort.version).projects.items()]


def declared_words(cohort: Cohort) -> str:
    if rounds.under_way(cohort) is not None:
        return _("이수 기준을 정했어요. 모든 사람의 이수 여부를 이 기준으로 다시 계산하고 있어요.")
    return _("이수 기준을 정했어요. 모든 사람의 이수 여부를 이 기준으로 다시 따졌어요.")


@require_http_methods(GET_AND_POST)
@login_required
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what must be met; the choices become a book of rules."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    newest = ruling.rules_of(cohort)
    seen = newest.number if newest is not None else 0
    usual = USUAL if TrainingCourse.objects.filter(cohort=cohort).exists() else OF_PUPILS
    data = request.POST if request.method == "POST" else None
    form = RulesForm(data, projects=projects_of(cohort), initial={**usual, "seen": seen})
    if form.is_valid():
        text = ruling.book_from(form.cleaned_data, cohort=cohort)
        declared = ruling.declare(cohort, text, seen=form.cleaned_data["seen"], by=user)
        if declared.rules is None:
            raise ValueError(declared.problems)
        messages.success(request, declared_words(cohort))
        return redirect("completion:people", pk)
    context = {"cohort": cohort, "form": form, "rules": newest}
    return render(request, "completion/rules.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_AND_POST)
@login_required
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the book itself; everything that is wrong with it is told with its line."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    newest = ruling.rules_of(cohort)
    initial = {"seen": newest.number if newest else 0, "text": newest.text if newest else ""}
    form = BookForm(request.POST if request.method == "POST" else None, initial=initial)
    problems: list[dict[str, object]] = []
    if form.is_valid():
        declared = ruling.declare(cohort, form.cleaned_data["text"], seen=form.cleaned_data["seen"], by=user)
        if declared.rules is not None:
            messages.success(request, declared_words(cohort))
            return redirect("completion:people", pk)
        problems = [
            {
                "line": each.line,
                "text": message(each.code, **each.params),
                "remedy": message(f"{each.code}.remedy", **each.params),
            }
            for each in declared.problems
        ]
    context = {"cohort": cohort, "form": form, "rules": newest, "problems": problems}
    return render(request, "completion/book.html", context, status=422 if form.errors or problems else 200)


@require_http_methods(GET_AND_POST)
@login_required
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """What the report says of the course: hours, area, mode, whether a designation is needed."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    course = TrainingCourse.objects.filter(cohort=cohort).first()
    instance = course or TrainingCourse(cohort=cohort, number_name=cohort.institution.name)
    form = TrainingForm(request.POST if request.method == "POST" else None, instance=instance)
    if form.is_valid():
        set_training(cohort, form.facts(), by=user)
        messages.success(request, _("저장했어요."))
        return redirect("completion:people", pk)
    return render(
        request,
        "completion/training.html",
        {"cohort": cohort, "form": form, "training": course},
        status=422 if form.errors else 200,
    )
