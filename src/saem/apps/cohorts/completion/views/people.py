"""Staff: who has completed, who is at risk; one person's conditions, record, points and trail."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.cohorts.completion import due, pages, queries, recording, rounds, ruling, training
from saem.apps.cohorts.completion.changes import in_words
from saem.apps.cohorts.completion.deciding import book_of, record_again
from saem.apps.cohorts.completion.forms import NameForm, PeopleFilter, ScoresForm, TraineeForm, WithdrawForm
from saem.apps.cohorts.completion.sheets import PARTS
from saem.apps.cohorts.models import Cohort, Enrolment, TraineeRecord, TrainingCourse
from saem.apps.cohorts.queries import cohort_for
from saem.apps.cohorts.sessions.queries import unfilled_lists
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.lib.completion.rules import AssessmentTotal, located

A_PAGE = 50
HUNDRED = Decimal(100)


@require_safe
@login_required
@never_cache
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody of the cohort with what is met and what is missing, page by page."""
    cohort = cohort_for(signed_in(request), pk)
    form = PeopleFilter(request.GET)
    show = form.cleaned_data["show"] if form.is_valid() else ""
    page = Paginator(queries.narrowed(queries.people_of(cohort), show), A_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    numbers = queries.numbers_in(found)
    rows = [
        {
            "enrolment": each,
            "standing": (standing := getattr(each, "standing", None)),
            "lines": pages.lines_of(standing, cohort),
            "number": numbers.get(each.pk, ""),
        }
        for each in found
    ]
    context = {
        "cohort": cohort,
        "form": form,
        "page": page,
        "rows": rows,
        "counts": queries.counts_of(cohort),
        "rules": ruling.rules_of(cohort),
        "training": TrainingCourse.objects.filter(cohort=cohort).first(),
        "round": rounds.under_way(cohort),
        "due": due.due_of(cohort).count(),
        "asks_again": bool(request.headers.get("HX-Request")),
    }
    return render(request, "completion/people.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide now for whom time has come, and send a round on that has stopped; the night would do the first."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    stuck = rounds.under_way(cohort)
    if stuck is not None and stuck.is_stuck:
        rounds.begin(cohort, by=user)
    else:
        due.decide_now(cohort, by=user)
    if rounds.under_way(cohort) is None:
        messages.success(request, _("이수 여부를 다시 계산했어요."))
    return redirect("completion:people", pk)


@require_safe
@login_required
@never_cache
def person(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    found = queries.enrolment_run_for(signed_in(request), pk, enrolment)
    return _person(request, found)


def _person(request: HttpRequest, enrolment: Enrolment, **forms: object) -> HttpResponse:
    cohort = enrolment.classroom.cohort
    standing = getattr(enrolment, "standing", None)
    valid = queries.valid_completion(enrolment)
    context = {
        "cohort": cohort,
        "enrolment": enrolment,
        "standing": standing,
        "lines": pages.lines_of(standing, cohort),
        "completion": valid,
        "unfilled": unfilled_lists(enrolment.classroom),
        "withdrawn": [each for each in queries.completions_of(enrolment) if each.withdrawn_at],
        "training": TrainingCourse.objects.filter(cohort=cohort).first(),
        "changes": in_words(queries.changes_of(enrolment)[:A_PAGE]),
        "record_form": TraineeForm(instance=trainee_of(enrolment)),
        "scores_form": ScoresForm(parts=parts_of(cohort), initial=scores_of(enrolment)),
        "withdraw_form": WithdrawForm(),
        "name_form": NameForm(initial={"name": valid.name}) if valid is not None else None,
        **forms,
    }
    return render(request, "completion/person.html", context, status=422 if forms else 200)


def trainee_of(enrolment: Enrolment) -> TraineeRecord:
    found: TraineeRecord | None = getattr(enrolment, "trainee", None)
    name = enrolment.user.display_name or enrolment.nickname
    return found or TraineeRecord(enrolment=enrolment, name=name)


def scores_of(enrolment: Enrolment) -> dict[str, str]:
    return {
        f"part-{each.part}": training.plain(each.points / each.most * HUNDRED)
        for each in enrolment.assessment_scores.all()
    }


def parts_of(cohort: Cohort) -> list[str]:
    """The parts that the rules weigh; without such rules those of the sheet of results."""
    rules = ruling.rules_of(cohort)
    if rules is None:
        return list(PARTS)
    book = book_of(rules.sha256, rules.text)
    found = [
        part
        for rule in book.rules
        for _path, condition in located(rule.condition)
        if isinstance(condition, AssessmentTotal)
        for weights in condition.weights
        for part in weights.parts
    ]
    return list(dict.fromkeys(found))


@require_POST
@login_required
def record(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    """Change what the office's record says of a person."""
    user = signed_in(request)
    found = queries.enrolment_run_for(user, pk, enrolment)
    form = TraineeForm(request.POST, instance=TraineeRecord(enrolment=found))
    if not form.is_valid():
        return _person(request, found, record_form=form)
    facts = {name: form.cleaned_data[name] for name in training.TRAINEE}
    training.set_trainee(found, facts, reason=form.cleaned_data["reason"], by=user)
    messages.success(request, _("저장했어요."))
    return redirect("completion:person", pk, enrolment)


@require_POST
@login_required
def scores(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    """Change a person's points; completion is decided anew at once."""
    user = signed_in(request)
    found = queries.enrolment_run_for(user, pk, enrolment)
    parts = parts_of(found.classroom.cohort)
    form = ScoresForm(request.POST, parts=parts)
    if not form.is_valid():
        return _person(request, found, scores_form=form)
    points = {part: form.cleaned_data[f"part-{part}"] for part in parts}
    given = {part: None if value is None else (value, HUNDRED) for part, value in points.items()}
    training.set_scores({found.pk: given}, reason=form.cleaned_data["reason"], by=user)
    messages.success(request, _("점수를 저장하고 이수 여부를 다시 따졌어요."))
    return redirect("completion:person", pk, enrolment)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    """Take a completion back, with a reason that stays."""
    user = signed_in(request)
    found = queries.enrolment_run_for(user, pk, enrolment)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _person(request, found, withdraw_form=form)
    completion = queries.valid_completion(found)
    if completion is None:
        raise SaemError("completion_withdrawn", status=409)
    recording.withdraw(completion, reason=form.cleaned_data["reason"], by=user)
    messages.success(request, _("이수를 취소했어요. 번호는 다시 쓰지 않아요."))
    return redirect("completion:person", pk, enrolment)


@require_POST
@login_required
def name(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    """Correct the name that the record and the certificate print."""
    user = signed_in(request)
    found = queries.enrolment_run_for(user, pk, enrolment)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _person(request, found, name_form=form)
    completion = queries.valid_completion(found)
    if completion is None:
        raise SaemError("completion_withdrawn", status=409)
    recording.correct_name(completion, name=form.cleaned_data["name"], reason=form.cleaned_data["reason"], by=user)
    messages.success(request, _("이름을 고쳤어요. 이미 나간 이수증이 있으면 다시 만들어 주세요."))
    return redirect("completion:person", pk, enrolment)


@require_POST
@login_required
def again(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    """Give a completion again that was taken back."""
    user = signed_in(request)
    made = record_again(queries.enrolment_run_for(user, pk, enrolment), by=user)
    messages.success(request, _("다시 이수로 기록했어요. 새 이수번호: %(number)s") % {"number": made.number})
    return redirect("completion:person", pk, enrolment)
