"""The pages of applicants, recommenders, guardians and staff, through a browser's eyes."""

import csv
import datetime as dt
import io
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls import limits, vouching
from saem.apps.cohorts.calls.vouching import Guardian, Recommender
from saem.apps.cohorts.models import (
    Application,
    ApplicationState,
    Call,
    ConsentWay,
    Document,
    GuardianConsent,
    Recommendation,
)
from saem.apps.events.models import Event
from saem.apps.notices.channels import send_email
from saem.apps.notices.handlers import letter_words
from saem.apps.notices.models import Channel, Delivery, DeliveryState
from saem.apps.people.limits import Limit
from tests.apps.cohorts.calls.a_call import (
    CHILD,
    FORM,
    PDF,
    a_call,
    an_application,
    client_of,
    fields_of,
    form_of,
    submitted,
)
from tests.cast import a_cohort, a_person, a_staff_member

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MOTHER = Guardian("김엄마", "mother@example.org", "어머니")


def page_of(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"calls:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def link_in(letter: mail.EmailMessage) -> str:
    return re.search(r"https?://[^/\s]+(\S+)", letter.body)[1]


def the_letter(kind: str) -> mail.EmailMessage:
    """The letter that was written last, as it is sent."""
    delivery = Delivery.objects.filter(kind=kind).latest("pk")
    send_email(delivery, letter_words(delivery))
    return mail.outbox[-1]


def past(call: Call) -> None:
    now = timezone.now()
    Call.objects.filter(pk=call.pk).update(opens_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(minutes=1))


# --- the catalogue


def test_everybody_sees_open_coming_and_closed_calls_but_no_draft(client: Client):
    now = timezone.now()
    cohort = a_cohort()
    a_call(cohort, title="열린 모집", eligibility="**누구나**", grades=["m1", "m2"])
    a_call(cohort, title="다음 모집", opens_at=now + dt.timedelta(days=1))
    a_call(cohort, title="지난 모집", opens_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(days=1))
    Call.objects.filter(pk=a_call(cohort, title="숨은 모집").pk).update(published_at=None)
    page = page_of(client, "catalogue")
    assert page.index("열린 모집") < page.index("다음 모집") < page.index("지난 모집")
    assert "숨은 모집" not in page
    opened = page_of(client, "call", Call.objects.get(title="열린 모집").pk)
    assert "<strong>누구나</strong>" in opened
    assert "중학교 1학년, 중학교 2학년" in opened
    page_of(client, "call", Call.objects.get(title="숨은 모집").pk, status=404)


def test_the_catalogue_speaks_english(client: Client):
    call = a_call(summary_en="Predict the **weather**.")
    client.cookies["django_language"] = "en"
    page = page_of(client, "call", call.pk).split("<main")[1].split("</main>")[0]
    assert "Advanced AI course: call" in page
    assert "<strong>weather</strong>" in page
    assert not re.search("[가-힣]", page.replace(call.cohort.institution.name, ""))


# --- applying


def test_from_the_call_to_the_receipt_without_javascript():
    call, person = a_call(), a_person("김하늘")
    client = client_of(person)
    begun = client.post(
        reverse("calls:begin", args=[call.pk]), {"name": "김하늘", "birth_date": "2009-05-05", "grade": "m1"}
    )
    application = Application.objects.get()
    assert begun.headers["Location"] == form_of(application)
    assert "motive?" in client.get(form_of(application)).content.decode()
    done = client.post(form_of(application), fields_of(application, action="submit"), follow=True)
    page = done.content.decode()
    assert Application.objects.get().receipt in page
    assert "필요한 것을 모두 갖췄어요" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": "", "birth_date": "2009-05-05", "grade": "m1"}, "여기를 써 주세요"),
        ({"name": "김하늘", "birth_date": "2999-01-01", "grade": "m1"}, "생년월일을 다시 봐 주세요"),
        ({"name": "김하늘", "birth_date": "어제", "grade": "m1"}, "2011-03-02처럼"),
        ({"name": "김하늘", "birth_date": "2001-01-01", "grade": "m1"}, "이후에 태어난"),
        ({"name": "김하늘", "birth_date": "2009-05-05", "grade": "h3"}, "올바르게 선택해 주세요"),
        ({"name": "가\x00나", "birth_date": "2009-05-05", "grade": "m1"}, "null"),
    ],
)
def test_facts_that_do_not_fit_are_said_at_their_field(facts: dict, said: str):
    call = a_call(born_from=dt.date(2008, 1, 1), grades=["m1"])
    answer = client_of(a_person()).post(reverse("calls:begin", args=[call.pk]), facts)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Application.objects.exists()


