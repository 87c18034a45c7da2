"""Staff: cohorts, their classrooms, and the teachers of those."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts import queries, services
from saem.apps.cohorts.forms import CLASSROOM_TAKEN, CohortForm, NewClassroomForm, NewCohortForm, TeacherForm
from saem.apps.cohorts.models import Classroom
from saem.apps.people.invitations import password_path
from saem.apps.people.models import User
from saem.apps.people.queries import institutions_run_by, signed_in

CLASSROOMS_A_PAGE = 30
# The link a new teacher sets a password by, kept for exactly one page where mail does not reach them.
HAND_OVER = "invitation_to_hand_over"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Open a cohort of an institution whose staff one is."""
    user = signed_in(request)
    institutions = institutions_run_by(user)
    if not institutions.exists():
        raise Http404
    versions = queries.versions_to_run()
    form = NewCohortForm(
        request.POST if request.method == "POST" else None, institutions=institutions, versions=versions
    )
    if form.is_valid():
        cohort = services.open_cohort(by=user, **form.cleaned_data)
        messages.success(request, _("기수를 열었어요. 이제 학급을 만들어요."))
        return redirect("cohorts:classroom_new", cohort.pk)
    return render(
        request,
        "cohorts/cohort_new.html",
        {"form": form, "has_versions": versions.exists()},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    cohort = queries.cohort_for(user, pk)
    initial = {name: getattr(cohort, name) for name in CohortForm.base_fields}
    form = CohortForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.change_cohort(cohort, by=user, **form.cleaned_data)
        messages.success(request, _("저장했어요."))
        return redirect("cohorts:classrooms", cohort.pk)
    return render(
        request, "cohorts/cohort_settings.html", {"cohort": cohort, "form": form}, status=422 if form.errors else 200
    )


@require_safe
@login_required
def classrooms(request: HttpRequest, pk: int) -> HttpResponse:
    """The classrooms of a cohort with their codes, teachers and how many are in them."""
    cohort = queries.cohort_for(signed_in(request), pk)
    page = Paginator(queries.classrooms_of(cohort), CLASSROOMS_A_PAGE).get_page(request.GET.get("page"))
    teachers = queries.teachers_of(list(page))
    rows = [(classroom, teachers.get(classroom.pk, [])) for classroom in page]
    return render(request, "cohorts/classrooms.html", {"cohort": cohort, "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def classroom_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a classroom and invite its teacher."""
    user = signed_in(request)
    cohort = queries.cohort_for(user, pk)
    form = NewClassroomForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        classroom = services.open_classroom(cohort, by=user, name=form.cleaned_data["name"])
        if classroom is not None:
            messages.success(request, _("‘%(name)s’ 학급을 만들었어요.") % {"name": classroom.name})
            if form.cleaned_data["teacher_email"]:
                invite(request, classroom, by=user, form=form)
            return redirect("cohorts:teachers", classroom.pk)
        form.add_error("name", CLASSROOM_TAKEN)
    return render(
        request, "cohorts/classroom_new.html", {"cohort": cohort, "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def teachers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who teaches a class; invite another, or the same one again."""
    user = signed_in(request)
    classroom = queries.classroom_run_for(user, pk)
    form = TeacherForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        invite(request, classroom, by=user, form=form)
        return redirect("cohorts:teachers", classroom.pk)
    held = queries.teachers_of([classroom]).get(classroom.pk, [])
    letters = services.letters_of(classroom, held)
    context = {
        "classroom": classroom,
        "teachers": [(teacher, letters.get(teacher.pk)) for teacher in held],
        "form": form,
        "hand_over": request.session.pop(HAND_OVER, None),
    }
    return render(request, "cohorts/teachers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def teacher_remove(request: HttpRequest, pk: int, teacher: int) -> HttpResponse:
    """Ask, then take a teacher out of a class."""
    user = signed_in(request)
    classroom = queries.classroom_run_for(user, pk)
    ids = [held.pk for held in queries.teachers_of([classroom]).get(classroom.pk, [])]
    found = get_object_or_404(User, pk=teacher, pk__in=ids)
    if request.method == "POST":
        services.remove_teacher(classroom, found, by=user)
        messages.success(request, _("%(name)s 님을 이 학급에서 뺐어요.") % {"name": found.display_name})
        return redirect("cohorts:teachers", classroom.pk)
    return render(request, "cohorts/teacher_remove.html", {"classroom": classroom, "teacher": found})


def invite(request: HttpRequest, classroom: Classroom, *, by: User, form: TeacherForm) -> None:
    """Invite by the form's name and address, and keep the link to hand over where a letter would not bring it."""
    invitation = services.invite_teacher(
        classroom,
        by=by,
        email=form.cleaned_data["teacher_email"],
        name=form.cleaned_data["teacher_name"],
        language=translation.get_language() or "",
    )
    teacher, has_mail = invitation.user, bool(settings.EMAIL_HOST)
    facts = {"name": form.cleaned_data["teacher_name"], "email": teacher.email}
    messages.success(request, _("%(name)s 님을 초대했어요. 초대 메일은 %(email)s로 곧 나가요.") % facts)
    if invitation.may_be_handed_over and (invitation.has_missed_a_letter or not has_mail):
        link = request.build_absolute_uri(password_path(teacher))
        request.session[HAND_OVER] = {"link": link, "name": teacher.display_name, "has_mail": has_mail}
