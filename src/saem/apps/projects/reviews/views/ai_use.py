"""The team's page about AI tools: what was said, and for members the form."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import AiPurpose, AiUse
from saem.apps.projects.models.disclosure import LONGEST_TOOL
from saem.apps.projects.models.milestones import LONGEST_COMMENT
from saem.apps.projects.reviews import ai_use
from saem.apps.projects.reviews.ai_use import Told
from saem.apps.projects.teams.forms import choice
from saem.apps.projects.teams.queries import Access, own_team_for, team_for
from saem.apps.projects.teams.views.team import below_team
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message

SAID = ("tool", "kept", "checked")


class UseForm(forms.Form):
    """One use of an AI tool."""

    purpose = forms.ChoiceField(
        label=_("어디에 썼나요?"), choices=AiPurpose.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    tool = forms.CharField(label=_("어떤 도구인가요?"), required=False, max_length=LONGEST_TOOL)
    milestone = forms.ChoiceField(label=_("어느 단계에서 썼나요?"), required=False)
    asked = forms.CharField(
        label=_("무엇을 부탁했나요?"), required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 2})
    )
    kept = forms.CharField(
        label=_("무엇을 받아들이고 무엇을 고쳤나요?"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
    )
    checked = forms.CharField(
        label=_("맞는지 어떻게 확인했나요?"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("확인하지 못했으면 그렇다고 써요. 솔직한 말이 가장 좋은 말이에요."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(each.id, each.title.in_(reader_language())) for each in access.project.milestones]
        choice(self, "milestone").choices = [("", _("여러 단계에서")), *stages]

    def clean(self) -> dict[str, Any]:
        """Who used something says what, what they kept and how they checked it; who used none says nothing else."""
        found = self.cleaned_data
        if found.get("purpose") == AiPurpose.NONE:
            return {name: found[name] if name == "purpose" else "" for name in found}
        for name in SAID:
            if found.get("purpose") and not found.get(name, "").strip():
                self.add_error(name, PLEASE_WRITE["required"])
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def uses(request: HttpRequest, pk: int) -> HttpResponse:
    access = team_for(signed_in(request), pk)
    if request.method != "POST":
        return _page(request, access, UseForm(access=access) if access.may_work else None)
    access, mine = own_team_for(access.user, pk)
    form = UseForm(request.POST, access=access)
    if not form.is_valid():
        return _page(request, access, form, status=422)
    try:
        ai_use.tell_use(mine, Told(**form.cleaned_data))
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _page(request, access, form, status=refused.status)
    return redirect("projects:ai_uses", pk)


def _page(request: HttpRequest, access: Access, form: UseForm | None, *, status: int = 200) -> HttpResponse:
    context = {**below_team(access), "uses": ai_use.uses_of(access.team), "form": form}
    return render(request, "projects/reviews/ai_uses.html", context, status=status)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int, use: int) -> HttpResponseRedirect:
    """Whoever said it takes it back."""
    _access, mine = own_team_for(signed_in(request), pk)
    found = AiUse.objects.filter(pk=use, team=mine.team, enrolment=mine.enrolment).first()
    if found is None:
        raise Http404
    ai_use.withdraw_use(mine, found)
    return redirect("projects:ai_uses", pk)
