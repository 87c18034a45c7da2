"""What the form's page needs and what it sends: the bridge between a browser and `applying`."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from saem.apps.cohorts.calls import documents, limits, pages
from saem.apps.cohorts.calls.answers import Answers, differing, read_answers
from saem.apps.cohorts.calls.applying import Outcome, Result, Seen, definition_of
from saem.apps.cohorts.calls.definition import FormDefinition, Kind
from saem.apps.cohorts.models import Application, FormVersion
from saem.apps.people.limits import spend
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

LONGEST_TAB = 36
# The blank that stands in for a file whose bytes were counted and dropped.
TOO_LARGE = "document.too_large"


@dataclass(frozen=True)
class Sent:
    """One sending of the form: which button, made of which revision and version, and how to read it."""

    request: HttpRequest
    form: FormVersion
    action: str
    seen: Seen

    @classmethod
    def of(cls, request: HttpRequest, application: Application) -> "Sent":
        action = str(request.POST.get("action", "save"))
        number = whole(request.POST.get("form", ""))
        form = application.call.form_versions.filter(number=number).first() or application.call.form
        revision = None if action == "overwrite" else whole(request.POST.get("revision", ""))
        assert form is not None
        return cls(request, form, action, Seen(revision, str(request.POST.get("tab", ""))[:LONGEST_TAB]))

    def read(self, before: Mapping[str, Any]) -> Answers:
        """The answers with what this page sent, and with the row that a button adds or takes away."""
        definition = definition_of(self.form)
        answers = read_answers(definition, self.request.POST, before=before)
        act, _colon, rest = self.action.partition(":")
        name, _colon, row = rest.partition(":")
        group = definition.question(name)
        if group is not None and group.kind is Kind.GROUP:
            rows = list(answers.get(name) or [])
            if act == "add":
                answers[name] = [*(rows or [{}]), {}][: group.most_rows]
            elif act == "drop" and whole(row) < len(rows):
                answers[name] = [one for number, one in enumerate(rows) if number != whole(row)]
        return answers


def whole(text: object) -> int:
    """A number that a page sent back; nonsense is one that fits nothing."""
    word = str(text)
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 10**9  # noqa: PLR2004  # nine digits


def form_page(
    application: Application,
    *,
    answers: Mapping[str, Any] | None = None,
    result: Result | None = None,
    sent: Sent | None = None,
) -> dict[str, Any]:
    """The page of the form: its questions as they are answered now, or as they were just sent."""
    form = sent.form if sent is not None else application.call.form or application.form
    definition, language = definition_of(form), reader_language()
    current = {one.field_id: one for one in application.documents.filter(replaced_at=None)}
    given = application.answers if answers is None else answers
    problems = pages.said(result.problems) if result is not None else {}
    rows = pages.rows_of(definition, pages.Filled(given, current, problems), language)
    return {
        "application": application,
        "call": application.call,
        "form_number": form.number,
        "is_new_form": form.pk != application.form_id and bool(application.answers),
        "rows": rows,
        "wrong": pages.wrong_rows(rows),
        "facts_wrong": [text for where, text in problems.items() if where in {"birth_date", "grade"}],
        "kept": pages.kept_apart(definition, given),
        "revision": sent.request.POST.get("revision", "") if sent is not None else application.revision,
        "tab": sent.seen.tab if sent is not None else str(uuid.uuid4()),
        "outcome": result.outcome.value if result is not None else "",
        "theirs": differences(definition, application, given, language, result),
        "not_sent": ",".join(f"f.{row.id}" for row in rows if row.kind == Kind.FILE),
        "most_bytes": documents.MOST_BYTES,
    }


def differences(
    definition: FormDefinition,
    application: Application,
    given: Mapping[str, Any],
    language: str,
    result: Result | None,
) -> list[pages.Said]:
    """In a conflict: what the other tab saved, where it is not what this one says."""
    if result is None or result.outcome is not Outcome.CONFLICT:
        return []
    return [
        pages.Said(one.label.in_(language), pages.lines_of(one, application.answers.get(one.id), language))
        for one in differing(definition, application.answers, given)
    ]


def saved(before: Application, after: Application) -> dict[str, Any]:
    """The small answer to a saving by itself: the new revision, and the questions that come or go with it."""
    page = form_page(after)
    definition = definition_of(after.call.form or after.form)
    was = {one.id: one.is_shown for one in pages.rows_of(definition, pages.Filled(before.answers), "ko")}
    return page | {"outcome": "saved", "turned": [row for row in page["rows"] if row.is_shown != was.get(row.id)]}


def carry_out(request: HttpRequest, application: Application, sent: Sent, upload: LimitedUpload) -> HttpResponse:
    """After the answers are safe: the files that came along, then what the pressed button asked for."""
    refused = take_files(request, application, sent, upload)
    act, _colon, name = sent.action.partition(":")
    if act == "remove":
        documents.detach(application, by=application.person, field_id=name)
    for text in refused:
        messages.error(request, text)
    if not refused:
        messages.success(request, _("저장했어요."))
    if act == "leave":
        return redirect("calls:application", application.pk)
    anchor = f"#at-{name.partition(':')[0]}" if name else ""
    return redirect(reverse("calls:form", args=[application.pk]) + anchor)


def take_files(request: HttpRequest, application: Application, sent: Sent, upload: LimitedUpload) -> list[str]:
    """Keep each file that came; return the sentences for those that were not taken."""
    if upload.is_too_large:
        return [message(TOO_LARGE, limit_mb=documents.MOST_BYTES // 2**20)]
    refused = []
    for question in definition_of(sent.form).questions:
        file = request.FILES.get(f"f.{question.id}")
        if question.kind is Kind.FILE and isinstance(file, UploadedFile):
            try:
                take_file(application, question.id, file)
            except SaemError as wrong:
                refused.append(f"{file.name}: {message(wrong.code, **wrong.params)}")
    return refused


def take_file(application: Application, field_id: str, file: UploadedFile) -> None:  # type: ignore[type-arg]  # not generic when it runs
    if not spend(limits.UPLOADS_OF_PERSON, application.applicant_id):
        raise SaemError("too_many_requests", status=429)
    documents.attach(application, by=application.person, field_id=field_id, name=file.name or "", data=file.read())


def read_page(application: Application) -> dict[str, Any]:
    """What was submitted, with the questions of that version."""
    if application.sent is None:
        return {"said": []}
    definition, language = definition_of(application.sent.form), reader_language()
    said = pages.answers_read(definition, application.sent.answers, application.sent.documents, language)
    return {"said": said}
