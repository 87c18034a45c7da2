"""Staff: badges for results of projects. Which there are, a new one, who holds one, give, take care of what fell."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.awards.badges import wording
from saem.apps.awards.goals import giving, levels, queries
from saem.apps.awards.goals.forms import GoalForm, WordsForm
from saem.apps.awards.models import Batch, Goal
from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.cohorts.queries import cohort_for
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 50


def language() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"


@require_safe
@login_required
@never_cache
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    """The badges that results of projects earn in this cohort, and the projects that may have another."""
    cohort = cohort_for(signed_in(request), pk)
    titles, rules = titles_of(cohort), levels.rules_in(cohort)
    context = {
        "cohort": cohort,
        "rows": [row_of(goal, titles, rules) for goal in queries.goals_of(cohort)],
        "projects": list(titles.items()),
    }
    return render(request, "awards/goals.html", context)


def titles_of(cohort: Cohort) -> dict[str, str]:
    return {name: project.title.in_(language()) for name, project in levels.projects_in(cohort).items()}


def row_of(goal: Goal, titles: Mapping[str, str], rules: Mapping[str, Version]) -> dict[str, object]:
    words = goal.templates.all()
    return {
        "goal": goal,
        "project": titles.get(goal.project, goal.project),
        "template": words[len(words) - 1],
        "level": said(goal, rules),
    }


def said(goal: Goal, rules: Mapping[str, Version]) -> dict[str, object]:
    """The level in the parts of a sentence, in the reader's language."""
    told = levels.told_of(goal, rules)
    title = told["baseline"]
    assert isinstance(title, dict)
    return {**told, "baseline": title[language()]}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """A level for one project, and the words of its badge."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    found = levels.projects_in(cohort).get(project)
    if found is None:
        raise Http404
    rule = levels.rules_in(cohort)[project]
    form = GoalForm(
        request.POST if request.method == "POST" else None,
        gives_points=levels.gives_points(rule, project),
        baselines=levels.baselines_of(rule, project),
        initial={"name_ko": found.title.ko[:80], "name_en": found.title.en[:80]},
    )
    if form.is_valid():
        try:
            made = giving.set_goal(cohort, by=user, project=project, words=form.words(), **form.asked())
        except SaemError as refused:
            form.add_error("level", message(refused.code, **refused.params))
        else:
            messages.success(request, _("배지를 만들었어요. 이제 기준을 채운 사람에게 줄 수 있어요."))
            return redirect("awards:goal", pk, made.pk)
    context = {"cohort": cohort, "project": found.title.in_(language()), "form": form}
    return render(request, "awards/goal_new.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@never_cache
def goal(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    """One goal: its level, how many reach it, who holds its badge and whose result fell below."""
    found = queries.goal_run_for(signed_in(request), pk, goal)
    page = Paginator(queries.holders_of(found), A_PAGE).get_page(request.GET.get("page"))
    at_level = levels.reached(found, [each.enrolment_id for each in page])
    context = {
        "cohort": found.cohort,
        "goal": found,
        "template": giving.words_of(found),
        "project": titles_of(found.cohort).get(found.project, found.project),
        "level": said(found, levels.rules_in(found.cohort)),
        "page": page,
        "at_level": at_level,
        "lacking": len(giving.lacking(found)) if found.closed_at is None else 0,
        "held": len(giving.holding(found)),
        "fell": queries.holders_of(found).filter(ended_at=None, fell_at__isnull=False).count(),
        "batches": list(queries.batches_for(found)[:3]),
    }
    return render(request, "awards/goal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def words(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    """Other words for the badges given later."""
    user = signed_in(request)
    found = queries.goal_run_for(user, pk, goal)
    newest = giving.words_of(found)
    initial = {name: getattr(newest, name) for name in WordsForm.base_fields}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        wording.set_template(found.cohort, by=user, words={**form.cleaned_data, "hours": None}, goal=found)
        messages.success(request, _("배지를 저장했어요. 지금부터 주는 배지에 이 내용이 들어가요."))
        return redirect("awards:goal", pk, goal)
    context = {"cohort": found.cohort, "goal": found, "form": form, "template": newest}
    return render(request, "awards/goal_words.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def give(request: HttpRequest, pk: int, goal: int) -> HttpResponseRedirect:
    """Give the badge to everybody who reached it and never had it."""
    user = signed_in(request)
    found = queries.goal_run_for(user, pk, goal)
    return begun(request, found, lambda: giving.start(found, by=user))


@require_POST
@login_required
def give_one(request: HttpRequest, pk: int, goal: int, enrolment: int) -> HttpResponseRedirect:
    """Give it once more to somebody whose badge was taken back."""
    user = signed_in(request)
    found = queries.goal_run_for(user, pk, goal)
    person = get_object_or_404(Enrolment, pk=enrolment, classroom__cohort=found.cohort_id)
    return begun(request, found, lambda: giving.start_again(found, person, by=user))


def begun(request: HttpRequest, goal: Goal, ask: Callable[[], Batch]) -> HttpResponseRedirect:
    try:
        batch = ask()
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
        return redirect("awards:goal", goal.cohort_id, goal.pk)
    return redirect("awards:batch", goal.cohort_id, batch.pk)


@require_POST
@login_required
def automatic(request: HttpRequest, pk: int, goal: int) -> HttpResponseRedirect:
    """Whether the badge gives itself."""
    user = signed_in(request)
    found = queries.goal_run_for(user, pk, goal)
    is_on = request.POST.get("on") == "yes"
    giving.set_automatic(found, is_on=is_on, by=user)
    said = _("이제 기준을 채우면 바로 배지를 줘요.") if is_on else _("이제 단추를 눌러야 배지를 줘요.")
    messages.success(request, said)
    return redirect("awards:goal", pk, goal)


@require_POST
@login_required
def close(request: HttpRequest, pk: int, goal: int) -> HttpResponseRedirect:
    """Give no more of it; what was given holds."""
    user = signed_in(request)
    giving.close(queries.goal_run_for(user, pk, goal), by=user)
    messages.success(request, _("이 배지는 이제 새로 주지 않아요. 이미 준 배지는 그대로예요."))
    return redirect("awards:goals", pk)
