"""The form builder: add, move, edit, remove, look at it in both languages, and put it to use. Needs no JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls import edits, pages, queries, running
from saem.apps.cohorts.calls.builder_forms import KIND_NAMES, QuestionForm, label_of
from saem.apps.cohorts.calls.definition import NOT_IN_GROUPS, Kind, Words, hash_of, read_definition
from saem.apps.cohorts.calls.edits import Draft, Edit
from saem.apps.cohorts.calls.filling import whole
from saem.apps.cohorts.models import Call
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language

KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
INNER_KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items() if kind not in NOT_IN_GROUPS]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def builder(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions in order, each with its buttons."""
    user = signed_in(request)
    call = queries.call_run_for(user, pk)
    if request.method == "POST":
        act, _colon, path = str(request.POST.get("action", "")).partition(":")
        edit = edit_of(act, path, call, str(request.POST.get("kind", "")))
        if edit is None:
            return redirect("calls:builder", pk)
        call = running.edit_form(call, by=user, revision=whole(request.POST.get("revision", "")), edit=edit)
        if act == "add":
            added = new_name(call.form_draft_revision - 1)
            return redirect("calls:question", pk, f"{path}.{added}" if path else added)
        return redirect(reverse("calls:builder", args=[pk]) + f"#at-{path.replace('.', '-')}")
    return render(request, "calls/builder.html", builder_page(call))


def new_name(revision: int) -> str:
    """An id that no question of this call ever had: the working copy's revision only grows."""
    return f"q{revision}"


def edit_of(act: str, path: str, call: Call, kind: str) -> Edit | None:
    """The edit that a button stands for; nonsense is none."""
    if act == "add":
        allowed = dict(INNER_KINDS if path else KINDS)
        if kind not in allowed:
            return None
        label = Words(ko="새 질문", en="New question")
        return edits.adding(edits.blank(new_name(call.form_draft_revision), Kind(kind), label), path)
    moves = {"up": -1, "down": 1}
    if act in moves:
        return edits.moving(path, moves[act])
    return edits.removing(path) if act == "remove" else None


def builder_page(call: Call) -> dict[str, object]:
    definition, problems = read_definition(call.form_draft)
    questions = list(call.form_draft.get("questions", []))
    said = pages.said(problems)
    return {
        "call": call,
        "cards": [card_of(one, said) for one in questions],
        "kinds": KINDS,
        "inner_kinds": INNER_KINDS,
        "problem": said.get("", ""),
        "problems": len(problems),
        "is_in_use": call.form is not None and call.form.sha256 == hash_of(definition) and not problems,
    }


def card_of(question: Draft, said: dict[str, str], group: str = "") -> dict[str, object]:
    path = f"{group}.{question['id']}" if group else question["id"]
    return {
        "path": path,
        "anchor": path.replace(".", "-"),
        "question": question,
        "label": label_of(question),
        "kind": KIND_NAMES[Kind(question["kind"])],
        "problem": said.get(path, ""),
        "inner": [card_of(one, said, path) for one in question.get("questions", [])],
        "is_group": question["kind"] == Kind.GROUP,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def question(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    """Write one question."""
    user = signed_in(request)
    call = queries.call_run_for(user, pk)
    questions = list(call.form_draft.get("questions", []))
    found = edits.find(questions, question)
    if found is None:
        raise Http404
    names = [one["id"] for one in questions]
    before = questions[: names.index(question)] if question in names else []
    form = QuestionForm(
        request.POST if request.method == "POST" else None, question=found, before=before, is_inner="." in question
    )
    if form.is_valid():
        revision = whole(request.POST.get("revision", ""))
        running.edit_form(call, by=user, revision=revision, edit=edits.replacing(question, form.written()))
        messages.success(request, _("저장했어요."))
        return redirect(reverse("calls:builder", args=[pk]) + f"#at-{question.replace('.', '-')}")
    context = {"call": call, "form": form, "kind": KIND_NAMES[Kind(found["kind"])], "path": question}
    return render(request, "calls/question.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as applicants will meet it, in both languages; nothing can be sent."""
    call = queries.call_run_for(signed_in(request), pk)
    definition, _problems = read_definition(call.form_draft)
    reader = reader_language()
    sides = []
    for language in ("ko", "en"):
        rows = pages.rows_of(definition, pages.Filled({}), language)
        with translation.override(language):
            sides.append({"language": language, "name": {"ko": "한국어", "en": "English"}[language], "rows": rows})
    return render(request, "calls/preview.html", {"call": call, "sides": sides, "reader": reader})


@require_POST
@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the built form to use: drafts move to it with all their answers."""
    user = signed_in(request)
    call = queries.call_run_for(user, pk)
    if running.publish_form(call, by=user):
        messages.error(request, _("고칠 곳이 있어서 아직 쓸 수 없어요. 표시된 질문을 먼저 고쳐 주세요."))
    else:
        messages.success(request, _("이제 지원자가 이 양식을 만나요. 쓰던 지원서의 답은 그대로 옮겨져요."))
    return redirect("calls:builder", pk)
