"""The draw, for everybody: what was promised, what came out, and how to do it again."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saem.apps.cohorts.models import Candidate, Selection
from saem.apps.cohorts.selection import queries
from saem.apps.cohorts.selection.loading import draw_of
from saem.lib.selection.lottery import key

# So many places are shown on the page itself; all of them are in the file.
SHOWN = 500


@require_safe
def lottery(request: HttpRequest, pk: int) -> HttpResponse:
    """The commitment before the draw; the secret, the value and the order after it."""
    selection = queries.public_selection(pk)
    rows = []
    if selection.is_drawn:
        draw = draw_of(selection)
        rows = [(place, receipt, key(draw, receipt)) for place, receipt in places(selection)[:SHOWN]]
    context = {
        "selection": selection,
        "call": selection.call,
        "rows": rows,
        "people": selection.candidates.count(),
        "secret": selection.secret if selection.is_drawn else "",
    }
    return render(request, "selection/lottery.html", context)


def places(selection: Selection) -> list[tuple[int, str]]:
    found = Candidate.objects.filter(selection=selection).order_by("draw_place")
    return list(found.values_list("draw_place", "receipt"))


@require_safe
def lottery_file(_request: HttpRequest, pk: int) -> HttpResponse:
    """The draw as data, which `saem lottery FILE` runs again. Before the draw it holds the commitment alone."""
    selection = queries.public_selection(pk)
    facts: dict[str, object] = {"commitment": selection.commitment, "public_source": selection.public_source}
    if selection.is_drawn:
        order = [receipt for _place, receipt in places(selection)]
        facts |= {"secret": selection.secret, "public_value": selection.public_value, "order": order}
    answer = JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="lottery-{pk}.json"'
    return answer
