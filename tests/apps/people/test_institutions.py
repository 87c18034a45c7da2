"""Institutions are called as the reader's language calls them, on every page."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import saem.apps
from saem.apps.cohorts.forms import InstitutionField
from saem.apps.people.models import Institution
from tests.apps.cohorts.calls.a_call import a_call
from tests.cast import a_classroom, a_school, a_staff_member

pytestmark = pytest.mark.django_db
TEMPLATES = sorted(Path(saem.apps.__file__).parent.glob("*/templates/**/*.*"))
# The public page of an issuer shows both names, one above the other.
BOTH = "<h1>{{ institution.name }}</h1>"


def test_no_template_names_an_institution_in_korean_alone():
    assert len(TEMPLATES) > 100
    naming = re.compile(r"\b(?:institution|owner)\.name\b")
    found = [str(path) for path in TEMPLATES if naming.search(path.read_text(encoding="utf-8").replace(BOTH, ""))]
    assert found == []


@pytest.mark.parametrize(("language", "name"), [("en", "Saemmul High School"), ("ko", "샘물고등학교")])
def test_staff_read_the_name_in_their_language(language: str, name: str):
    cohort = a_classroom().cohort
    call = a_call(cohort)
    client = Client()
    client.force_login(a_staff_member(cohort))
    for page in ("/", "/calls/", f"/calls/{call.pk}/"):
        text = client.get(page, headers={"Accept-Language": language}).content.decode()
        other = {"en": "샘물고등학교", "ko": "Saemmul High School"}[language]
        assert name in text, page
        assert other not in text, page


@pytest.mark.parametrize(("language", "name"), [("en", "Saemmul High School"), ("ko", "샘물고등학교")])
def test_a_choice_of_institutions_speaks_the_reader_s_language(language: str, name: str):
    field = InstitutionField(queryset=Institution.objects.all())
    with translation.override(language):
        assert name in field.label_from_instance(a_school())
