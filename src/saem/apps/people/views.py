"""The profile, the choice of language, and who gets to allauth's password pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_in_browser

from saem.apps.people import services
from saem.apps.people.forms import ProfileForm
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in

View = Callable[..., HttpResponseBase]


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language: in this browser, and for the person if somebody is signed in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.choose_language(request.user, language)
    return remember_in_browser(request)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What this person is called, in which language the site speaks, and the ways to password and sign-out."""
    user = signed_in(request)
    if user.email is None:
        # A pupil's name is the nickname of the class; the teacher changes it there.
        return render(request, "account/profile.html", {"form": None})
    initial = {"display_name": user.display_name, "language": user.language}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.change_profile(user, **form.cleaned_data)
        messages.success(request, _("저장했어요."))
        return redirect("people:profile")
    return render(request, "account/profile.html", {"form": form})


def with_email_only(view: View) -> View:
    """Let nobody to a password page who comes in by class code: a pupil has no password to change."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and request.user.email is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
