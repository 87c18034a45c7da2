"""The pages: staff make and take back, learners take away, strangers check."""

import io
import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.awards.badges.issuing import credential_of
from saem.apps.awards.badges.queries import public_badge
from saem.apps.awards.checking.spelling import code_of, masked
from saem.apps.awards.issuers.services import rotate
from saem.apps.awards.models import Badge, BadgeTemplate, Batch, Certificate, Endorsement, IssuerKey, IssuerProfile
from saem.apps.cohorts.models import Completion
from saem.apps.jobs.worker import drain
from saem.apps.people.models import LimitCount, Role, Scope
from saem.apps.people.services import grant
from tests.apps.awards.a_completion import (
    WORDS,
    a_badge,
    a_certificate,
    a_completion,
    a_finished_cohort,
    a_partner,
    everything_made,
    signed_in_as,
)
from tests.cast import a_classroom, a_student

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def text_of(client: Client, name: str, *args: object, language: str = "ko") -> str:
    answer = client.get(reverse(f"awards:{name}", args=args), headers={"accept-language": language})
    return answer.content.decode()


def uploaded(data: bytes, name: str = "file") -> str:
    answer = Client().post(reverse("awards:file_check"), {"file": SimpleUploadedFile(name, data)})
    return answer.content.decode()


def test_staff_make_them_and_see_how_far_it_is() -> None:
    cohort, staff, _people = a_finished_cohort(2)
    browser = signed_in_as(staff)
    assert "아직 못 받은 사람은 2명이에요" in text_of(browser, "cohort", cohort.pk)
    answer = browser.post(reverse("awards:make", args=[cohort.pk]))
    batch = Batch.objects.get()
    assert answer.headers["Location"] == reverse("awards:batch", args=[cohort.pk, batch.pk])
    page = text_of(browser, "batch", cohort.pk, batch.pk)
    assert "2명 가운데 0명을 마쳤어요" in page
    assert "hx-get" in page
    drain()
    page = text_of(browser, "batch", cohort.pk, batch.pk)
    assert "모두 만들었어요" in page
    assert "hx-get" not in page
    answer = browser.post(reverse("awards:make", args=[cohort.pk]), follow=True)
    assert "새로 만들 이수증이나 배지가 없어요" in answer.content.decode()


def test_for_somebody_who_has_not_completed_staff_read_why() -> None:
    cohort, staff, _people = a_finished_cohort(0)
    student = a_student(a_classroom(cohort), "이새봄")
    answer = signed_in_as(staff).post(reverse("awards:make_one", args=[cohort.pk, student.pk]), follow=True)
    assert "이새봄은 아직 이수하지 않았거나" in answer.content.decode()
    assert not Certificate.objects.exists()
    assert not Batch.objects.exists()


def test_somebody_of_another_cohort_is_not_there() -> None:
    cohort, staff, _people = a_finished_cohort(0)
    _other, _staff, (completion,) = a_finished_cohort(1)
    browser = signed_in_as(staff)
    assert browser.post(reverse("awards:make_one", args=[cohort.pk, completion.enrolment_id])).status_code == 404
    everything_made(_other, _staff)
    foreign = Batch.objects.get()
    assert browser.get(reverse("awards:batch", args=[cohort.pk, foreign.pk])).status_code == 404


def test_the_learner_downloads_both_languages_and_shares_the_name() -> None:
    certificate, _staff = a_certificate()
    learner = signed_in_as(certificate.completion.enrolment.user)
    assert certificate.number in text_of(learner, "mine")
    for language in ("ko", "en"):
        answer = learner.get(reverse("awards:pdf", args=[certificate.pk, language]))
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["Content-Type"] == "application/pdf"
    assert learner.get(reverse("awards:pdf", args=[certificate.pk, "fr"])).status_code == 404
    assert "김하늘0" not in text_of(Client(), "certificate_check", certificate.code)
    learner.post(reverse("awards:share", args=[certificate.pk]), {"shows": "yes"})
    assert "김하늘0" in text_of(Client(), "certificate_check", certificate.code)
    learner.post(reverse("awards:share", args=[certificate.pk]), {"shows": "no"})
    assert "김하늘0" not in text_of(Client(), "certificate_check", certificate.code)


def test_without_a_completion_the_page_says_what_comes() -> None:
    cohort, _staff, _people = a_finished_cohort(0)
    page = text_of(signed_in_as(a_student(a_classroom(cohort)).user), "mine")
    assert "아직 이수증이 없는 과정" in page
    assert "PDF" not in page


def test_a_stranger_reads_what_is_needed_and_not_more() -> None:
    certificate, staff = a_certificate()
    answer = Client().get(reverse("awards:certificate_check", args=[certificate.code]))
    page = answer.content.decode()
    for wanted in (
        "진짜 증서이고",
        "내일 비가 올까?",
        certificate.number,
        certificate.completion.institution.name,
        "김**0",
    ):
        assert wanted in page, wanted
    for hidden in (certificate.completion.enrolment.nickname, staff.display_name, "생년월일"):
        assert hidden not in page, hidden
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "A genuine certificate" in text_of(Client(), "certificate_check", certificate.code, language="en")


