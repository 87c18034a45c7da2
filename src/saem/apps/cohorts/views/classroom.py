"""A teacher's class: the code on the wall, and what may be set."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts import queries, services
from saem.apps.cohorts.forms import CLASSROOM_TAKEN, ClassroomForm
from saem.apps.people.queries import signed_in


@require_safe
@login_required
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The join code, as large as the wall allows, with the address to type."""
    classroom = queries.classroom_for(signed_in(request), pk)
    address = request.build_absolute_uri(reverse("cohorts:join")).split("://", 1)[1]
    context = {"classroom": classroom, "address": address, "student_count": queries.students_in(classroom).count()}
    return render(request, "cohorts/code.html", context)


@require_POST
@login_required
def code_renew(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    classroom = queries.classroom_for(user, pk)
    # The code that was on the page comes along: a second press finds it gone and makes no third one.
    if request.POST.get("code") == classroom.join_code:
        services.renew_code(classroom, by=user)
    messages.success(request, _("코드를 새로 만들었어요. 예전 코드로는 이제 들어올 수 없어요."))
    return redirect("cohorts:code", classroom.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The name of the class, and whether new students may come in."""
    user = signed_in(request)
    classroom = queries.classroom_for(user, pk)
    initial = {"name": classroom.name, "join_open": classroom.join_open}
    form = ClassroomForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        if services.change_classroom(classroom, by=user, **form.cleaned_data):
            messages.success(request, _("저장했어요."))
            return redirect("cohorts:students", classroom.pk)
        form.add_error("name", CLASSROOM_TAKEN)
        classroom.refresh_from_db()
    return render(
        request,
        "cohorts/classroom_settings.html",
        {"classroom": classroom, "form": form},
        status=422 if form.errors else 200,
    )
