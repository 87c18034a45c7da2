"""Writing the page: what was pointed out, what a team-mate saved meanwhile, and nothing typed is lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from saem.apps.catalog.queries import program_of
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import EvidenceKind, ShowcaseVersion
from saem.apps.projects.showcase import queries, writing
from saem.apps.projects.showcase.cards import card_of
from saem.apps.projects.showcase.forms import ShowcaseForm, Skills, initial_of
from saem.apps.projects.showcase.pictures import MOST_BYTES
from saem.apps.projects.showcase.privacy import Found
from saem.apps.projects.teams.queries import Access, own_team_for
from saem.apps.projects.teams.views.team import below_team
from saem.apps.projects.teams.views.writing import with_seen
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

MEGABYTE = 2**20


@csrf_exempt  # only so that the handler below sees the bytes first: `_write` checks the token as ever
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the page."""
    upload = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [upload]
    return _write(request, pk, upload)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the form is made of."""

    access: Access
    last: ShowcaseVersion | None
    skills: Skills
    cards: set[str]

    def form(self) -> ShowcaseForm:
        """With the newest version, to be written further."""
        return self._form(None, None, initial=initial_of(self.last, self.skills))

    def sent(self, data: QueryDict, files: "MultiValueDict[str, UploadedFile[Any]]") -> ShowcaseForm:
        """With what was sent."""
        return self._form(data, files, asks_cleared="asks_cleared" in data)

    def _form(self, *args: Any, **more: Any) -> ShowcaseForm:
        return ShowcaseForm(
            *args, skills=self.skills, language=reader_language(), cards=self.cards, last=self.last, **more
        )


def desk_of(access: Access) -> Desk:
    program = program_of(access.team.classroom.cohort.version)
    skills = [
        {"id": each.id, "ko": each.title.ko, "en": each.title.en or each.title.ko}
        for each in program.skills
        if each.id in access.project.skills
    ]
    kinds = (EvidenceKind.DATA_CARD, EvidenceKind.MODEL_CARD)
    return Desk(
        access=access,
        last=queries.newest_version(queries.showcase_of(access.team)),
        skills=skills,
        cards={str(kind) for kind in kinds if card_of(access.team, kind)},
    )


@csrf_protect
def _write(request: HttpRequest, pk: int, upload: LimitedUpload) -> HttpResponse:
    access, mine = own_team_for(signed_in(request), pk)
    desk = desk_of(access)
    if request.method != "POST":
        return _write_page(request, desk, desk.form())
    form = desk.sent(request.POST, request.FILES)
    if upload.is_too_large:
        form.errors.pop("picture", None)
        form.add_error("picture", message("showcase.too_large", limit_mb=MOST_BYTES // MEGABYTE))
        return _write_page(request, desk, form, status=413)
    if not form.is_valid():
        return _write_page(request, desk, form, status=422)
    written = form.written
    try:
        version = writing.save_version(mine, written, seen=form.cleaned_data["seen"])
    except SaemError as refused:
        return _refused(request, desk, written, refused)
    if version is None:
        return _stale(request, access)
    messages.success(request, _("저장했어요. 아직 모둠과 선생님만 볼 수 있어요."))
    return redirect("projects:showcase", pk)


def _refused(request: HttpRequest, desk: Desk, written: writing.Written, refused: SaemError) -> HttpResponse:
    """What was typed, with what was pointed out; a second saving may say that somebody looked."""
    found = writing.look_at(desk.access.team, written)
    data = request.POST.copy()
    if refused.code == "showcase.not_cleared":
        data["asks_cleared"] = "1"
    # The picture has been read; a browser does not send it again by itself.
    form = desk.sent(data, MultiValueDict())
    form.is_valid()
    form.add_error(None, message(refused.code, **refused.params))
    return _write_page(request, desk, form, status=refused.status, found=found)


def _stale(request: HttpRequest, access: Access) -> HttpResponse:
    """A team-mate saved meanwhile: both are shown, and the next saving is an answer to theirs."""
    desk = desk_of(access)
    data = with_seen(request, desk.last.number if desk.last is not None else 0)
    form = desk.sent(data, MultiValueDict())
    form.is_valid()
    return _write_page(request, desk, form, status=409, is_stale=True)


def _write_page(
    request: HttpRequest,
    desk: Desk,
    form: ShowcaseForm,
    *,
    status: int = 200,
    found: list[Found] | None = None,
    is_stale: bool = False,
) -> HttpResponse:
    context = {
        **below_team(desk.access),
        "form": form,
        "last": desk.last,
        "found": found or [],
        "had_picture": bool(request.FILES),
        "is_stale": is_stale,
        "asks_cleared": "cleared" in form.fields,
    }
    return render(request, "projects/showcase/write.html", context, status=status)
