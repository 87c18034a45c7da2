"""A version line by line, with the words that are anchored to its places."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.cohorts.forms import PLEASE_WRITE
from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones.queries import evidence_for, milestone_in
from saem.apps.projects.milestones.stages import asked_in
from saem.apps.projects.milestones.views.stage import below_stage
from saem.apps.projects.models import AnchoredComment, AnchorKind, Evidence
from saem.apps.projects.models.milestones import LONGEST_COMMENT
from saem.apps.projects.reviews import anchoring
from saem.apps.projects.reviews.anchoring import Anchor
from saem.apps.projects.teams.queries import Access, team_for
from saem.apps.projects.workspace.versions import cells_of, shown_text
from saem.errors import SaemError
from saem.web.messages import message

LARGEST = 10**6


class WordForm(forms.Form):
    """A word and its place."""

    kind = forms.ChoiceField(choices=AnchorKind.choices, widget=forms.HiddenInput)
    cell = forms.IntegerField(min_value=0, max_value=LARGEST, required=False, widget=forms.HiddenInput)
    line = forms.IntegerField(min_value=0, max_value=LARGEST, required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("남길 말"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("모둠과 선생님, 멘토가 모두 봐요."),
        error_messages=PLEASE_WRITE,
    )

    def anchor(self) -> Anchor:
        found = self.cleaned_data
        return Anchor(kind=AnchorKind(found["kind"]), cell=found["cell"] or 0, line=found["line"] or 0)


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    number: int
    text: str
    words: list[AnchoredComment]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A cell with its lines, or a text as one block with `cell` 0."""

    cell: int
    lines: list[ShownLine]
    words: list[AnchoredComment]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def words(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    access = team_for(signed_in(request), pk)
    found = evidence_for(access, version)
    if request.method != "POST":
        return _page(request, access, found, _chosen(request, found))
    if not access.may_comment:
        raise PermissionDenied
    form = WordForm(request.POST)
    if not form.is_valid():
        return _page(request, access, found, form, status=422)
    try:
        said = anchoring.anchor_comment(access, found, form.anchor(), text=form.cleaned_data["text"])
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _page(request, access, found, form, status=refused.status)
    return redirect(reverse("projects:words", args=[pk, version]) + f"#w{said.pk}")


def _chosen(request: HttpRequest, version: Evidence) -> WordForm | None:
    """The form for the place that was pressed, or for a picture; none before a place is chosen."""
    places = anchoring.places_of(version)
    if places.is_picture:
        return WordForm(initial={"kind": AnchorKind.FIGURE, "cell": 0, "line": 0})
    cell, line = _number(request.GET.get("cell")), _number(request.GET.get("line"))
    kind = AnchorKind.LINE if line else AnchorKind.CELL
    if not places.has(Anchor(kind=kind, cell=cell, line=line)):
        return None
    return WordForm(initial={"kind": kind, "cell": cell, "line": line})


def _page(
    request: HttpRequest, access: Access, version: Evidence, form: WordForm | None, *, status: int = 200
) -> HttpResponse:
    milestone = milestone_in(access.project, version.milestone.milestone)
    context = {
        **below_stage(access, milestone),
        "version": version,
        "asked": asked_in(milestone, version.ask),
        "blocks": _blocks(version),
        "figure_words": anchoring.anchored_at(version).get((0, 0), []),
        "is_picture": version.format in anchoring.PICTURES,
        "form": form if access.may_comment else None,
    }
    return render(request, "projects/reviews/words.html", context, status=status)


def _blocks(version: Evidence) -> list[Block]:
    said = anchoring.anchored_at(version)
    sources = [(cell.number, cell.source) for cell in cells_of(version)]
    text = shown_text(version)
    return [
        Block(
            cell=cell,
            words=list(said.get((cell, 0), [])) if cell else [],
            lines=[
                ShownLine(number=number, text=line, words=list(said.get((cell, number), [])))
                for number, line in enumerate(source.splitlines(), start=1)
            ],
        )
        for cell, source in (sources or ([(0, text)] if text else []))
    ]


@require_POST
@login_required
def settle(request: HttpRequest, pk: int, version: int, word: int) -> HttpResponseRedirect:
    """Mark a word as dealt with, or not."""
    access = team_for(signed_in(request), pk)
    anchoring.settle(access, evidence_for(access, version), word, is_settled=request.POST.get("act") != "again")
    return redirect(reverse("projects:words", args=[pk, version]) + f"#w{word}")


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and int(text[:7]) <= LARGEST and len(text) < 8 else 0  # noqa: PLR2004
