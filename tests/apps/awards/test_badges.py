"""Badges: issued once, endorsed, taken back, verified; keys that rotate."""

import json
import struct
import time
import zlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.badges import baking
from saem.apps.awards.badges.drawing import badge_svg
from saem.apps.awards.badges.issuing import credential_of, revoke
from saem.apps.awards.badges.queries import public_badge
from saem.apps.awards.badges.statuses import free_places, list_with_room
from saem.apps.awards.badges.wording import endorse, set_template
from saem.apps.awards.certificates.batches import start
from saem.apps.awards.checking.verifying import check_badge
from saem.apps.awards.issuers import sealing
from saem.apps.awards.issuers.services import rotate, signer_for
from saem.apps.awards.models import Badge, BadgeTemplate, Endorsement, IssuerKey, StatusList
from saem.apps.cohorts.models import Completion
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from saem.lib.credentials.badges import is_recipient
from tests.apps.awards.a_completion import WORDS, a_badge, a_finished_cohort, a_partner, everything_made, fetched

pytestmark = pytest.mark.django_db


def state_of(badge: Badge) -> str:
    return check_badge(credential_of(public_badge(badge.pk))).state


def test_a_badge_comes_with_the_certificate_and_holds() -> None:
    badge, _staff = a_badge()
    assert state_of(badge) == "valid"
    assert Notice.objects.filter(kind="badge.ready").count() == 1
    user = badge.completion.enrolment.user
    assert is_recipient(badge.credential, user.email or user.username)
    text = json.dumps(badge.credential, ensure_ascii=False)
    assert badge.completion.name not in text
    assert user.username not in text


def test_words_that_come_later_give_badges_to_those_who_have_certificates() -> None:
    cohort, staff, _people = a_finished_cohort(2)
    everything_made(cohort, staff)
    assert not Badge.objects.exists()
    set_template(cohort, by=staff, words=WORDS)
    everything_made(cohort, staff)
    assert Badge.objects.count() == 2
    assert Badge.objects.values("index").distinct().count() == 2
    with pytest.raises(SaemError):
        start(cohort, by=staff)


def test_taken_back_and_withdrawn_badges_are_on_the_list_at_once() -> None:
    cohort, staff, (first, second, _third) = a_finished_cohort(3, badge=True)
    everything_made(cohort, staff)
    badges = {badge.completion_id: badge for badge in Badge.objects.all()}
    address = reverse("awards:status", args=[StatusList.objects.get().pk])
    before = fetched(address)
    assert fetched(address) == before
    assert revoke(badges[first.pk], by=staff, reason="잘못 줌")
    assert not revoke(badges[first.pk], by=staff, reason="또")
    Completion.objects.filter(pk=second.pk).update(withdrawn_at=timezone.now())
    after = fetched(address)
    assert after["credentialSubject"]["encodedList"] != before["credentialSubject"]["encodedList"]
    assert [state_of(badge) for badge in Badge.objects.order_by("completion")] == ["revoked", "revoked", "valid"]


def test_a_retired_key_goes_on_proving_and_its_private_half_is_gone() -> None:
    badge, staff = a_badge()
    old = badge.key
    rotate(badge.template.cohort.institution, by=staff)
    old.refresh_from_db()
    assert old.locked == ""
    assert state_of(badge) == "valid"
    assert credential_of(public_badge(badge.pk)) == badge.credential
    new = signer_for(badge.template.cohort.institution).row
    assert new.pk != old.pk
    did = fetched(reverse("awards:did", args=[badge.template.cohort.institution_id]))
    assert len(did["verificationMethod"]) == len(did["assertionMethod"]) == 2
    assert "d" not in fetched(reverse("awards:key_set", args=[badge.template.cohort.institution_id]))["keys"][0]


def test_a_stolen_key_proves_nothing_elsewhere_and_badges_are_signed_again() -> None:
    badge, staff = a_badge()
    institution = badge.template.cohort.institution
    new = rotate(institution, by=staff, is_compromised=True)
    # The site knows its own badge; a forgery with the stolen key it does not know.
    assert check_badge(badge.credential).state == "valid"
    did = fetched(reverse("awards:did", args=[institution.pk]))
    assert [name.rpartition("#")[2] for name in did["assertionMethod"]] == [new.name]
    again = credential_of(public_badge(badge.pk))
    assert again["proof"]["verificationMethod"].endswith(new.name)
    assert again["credentialStatus"] == badge.credential["credentialStatus"]
    assert again["id"] == badge.credential["id"]
    assert state_of(badge) == "valid"
    # Only the badge as it is on record now counts.
    assert check_badge(badge.credential).state == "compromised_key"


