"""The team's own side: how the page stands, writing it, asking everybody, and what teachers decide."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.catalog.queries import program_of
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import EvidenceKind, Showcase, ShowcaseVersion
from saem.apps.projects.showcase import answering, guardians, publishing, queries, writing
from saem.apps.projects.showcase.cards import card_of, rows_of
from saem.apps.projects.showcase.covering import Cover, covers_of
from saem.apps.projects.showcase.forms import ApprovalForm, ConsentForm, ShowcaseForm, Skills, initial_of
from saem.apps.projects.showcase.pictures import MOST_BYTES
from saem.apps.projects.showcase.privacy import Found, look_at
from saem.apps.projects.teams.queries import Access, own_team_for, team_for
from saem.apps.projects.teams.views.team import below_team
from saem.apps.projects.teams.views.writing import with_seen
from saem.apps.projects.teams.words import language_now
from saem.errors import SaemError
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

MEGABYTE = 2**20


@require_safe
@login_required
@never_cache
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """How the team's page stands: the newest version, who has answered, what is public, what was."""
    return standing_page(request, team_for(signed_in(request), pk))


def standing_page(request: HttpRequest, access: Access, *, decision: ApprovalForm | None = None) -> HttpResponse:
    showcase = queries.showcase_of(access.team)
    version = queries.newest_version(showcase)
    covers = covers_of(showcase, queries.voices_of(version)) if showcase is not None else []
    context = {
        **below_team(access),
        "showcase": showcase,
        "is_public": showcase is not None and Showcase.objects.public().filter(pk=showcase.pk).exists(),
        "version": version,
        "shown": shown_of(version),
        "covers": covers,
        "ready": sum(cover.is_ready for cover in covers),
        "own": next((each for each in covers if each.voice.enrolment.user_id == access.user.pk), None),
        "history": queries.history_of(showcase),
        "may_approve": access.is_staff and access.membership is None,
        "found": found_in(access, version),
        "form_decision": decision or ApprovalForm(initial={"seen": showcase.revision if showcase else 0}),
    }
    status = 422 if decision is not None and decision.is_bound else 200
    return render(request, "projects/showcase/standing.html", context, status=status)


def shown_of(version: ShowcaseVersion | None) -> dict[str, object]:
    """Both cards as rows."""
    if version is None:
        return {}
    return {
        "data_card": rows_of(EvidenceKind.DATA_CARD, version.data_card),
        "model_card": rows_of(EvidenceKind.MODEL_CARD, version.model_card),
    }


def found_in(access: Access, version: ShowcaseVersion | None) -> list[Found]:
    """What a teacher should look at before letting it out; members met it while writing."""
    if version is None or not access.is_staff:
        return []
    parts = {name: str(getattr(version, name)) for name in writing.PARTS}
    for kind, card in (("data_card", version.data_card), ("model_card", version.model_card)):
        parts |= {f"{kind}.{name}": text for name, text in card.items()}
    return look_at(parts, writing.names_of(access.team))


# --- writing


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
            *args, skills=self.skills, language=language_now(), cards=self.cards, last=self.last, **more
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


# --- asking and deciding


@require_POST
@login_required
def act(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """The team asks everybody, or takes that back."""
    _access, mine = own_team_for(signed_in(request), pk)
    try:
        if request.POST.get("act") == "back":
            answering.take_back(mine)
        else:
            answering.hand_in(mine)
            messages.success(request, _("함께 만든 모두에게 물어봤어요. 나도 답해 주세요."))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect("projects:showcase", pk)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Teacher or staff let it out, give it back, or take it down."""
    access = queries.approver_for(signed_in(request), pk)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return standing_page(request, access, decision=form)
    given = form.cleaned_data
    try:
        if given["outcome"] == "approve":
            publishing.approve(access.team, by=access.user, seen=given["seen"])
            messages.success(request, _("전시했어요. 이제 누구나 볼 수 있어요."))
        elif given["outcome"] == "return":
            publishing.give_back(access.team, by=access.user, comment=given["comment"], seen=given["seen"])
        else:
            publishing.take_down(access.team, by=access.user, comment=given["comment"])
            messages.success(request, _("내렸어요. 이제 아무도 볼 수 없어요."))
    except SaemError as refused:
        if refused.code != "gate.comment_needed":
            messages.warning(request, message(refused.code, **refused.params))
            return redirect("projects:showcase", pk)
        form.add_error("comment", message("showcase.comment_needed"))
        return standing_page(request, access, decision=form)
    return redirect("projects:showcase", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def consent(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """Teacher or staff record a guardian's consent that came on paper or by phone."""
    access = queries.approver_for(signed_in(request), pk)
    showcase = queries.showcase_of(access.team)
    cover = cover_in(showcase, voice)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and showcase is not None:
        guardians.record_consent(showcase, cover.voice.enrolment, by=access.user, **form.cleaned_data)
        messages.success(request, _("보호자 동의를 기록했어요."))
        return redirect("projects:showcase", pk)
    context = {**below_team(access), "form": form, "cover": cover, "text": guardians.words_in(language_now())}
    return render(request, "projects/showcase/consent.html", context, status=422 if form.errors else 200)


def cover_in(showcase: Showcase | None, voice: int) -> Cover:
    """The voice of the newest version with what it rests on, or Http404."""
    version = queries.newest_version(showcase)
    covers = covers_of(showcase, queries.voices_of(version)) if showcase is not None else []
    found = next((cover for cover in covers if cover.voice.pk == voice), None)
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
@never_cache
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of the newest version, for whoever sees the team."""
    version = queries.newest_version(queries.showcase_of(team_for(signed_in(request), pk).team))
    if version is None or version.picture is None:
        raise Http404
    return picture_answer(bytes(version.picture.data))


def picture_answer(data: bytes) -> HttpResponse:
    """A JPEG that we drew, and nothing else."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)
