"""The team's own side: how the page stands, asking everybody, and what teachers decide and record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.guardians.forms import ConsentForm, TakeBackForm
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import EvidenceKind, Showcase, ShowcaseVersion
from saem.apps.projects.showcase import answering, guardians, publishing, queries, writing
from saem.apps.projects.showcase.answer_forms import ApprovalForm
from saem.apps.projects.showcase.cards import rows_of
from saem.apps.projects.showcase.covering import Cover, covers_of
from saem.apps.projects.showcase.privacy import Found, look_at
from saem.apps.projects.teams.queries import Access, own_team_for, team_for
from saem.apps.projects.teams.views.team import below_team
from saem.errors import SaemError
from saem.web.messages import message


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
    """Teacher or staff record a guardian's consent that came on paper or by phone, or that it was taken back."""
    access = queries.approver_for(signed_in(request), pk)
    showcase, cover = cover_for(access, voice)
    sent = request.POST if request.method == "POST" else None
    given = cover.guardian
    form: ConsentForm | TakeBackForm = ConsentForm(sent) if given is None else TakeBackForm(sent)
    if form.is_valid():
        if isinstance(form, ConsentForm):
            guardians.record_consent(showcase, cover.voice.enrolment, form.paper, by=access.user)
            messages.success(request, _("보호자 동의를 기록했어요."))
        elif given is not None:
            guardians.withdraw(given, by=access.user, remark=form.cleaned_data["told_how"])
            messages.success(
                request, _("보호자가 동의를 거두어들였다고 기록했어요. 이제 아무도 이 작품을 볼 수 없어요.")
            )
        return redirect("projects:showcase", pk)
    context = {**below_team(access), "form": form, "cover": cover, "given": given, "words": guardians.words_now()}
    return render(request, "projects/showcase/consent.html", context, status=422 if form.errors else 200)


def cover_for(access: Access, voice: int) -> tuple[Showcase, Cover]:
    """A voice of the newest version with what it rests on, or Http404."""
    showcase = queries.showcase_of(access.team)
    version = queries.newest_version(showcase)
    covers = covers_of(showcase, queries.voices_of(version)) if showcase is not None else []
    found = next((cover for cover in covers if cover.voice.pk == voice), None)
    if found is None or showcase is None:
        raise Http404
    return showcase, found


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
