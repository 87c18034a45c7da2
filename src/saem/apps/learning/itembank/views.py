"""The pages of the item bank: all items, one item, the models."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saem.apps.catalog.assets import asset as asset_response
from saem.apps.catalog.models import Program, Version
from saem.apps.learning.itembank import cards, contents, groups, item_page, pages, queries, services
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message

# What may be decided about a model, by its name in the address.
DECISIONS = {"accept": services.accept, "refuse": services.refuse, "reinstate": services.reinstate}


@require_safe
@login_required
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """All items of a program, those to look at first."""
    program = queries.program_for(signed_in(request), slug)
    found = queries.bank_of(program)
    order = pages.order_named(request.GET.get("sort", ""))
    step = contents.step_named(found.version, request.GET.get("step", ""))
    context = {
        "bank": found,
        "step": step,
        "step_title": step.title.in_(reader_language()) if step else "",
        "lines": pages.lines_of(found, reader_language(), order, step),
        "order": order,
        "orders": pages.Order,
        "title": title_of(program, found.version),
        "trail": trail_of(program, found.version),
    }
    return render(request, "itembank/bank.html", context)


@require_safe
@login_required
def item(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """One item as learners meet it, with what their answers say of it."""
    program, version, entry = queries.entry_for(signed_in(request), slug, item)
    trail = [*trail_of(program, version), (_("문항 은행"), reverse("itembank:bank", args=[slug]))]
    context = {
        "program": program,
        "view": item_page.item_view(program, version, entry, reader_language()),
        "title": title_of(program, version),
        "trail": trail,
    }
    return render(request, "itembank/item.html", context)


@require_safe
@login_required
def models(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposed model's card beside that of the one in force, and what was decided before."""
    user = signed_in(request)
    program = queries.program_for(user, slug)
    found = queries.models_of(program)
    context = {
        "program": program,
        "cards": cards.cards_of(found, queries.rooms_named(user, found)),
        "history": cards.decided(found),
        "fewest": groups.FEWEST,
        "refit": queries.last_refit(program),
        "trail": [(_("문항 은행"), reverse("itembank:bank", args=[slug]))],
    }
    return render(request, "itembank/models.html", context)


@require_safe
@login_required
def model(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One model's card, of any state; a retired one can be brought back from here."""
    user = signed_in(request)
    found = queries.model_for(user, slug, pk)
    card = cards.Card(found, queries.rooms_named(user, [found]))
    context = {
        "program": found.program,
        "card": card,
        "cards": [card],
        "fewest": groups.FEWEST,
        "trail": [
            (_("문항 은행"), reverse("itembank:bank", args=[slug])),
            (_("학습자 모형"), reverse("itembank:models", args=[slug])),
        ],
    }
    return render(request, "itembank/model.html", context)


@require_POST
@login_required
def refit(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    services.request_refit(queries.program_for(signed_in(request), slug))
    messages.success(request, _("다시 계산하고 있어요. 조금 뒤에 이 쪽을 다시 열어 보세요."))
    return redirect("itembank:bank", slug)


@require_POST
@login_required
def decide(request: HttpRequest, slug: str, pk: int, decision: str) -> HttpResponseRedirect:
    """Accept, refuse or bring back a model. Pressed twice it is done once."""
    user = signed_in(request)
    act = DECISIONS.get(decision)
    if act is None:
        raise Http404
    try:
        if act(queries.model_for(user, slug, pk), by=user):
            messages.success(request, message(f"itembank.decided.{decision}"))
        else:
            messages.info(request, _("이미 결정한 모형이에요."))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect("itembank:models", slug)


@require_safe
@login_required
def asset(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    """A picture of an item of the newest version."""
    version = contents.newest_version(queries.program_for(signed_in(request), slug))
    if version is None:
        raise Http404
    return asset_response(version, path)


def title_of(program: Program, version: Version | None) -> str:
    return version.local_title if version else program.slug


def trail_of(program: Program, version: Version | None) -> list[tuple[str, str]]:
    """The way back to the program's own page, once something of it is published."""
    return [(version.local_title, reverse("catalog:program", args=[program.slug]))] if version else []
