"""What an applicant hears: the receipt, and each answer of somebody else, once."""

import pytest
from django.utils import timezone

from saem.apps.cohorts.calls import vouching
from saem.apps.cohorts.calls.vouching import Evidence, Guardian, Recommender
from saem.apps.cohorts.models import ConsentWay
from saem.apps.notices.models import Notice
from saem.apps.notices.words import notice_words
from tests.apps.cohorts.calls.a_call import CHILD, a_call, submitted
from tests.cast import a_staff_member

pytestmark = pytest.mark.django_db
MOTHER = Guardian("김엄마", "mother@example.org", "어머니")


def test_tells_the_receipt_in_both_languages(client):
    application = submitted(a_call(title="AI 심화 과정", title_en="Advanced AI"))
    notice = Notice.objects.get()
    assert notice.recipient == application.applicant
    assert application.receipt in notice_words(notice, "ko").text
    assert notice_words(notice, "en").title == "We have your application for “Advanced AI”"
    client.force_login(application.applicant)
    assert client.get(notice.path).status_code == 200


def test_tells_each_answer_once():
    application = submitted(a_call(needs_recommendation=True), born=CHILD)
    teacher = Recommender("박선생", "t@example.org", "담임")
    asked, _token = vouching.ask_recommender(application, teacher, by=application.applicant)
    question, _token = vouching.ask_guardian(application, MOTHER, by=application.applicant)
    for _again in range(2):
        vouching.answer_recommendation(asked, statement="좋아요.", is_recommended=True)
        vouching.answer_consent(question, agrees=False)
    kinds = sorted(Notice.objects.filter(recipient=application.applicant).values_list("kind", flat=True))
    assert kinds == ["application.submitted", "consent.answered", "recommendation.answered"]


def test_tells_of_a_consent_on_paper():
    application = submitted(a_call(), born=CHILD)
    evidence = Evidence(ConsentWay.SIGNED_PAPER, MOTHER, timezone.now(), "", None)
    vouching.record_consent(application, evidence, by=a_staff_member(application.call.cohort))
    assert Notice.objects.filter(kind="consent.answered", recipient=application.applicant).count() == 1