def test_what_is_missing_is_listed_with_links_and_everything_typed_stays():
    application = an_application(a_call(), motive="")
    sent = fields_of(application, action="submit", **{"a.motive": "", "a.school.name": "바꾼 학교"})
    answer = client_of(application.applicant).post(form_of(application), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#q-motive">motive? · 답을 써 주세요.</a>' in page
    assert 'value="바꾼 학교"' in page
    assert Application.objects.get().answers["school"]["name"] == "바꾼 학교"


def test_the_form_saves_by_itself_and_shows_a_question_that_a_choice_opens():
    application = an_application(a_call())
    client = client_of(application.applicant)
    sent = fields_of(application, tab="tab-1", **{"a.experience": "yes"})
    answer = client.post(form_of(application), sent, headers=HTMX)
    page = answer.content.decode()
    assert "저장됨" in page
    assert f'name="revision" value="{application.revision + 1}"' in page
    assert '<div class="turn" id="at-which" hx-swap-oob="true">' in page
    assert 'name="a.which"' in page
    assert "<html" not in page


def test_two_tabs_the_second_sees_what_the_first_wrote_and_decides():
    application = an_application(a_call())
    client = client_of(application.applicant)
    client.post(form_of(application), fields_of(application, tab="one", **{"a.motive": "첫 창의 글"}), headers=HTMX)
    second = fields_of(application, tab="two", **{"a.motive": "둘째 창의 글"})
    answer = client.post(form_of(application), second, headers=HTMX)
    assert answer.status_code == 409
    assert "첫 창의 글" in answer.content.decode()
    whole = client.post(form_of(application), second | {"action": "submit"})
    assert whole.status_code == 409
    assert "둘째 창의 글" in whole.content.decode()
    assert Application.objects.get().answers["motive"] == "첫 창의 글"
    client.post(form_of(application), second | {"action": "overwrite"})
    assert Application.objects.get().answers["motive"] == "둘째 창의 글"


def test_the_deadline_passes_while_the_form_is_open():
    application = an_application(a_call())
    past(application.call)
    answer = client_of(application.applicant).post(
        form_of(application), fields_of(application, action="submit", **{"a.motive": "마지막 순간의 글"})
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "지나서 제출하지 못했어요" in page
    assert "마지막 순간의 글" in page
    assert Application.objects.get().answers["motive"] == "마지막 순간의 글"
    assert "접수되지 않았어요" in page_of(client_of(application.applicant), "application", application.pk)


def test_rows_come_and_go_by_buttons():
    application = an_application(a_call())
    client = client_of(application.applicant)
    sent = fields_of(application, **{"rows.awards": "1", "a.awards.0.title": "대상"})
    client.post(form_of(application), sent | {"action": "add:awards"})
    assert Application.objects.get().answers["awards"] == [{"title": "대상"}, {}]
    sent |= {"rows.awards": "2", "a.awards.1.title": "은상", "revision": str(Application.objects.get().revision)}
    client.post(form_of(application), sent | {"action": "drop:awards:0"})
    assert Application.objects.get().answers["awards"] == [{"title": "은상"}]


@pytest.mark.parametrize(
    "action", ["add:", "add:motive", "drop:awards:x", "drop:awards:99", "remove:nothing", "😀", "submit:"]
)
def test_buttons_that_do_not_exist_break_nothing(action: str):
    application = an_application(a_call())
    sent = fields_of(application, action=action, form="x", revision="-1", **{"rows.awards": "many"})
    assert client_of(application.applicant).post(form_of(application), sent).status_code in {302, 409}


def test_a_document_is_uploaded_downloaded_and_refused():
    application = an_application(a_call())
    client = client_of(application.applicant)
    file = SimpleUploadedFile("상장.pdf", PDF, "text/html")
    client.post(form_of(application), fields_of(application) | {"action": "upload:record", "f.record": file})
    document = Document.objects.get()
    got = client.get(reverse("calls:document", args=[application.pk, document.pk]))
    assert b"".join(got.streaming_content) == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert (got.headers["X-Content-Type-Options"], got.headers["Content-Type"]) == (
        "nosniff",
        "application/octet-stream",
    )
    assert "sandbox" in got.headers["Content-Security-Policy"]
    bad = SimpleUploadedFile("상장.pdf", b"MZ\x90 a program")
    page = client.post(form_of(application), fields_of(application) | {"f.record": bad}, follow=True).content.decode()
    assert "PDF, PNG, JPEG" in page
    assert Document.objects.count() == 1


def test_too_large_a_document_costs_nothing_else(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("saem.apps.cohorts.calls.views.applying.MOST_BYTES_SENT", 100)
    application = an_application(a_call())
    sent = fields_of(application, **{"a.motive": "같이 보낸 글"}) | {"f.record": SimpleUploadedFile("a.pdf", PDF * 20)}
    page = client_of(application.applicant).post(form_of(application), sent, follow=True).content.decode()
    assert "파일이 너무 커요" in page
    assert Application.objects.get().answers["motive"] == "같이 보낸 글"


def test_an_expired_session_says_where_to_go_on(client: Client):
    application = an_application(a_call())
    answer = client.post(form_of(application), fields_of(application))
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_new_form_is_said_on_the_page_and_old_answers_are_shown_apart():
    application = an_application(a_call())
    call = application.call
    fewer = {"questions": [one for one in FORM["questions"] if one["id"] != "motive"]}
    Call.objects.update(form_draft=fewer)
    client_of(a_staff_member(call.cohort)).post(reverse("calls:form_publish", args=[call.pk]))
    page = client_of(application.applicant).get(form_of(application)).content.decode()
    assert "양식을 고쳤어요" in page
    assert "동네 날씨를 예측해 보고 싶어요." in page


def test_withdrawing_asks_first():
    application = submitted(a_call())
    client = client_of(application.applicant)
    assert "취소할까요" in page_of(client, "withdraw", application.pk)
    client.post(reverse("calls:withdraw", args=[application.pk]))
    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert client.get(form_of(application)).status_code == 302
    assert "다시 지원하기" in page_of(client, "application", application.pk)


# --- recommender and guardian


def test_a_teacher_recommends_by_link_without_an_account(client: Client):
    application = submitted(a_call(needs_recommendation=True, recommendation_prompt="끈기를 봐 주세요."))
    asked = {"name": "박선생", "email": "teacher@example.org", "role": "담임 선생님"}
    client_of(application.applicant).post(reverse("calls:recommender", args=[application.pk]), asked)
    link = link_in(the_letter("recommendation.asked"))
    page = client.get(link).content.decode()
    assert "끈기를 봐 주세요." in page
    assert "동네 날씨를" not in page
    assert "추천하는 까닭을 써 주세요" in client.post(link, {"answer": "recommend", "statement": " "}).content.decode()
    done = client.post(link, {"answer": "recommend", "statement": "끝까지 해내요."}, follow=True).content.decode()
    assert "고맙습니다" in done
    own = page_of(client_of(application.applicant), "application", application.pk)
    assert "추천함" in own
    assert "끝까지 해내요." not in own
    staff = client_of(a_staff_member(application.call.cohort))
    assert "끝까지 해내요." in page_of(staff, "read", application.call_id, application.pk)
    stored = Recommendation.objects.get()
    assert link.rstrip("/").rsplit("/", 1)[-1] != stored.token_sha256


def test_wrong_links_are_limited_and_right_ones_are_not(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LINK_FROM_ADDRESS", Limit("test.link", times=3, seconds=600))
    application = submitted(a_call())
    _asked, token = vouching.ask_recommender(
        application, Recommender("박", "t@example.org", "담임"), by=application.applicant
    )
    for _visit in range(5):
        assert client.get(reverse("calls:recommend", args=[token])).status_code == 200
    for _guess in range(3):
        assert client.get(reverse("calls:recommend", args=["wrong"])).status_code == 404
    assert client.get(reverse("calls:consent", args=["wrong"])).status_code == 429


def test_nobody_is_flooded_with_letters(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MAILS_OF_APPLICANT", Limit("test.mail", times=2, seconds=600))
    application = submitted(a_call(needs_recommendation=True))
    client = client_of(application.applicant)
    asked = {"name": "박선생", "email": "teacher@example.org", "role": "담임"}
    codes = [client.post(reverse("calls:recommender", args=[application.pk]), asked).status_code for _try in range(3)]
    assert codes == [302, 302, 429]
    assert Delivery.objects.filter(kind="recommendation.asked").count() == 2


def test_a_letter_that_does_not_go_out_is_said_and_staff_can_hand_over_a_link():
    application = submitted(a_call(needs_recommendation=True))
    asked = {"name": "박선생", "email": "teacher@example.org", "role": "담임 선생님"}
    own = client_of(application.applicant)
    own.post(reverse("calls:recommender", args=[application.pk]), asked)
    assert "가지 못했어요" not in page_of(own, "application", application.pk)
    for state, said in ((DeliveryState.FAILED, "가지 못했어요"), (DeliveryState.UNSURE, "갔는지 알 수 없어요")):
        Delivery.objects.filter(kind="recommendation.asked").update(state=state)
        assert said in page_of(own, "application", application.pk)
    staff = client_of(a_staff_member(application.call.cohort))
    handed = staff.post(reverse("calls:renew_link", args=[application.call_id, application.pk])).content.decode()
    link = re.search(r"http://testserver(/recommend/[^<]+)", handed)[1]
    assert Client().get(link).status_code == 200


def test_a_child_names_a_guardian_first_and_the_guardian_answers_by_mail(client: Client):
    call = a_call()
    child = client_of(a_person("이어린"))
    begun = child.post(
        reverse("calls:begin", args=[call.pk]), {"name": "이어린", "birth_date": CHILD.isoformat(), "grade": "e6"}
    )
    application = Application.objects.get()
    assert begun.headers["Location"] == reverse("calls:guardian", args=[application.pk])
    wrong = child.post(begun.headers["Location"], {"name": "김엄마", "relation": "어머니", "contact": "몰라요"})
    assert "전화번호나 이메일" in wrong.content.decode()
    child.post(begun.headers["Location"], {"name": "김엄마", "relation": "어머니", "contact": "Mother@example.org"})
    letter = the_letter("consent.asked")
    assert "만 14세 미만" in letter.body
    link = link_in(letter)
    assert "동의하시나요" in client.get(link).content.decode()
    assert client.post(link, {"answer": "maybe"}).status_code == 422
    client.post(link, {"answer": "agree"})
    given = GuardianConsent.objects.get()
    assert (given.way, given.recorded_by, given.contact) == ("email_reply", None, "mother@example.org")
    assert "동의함" in page_of(child, "application", application.pk)


def test_a_guardian_takes_the_consent_back_by_the_same_link(client: Client):
    application = submitted(a_call(), born=CHILD)
    _asked, token = vouching.ask_guardian(application, MOTHER, by=application.applicant)
    link = reverse("calls:consent", args=[token])
    client.post(link, {"answer": "withdraw"})
    assert GuardianConsent.objects.get().withdrawn_at is None
    client.post(link, {"answer": "agree"})
    staff = client_of(a_staff_member(application.call.cohort))
    assert "동네 날씨를" in page_of(staff, "read", application.call_id, application.pk)
    assert "거두어들인 지원" in client.post(link, {"answer": "withdraw"}, follow=True).content.decode()
    assert "동네 날씨를" not in page_of(staff, "read", application.call_id, application.pk)
    assert "거두어들임" in page_of(client_of(application.applicant), "application", application.pk)
    first = GuardianConsent.objects.get().withdrawn_at
    client.post(link, {"answer": "withdraw"})
    assert GuardianConsent.objects.get().withdrawn_at == first


def test_a_guardian_with_a_phone_is_asked_and_confirmed_by_message_where_the_site_sends_them(client: Client, settings):
    application = submitted(a_call(), born=CHILD)
    child, where = client_of(application.applicant), reverse("calls:guardian", args=[application.pk])
    told = {"name": "김엄마", "relation": "어머니", "contact": "010-1234-5678"}
    assert "종이 동의서로 받아요" in child.get(where).content.decode()
    child.post(where, told)
    assert not Delivery.objects.filter(channel=Channel.SMS).exists()
    settings.SMS_SENDER = "saem.apps.notices.sms.to_console"
    assert "휴대전화 번호" in child.get(where).content.decode()
    assert "곧 문자가 가요" in child.post(where, told, follow=True).content.decode()
    words = letter_words(Delivery.objects.get(kind="consent.asked_by_phone"))
    client.post(re.search(r"http\S+?(/consent/\S+)", words.text)[1], {"answer": "agree"})
    assert GuardianConsent.objects.get().way == ConsentWay.WEB_SMS
    confirmed = Delivery.objects.get(kind="consent.confirmed")
    assert (confirmed.channel, confirmed.address) == (Channel.SMS, "010-1234-5678")
    assert "김하늘" in letter_words(confirmed).text


def test_staff_read_nothing_of_a_child_before_the_guardian_agrees():
    application = submitted(a_call(), born=CHILD)
    staff = client_of(a_staff_member(application.call.cohort))
    closed = page_of(staff, "read", application.call_id, application.pk)
    assert "동네 날씨를" not in closed
    assert "답을 볼 수 없어요" in closed
    table = staff.get(reverse("calls:export", args=[application.call_id, "csv"]))
    assert "동네 날씨를" not in b"".join(table.streaming_content).decode()
    scan = SimpleUploadedFile("동의서.pdf", PDF)
    record = {
        "name": "김엄마",
        "relation": "어머니",
        "contact": "010-1234-5678",
        "way": "signed_paper",
        "given_at": "2026-11-01T10:00",
        "file": scan,
    }
    where = reverse("calls:record_consent", args=[application.call_id, application.pk])
    assert "아직 오지 않은 때예요" in staff.post(where, record | {"given_at": "2999-01-01T10:00"}).content.decode()
    bad = SimpleUploadedFile("동의서.pdf", b"no pdf")
    assert "PDF, PNG, JPEG" in staff.post(where, record | {"file": bad}).content.decode()
    scan.seek(0)
    assert staff.post(where, record).status_code == 302
    opened = page_of(staff, "read", application.call_id, application.pk)
    assert "동네 날씨를" in opened
    assert "최담당" in opened
    evidence = GuardianConsent.objects.get().evidence
    assert staff.get(reverse("calls:document", args=[application.pk, evidence.pk])).status_code == 200
    child = client_of(application.applicant)
    assert child.get(reverse("calls:document", args=[application.pk, evidence.pk])).status_code == 404
    staff.post(reverse("calls:withdraw_consent", args=[application.call_id, application.pk]))
    assert "동네 날씨를" not in page_of(staff, "read", application.call_id, application.pk)


def test_a_paper_form_can_be_printed():
    application = submitted(a_call(), born=CHILD)
    page = page_of(client_of(application.applicant), "paper", application.pk)
    assert "보호자 서명" in page
    assert vouching.consent_text_of(application.call).sha256[:16] in page


# --- staff


CALL = {
    "title": "새 모집", "audience": "student", "opens_at": "2026-12-01T09:00", "closes_at": "2026-12-20T18:00",
    "grace_minutes": "10", "followup_days": "7", "seats": "20", "retention_years": "3", "retention_basis": "records",
}  # fmt: skip


def test_staff_prepare_build_and_publish_a_call():
    cohort = a_cohort()
    staff = client_of(a_staff_member(cohort))
    staff.post(reverse("calls:new", args=[cohort.pk]), CALL)
    call = Call.objects.get()
    where = reverse("calls:builder", args=[call.pk])

    def press(action: str, **more: str):
        revision = str(Call.objects.get().form_draft_revision)
        return staff.post(where, {"action": action, "revision": revision, **more})

    added = press("add:", kind="choice")
    written = {
        "label_ko": "파이썬을 써 봤나요?",
        "label_en": "Python?",
        "options": "네 | Yes\n아니요 | No",
        "required": "on",
    }
    saved = staff.post(added.headers["Location"], written | {"revision": str(Call.objects.get().form_draft_revision)})
    assert saved.status_code == 302
    group = press("add:", kind="group").headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    assert press(f"add:{group}", kind="number").status_code == 302
    assert press(f"add:{group}", kind="file").headers["Location"] == where
    press(f"up:{group}")
    press("remove:motive")
    names = [one["id"] for one in Call.objects.get().form_draft["questions"]]
    assert names == ["school", "privacy", group, "q0"]
    preview = page_of(staff, "preview", call.pk)
    assert "파이썬을 써 봤나요?" in preview
    assert "Python?" in preview
    assert staff.post(reverse("calls:publish", args=[call.pk])).status_code == 302
    assert Call.objects.get().form.number == 1
    assert "새 모집" in page_of(Client(), "catalogue")


def test_a_condition_is_chosen_from_the_questions_before():
    call = a_call()
    staff = client_of(a_staff_member(call.cohort))
    page = page_of(staff, "question", call.pk, "which")
    assert 'value="experience=yes" selected' in page
    sent = {"label_ko": "무엇을?", "shown_if": "experience=no", "revision": "0"}
    staff.post(reverse("calls:question", args=[call.pk, "which"]), sent)
    kept = next(one for one in Call.objects.get().form_draft["questions"] if one["id"] == "which")
    assert kept["shown_if"] == {"question": "experience", "value": "no"}
    page_of(staff, "question", call.pk, "nothing", status=404)


def test_a_stale_builder_page_changes_nothing():
    call = a_call()
    staff = client_of(a_staff_member(call.cohort))
    where = reverse("calls:builder", args=[call.pk])
    assert staff.post(where, {"action": "remove:about", "revision": "0"}).status_code == 302
    assert staff.post(where, {"action": "remove:motive", "revision": "0"}).status_code == 409
    assert any(one["id"] == "motive" for one in Call.objects.get().form_draft["questions"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"closes_at": "2026-11-01T18:00"}, "마감이 시작보다"),
        ({"seats": "0"}, "1"),
        ({"born_from": "2014-01-01", "born_until": "2010-01-01"}, "끝나는 날이"),
        ({"opens_at": "언젠가"}, "날짜"),
        ({"grades": "z9"}, "z9"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(changes: dict, said: str):
    cohort = a_cohort()
    answer = client_of(a_staff_member(cohort)).post(reverse("calls:new", args=[cohort.pk]), CALL | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Call.objects.exists()


def test_the_list_is_searched_narrowed_and_asks_as_often_for_many_as_for_few():
    call = a_call(needs_recommendation=True)
    first = submitted(call)
    Application.objects.filter(pk=first.pk).update(name="찾는 사람")
    staff = client_of(a_staff_member(call.cohort))
    where = reverse("calls:applications", args=[call.pk])
    with CaptureQueriesContext(
        connection,
    ) as few:
        staff.get(where)
    for _more in range(12):
        submitted(call)
    an_application(call)
    with CaptureQueriesContext(connection) as many:
        page = staff.get(where).content.decode()
    assert len(many) == len(few)
    assert page.count("/applications/") > 12
    found = staff.get(where, {"q": "찾는"}).content.decode()
    assert "찾는 사람" in found
    assert found.count("김하늘") == 0
    assert "찾는 지원서가 없어요" in staff.get(where, {"show": "complete"}).content.decode()
    assert "찾는 사람" in staff.get(where, {"show": "waiting", "page": "nonsense"}).content.decode()
    assert staff.get(where, {"show": "nonsense", "q": "x" * 500}).status_code == 200


def test_tables_hold_every_answer_and_no_formula():
    application = submitted(a_call(), motive="=1+1", awards=[{"title": "대상"}, {"title": "은상"}])
    staff = client_of(a_staff_member(application.call.cohort))
    answer = staff.get(reverse("calls:export", args=[application.call_id, "csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["motive?"], line["이름"], line["학년"]) == ("'=1+1", "김하늘", "중학교 1학년")
    assert line["awards?"] == "title?: 대상\ntitle?: 은상"
    sheet = staff.get(reverse("calls:export", args=[application.call_id, "xlsx"]))
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    assert staff.get(reverse("calls:export", args=[application.call_id, "exe"])).status_code == 404
    assert Event.objects.filter(verb="applications.exported").count() == 2


def test_staff_see_no_draft_and_no_document_that_was_not_submitted():
    draft = an_application(a_call())
    client = client_of(draft.applicant)
    client.post(form_of(draft), fields_of(draft) | {"f.record": SimpleUploadedFile("a.pdf", PDF)})
    staff = client_of(a_staff_member(draft.call.cohort))
    document = Document.objects.get()
    assert staff.get(reverse("calls:read", args=[draft.call_id, draft.pk])).status_code == 404
    assert staff.get(reverse("calls:document", args=[draft.pk, document.pk])).status_code == 404
    client.post(form_of(draft), fields_of(draft, action="submit", revision=str(Application.objects.get().revision)))
    assert staff.get(reverse("calls:document", args=[draft.pk, document.pk])).status_code == 200


def test_where_an_application_stands_is_on_the_home_page():
    application = submitted(a_call())
    page = client_of(application.applicant).get("/").content.decode()
    assert reverse("calls:application", args=[application.pk]) in page
    assert "제출됨" in page
