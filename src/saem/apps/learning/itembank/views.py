"""The pages of the item bank: all items, one item, the models."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saem.apps.catalog.models import Program, Version
from saem.apps.learning.itembank import cards, pages, queries, services
from saem.apps.people.queries import signed_in


@require_safe
@login_required
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """All items of a program, those to look at first."""
    program = queries.program_for(signed_in(request), slug)
    found = queries.bank_of(program)
    order = pages.order_named(request.GET.get("sort", ""))
    context = {
        "bank": found,
        "lines": pages.lines_of(found, language(), order),
        "order": order,
        "orders": pages.Order,
        "title": title_of(program, found.version),
    }
    return render(request, "itembank/bank.html", context)


@require_safe
@login_required
def item(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """One item as learners meet it, with what their answers say of it."""
    program, version, entry = queries.entry_for(signed_in(request), slug, item)
    trail = [(_("문항 은행"), reverse("itembank:bank", args=[slug]))]
    context = {
        "program": program,
        "view": pages.item_view(entry, version, language()),
        "title": title_of(program, version),
        "trail": trail,
    }
    return render(request, "itembank/item.html", context)


@require_safe
@login_required
def models(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposed model's card beside that of the one in force, and what was decided before."""
    program = queries.program_for(signed_in(request), slug)
    found = queries.models_of(program)
    context = {
        "program": program,
        "cards": cards.cards_of(found),
        "history": cards.decided(found),
        "refit": queries.last_refit(program),
        "trail": [(_("문항 은행"), reverse("itembank:bank", args=[slug]))],
    }
    return render(request, "itembank/models.html", context)


@require_POST
@login_required
def refit(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    services.request_refit(queries.program_for(signed_in(request), slug))
    messages.success(request, _("다시 계산하고 있어요. 조금 뒤에 이 쪽을 다시 열어 보세요."))
    return redirect("itembank:bank", slug)


@require_POST
@login_required
def accept(request: HttpRequest, slug: str, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    if services.accept(queries.model_for(user, slug, pk), by=user):
        messages.success(request, _("이제 이 모형을 써요. 전에 쓰던 모형은 물러났어요."))
    else:
        messages.info(request, _("이미 결정한 모형이에요."))
    return redirect("itembank:models", slug)


@require_POST
@login_required
def refuse(request: HttpRequest, slug: str, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    if services.refuse(queries.model_for(user, slug, pk), by=user):
        messages.success(request, _("이 모형은 쓰지 않기로 했어요."))
    else:
        messages.info(request, _("이미 결정한 모형이에요."))
    return redirect("itembank:models", slug)


def title_of(program: Program, version: Version | None) -> str:
    return version.local_title if version else program.slug


def language() -> str:
    return get_language() or "ko"
