"""Which pages a phone may keep, for whom, and the worker that keeps them."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.sessions.views import keeping
from tests.apps.cohorts.sessions.a_session import a_session, client_of
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db


def test_only_the_list_may_be_kept_and_only_for_its_reader():
    room = a_classroom()
    a_student(room)
    teacher, session = a_teacher(room), a_session(room)
    browser = client_of(teacher)
    page = reverse("sessions:roll", args=[session.pk])
    assert browser.get(page).headers["Saem-Kept-For"] == str(teacher.pk)
    assert f'data-reader="{teacher.pk}"' in browser.get(page).content.decode()
    for address in (f"{page}?q=김", f"{page}live/", reverse("sessions:classroom", args=[room.pk])):
        assert "Saem-Kept-For" not in browser.get(address).headers
    assert "Saem-Kept-For" not in browser.post(page, {"action": "save"}).headers
    session.cancelled_at = timezone.now() - dt.timedelta(minutes=1)
    session.save()
    assert "Saem-Kept-For" not in browser.get(page).headers


def test_the_worker_is_kept_to_sessions_and_changes_with_its_files(monkeypatch: pytest.MonkeyPatch):
    answer = Client().get(reverse("sessions:worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/sessions/"
    assert answer.headers["Cache-Control"] == "no-cache"
    text = answer.content.decode()
    assert "importScripts(" in text
    before = version_in(text)
    monkeypatch.setattr(keeping, "FILES", (*keeping.FILES, "dist/lesson.js"))
    assert version_in(Client().get(reverse("sessions:worker")).content.decode()) != before


def version_in(text: str) -> str:
    return re.search(r'"version": "([0-9a-f]{12})"', text)[1]
