"""Calls, forms and applications for the tests of this room."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls import applying, running
from saem.apps.cohorts.models import Application, Call, Cohort
from saem.apps.people.models import User
from tests.cast import a_cohort, a_person, a_staff_member

GROWN_UP, CHILD = dt.date(2009, 5, 5), timezone.localdate() - dt.timedelta(days=365 * 12)
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


def words(ko: str, en: str = "") -> dict[str, str]:
    return {"ko": ko, "en": en}


def question(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "label": words(f"{name}?", f"{name} in English?"), **more}


OPTIONS = [{"value": "yes", "label": words("네", "Yes")}, {"value": "no", "label": words("아니요", "No")}]
FORM = {
    "questions": [
        question("about", "heading"),
        question("school", "school", required=True),
        question("motive", "long", required=True, max_length=500),
        question("experience", "choice", options=OPTIONS, required=True),
        question("which", "short", required=True, shown_if={"question": "experience", "value": "yes"}),
        question("hours", "number", minimum=0, maximum=40),
        question("days", "choices", options=OPTIONS),
        question("since", "date"),
        question("record", "file"),
        question("awards", "group", maximum=3, questions=[question("title", "short", required=True)]),
        question("agree", "consent", required=True),
    ]
}
ANSWERS = {
    "school": {"name": "샘물중학교", "code": "B10-7010057"},
    "motive": "동네 날씨를 예측해 보고 싶어요.",
    "experience": "no",
    "agree": True,
}


def a_call(cohort: Cohort | None = None, *, form: Mapping[str, Any] | None = None, **facts: Any) -> Call:
    """A published call that is open now, with a form of every kind of question."""
    cohort = cohort or a_cohort()
    now = timezone.now()
    facts = {
        "title": "AI 심화 과정 모집",
        "title_en": "Advanced AI course: call",
        "summary": "**날씨**를 예측해요.",
        "opens_at": now - dt.timedelta(days=1),
        "closes_at": now + dt.timedelta(days=7),
        "seats": 20,
        **facts,
    }
    staff = a_staff_member(cohort)
    call = running.open_call(cohort, by=staff, facts=facts, form=dict(form or FORM))
    assert running.publish_call(call, by=staff) == []
    call.refresh_from_db()
    return call


def an_application(call: Call, by: User | None = None, *, born: dt.date = GROWN_UP, **answers: Any) -> Application:
    """A draft with answers that could be submitted."""
    application = applying.start(call, by=by or a_person("김하늘"), name="김하늘", birth_date=born, grade="m1")
    result = applying.save(
        application, read=lambda _before: {**ANSWERS, **answers}, seen=applying.Seen(application.revision)
    )
    return result.application


def submitted(call: Call, by: User | None = None, *, born: dt.date = GROWN_UP, **answers: Any) -> Application:
    application = an_application(call, by, born=born, **answers)
    result = applying.submit(
        application, by=application.applicant, read=dict, seen=applying.Seen(application.revision), form=call.form
    )
    assert result.outcome is applying.Outcome.SUBMITTED, result.problems
    return result.application


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fields_of(application: Application, **changes: str) -> dict[str, str]:
    """What the form's page sends for ANSWERS."""
    asked = {f"asked.{one['id']}": "1" for one in application.call.form.definition["questions"]}
    sent = {
        "a.school.name": "샘물중학교",
        "a.school.code": "B10-7010057",
        "a.motive": "동네 날씨를 예측해 보고 싶어요.",
        "a.experience": "no",
        "a.agree": "1",
        "rows.awards": "0",
        "form": str(application.call.form.number),
        "revision": str(application.revision),
    }
    return {**asked, **sent, **changes}


def form_of(application: Application) -> str:
    return reverse("calls:form", args=[application.pk])


def a_zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()
