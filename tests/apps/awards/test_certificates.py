"""Certificates: made once for each completion, frozen, taken back, issued again."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from saem.apps.awards.certificates import batches, issuing
from saem.apps.awards.certificates.files import file_of
from saem.apps.awards.certificates.handlers import MAKING, pack, perform
from saem.apps.awards.issuers.services import set_profile
from saem.apps.awards.models import Badge, Batch, BatchItem, Certificate, CertificateFile, ItemState, Validity
from saem.apps.cohorts.models import Completion, RecordChange
from saem.apps.events.models import Event
from saem.apps.jobs.database import DatabaseQueue
from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.services import finish, reap_expired
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.apps.notices.words import notice_words
from saem.errors import SaemError
from saem.lib.credentials.certificates import Language
from saem.lib.fleet import Claim, ClaimLostError
from tests.apps.awards.a_completion import (
    a_certificate,
    a_completion,
    a_finished_cohort,
    a_trainee,
    a_training,
    everything_made,
)
from tests.cast import a_classroom, a_student

pytestmark = pytest.mark.django_db


def words_of(file: CertificateFile) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(file.data))).pages)


def test_everybody_who_completed_gets_one_and_hears_of_it() -> None:
    cohort, staff, completions = a_finished_cohort(3)
    everything_made(cohort, staff)
    made = Certificate.objects.order_by("pk")
    assert {one.completion_id for one in made} == {one.pk for one in completions}
    assert len({one.code for one in made}) == 3
    assert Event.objects.filter(verb="certificate.issued").count() == 3
    assert Notice.objects.filter(kind="certificate.ready").count() == 3
    assert all(one.validity == Validity.VALID for one in made.select_related("completion", "successor"))


@pytest.mark.parametrize(("language", "wanted"), [("ko", "이수증이 나왔어요"), ("en", "is ready")])
def test_what_people_are_told_reads_well_in_both_languages(language: str, wanted: str) -> None:
    cohort, staff, _people = a_finished_cohort(1, badge=True)
    everything_made(cohort, staff)
    issuing.revoke(Certificate.objects.get(), by=staff, reason="잘못 발급")
    titles = {one.kind: notice_words(one, language).title for one in Notice.objects.all()}
    assert set(titles) == {"certificate.ready", "certificate.revoked", "badge.ready"}
    assert wanted in titles["certificate.ready"]
    assert ("Rain forecaster" if language == "en" else "비 예측가") in titles["badge.ready"]
    revoked = notice_words(Notice.objects.get(kind="certificate.revoked"), language)
    assert "잘못 발급" in revoked.text


def test_the_file_says_what_the_facts_say_and_its_hash_is_kept() -> None:
    certificate, _staff = a_certificate()
    file = certificate.files.get()
    text = words_of(file)
    assert certificate.completion.name in text
    assert certificate.number in text
    assert certificate.code in text
    assert file.sha256 == hashlib.sha256(bytes(file.data)).hexdigest()
    assert certificate.number == certificate.completion.number.removeprefix("제 ").removesuffix("호")


def test_another_language_is_made_once_and_kept() -> None:
    certificate, _staff = a_certificate()
    english = file_of(certificate, Language.EN)
    assert "Certificate of Completion" in words_of(english)
    assert file_of(certificate, Language.EN).pk == english.pk


def test_a_training_says_hours_credits_birthday_and_designation() -> None:
    cohort, staff, (completion,) = a_finished_cohort()
    a_training(cohort, hours=30)
    a_trainee(completion.enrolment)
    Completion.objects.filter(pk=completion.pk).update(credits=2)
    everything_made(cohort, staff)
    text = words_of(Certificate.objects.get().files.get())
    for wanted in ("30시간 / 2학점", "1985", "2026-1", "샘물중학교", "직무연수", "교원 등의 연수에 관한 규정"):
        assert wanted in text


def test_a_training_without_a_birth_date_is_refused_with_words_and_others_go_on() -> None:
    cohort, staff, (first, second) = a_finished_cohort(2)
    a_training(cohort)
    a_trainee(second.enrolment)
    everything_made(cohort, staff)
    assert Certificate.objects.get().completion == second
    failed = BatchItem.objects.get(state=ItemState.FAILED)
    assert (failed.completion, failed.code) == (first, "certificate.no_birth_date")
    a_trainee(first.enrolment)
    everything_made(cohort, staff)
    assert Certificate.objects.count() == 2


def test_a_name_that_cannot_be_printed_whole_is_refused() -> None:
    cohort, staff, _none = a_finished_cohort(0)
    a_completion(a_student(a_classroom(cohort)), name="𓀀 김")
    everything_made(cohort, staff)
    assert not Certificate.objects.exists()
    failed = BatchItem.objects.get()
    assert failed.code == "certificate.signs"
    assert "𓀀" in failed.params["signs"]


def test_who_has_not_completed_gets_none() -> None:
    cohort, staff, _none = a_finished_cohort(0)
    with pytest.raises(SaemError) as refused:
        batches.start_for(a_student(a_classroom(cohort)), by=staff)
    assert refused.value.code == "certificate.not_completed"
    with pytest.raises(SaemError):
        batches.start(cohort, by=staff)
    assert not Batch.objects.exists()


def test_withdrawn_between_the_press_and_the_work_nothing_is_made() -> None:
    cohort, staff, (completion,) = a_finished_cohort(badge=True)
    batches.start(cohort, by=staff)
    Completion.objects.filter(pk=completion.pk).update(withdrawn_at="2026-11-28T00:00:00Z")
    drain()
    assert not Certificate.objects.exists()
    assert not Badge.objects.exists()
    assert BatchItem.objects.get().code == "certificate.not_completed"


def test_a_name_corrected_while_pages_were_set_is_the_one_that_is_printed() -> None:
    cohort, staff, (completion,) = a_finished_cohort()
    batches.start(cohort, by=staff)
    queue = DatabaseQueue(worker="w", capabilities=["cpu"])
    claim = queue.claim()
    assert claim is not None
    result = perform(pack(claim), bytes)
    Completion.objects.filter(pk=completion.pk).update(name="김바다")
    finish(claim, MAKING.effect(claim, result))
    assert not Certificate.objects.exists()
    drain()
    assert Certificate.objects.get().facts["name"] == "김바다"


def test_a_worker_that_dies_in_the_middle_loses_nothing_and_doubles_nothing() -> None:
    cohort, staff, _completions = a_finished_cohort(25)
    batches.start(cohort, by=staff)
    dead = DatabaseQueue(worker="dies", capabilities=["cpu"])
    claim = dead.claim()
    assert claim is not None
    result = perform(pack(claim), bytes)
    Job.objects.filter(pk=claim.job_id).update(lease_until="2026-01-01T00:00:00Z")
    reap_expired()
    drain()
    assert Certificate.objects.count() == 25
    # What the dead worker still had in its hands is refused at the fence.
    late = Claim(job_id=claim.job_id, kind=claim.kind, subject_id=claim.subject_id, attempt=claim.attempt)
    with pytest.raises(ClaimLostError):
        finish(late, MAKING.effect(late, result))
    assert Certificate.objects.count() == 25
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def test_pressing_again_finds_the_same_batch_and_then_says_that_nothing_is_lacking() -> None:
    cohort, staff, _people = a_finished_cohort(2)
    first = batches.start(cohort, by=staff)
    assert batches.start(cohort, by=staff) == first
    drain()
    with pytest.raises(SaemError) as refused:
        batches.start(cohort, by=staff)
    assert refused.value.code == "certificate.none_lacking"


def test_revoking_is_told_and_happens_once() -> None:
    certificate, staff = a_certificate()
    assert issuing.revoke(certificate, by=staff, reason="잘못 발급")
    assert not issuing.revoke(certificate, by=staff, reason="또")
    certificate = Certificate.objects.select_related("completion", "successor").get()
    assert (certificate.validity, certificate.revocation_reason) == (Validity.REVOKED, "잘못 발급")
    assert Notice.objects.filter(kind="certificate.revoked").count() == 1


def test_a_reissue_names_the_old_one_corrects_the_record_and_leaves_no_gap() -> None:
    old, staff = a_certificate()
    batches.reissue(old, by=staff, reason="이름 오타", name="김바다")
    assert Certificate.objects.unrevoked().get() == old
    drain()
    new = Certificate.objects.unrevoked().get()
    assert (new.replaces, new.issue, new.facts["name"]) == (old, 2, "김바다")
    assert new.number == f"{old.number}-2"
    assert Certificate.objects.select_related("completion", "successor").get(pk=old.pk).validity == Validity.REPLACED
    change = RecordChange.objects.get()
    assert (change.field, change.before, change.after) == ("name", "김하늘0", "김바다")
    with pytest.raises(SaemError) as refused:
        batches.reissue(old, by=staff, reason="또", name="김바다")
    assert refused.value.code == "certificate.changed_meanwhile"


def test_revoked_while_a_reissue_waits_no_new_one_is_made() -> None:
    old, staff = a_certificate()
    batches.reissue(old, by=staff, reason="오타", name="김바다")
    issuing.revoke(old, by=staff, reason="취소")
    drain()
    assert not Certificate.objects.unrevoked().exists()
    assert BatchItem.objects.get(replaces=old).code == "certificate.changed_meanwhile"


def test_a_withdrawn_completion_ends_its_certificate_and_a_new_one_names_the_old() -> None:
    old, staff = a_certificate()
    Completion.objects.filter(pk=old.completion_id).update(withdrawn_at="2026-11-28T00:00:00Z")
    old = Certificate.objects.select_related("completion", "successor").get()
    assert old.validity == Validity.WITHDRAWN
    with pytest.raises(SaemError):
        batches.reissue(old, by=staff, reason="x", name="김하늘0")
    a_completion(old.completion.enrolment, name="김하늘0")
    everything_made(old.completion.enrolment.classroom.cohort, staff)
    new = Certificate.objects.exclude(pk=old.pk).get()
    assert new.replaces == old
    assert new.number != old.number


def test_a_job_that_breaks_for_good_says_so_and_can_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cohort, staff, _people = a_finished_cohort(1)
    batches.start(cohort, by=staff)
    issuing.set_aside(BatchItem.objects.get().part_id)
    assert BatchItem.objects.get().code == "certificate.fault"
    Job.objects.all().delete()
    everything_made(cohort, staff)
    assert Certificate.objects.count() == 1


def test_who_signs_is_printed_and_frozen() -> None:
    cohort, staff, _people = a_finished_cohort(1)
    seal = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#b00"/></svg>'
    set_profile(
        cohort.institution, by=staff, officer="샘물고등학교장", officer_en="Principal", name="이교장", seal=seal
    )
    everything_made(cohort, staff)
    set_profile(cohort.institution, by=staff, officer="새교장", officer_en="", name="", seal=None)
    certificate = Certificate.objects.get()
    assert "샘물고등학교장" in words_of(certificate.files.get())
    assert "Principal" in words_of(file_of(certificate, Language.EN))
