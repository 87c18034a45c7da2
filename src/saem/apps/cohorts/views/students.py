"""The students of a class, and what a teacher may do for each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts import queries, services
from saem.apps.cohorts.forms import NICKNAME_TAKEN, MoveForm, RenameForm
from saem.apps.people.queries import signed_in

STUDENTS_A_PAGE = 40


@require_safe
@login_required
def students(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the class."""
    classroom = queries.classroom_for(signed_in(request), pk)
    page = Paginator(queries.students_in(classroom), STUDENTS_A_PAGE).get_page(request.GET.get("page"))
    left = queries.students_in(classroom, left=True).count()
    return render(request, "cohorts/students.html", {"classroom": classroom, "page": page, "left": left})


@require_safe
@login_required
def left(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was taken out of the class and may be taken back."""
    classroom = queries.classroom_for(signed_in(request), pk)
    page = Paginator(queries.students_in(classroom, left=True), STUDENTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "cohorts/left.html", {"classroom": classroom, "page": page})


@require_POST
@login_required
@never_cache
def reset_pin(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    """Make a new PIN and show it, once. No redirect: a second press shows the PIN that then holds."""
    user = signed_in(request)
    enrolment = queries.student_for(user, pk, student)
    pin = services.reset_pin(enrolment, by=user)
    return render(request, "cohorts/pin.html", {"classroom": enrolment.classroom, "student": enrolment, "pin": pin})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rename(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    user = signed_in(request)
    enrolment = queries.student_for(user, pk, student)
    before = enrolment.nickname
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"nickname": before})
    if form.is_valid():
        if services.rename_student(enrolment, by=user, nickname=form.cleaned_data["nickname"]):
            messages.success(
                request,
                _("별명을 바꿨어요: %(before)s → %(after)s") % {"before": before, "after": enrolment.nickname},
            )
            return redirect("cohorts:students", pk)
        form.add_error("nickname", NICKNAME_TAKEN)
    context = {"classroom": enrolment.classroom, "student": enrolment, "nickname": before, "form": form}
    return render(request, "cohorts/rename.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def move(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    user = signed_in(request)
    enrolment = queries.student_for(user, pk, student)
    here = enrolment.classroom
    classrooms = queries.classrooms_to_move_to(user, enrolment)
    form = MoveForm(request.POST if request.method == "POST" else None, classrooms=classrooms)
    if form.is_valid():
        to = form.cleaned_data["classroom"]
        if services.move_student(enrolment, by=user, to=to):
            facts = {"nickname": enrolment.nickname, "name": to.name, "code": to.join_code}
            messages.success(
                request,
                _("‘%(nickname)s’ 학생을 옮겼어요. 이제 %(name)s 참여 코드 %(code)s에 같은 별명과 PIN으로 들어와요.")
                % facts,
            )
            return redirect("cohorts:students", pk)
        form.add_error("classroom", NICKNAME_TAKEN)
    context = {"classroom": here, "student": enrolment, "form": form, "nowhere": not classrooms.exists()}
    return render(request, "cohorts/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    """Ask, then take a student out of the class."""
    user = signed_in(request)
    enrolment = queries.student_for(user, pk, student)
    if request.method == "POST":
        services.remove_student(enrolment, by=user)
        messages.success(request, _("‘%(nickname)s’ 학생을 학급에서 뺐어요.") % {"nickname": enrolment.nickname})
        return redirect("cohorts:students", pk)
    return render(request, "cohorts/remove.html", {"classroom": enrolment.classroom, "student": enrolment})


@require_POST
@login_required
def restore(request: HttpRequest, pk: int, student: int) -> HttpResponse:
    user = signed_in(request)
    enrolment = queries.student_for(user, pk, student, left=True)
    facts = {"nickname": enrolment.nickname}
    if services.restore_student(enrolment, by=user):
        messages.success(request, _("‘%(nickname)s’ 학생을 학급에 다시 넣었어요.") % facts)
        return redirect("cohorts:students", pk)
    messages.error(
        request, _("지금 ‘%(nickname)s’ 별명을 쓰는 학생이 있어요. 그 학생의 별명을 먼저 바꿔 주세요.") % facts
    )
    return redirect("cohorts:left", pk)
