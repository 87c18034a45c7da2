"""Pages about similar code, for teachers of the class and staff only. Every look at a pair is an event."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.events.services import record
from saem.apps.people.queries import signed_in
from saem.apps.projects.reviews.queries import lead_room_for
from saem.apps.projects.reviews.views.marking import below_board
from saem.apps.projects.similarity import queries, running


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def similarity(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """Have the project's code compared, and read which pairs have most in common."""
    room = lead_room_for(signed_in(request), pk, project)
    if request.method == "POST":
        running.ask(room.classroom.cohort, project, by=room.user)
        messages.success(request, _("코드를 견주기 시작했어요. 이 화면을 닫아도 이어져요."))
        return redirect("projects:similarity", pk, project)
    # In this order: where a job ends in between, the page asks again, instead of showing its end without its pairs.
    run = queries.newest_run(room)
    found = queries.newest_found(room)
    context = {**below_board(room), "run": run, "found": found}
    if found is not None:
        page, lines = queries.pairs_page(room, found, request.GET.get("page"))
        context |= {"page": page, "lines": lines, "unreadable": _of_class(found.unreadable, pk)}
    return render(request, "projects/similarity/pairs.html", context)


def _of_class(rows: list[dict[str, object]], classroom: int) -> list[dict[str, object]]:
    return [row for row in rows if row.get("classroom") == classroom]


@require_safe
@login_required
@never_cache
def similar_pair(request: HttpRequest, pk: int, project: str, pair: int) -> HttpResponse:
    """Two works and the passages that they share, beside each other."""
    room = lead_room_for(signed_in(request), pk, project)
    line = queries.pair_for(room, pair)
    with transaction.atomic():
        record(
            "similarity.viewed",
            actor=room.user,
            object_kind="similar_pair",
            object_id=line.pair.pk,
            cohort_id=room.classroom.cohort_id,
            facts={"project": project, "classroom": pk},
        )
    passages, more = queries.passages_of(line.pair)
    above = below_board(room)
    step = (_("비슷한 코드"), reverse("projects:similarity", args=[pk, project]))
    context = {
        **above,
        "trail": [*above["trail"], step],  # type: ignore[misc]  # a list of pairs
        "line": line,
        "passages": passages,
        "more": more,
        "uses": queries.uses_beside(line),
    }
    return render(request, "projects/similarity/pair.html", context)
