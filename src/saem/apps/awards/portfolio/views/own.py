"""The owner's pages: what is in the portfolio, who sees what, the reflections."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.awards.models import Audience, Reflection
from saem.apps.awards.portfolio import entries, limits, reflecting, sharing
from saem.apps.awards.portfolio.forms import AboutForm, ChoiceForm, ReflectionForm
from saem.apps.awards.portfolio.prompts import FREE, PROMPTS, question_of
from saem.apps.people.limits import spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError

UP, DOWN = "up", "down"
DIGITS = 9  # of a version's number


@require_safe
@login_required
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Everything there is, with what the owner chose for it."""
    portfolio = entries.portfolio_of(signed_in(request))
    everything = entries.everything(portfolio, entries.courses_of(portfolio.user))
    return render(
        request,
        "portfolio/own.html",
        {
            "portfolio": portfolio,
            "entries": everything,
            "shown": sum(each.is_for_link() for each in everything),
            "audiences": Audience.choices,
        },
    )


@require_safe
@login_required
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """What a visitor with a link sees; nothing is counted."""
    portfolio = entries.portfolio_of(signed_in(request))
    courses = entries.courses_of(portfolio.user)
    with_name = request.GET.get("naming") == "name"
    shown = [each for each in entries.everything(portfolio, courses) if each.is_for_link()]
    name = sharing.name_shown(portfolio, courses, with_name=with_name)
    context = {"portfolio": portfolio, "entries": shown, "name": name, "with_name": with_name, "is_preview": True}
    return render(request, "portfolio/shared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def about(request: HttpRequest) -> HttpResponse:
    """Title and introduction."""
    portfolio = entries.portfolio_of(signed_in(request))
    initial = {"title": portfolio.title, "introduction": portfolio.introduction}
    form = AboutForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        entries.introduce(entries.stored(portfolio.user), **form.cleaned_data)
        messages.success(request, _("저장했어요."))
        return redirect("portfolio:own")
    return render(request, "portfolio/about.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def entry(request: HttpRequest, ref: str) -> HttpResponse:
    """One entry: who sees it, and a sentence about it."""
    user = signed_in(request)
    found = entries.entry_for(user, ref)
    initial = {"audience": found.audience, "remark": found.remark}
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        chosen = {"audience": Audience(form.cleaned_data["audience"]), "remark": form.cleaned_data["remark"]}
        entries.choose(entries.stored(user), found.ref, **chosen)
        messages.success(request, _("저장했어요."))
        return redirect(f"{reverse('portfolio:own')}#{found.anchor}")
    context = {"form": form, "entry": found, "title": entries.title_of(found.work)}
    return render(request, "portfolio/entry.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def move(request: HttpRequest) -> HttpResponse:
    """Put one entry a place up or down."""
    user = signed_in(request)
    portfolio = entries.stored(user)
    everything = entries.everything(portfolio, entries.courses_of(user))
    ref, way = request.POST.get("ref", ""), request.POST.get("way", "")
    found = next((each for each in everything if each.ref == ref), None)
    if found is None or way not in {UP, DOWN}:
        raise SaemError("portfolio.gone", status=404)
    entries.move(portfolio, everything, ref, by=-1 if way == UP else 1)
    return redirect(f"{reverse('portfolio:own')}#{found.anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new_reflection(request: HttpRequest) -> HttpResponse:
    """Choose a question and begin to write."""
    user = signed_in(request)
    abouts = things_of(user)
    asked = request.GET.get("prompt", "")
    initial = {"about": request.GET.get("about", ""), "prompt": asked if asked in PROMPTS else FREE}
    form = ReflectionForm(request.POST if request.method == "POST" else None, abouts=abouts, initial=initial)
    if form.is_valid():
        refuse_flood(user)
        data = form.cleaned_data
        written = reflecting.begin(
            entries.stored(user),
            prompt=data["prompt"],
            about=data["about"],
            text=data["text"],
            audience=Audience(data["audience"]),
        )
        messages.success(request, _("저장했어요."))
        return redirect(f"{reverse('portfolio:own')}#reflection-{written.pk}")
    context = {"form": form, "prompts": PROMPTS}
    return render(request, "portfolio/reflection.html", context, status=422 if form.is_bound else 200)


def things_of(user: User) -> list[tuple[str, str]]:
    """What a reflection may be about: everything but reflections."""
    portfolio = entries.portfolio_of(user)
    everything = entries.everything(portfolio, entries.courses_of(user))
    return [
        (each.ref, f"{each.kind.label}: {entries.title_of(each.work)}")
        for each in everything
        if not isinstance(each.work, entries.ReflectionWork)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reflection(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on; every saving is a version."""
    user = signed_in(request)
    row = entries.reflection_for(user, pk)
    initial = {"text": row.text, "audience": entries.audience_of(row)}
    form = ReflectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        refuse_flood(user)
        if save(row, form, request.POST.get("seen", "")):
            messages.success(request, _("저장했어요."))
            return redirect(f"{reverse('portfolio:own')}#reflection-{row.pk}")
        row.refresh_from_db()
        form.add_error("text", _("그사이 다른 창에서 고쳤어요. 아래의 전에 쓴 글을 보고 다시 저장해 주세요."))
    return render(request, "portfolio/reflection.html", facts_of(row, form), status=422 if form.is_bound else 200)


def save(row: Reflection, form: ReflectionForm, seen: str) -> bool:
    data = form.cleaned_data
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= DIGITS else 0
    return reflecting.write(row, text=data["text"], audience=Audience(data["audience"]), seen=number)


def facts_of(row: Reflection, form: ReflectionForm) -> dict[str, object]:
    prompt = PROMPTS.get(row.prompt, PROMPTS[FREE])
    older = row.versions.exclude(number=row.number).order_by("-number")
    return {"form": form, "row": row, "question": question_of(row.prompt), "help": prompt.help, "older": older}


@require_POST
@login_required
def delete_reflection(request: HttpRequest, pk: int) -> HttpResponse:
    reflecting.delete(entries.reflection_for(signed_in(request), pk))
    messages.success(request, _("지웠어요."))
    return redirect("portfolio:own")


def refuse_flood(user: User) -> None:
    if not spend(limits.WRITTEN_BY_PERSON, user.pk):
        raise SaemError("too_many_requests", status=429)