def test_partners_stand_by_words_and_badges_carry_it() -> None:
    cohort, staff, _people = a_finished_cohort(1, badge=True)
    university, person = a_partner(cohort)
    template = BadgeTemplate.objects.select_related("cohort__institution").get()
    endorse(template, institution=university, by=person, comment="함께 만들었습니다.")
    with pytest.raises(SaemError) as refused:
        endorse(template, institution=university, by=person, comment="또")
    assert refused.value.code == "badge.endorsed_already"
    everything_made(cohort, staff)
    found = check_badge(credential_of(public_badge(Badge.objects.get().pk)))
    assert [(one.state, one.comment) for one in found.endorsements] == [("valid", "함께 만들었습니다.")]
    assert fetched(reverse("awards:endorsement", args=[Endorsement.objects.first().pk]))["type"][1] == (
        "EndorsementCredential"
    )


def test_other_words_are_another_achievement() -> None:
    cohort, staff, _people = a_finished_cohort(1, badge=True)
    first = BadgeTemplate.objects.get()
    assert set_template(cohort, by=staff, words=WORDS) == first
    second = set_template(cohort, by=staff, words=WORDS | {"name_ko": "비 연구가"})
    assert (second.number, BadgeTemplate.objects.count()) == (2, 2)
    everything_made(cohort, staff)
    assert Badge.objects.get().template == second
    first.refresh_from_db()
    assert first.name_ko == "비 예측가"


def test_a_badge_is_found_again_in_its_picture() -> None:
    badge, _staff = a_badge()
    picture = Client().get(reverse("awards:badge_svg", args=[badge.pk]))
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert json.loads(baking.credential_in(picture.content)) == badge.credential
    assert check_badge(baking.credential_in(picture.content)).is_valid


@pytest.mark.parametrize("comment", ["]]>", "<script>alert(1)</script>", "</svg>"])
def test_baking_keeps_any_text_apart_from_the_picture(comment: str) -> None:
    badge, _staff = a_badge()
    svg = baking.baked_svg(badge_svg(badge.template, title=comment), {"comment": comment})
    assert json.loads(baking.credential_in(svg.encode())) == {"comment": comment}


def test_a_huge_file_of_beginnings_is_read_in_no_time() -> None:
    data = b"<svg>" + b"<openbadges:credential><![CDATA[" * 60_000
    begun = time.process_time()
    assert baking.credential_in(data) == b""
    assert time.process_time() - begun < 1


def test_a_badge_in_a_png_is_found() -> None:
    credential = b'{"a": "\xed\x95\x9c"}'
    for body in (b"\0\0\0\0\0" + credential, b"\0\1\0\0\0" + zlib.compress(credential)):
        text = b"openbadgecredential" + body
        chunk = struct.pack(">I", len(text)) + b"iTXt" + text + b"crc."
        assert baking.credential_in(b"\x89PNG\r\n\x1a\n" + chunk) == credential


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", b"<svg/>", b"<", b""])
def test_pictures_without_a_badge_are_no_badges(data: bytes) -> None:
    assert check_badge(baking.credential_in(data)).state == "malformed"


def test_private_keys_are_locked_with_a_secret_outside_the_database() -> None:
    _badge, _staff = a_badge()
    path = settings.CREDENTIALS_KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    key = IssuerKey.objects.get()
    assert "ENCRYPTED" in key.locked
    assert path.read_text().strip() not in key.locked
    with pytest.raises(Exception, match="passphrase"):
        sealing.unlocked(key.name, key.locked, b"another")


def test_without_the_secret_nothing_is_signed_and_staff_read_why(monkeypatch: pytest.MonkeyPatch) -> None:
    badge, _staff = a_badge()
    monkeypatch.setattr(settings, "CREDENTIALS_KEY", "x" * 40)
    with pytest.raises(SaemError) as refused:
        signer_for(badge.template.cohort.institution)
    assert refused.value.code == "issuer.locked"


def test_public_documents_are_cached_and_open_to_verifiers() -> None:
    badge, _staff = a_badge()
    for name, key in (("status", badge.status_list_id), ("did", badge.template.cohort.institution_id)):
        address = reverse(f"awards:{name}", args=[key])
        first = Client().get(address)
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert Client().get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304


def test_places_on_the_list_are_not_in_order() -> None:
    cohort, _staff, _people = a_finished_cohort(0)
    status_list = list_with_room(cohort.institution, 50)
    places = free_places(status_list, 50)
    assert len(set(places)) == 50
    assert places != sorted(places)
    assert list_with_room(cohort.institution, 70_000) != status_list or status_list.size > 140_000


def test_a_second_press_while_the_first_is_at_work_gives_one_badge() -> None:
    cohort, staff, _people = a_finished_cohort(1, badge=True)
    start(cohort, by=staff)
    drain()
    drain()
    assert Badge.objects.count() == 1
