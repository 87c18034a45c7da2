"""Staff of an institution: who signs, which keys, which badges of partners it stands by."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.awards.badges import wording
from saem.apps.awards.badges.queries import template_to_endorse, templates_to_endorse
from saem.apps.awards.forms import LARGEST_SEAL, LARGEST_SEAL_MB, EndorseForm, ProfileForm, RotateForm
from saem.apps.awards.issuers import services
from saem.apps.awards.issuers.queries import institution_run_for, profile_of
from saem.apps.awards.issuers.rings import controller_of
from saem.apps.awards.models import Endorsement
from saem.apps.people.models import Institution
from saem.apps.people.queries import institutions_run_by, signed_in
from saem.errors import SaemError
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

A_PAGE = 30


@require_safe
@login_required
@never_cache
def institutions(request: HttpRequest) -> HttpResponse:
    """The institutions that somebody may sign for."""
    found = list(institutions_run_by(signed_in(request)).order_by("name"))
    return render(request, "awards/institutions.html", {"institutions": found})


@csrf_exempt  # only so that the handler below counts the bytes first: `_settings` checks the token as ever
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up the counting of bytes before anything reads the request's body."""
    upload = LimitedUpload(request, limit=LARGEST_SEAL)
    request.upload_handlers = [upload]
    return _settings(request, pk, upload)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def _settings(request: HttpRequest, pk: int, upload: LimitedUpload) -> HttpResponse:
    """How the institution signs certificates, and its keys."""
    user = signed_in(request)
    institution = institution_run_for(user, pk)
    profile = profile_of(institution)
    initial = {name: getattr(profile, name) for name in ("officer", "officer_en", "name")} if profile else {}
    form = ProfileForm(request.POST or None, request.FILES or None, initial=initial)
    if upload.is_too_large:
        form.add_error("seal", message("document.too_large", limit_mb=LARGEST_SEAL_MB))
    if form.is_valid():
        services.set_profile(institution, by=user, **form.cleaned_data)
        messages.success(request, _("저장했어요. 지금부터 만드는 이수증에 이렇게 찍혀요."))
        return redirect("awards:settings", pk)
    return render(
        request, "awards/settings.html", settings_page(institution) | {"form": form}, status=422 if form.errors else 200
    )


def settings_page(institution: Institution) -> dict[str, object]:
    return {
        "institution": institution,
        "profile": profile_of(institution),
        "keys": list(institution.issuer_keys.order_by("-pk")),
        "did": controller_of(institution.pk),
        "form": None,
        "rotate_form": RotateForm(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key in the place of the old one, once somebody has said that they mean it."""
    user = signed_in(request)
    institution = institution_run_for(user, pk)
    form = RotateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.rotate(institution, by=user, is_compromised=form.cleaned_data["is_compromised"])
        messages.success(request, _("서명 키를 바꿨어요. 지금까지 준 배지는 그대로 확인할 수 있어요."))
        return redirect("awards:settings", pk)
    return render(
        request, "awards/rotate.html", {"institution": institution, "form": form}, status=422 if form.errors else 200
    )


@require_safe
@login_required
@never_cache
def endorsements(request: HttpRequest, pk: int) -> HttpResponse:
    """The badges of partners that the institution may stand by, and those it does."""
    institution = institution_run_for(signed_in(request), pk)
    page = Paginator(templates_to_endorse(institution), A_PAGE).get_page(request.GET.get("page"))
    given = set(
        Endorsement.objects.filter(institution=institution, template__in=[one.pk for one in page]).values_list(
            "template_id", flat=True
        )
    )
    context = {"institution": institution, "page": page, "given": given, "form": EndorseForm()}
    return render(request, "awards/endorsements.html", context)


@require_POST
@login_required
def endorse(request: HttpRequest, pk: int, template: int) -> HttpResponse:
    user = signed_in(request)
    institution = institution_run_for(user, pk)
    found = template_to_endorse(institution, template)
    form = EndorseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("보증하는 말을 써 주세요."))
        return redirect("awards:endorsements", pk)
    try:
        wording.endorse(found, institution=institution, by=user, comment=form.cleaned_data["comment"])
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        messages.success(request, _("보증했어요. 지금부터 주는 배지에 함께 들어가요."))
    return redirect("awards:endorsements", pk)