def test_a_stranger_sees_revoked_replaced_and_withdrawn() -> None:
    certificate, staff = a_certificate()
    browser = signed_in_as(staff)
    answer = browser.post(reverse("awards:reissue", args=[certificate.pk]), {"name": "김바다", "reason": "오타"})
    assert answer.status_code == 302
    drain()
    new = Certificate.objects.unrevoked().get()
    page = text_of(Client(), "certificate_check", certificate.code)
    assert "새 증서를 발급했어요" in page
    assert new.number in page
    assert new.code not in page
    assert certificate.number in text_of(Client(), "certificate_check", new.code)
    assert "오타" not in page
    browser.post(reverse("awards:revoke", args=[new.pk]), {"reason": "잘못 발급"})
    page = text_of(Client(), "certificate_check", new.code)
    assert "이 증서를 취소했어요" in page
    assert "잘못 발급" not in page
    other, _staff = a_certificate()
    Completion.objects.filter(pk=other.completion_id).update(withdrawn_at="2026-11-28T00:00:00Z")
    assert "이수가 취소됐어요" in text_of(Client(), "certificate_check", other.code)


def test_a_reason_is_asked_for() -> None:
    certificate, staff = a_certificate()
    answer = signed_in_as(staff).post(reverse("awards:revoke", args=[certificate.pk]), {"reason": " "})
    assert "여기를 써 주세요" in answer.content.decode()
    assert Certificate.objects.unrevoked().exists()


@pytest.mark.parametrize("typed", ["{spaced}", "{code}", "{lower}", " https://saem.example/verify/{code}/ "])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    certificate, _staff = a_certificate()
    code = certificate.code
    given = typed.format(code=code, lower=code.lower(), spaced=certificate.shown_code)
    answer = Client().post(reverse("awards:check"), {"code": given}, follow=True)
    assert "진짜 증서이고" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "K7PX", "K7PX3MQA2RT0", "1" * 300, "<script>", "코드"])
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    assert code_of(typed) == ""
    page = Client().post(reverse("awards:check"), {"code": typed}).content.decode()
    assert "error-summary" in page


def test_wrong_codes_are_limited_and_right_ones_are_not() -> None:
    certificate, _staff = a_certificate()
    wrong = reverse("awards:certificate_check", args=["K7PX3MQA2RTV"])
    right = reverse("awards:certificate_check", args=[certificate.code])
    assert {Client().get(wrong).status_code for _try in range(20)} == {404}
    assert {Client().get(right).status_code for _try in range(50)} == {200}
    assert [Client().get(wrong).status_code for _try in range(21)][-1] == 429
    assert Client().get(right).status_code == 429
    LimitCount.objects.all().delete()
    assert Client().get(right).status_code == 200


def test_the_very_file_is_known_and_any_other_is_not() -> None:
    certificate, _staff = a_certificate()
    pdf = bytes(certificate.files.get().data)
    assert "한 글자도 다르지 않아요" in uploaded(pdf)
    assert "같지 않아요" in uploaded(pdf + b" ")


def test_a_badge_file_is_checked_here() -> None:
    badge, staff = a_badge()
    credential = credential_of(public_badge(badge.pk))
    page = uploaded(json.dumps(credential).encode())
    assert "진짜 배지이고" in page
    assert badge.template.cohort.institution.name in page
    changed = credential | {"name": "딥러닝 전문가"}
    page = uploaded(json.dumps(changed).encode())
    assert "누군가 내용을 바꾼" in page
    assert "딥러닝" not in page
    picture = Client().get(reverse("awards:badge_svg", args=[badge.pk])).content
    assert "진짜 배지이고" in uploaded(picture)
    signed_in_as(staff).post(reverse("awards:revoke_badge", args=[badge.pk]), {"reason": "잘못 줌"})
    assert "취소한 배지" in uploaded(json.dumps(credential).encode())
    assert "취소한 배지" in text_of(Client(), "badge", badge.pk)


@pytest.mark.parametrize("data", [b"{", b"\x00" * 50, b"<svg>", b"[]", b'{"@context": "https://example.org"}', b"%PD"])
def test_files_that_are_nothing_are_said_to_be_nothing(data: bytes) -> None:
    assert "배지 파일이 아니거나" in uploaded(data)


def test_too_large_and_empty_files_are_refused_with_words() -> None:
    assert "너무 커요" in uploaded(b"x" * (2 * 2**20 + 1))
    assert "비어 있어요" in uploaded(b"")


