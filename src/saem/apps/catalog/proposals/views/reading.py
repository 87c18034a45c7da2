"""Proposals to be read: the list, one of them with where it stands, what it changes."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.catalog import outlines
from saem.apps.catalog.checking import problem_remedy, problem_text
from saem.apps.catalog.models import Program
from saem.apps.catalog.proposals import changes as painting
from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.checks import problems_of
from saem.apps.catalog.proposals.files import archive_of
from saem.apps.catalog.proposals.forms import AnswerForm, ReviewForm
from saem.apps.catalog.proposals.models import Proposal, ProposalComment, RevisionCheck
from saem.apps.catalog.proposals.rule import Standing, standing_of, writers_of
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language

PER_PAGE = 20
FILES_PER_PAGE = 5
REVISIONS_SHOWN = 20
PROBLEMS_SHOWN = 50


@require_safe
@login_required
@never_cache
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """All proposals of a program."""
    user = signed_in(request)
    program = queries.program_for(user, slug)
    page = Paginator(queries.proposals_of(program), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "proposals/proposals.html",
        {"page": page, "may_write": queries.may_write(user, program), **below_program(program)},
    )


@require_safe
@login_required
@never_cache
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: why, where it stands, what is missing and who can do it."""
    return overview(request, signed_in(request), pk)


def overview(request: HttpRequest, user: User, pk: int, review: ReviewForm | None = None) -> HttpResponse:
    """The page of a proposal; with a `review` form that could not be taken."""
    found = queries.proposal_for(user, pk)
    standing = standing_of(found)
    page = {
        **below(found),
        **_rights(user, found, standing),
        "proposal": found,
        "standing": standing,
        "problems": told(standing.revision.check_result),
        "files": painting.changed_files(standing.revision),
        "revisions": found.revisions.select_related("saved_by", "base")[:REVISIONS_SHOWN],
        "reviews": standing.revision.reviews.select_related("reviewer", "institution"),
        "comments": threads(found, whole=True),
        "unsettled": found.comments.filter(parent=None, settled_at=None).exclude(file="").count(),
        "incoming": found.incoming.filter(settled_at=None).select_related("sent_by", "version"),
        "review": review or ReviewForm(initial={"seen": standing.revision.number}),
        "answer": AnswerForm(auto_id=False),
    }
    return render(request, "proposals/proposal.html", page, status=422 if review is not None else 200)


@require_safe
@login_required
@never_cache
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the newest revision changes, a few files a page."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    revision = queries.newest_revision(found)
    page = Paginator(painting.changed_files(revision), FILES_PER_PAGE).get_page(request.GET.get("page"))
    comments = threads(found, whole=False)
    drawn = painting.drawn(revision, list(page.object_list), comments)
    return render(
        request,
        "proposals/changes.html",
        {
            **below(found),
            "proposal": found,
            "revision": revision,
            "page": page,
            "files": drawn,
            "gone": list(painting.gone(comments, drawn)),
            "may_talk": found.is_open,
            "answer": AnswerForm(auto_id=False),
            "trail_here": [(found.title, reverse("proposals:proposal", args=[pk]))],
        },
    )


@require_safe
@login_required
@never_cache
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """The folder of the newest revision, to be worked on anywhere."""
    found = queries.proposal_for(signed_in(request), pk)
    revision = queries.newest_revision(found)
    response = HttpResponse(archive_of(revision.files), content_type="application/zip")
    name = f"{found.program.slug}-{found.pk}-{revision.number}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def threads(found: Proposal, *, whole: bool) -> list[ProposalComment]:
    """What was said of the whole, or of passages, each with its answers, in two queries."""
    rows = found.comments.filter(parent=None).select_related("author", "settled_by", "revision")
    rows = rows.filter(file="") if whole else rows.exclude(file="")
    return list(rows.prefetch_related("answers__author"))


def told(check: RevisionCheck) -> Sequence[dict[str, object]]:
    """The check's problems in words."""
    language = reader_language()
    return [
        {
            "file": each.file,
            "line": each.line,
            "is_grave": each.severity == "error",
            "text": problem_text(each, language),
            "remedy": problem_remedy(each, language),
        }
        for each in problems_of(check)[:PROBLEMS_SHOWN]
    ]


def below_program(program: Program) -> dict[str, object]:
    """What every page under a program shows of it."""
    version = queries.newest_version_of(program)
    return {
        "program": program,
        "newest": version,
        "trail": [(version.local_title, reverse("catalog:program", args=[program.slug]))],
        **outlines.names_of(program, reader_language()),
    }


def below(found: Proposal) -> dict[str, object]:
    words = below_program(found.program)
    address = reverse("proposals:proposals", args=[found.program.slug])
    return words | {"trail": [*words["trail"], (_("제안"), address)]}  # type: ignore[misc]  # a list, as just made


def _rights(user: User, found: Proposal, standing: Standing) -> dict[str, object]:
    """What the reader may do on this page."""
    places = queries.places_of(user, [side.institution for side in standing.sides])
    return {
        "may_write": found.is_open and queries.may_write(user, found.program),
        "may_publish": found.is_open and queries.may_publish(user, found.program),
        "may_review": found.is_open and bool(places),
        "is_writer": user.pk in writers_of(found),
    }
