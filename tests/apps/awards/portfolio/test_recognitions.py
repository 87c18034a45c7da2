"""What the site gave comes into the portfolio with the page where a stranger checks it, and goes when it is taken back."""

import json

import pytest
from django.utils import timezone

from saem.apps.awards.portfolio.recognitions import recognitions
from tests.apps.awards.a_completion import a_badge

pytestmark = pytest.mark.django_db


def test_a_completion_comes_with_its_certificate_and_the_badge_with_its_file(django_assert_num_queries):
    badge, _staff = a_badge()
    user = badge.completion.enrolment.user
    with django_assert_num_queries(3):
        found = {each.ref.split(":")[1]: each for each in recognitions(user)}
    code = badge.completion.certificates.get().code
    assert found["completion"].address.endswith(f"/verify/{code}/")
    assert found["badge"].address.endswith(f"/badges/{badge.pk}/")
    (file,) = found["badge"].files
    assert json.loads(file.load())["id"] == badge.credential["id"]


def test_what_was_taken_back_is_none(django_assert_num_queries):
    badge, _staff = a_badge()
    user = badge.completion.enrolment.user
    badge.revoked_at = timezone.now()
    badge.save()
    assert [each.ref.split(":")[1] for each in recognitions(user)] == ["completion"]
    badge.completion.certificates.update(revoked_at=timezone.now())
    assert [each.address for each in recognitions(user)] == [""]