def test_staff_word_the_badge_and_it_is_given() -> None:
    cohort, staff, _people = a_finished_cohort(1)
    browser = signed_in_as(staff)
    assert "error-summary" in browser.post(reverse("awards:template", args=[cohort.pk]), {}).content.decode()
    assert browser.post(reverse("awards:template", args=[cohort.pk]), WORDS).status_code == 302
    browser.post(reverse("awards:make", args=[cohort.pk]))
    drain()
    badge = Badge.objects.get()
    page = text_of(signed_in_as(badge.completion.enrolment.user), "mine")
    assert "비 예측가" in page
    assert "Rain forecaster" in text_of(Client(), "achievement", badge.template_id, language="en")


def test_staff_of_the_institution_say_who_signs_and_change_the_key() -> None:
    badge, staff = a_badge()
    institution = badge.template.cohort.institution
    browser = signed_in_as(staff)
    assert browser.get(reverse("awards:settings", args=[institution.pk])).status_code == 404
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=institution.pk)
    address = reverse("awards:settings", args=[institution.pk])
    facts = {"officer": "샘물고등학교장", "officer_en": "", "name": ""}
    bad = SimpleUploadedFile("seal.png", b"not a picture")
    assert "인쇄할 수 없는 그림" in browser.post(address, facts | {"seal": bad}).content.decode()
    huge = SimpleUploadedFile("seal.png", b"x" * (2 * 2**20 + 1))
    assert "너무 커요" in browser.post(address, facts | {"seal": huge}).content.decode()
    assert not IssuerProfile.objects.exists()
    assert browser.post(address, facts).status_code == 302
    assert IssuerProfile.objects.get().officer == "샘물고등학교장"
    rotate_address = reverse("awards:rotate", args=[institution.pk])
    assert browser.post(rotate_address, {}).status_code == 422
    assert IssuerKey.objects.count() == 1
    assert browser.post(rotate_address, {"is_sure": "on"}).status_code == 302
    assert IssuerKey.objects.count() == 2
    assert "물러남" in text_of(Client(), "issuer", institution.pk)


def test_the_partner_endorses_on_its_page_and_only_the_partner() -> None:
    cohort, staff, _people = a_finished_cohort(0, badge=True)
    university, person = a_partner(cohort)
    template = BadgeTemplate.objects.get()
    address = reverse("awards:endorse", args=[university.pk, template.pk])
    assert signed_in_as(staff).post(address, {"comment": "x"}).status_code == 404
    browser = signed_in_as(person)
    assert "비 예측가" in text_of(browser, "endorsements", university.pk)
    browser.post(address, {"comment": ""})
    assert not Endorsement.objects.exists()
    browser.post(address, {"comment": "함께 만들었습니다."})
    browser.post(address, {"comment": "또"})
    assert Endorsement.objects.count() == 2
    assert "함께 만들었습니다." in text_of(Client(), "achievement", template.pk)


def test_private_keys_are_on_no_page() -> None:
    badge, staff = a_badge()
    institution = badge.template.cohort.institution
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=institution.pk)
    secret = IssuerKey.objects.get().locked.splitlines()[1]
    pages = [text_of(signed_in_as(staff), "settings", institution.pk)]
    pages += [text_of(Client(), name, institution.pk) for name in ("issuer", "did", "key_set")]
    assert not [page for page in pages if secret in page or "PRIVATE" in page]


def count_of(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse(f"awards:{name}", args=args)).status_code == 200
    return len(found)


def test_pages_take_as_many_queries_for_many_as_for_few() -> None:
    cohort, staff, (first, *_rest) = a_finished_cohort(3, badge=True)
    everything_made(cohort, staff)
    browser, learner = signed_in_as(staff), signed_in_as(first.enrolment.user)
    status_list = Badge.objects.first().status_list_id  # type: ignore[union-attr]
    addresses = [
        (browser, "cohort", cohort.pk),
        (learner, "mine"),
        (Client(), "status", status_list),
        (Client(), "did", cohort.institution_id),
        (Client(), "badge", Badge.objects.get(completion=first).pk),
    ]
    Client().get(reverse("awards:status", args=[status_list]))
    before = [count_of(*address) for address in addresses]
    for _person in range(12):
        a_completion(a_student(first.enrolment.classroom))
    Completion.objects.filter(pk=first.pk).update(withdrawn_at="2026-11-28T00:00:00Z")
    a_completion(first.enrolment)
    everything_made(cohort, staff)
    rotate(cohort.institution, by=staff)
    Client().get(reverse("awards:status", args=[status_list]))
    assert [count_of(*address) for address in addresses] == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("김하늘", "김*늘"),
        ("박솔", "박*"),
        ("Jane Smith", "J*** S****"),
        ("제갈공명", "제**명"),
        ("김", "김"),
        ("Jo", "J*"),
    ],
)
def test_names_are_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_the_pdf_is_tagged_and_has_its_fonts() -> None:
    certificate, _staff = a_certificate()
    data = io.BytesIO(bytes(certificate.files.get().data)).read()
    assert b"/StructTreeRoot" in data
    assert b"pdfuaid" in data
