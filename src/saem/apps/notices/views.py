"""A person's inbox and preferences; for operators, what left the house."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.notices import queries, services
from saem.apps.notices.forms import PreferencesForm
from saem.apps.notices.models import DeliveryState
from saem.apps.notices.words import notice_words, words_of
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language

NOTICES_A_PAGE = 30
DELIVERIES_A_PAGE = 50


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.inbox_of(signed_in(request)), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    language = reader_language()
    rows = [(notice, notice_words(notice, language)) for notice in page]
    has_unread = any(notice.read_at is None for notice, _words in rows)
    return render(request, "notices/inbox.html", {"page": page, "rows": rows, "has_unread": has_unread})


@require_safe
@login_required
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text, and the way to what it is about. To open it is to have read it."""
    found = get_object_or_404(queries.inbox_of(signed_in(request)), pk=pk)
    services.mark_read(found)
    words = notice_words(found, reader_language())
    return render(request, "notices/notice.html", {"notice": found, "words": words})


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    services.mark_all_read(signed_in(request))
    return redirect("notices:inbox")


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = PreferencesForm(request.POST or None, paces=queries.paces_of(user))
    if request.method == "POST" and form.is_valid():
        services.set_preferences(user, form.paces())
        messages.success(request, _("저장했어요."))
        return redirect("notices:settings")
    return render(request, "notices/settings.html", {"form": form}, status=422 if form.errors else 200)


def _operators_only(request: HttpRequest) -> None:
    # For everybody else the page does not exist.
    if not signed_in(request).is_superuser:
        raise Http404


@require_safe
@login_required
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was sent, what waits, and first of all what needs a decision."""
    _operators_only(request)
    asked = request.GET.get("state", DeliveryState.UNSURE.value)
    state = DeliveryState(asked) if asked in DeliveryState.values else DeliveryState.UNSURE
    counts = queries.delivery_counts()
    page = Paginator(queries.deliveries_in(state), DELIVERIES_A_PAGE).get_page(request.GET.get("page"))
    language = reader_language()
    context = {
        "page": page,
        "rows": [(delivery, words_of(delivery.kind, delivery.facts, language).title) for delivery in page],
        "state": state,
        "states": [(each, counts[each]) for each in DeliveryState],
        "may_send_again": state in (DeliveryState.UNSURE, DeliveryState.FAILED),
    }
    return render(request, "notices/deliveries.html", context)


@require_POST
@login_required
def send_again(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    _operators_only(request)
    if services.send_again(pk):
        messages.success(request, _("다시 보내기로 했어요."))
    else:
        messages.info(request, _("다시 보낼 것이 없어요. 이미 보냈거나 보내는 중이에요."))
    return redirect(f"{reverse('notices:deliveries')}?state={DeliveryState.WAITING}")
