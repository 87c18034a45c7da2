"""The teacher in the room: the list with one tap for each person, who is in now, and the code on the screen."""

import json
from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import ValidationError

from saem.apps.cohorts.models import CrossingHow, Enrolment, Session
from saem.apps.cohorts.queries import cohorts_run_by
from saem.apps.cohorts.sessions import codes, limits, pages, queries
from saem.apps.cohorts.sessions.attending import cross
from saem.apps.cohorts.sessions.forms import ListFilter
from saem.apps.cohorts.sessions.marking import Wanted, mark_everybody, save_marks
from saem.apps.cohorts.sessions.presses import Answer, Batch, take
from saem.apps.cohorts.sessions.qr import qr_path
from saem.apps.cohorts.sessions.rolls import Said, mark_meant
from saem.apps.cohorts.sessions.standards import excuses_of
from saem.apps.cohorts.sessions.views.checkin import way_named
from saem.apps.cohorts.sessions.views.keeping import KEPT_FOR
from saem.apps.people.limits import spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.lib.completion import Way
from saem.web.messages import message
from saem.web.middleware import is_htmx

A_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
FIELDS = ("choice", "late", "early", "excuse", "note")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """All participants; what is touched is written, what another teacher wrote in the meantime is shown."""
    user = signed_in(request)
    session = queries.session_for(user, pk)
    if request.method == "POST":
        return act(request, user, session)
    return list_page(request, user, session)


def list_page(request: HttpRequest, user: User, session: Session, *, status: int = 200, **more: object) -> HttpResponse:
    page = page_of(request, user, session)
    rows = pages.list_rows(session, list(page.object_list), **more)  # type: ignore[arg-type]  # passed through
    context = {
        "session": session,
        "page": page,
        "rows": rows,
        "filter": ListFilter(request.GET),
        "choices": pages.WORDS,
        "excuses": [(kind, pages.excuse_word(kind)) for kind in excuses_of(session.cohort, pages.EXCUSES)],
        "user_pk": user.pk,
        "runs_cohort": session.classroom is None and cohorts_run_by(user).filter(pk=session.cohort_id).exists(),
        "has_trouble": status != 200,  # noqa: PLR2004  # an ordinary page
        **counts(user, session),
    }
    response = render(request, "sessions/roll.html", context, status=status)
    # A search or a form that was refused is for this moment only.
    if request.method == "GET" and not session.is_cancelled and not request.GET.get("q"):
        response.headers[KEPT_FOR] = str(user.pk)
    return response


def page_of(request: HttpRequest, user: User, session: Session) -> Page[Enrolment]:
    people = queries.people_on_list(user, session)
    form = ListFilter(request.GET)
    if form.is_valid() and form.cleaned_data["q"]:
        people = people.filter(nickname__icontains=form.cleaned_data["q"])
    return Paginator(people, A_PAGE).get_page(request.GET.get("page"))


def counts(user: User, session: Session) -> dict[str, object]:
    people = queries.people_on_list(user, session)
    came, inside = queries.now_inside(session, people)
    now = timezone.now()
    return {
        "came": came,
        "inside": inside,
        "is_live": any(codes.takes(session, way, now) for way in Way),
        "takes_in": codes.takes(session, Way.IN, now),
        "takes_out": codes.takes(session, Way.OUT, now),
    }


def act(request: HttpRequest, user: User, session: Session) -> HttpResponse:
    """Write what was touched, then do what the pressed button asks for."""
    if session.is_cancelled:
        raise SaemError("session.cancelled", status=409)
    people = queries.people_on_list(user, session).in_bulk(
        [int(each) for each in request.POST.getlist("who") if each.isdecimal()]
    )
    typed, wanted, problems = read_rows(request.POST, people, session)
    conflicts = save_marks(session, wanted, by=user)
    if conflicts or problems:
        status = CONFLICT if conflicts else UNPROCESSABLE
        return list_page(request, user, session, status=status, typed=typed, conflicts=conflicts, problems=problems)
    word, _sep, person = request.POST.get("action", "save").partition(":")
    if word == "all":
        everybody(request, user, session)
    elif word in ("in", "out") and person.isdecimal() and int(person) in people:
        cross(session, people[int(person)], Way(word), at=timezone.now(), how=CrossingHow.LIST, by=user)
        messages.success(request, _("기록했어요."))
    else:
        messages.success(request, _("저장했어요."))
    query = request.GET.urlencode()
    return redirect(reverse("sessions:roll", args=[session.pk]) + (f"?{query}" if query else ""))


