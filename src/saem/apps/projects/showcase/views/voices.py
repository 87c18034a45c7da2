"""Each person's own side: yes or no, under which name, taking it back; and their guardian."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.calls.views.vouching import by_link, refuse_flood, say_written
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians.forms import AskGuardianForm
from saem.apps.cohorts.guardians.pages import answered
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import Showcase
from saem.apps.projects.showcase import answering, guardians, queries
from saem.apps.projects.showcase.answer_forms import VoiceForm
from saem.apps.projects.showcase.covering import Cover, covers_of
from saem.apps.projects.showcase.queries import Asked
from saem.apps.projects.showcase.telling import called
from saem.apps.projects.showcase.views.everybody import unlisted
from saem.apps.projects.showcase.views.team import picture_answer, shown_of
from saem.errors import SaemError
from saem.web.messages import message


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be shown, and one's own answer; open to whoever left the team, too."""
    asked = queries.asked_for(signed_in(request), pk)
    cover = cover_of(asked)
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        answering.withdraw(asked)
        messages.success(request, _("거두어들였어요. 이제 아무도 이 작품을 볼 수 없어요."))
        return redirect("projects:showcase_voice", pk)
    form = form_of(request, cover)
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer(asked, form.given)
        except SaemError as refused:
            form.add_error(None, message(refused.code, **refused.params))
        else:
            messages.success(request, _("답을 저장했어요. 마음이 바뀌면 언제든 여기에서 바꿀 수 있어요."))
            return redirect("projects:showcase_voice", pk)
    return render(
        request, "projects/showcase/voice.html", context_of(asked, cover, form), status=422 if form.errors else 200
    )


def cover_of(asked: Asked) -> Cover | None:
    return covers_of(asked.showcase, [asked.voice])[0] if asked.voice is not None else None


def form_of(request: HttpRequest, cover: Cover | None) -> VoiceForm:
    held = cover.voice if cover is not None else None
    asks_age = cover is not None and cover.is_child and not cover.is_age_known and not cover.is_refused
    initial = {}
    if held is not None and held.allows is not None:
        initial = {"answer": "yes" if held.allows else "no", "shown_name": held.shown_name}
    return VoiceForm(request.POST if request.method == "POST" else None, initial=initial, asks_age=asks_age)


def context_of(asked: Asked, cover: Cover | None, form: VoiceForm) -> dict[str, object]:
    newest = queries.newest_version(asked.showcase)
    return {
        "asked": asked,
        "team": asked.team,
        "showcase": asked.showcase,
        "version": asked.version or newest,
        "shown": shown_of(asked.version),
        "cover": cover,
        "form": form,
        "question": guardians.newest_question(asked.showcase, asked.enrolment),
        "history": queries.history_of(asked.showcase),
        "is_public": Showcase.objects.public().filter(pk=asked.showcase.pk).exists(),
        "picture_url": reverse("projects:showcase_voice_picture", args=[asked.team.pk]),
    }


@require_safe
@login_required
@never_cache
def voice_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of the version that somebody was asked about."""
    version = queries.asked_for(signed_in(request), pk).version
    if version is None or version.picture is None:
        raise Http404
    return picture_answer(bytes(version.picture.data))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """A child says who the guardian is, and the letter goes out."""
    user = signed_in(request)
    asked = queries.asked_for(user, pk)
    cover = cover_of(asked)
    if cover is None or cover.is_covered:
        return redirect("projects:showcase_voice", pk)
    form = AskGuardianForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_flood(user, form.cleaned_data["contact"])
        question, _token = guardians.ask(asked.showcase, asked.enrolment, Guardian(**form.cleaned_data))
        say_written(request, question.contact)
        return redirect("projects:showcase_voice", pk)
    context = {"form": form, "team": asked.team, "words": guardians.words_now()}
    return render(request, "projects/showcase/guardian.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guardian_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What would be seen by whom and until when; yes, no, and later: not any more."""
    question = by_link(request, guardians.question_by(token))
    wanted = answered(request, child=question.enrolment.user_id)
    if wanted:
        if wanted == "withdraw":
            guardians.withdraw(question)
        else:
            guardians.answer(question, agrees=wanted == "agree")
        return redirect("projects:showcase_guardian_answer", token)
    version = queries.newest_version(question.showcase) if question.is_open or question.is_in_force else None
    is_own = request.user.pk == question.enrolment.user_id
    context = called(question) | {"asked": question, "is_own": is_own, "version": version, "shown": shown_of(version)}
    status = 422 if request.method == "POST" else 200
    return unlisted(render(request, "projects/showcase/guardian_answer.html", context, status=status))
