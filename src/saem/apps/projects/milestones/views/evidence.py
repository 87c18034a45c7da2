"""What a stage asks for: another version, and files to take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones import queries
from saem.apps.projects.milestones.asking import form_for
from saem.apps.projects.milestones.evidence import MEGABYTE, MOST_BYTES, save_evidence
from saem.apps.projects.milestones.forms import EvidenceForm
from saem.apps.projects.milestones.queries import Place
from saem.apps.projects.milestones.views.stage import below_stage
from saem.apps.projects.teams.queries import own_team_for, team_for
from saem.apps.projects.views import attachment
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.uploads import LimitedUpload


@csrf_exempt  # only so that the handler below sees the bytes first: `_evidence` checks the token as ever
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def evidence(request: HttpRequest, pk: int, milestone: str, ask: str) -> HttpResponse:
    """What a stage asks for: all its versions, and for members the form for another one."""
    upload = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [upload]
    return _evidence(request, pk, milestone, ask, upload)


@csrf_protect
def _evidence(request: HttpRequest, pk: int, milestone: str, ask: str, upload: LimitedUpload) -> HttpResponse:
    place = queries.place_for(signed_in(request), pk, milestone, ask)
    if request.method != "POST":
        return _evidence_page(request, place, _form(place) if place.may_write else None)
    return _save(request, place, upload)


def _form(place: Place, request: HttpRequest | None = None) -> EvidenceForm:
    """Empty, or with what was sent."""
    data, files = (request.POST, request.FILES) if request is not None else (None, None)
    return form_for(place.access, place.asked, place.newest, language=reader_language(), data=data, files=files)


def _save(request: HttpRequest, place: Place, upload: LimitedUpload) -> HttpResponse:
    _access, mine = own_team_for(place.access.user, place.access.team.pk)
    form = _form(place, request)
    if upload.is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", message("evidence.too_large", limit_mb=MOST_BYTES // MEGABYTE))
        return _evidence_page(request, place, form, status=413)
    if not form.is_valid():
        return _evidence_page(request, place, form, status=422)
    stage, ask, seen = place.stage.milestone.id, place.asked.id, form.cleaned_data["seen"]
    try:
        version = save_evidence(mine, milestone=stage, ask=ask, given=form.given(), seen=seen)
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _evidence_page(request, place, form, status=refused.status)
    if version.is_beside:
        messages.warning(request, _("그사이에 모둠 친구도 저장했어요. 둘 다 남아 있으니 아래에서 견주어 보세요."))
    return redirect("projects:version", place.access.team.pk, version.pk)


def _evidence_page(request: HttpRequest, place: Place, form: EvidenceForm | None, *, status: int = 200) -> HttpResponse:
    row = place.stage.row
    context = {
        **below_stage(place.access, place.stage.milestone),
        "stage": place.stage,
        "asked": place.asked,
        "newest": place.newest,
        "form": form,
        "versions": list(queries.versions_of(row, place.asked.id)) if row is not None else [],
    }
    return render(request, "projects/evidence.html", context, status=status)


@require_safe
@login_required
def evidence_file(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A version's file, to be saved and never opened."""
    found = queries.evidence_for(team_for(signed_in(request), pk), version)
    return attachment(queries.bytes_of(found), found.name)