def read_rows(
    sent: Mapping[str, str], people: Mapping[int, Enrolment], session: Session
) -> tuple[dict[int, Said], list[Wanted], dict[int, str]]:
    """What was typed of those rows that differ from what the page showed, the marks meant, and what is missing."""
    typed: dict[int, Said] = {}
    wanted: list[Wanted] = []
    problems: dict[int, str] = {}
    now = timezone.now()
    for pk in people:
        said = Said.of({name: sent.get(f"{name}.{pk}", "") for name in FIELDS})
        if pages.packed(said) == sent.get(f"was.{pk}", ""):
            continue
        typed[pk] = said
        meant = mark_meant(said, session, at=now)
        if meant.problem:
            problems[pk] = message(meant.problem)
        else:
            seen = sent.get(f"seen.{pk}", "")
            revision = int(seen) if seen.isdecimal() else 0
            wanted.append(Wanted(enrolment=pk, mark=meant.mark, note=said.note, seen=revision))
    return typed, wanted, problems


def everybody(request: HttpRequest, user: User, session: Session) -> None:
    ids = list(queries.people_on_list(user, session).order_by().values_list("pk", flat=True))
    number = mark_everybody(session, ids, queries.crossings_in(session, ids), by=user)
    words = ngettext("표시가 없던 %(n)s명을 출석으로 표시했어요.", "표시가 없던 %(n)s명을 출석으로 표시했어요.", number)
    messages.success(request, words % {"n": number})


@require_safe
@login_required
@never_cache
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in now, for a list that is open: each state takes its place in the page."""
    user = signed_in(request)
    session = queries.session_for(user, pk)
    people = list(page_of(request, user, session).object_list)
    context = {"session": session, "rows": pages.list_rows(session, people), "oob": True, **counts(user, session)}
    return render(request, "sessions/_live.html", context)


@require_POST
@login_required
@never_cache
def presses(request: HttpRequest, pk: int) -> JsonResponse:
    """Presses of a list, as its script sends them, at once or when the network is back."""
    user = signed_in(request)
    session = queries.session_for(user, pk)
    if not spend(limits.PRESSES_OF_PERSON, user.pk):
        return JsonResponse({"refused": message("press.too_often")}, status=429)
    try:
        batch = Batch.model_validate(json.loads(request.body))
    except (ValidationError, ValueError):
        return JsonResponse({"refused": message("press.unreadable")}, status=400)
    people = queries.people_on_list(user, session).in_bulk({press.enrolment for press in batch.presses})
    answers = take(session, batch, people, by=user)
    rows = pages.list_rows(session, [people[answer.enrolment] for answer in answers if answer.enrolment in people])
    return JsonResponse({"answers": [told(answer) for answer in answers], "people": [state(row) for row in rows]})


def told(answer: Answer) -> dict[str, object]:
    return {
        "key": answer.key,
        "enrolment": answer.enrolment,
        "refused": message(answer.refused) if answer.refused else "",
    }


def state(row: pages.ListRow) -> dict[str, object]:
    """What the script puts into a row: what is written now, and how it is said."""
    return {
        "enrolment": row.enrolment.pk,
        "seen": row.seen,
        "was": row.was,
        "choice": row.said.choice,
        "late": row.said.late or "",
        "early": row.said.early or "",
        "excuse": row.said.excuse,
        "note": row.said.note,
        "word": row.state.word,
        "tag": row.state.tag,
    }


@require_safe
@login_required
@never_cache
def code(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """The code on the screen; the page fetches the next one by itself."""
    user = signed_in(request)
    session = queries.session_for(user, pk)
    direction = way_named(way)
    context: dict[str, object] = {
        "session": session,
        "way": way,
        "people": queries.people_on_list(user, session).count(),
    }
    context |= counts(user, session)
    context["opens"] = codes.takes(session, direction, timezone.now())
    if context["opens"]:
        now = codes.codes_now(session, direction)
        address = request.build_absolute_uri(reverse("sessions:scan", args=[pk, way, now.link]))
        typed_at = request.build_absolute_uri(reverse("sessions:typed")).split("://", 1)[1]
        context |= {
            "codes": now,
            "qr": qr_path(address),
            "address": typed_at,
            "refresh": round(now.seconds_left + 0.3, 1),
        }
    name = "sessions/_code.html" if is_htmx(request) else "sessions/code.html"
    return render(request, name, context)
