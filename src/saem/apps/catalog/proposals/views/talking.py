"""Words and decisions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.catalog.proposals import queries, reviewing
from saem.apps.catalog.proposals.forms import AnswerForm, CommentForm, ReviewForm
from saem.apps.catalog.proposals.models import Proposal, ProposalComment, ReviewDecision
from saem.apps.catalog.proposals.views.reading import below, overview
from saem.apps.people.queries import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a passage, or about the whole; the passage is shown beside the field."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    newest = queries.newest_revision(found)
    place = reviewing.Place(request.GET.get("file", ""), request.GET.get("key", ""))
    form = CommentForm(initial={"seen": newest.number, "file": place.file, "key": place.key})
    if request.method == "POST":
        form = CommentForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            place = reviewing.Place(data["file"], data["key"])
            said = reviewing.say(
                found, by=user, seen=data["seen"], text=data["text"], place=place if place.file else None
            )
            messages.success(request, _("말을 남겼어요."))
            return redirect(address_of(found, said))
        place = reviewing.Place(form.data.get("file", ""), form.data.get("key", ""))
    page = {
        **below(found),
        "proposal": found,
        "form": form,
        "place": place,
        "quote": reviewing.quote_of(newest, place) if place.file else "",
    }
    return render(request, "proposals/comment.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Answer to a word."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    said = queries.comment_of(found, comment)
    form = AnswerForm(request.POST)
    if form.is_valid():
        reviewing.answer(said, by=user, text=form.cleaned_data["text"])
        return redirect(address_of(found, said))
    page = {**below(found), "proposal": found, "form": form, "place": said, "quote": said.text}
    return render(request, "proposals/comment.html", page, status=422)


@require_POST
@login_required
def settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Mark a word as dealt with, or as open again."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    said = queries.comment_of(found, comment)
    reviewing.settle(said, by=user, is_settled=request.POST.get("settled") != "no")
    return redirect(address_of(found, said))


@require_POST
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on the newest revision."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return overview(request, user, pk, form)
    data = form.cleaned_data
    reviewing.review(found, by=user, seen=data["seen"], decision=ReviewDecision(data["decision"]), text=data["text"])
    messages.success(request, _("의견을 남겼어요."))
    return redirect("proposals:proposal", pk)


def address_of(found: Proposal, said: ProposalComment) -> str:
    """Where a word stands: on the page of changes, or on the proposal's own."""
    name = "proposals:changes" if said.file else "proposals:proposal"
    return f"{reverse(name, args=[found.pk])}#said-{said.parent_id or said.pk}"
