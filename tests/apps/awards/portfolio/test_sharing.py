"""Links: what a visitor sees, what is kept of them, how they end, and who may give them away."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.models import Audience, ShareLink, SharingGuardian
from saem.apps.awards.portfolio import gate, limits, reflecting, sharing
from saem.apps.cohorts.calls.links import hash_of
from saem.apps.cohorts.calls.vouching import Guardian, answer_consent, ask_guardian
from saem.apps.cohorts.guardians.asking import Age
from saem.apps.cohorts.models import Application, ConsentWay, Enrolment, TraineeRecord
from saem.apps.events.models import Event
from saem.apps.people.limits import Limit
from saem.errors import SaemError
from tests import cast
from tests.apps.awards.portfolio.shelf import Shelf, client_of
from tests.apps.cohorts.calls.a_call import CHILD, GROWN_UP, a_call, an_application

LINKS = "/portfolio/links/"
NEW = {"label": "동아리 선생님", "ends_on": "", "naming": "nickname"}


@pytest.fixture
def grown(shelf: Shelf) -> Shelf:
    """The learner says to be 14 or older."""
    gate.declare_of_age(shelf.portfolio)
    return shelf


def a_link(shelf: Shelf, **facts) -> sharing.Given:
    return sharing.share(shelf.portfolio, **{"label": "친구", "ends_on": None, "with_name": False, **facts})


def page(token: str, client=None):
    return (client or client_of(None)).get(f"/p/{token}/")


def test_a_link_shows_what_was_chosen_to_anybody_and_nothing_else(grown: Shelf):
    grown.show(grown.ref("project"), remark="처음 만든 모형")
    reflecting.begin(grown.portfolio, prompt="hard", about="", text="나만 보는 글", audience=Audience.NOBODY)
    reflecting.begin(grown.portfolio, prompt="proud", about="", text="선생님께만", audience=Audience.TEACHERS)
    answer = grown.client().post(LINKS, NEW)
    address = answer.context["address"]
    assert address in answer.content.decode()
    seen = client_of(None).get(address)
    text = seen.content.decode()
    assert seen.status_code == 200
    assert "처음 만든 모형" in text
    assert "RMSE" in text
    assert "나만 보는 글" not in text
    assert "선생님께만" not in text
    assert "익힌 정도" not in text
    assert "noindex" in seen.headers["X-Robots-Tag"]
    assert 'name="robots"' in text
    assert "no-store" in seen.headers["Cache-Control"]


def test_who_has_chosen_nothing_is_told_that_a_link_would_be_empty(grown: Shelf):
    words = "링크를 열어도 비어 있어요"
    assert words in grown.client().get(LINKS).text
    grown.show(grown.ref("project"), remark="")
    assert words not in grown.client().get(LINKS).text


def test_the_key_is_kept_nowhere(grown: Shelf):
    answer = grown.client().post(LINKS, NEW)
    token = answer.context["given"].token
    assert ShareLink.objects.get().token_sha256 == hash_of(token) != token
    assert token not in grown.client().get(LINKS).content.decode()
    assert token not in str(list(Event.objects.values_list("facts", "object_id")))


def test_a_nickname_link_hides_the_name_and_the_number_of_the_record(grown: Shelf):
    grown.user.display_name = "김하늘"
    grown.user.save()
    grown.show(grown.ref("recognition"))
    plain = page(a_link(grown).token).content.decode()
    named = page(a_link(grown, with_name=True).token).content.decode()
    assert "김하늘" not in plain
    assert "2026-000001" not in plain
    assert "하늘" in plain
    assert "김하늘" in named
    assert "2026-000001" in named


def test_openings_are_counted_but_not_the_owners_and_nothing_is_kept_of_visitors(grown: Shelf):
    given = a_link(grown)
    before = Event.objects.count()
    page(given.token)
    page(given.token, client_of(cast.a_stranger()))
    page(given.token, grown.client())
    client_of(None).head(f"/p/{given.token}/")
    given.link.refresh_from_db()
    assert given.link.openings == 2
    assert Event.objects.count() == before


def test_a_link_that_was_taken_back_opens_no_more(grown: Shelf):
    given = a_link(grown)
    assert page(given.token).status_code == 200
    grown.client().post(reverse("portfolio:revoke", args=[given.link.pk]))
    assert page(given.token).status_code == 404
    assert sharing.revoke(given.link) is False
    assert list(Event.objects.filter(verb__startswith="portfolio.").values_list("verb", flat=True).order_by("pk")) == [
        "portfolio.of_age",
        "portfolio.shared",
        "portfolio.link_revoked",
    ]


def test_only_the_owner_takes_it_back(grown: Shelf):
    given = a_link(grown)
    for user in (grown.teacher, cast.a_student(grown.classroom).user):
        assert client_of(user).post(reverse("portfolio:revoke", args=[given.link.pk])).status_code == 404
    assert page(given.token).status_code == 200


def test_the_last_day_is_still_open(grown: Shelf):
    today = timezone.localdate()
    given = a_link(grown, ends_on=today)
    assert page(given.token).status_code == 200
    ShareLink.objects.update(ends_on=today - dt.timedelta(days=1))
    assert page(given.token).status_code == 404
    assert "기한 지남" in grown.client().get(LINKS).content.decode()


def test_an_account_that_was_closed_shows_nothing(grown: Shelf):
    given = a_link(grown)
    grown.user.is_active = False
    grown.user.save()
    assert page(given.token).status_code == 404


def test_work_of_a_class_that_was_left_is_shown_no_more(grown: Shelf):
    grown.show(grown.ref("project"))
    given = a_link(grown)
    Enrolment.objects.filter(pk=grown.enrolment.pk).update(left_at=timezone.now())
    assert "RMSE" not in page(given.token).content.decode()


def test_keys_cannot_be_guessed_on_and_on(grown: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LINK_FROM_ADDRESS", Limit("portfolio.link", times=3, seconds=3600))
    given = a_link(grown)
    for _try in range(5):
        assert page(given.token).status_code == 200  # right ones are not counted
    assert [page(f"guess{number}").status_code for number in range(4)] == [404, 404, 404, 429]
    assert page(given.token).status_code == 429


@pytest.mark.parametrize("token", ["x", "가나다", "' OR 1=1 --", "%00", "a" * 5000])
def test_nonsense_opens_nothing(grown: Shelf, token: str):
    a_link(grown)
    assert client_of(None).get(reverse("portfolio:shared", args=[token])).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"label": ""},
        {"label": "가" * 61},
        {"ends_on": "2020-01-01"},
        {"ends_on": "내일"},
        {"naming": "number"},
    ],
)
def test_what_is_no_link_is_said(grown: Shelf, sent):
    assert grown.client().post(LINKS, NEW | sent).status_code == 422
    assert ShareLink.objects.count() == 0


def test_there_are_no_more_links_than_anybody_oversees(grown: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_LINKS", 1)
    first = a_link(grown)
    assert grown.client().post(LINKS, NEW).status_code == 409
    sharing.revoke(first.link)
    assert grown.client().post(LINKS, NEW).status_code == 200


# --- under 14


def test_whose_age_nobody_knows_is_asked(shelf: Shelf):
    assert "만 14세 이상이에요" in shelf.client().get(LINKS).content.decode()
    assert shelf.client().post(LINKS, NEW).status_code == 409
    shelf.client().post("/portfolio/of-age/")
    assert shelf.client().post(LINKS, NEW).status_code == 200


def test_a_child_is_told_what_is_missing_and_cannot_say_otherwise(shelf: Shelf):
    apply(shelf, born=CHILD)
    text = shelf.client().get(LINKS).content.decode()
    assert "보호자 동의가 있어야" in text
    assert "만 14세 이상이에요" not in text
    assert shelf.client().post("/portfolio/of-age/").status_code == 409
    assert shelf.client().post(LINKS, NEW).status_code == 409
    assert ShareLink.objects.count() == 0


def test_a_birth_date_that_comes_later_overrules_what_was_said(grown: Shelf):
    given = a_link(grown)
    apply(grown, born=CHILD)
    assert page(given.token).status_code == 404
    with pytest.raises(SaemError, match="guardian_needed"):
        a_link(grown)


def test_who_is_14_or_older_needs_nobody(shelf: Shelf):
    apply(shelf, born=GROWN_UP)
    assert gate.gate_of(shelf.portfolio).age == Age(is_child=False, is_known=True)
    assert shelf.client().post(LINKS, NEW).status_code == 200


def test_the_later_of_two_birth_dates_counts(shelf: Shelf):
    apply(shelf, born=CHILD)
    TraineeRecord.objects.create(enrolment=shelf.enrolment, name="김하늘", birth_date=GROWN_UP)
    assert gate.gate_of(shelf.portfolio).age == Age(is_child=True, is_known=True)


def test_a_guardians_consent_opens_and_its_withdrawal_closes_every_link_at_once(shelf: Shelf):
    apply(shelf, born=CHILD)
    address = reverse("portfolio:consent", args=[shelf.enrolment.pk])
    sent = {
        "guardian_name": "김엄마",
        "way": ConsentWay.SIGNED_PAPER,
        "given_on": "2026-11-01",
        "remark": "교무실 서류함",
    }
    assert shelf.client(shelf.teacher).post(address, sent).status_code == 302
    given = a_link(shelf)
    assert page(given.token).status_code == 200
    seen = shelf.client(shelf.teacher).get(reverse("portfolio:student", args=[shelf.enrolment.pk])).content.decode()
    assert "김엄마" in seen
    assert "교무실 서류함" in seen
    assert shelf.client(shelf.teacher).post(address, {"told_how": " "}).status_code == 422
    assert page(given.token).status_code == 200
    assert shelf.client(shelf.teacher).post(address, {"told_how": "11월 3일 전화"}).status_code == 302
    assert page(given.token).status_code == 404
    kept = SharingGuardian.objects.get()
    assert kept.withdrawn_at is not None
    assert (kept.withdrawn_by, kept.withdrawn_note) == (shelf.teacher, "11월 3일 전화")
    assert "동의가 없어 닫힘" in shelf.client().get(LINKS).content.decode()


@pytest.mark.parametrize(("words", "is_open"), [("포트폴리오를 링크로 보이는 데 동의합니다.", True), ("", False)])
def test_a_consent_to_an_application_counts_where_its_words_name_the_portfolio(shelf: Shelf, words, is_open):
    application = apply(shelf, born=CHILD, guardian_text=words)
    asked = ask_guardian(application, Guardian("김엄마", "mother@example.org", "어머니"), by=shelf.user)
    assert answer_consent(asked[0], agrees=True)
    assert gate.gate_of(shelf.portfolio).is_open is is_open


def test_an_application_is_kept_while_a_childs_open_link_rests_on_its_consent(shelf: Shelf):
    application = apply(shelf, born=CHILD, guardian_text="포트폴리오를 링크로 보이는 데 동의합니다.")
    asked = ask_guardian(application, Guardian("김엄마", "mother@example.org", "어머니"), by=shelf.user)
    assert answer_consent(asked[0], agrees=True)
    assert gate.applications_needed({application.pk}) == set()
    a_link(shelf)
    assert gate.applications_needed({application.pk}) == {application.pk}
    assert gate.applications_needed({application.pk + 1}) == set()
    Application.objects.update(birth_date=GROWN_UP)
    assert gate.applications_needed({application.pk}) == set()
    Application.objects.update(birth_date=CHILD)
    ShareLink.objects.update(revoked_at=timezone.now())
    assert gate.applications_needed({application.pk}) == set()


@pytest.mark.parametrize(
    "sent", [{"guardian_name": ""}, {"way": "telepathy"}, {"given_on": "2999-01-01"}, {"given_on": "어제"}]
)
def test_a_consent_that_is_none_is_not_recorded(shelf: Shelf, sent):
    address = reverse("portfolio:consent", args=[shelf.enrolment.pk])
    whole = {"guardian_name": "김엄마", "way": "phone_call", "given_on": "2026-11-01", "remark": ""}
    assert shelf.client(shelf.teacher).post(address, whole | sent).status_code == 422
    assert not SharingGuardian.objects.exists()
    assert shelf.client(shelf.teacher).post(address, whole).status_code == 302
    assert shelf.client(shelf.teacher).post(address, whole).status_code == 422, "it is kept; now it could be taken back"
    assert SharingGuardian.objects.get().is_in_force


def apply(shelf: Shelf, *, born: dt.date, **facts) -> Application:
    return an_application(a_call(**facts), shelf.user, born=born)
