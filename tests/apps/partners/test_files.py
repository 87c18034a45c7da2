"""Files of a challenge: looked at by content, taken by teams that work on it, and gone when they are withdrawn."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse

from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.partners import queries
from saem.apps.partners.challenges import files, services
from saem.apps.partners.challenges.checklist import FILE_POINTS
from saem.apps.partners.challenges.downloads import times_taken
from saem.apps.partners.challenges.files import Brought
from saem.apps.partners.challenges.formats import MOST_BYTES, Inside, NotData, RefusedDataError, look_into
from saem.apps.partners.mentors import vetting
from saem.apps.partners.models import Challenge, ChallengeFile, ChallengeFileData
from saem.apps.people.models import User
from saem.errors import SaemError
from tests.apps.partners.a_partnership import (
    a_company,
    a_member,
    a_mentor,
    a_pair,
    a_speaker,
    a_team,
    client_of,
    staff_of,
)
from tests.apps.partners.test_challenges import a_challenge, an_office
from tests.apps.projects.showcase.a_showcase import a_picture
from tests.cast import a_person, a_stranger, a_teacher

TABLE = "날짜,비\n2026-11-01,3\n2026-11-02,0\n".encode()
db = pytest.mark.django_db


def a_zip(**entries: bytes) -> bytes:
    """Names are given with two underscores for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def refused(data: bytes) -> NotData:
    with pytest.raises(RefusedDataError) as raised:
        look_into(data)
    return raised.value.reason


def test_a_table_and_a_zip_of_tables_and_pictures_are_data() -> None:
    assert look_into(TABLE) == Inside(format="csv", rows=2, tables=1)
    assert look_into("날짜,비\n2026-11-01,3\n".encode("cp949")).rows == 1
    packed = a_zip(a__csv=TABLE, b__CSV=TABLE, rain__jpg=a_picture(), dark__png=a_picture("PNG"))
    assert look_into(packed) == Inside(format="zip", rows=4, tables=2, pictures=2)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NotData.EMPTY),
        (b"\x89PNG\r\n\x1a\n", NotData.NOT_TABLE),
        (a_picture(), NotData.NOT_TABLE),
        (b"%PDF-1.7 %%EOF\x01", NotData.NOT_TABLE),
        (b"a,b\n1\n", NotData.NOT_TABLE),
        ("이름,번호\n김하늘,091231-3123456\n".encode(), NotData.PERSONAL),
        (a_zip(a__csv="번호\n091231-3123456\n".encode()), NotData.PERSONAL),
        (a_zip(a__csv=b"a,b\n1\n"), NotData.NOT_TABLE),
        (a_zip(run__exe=b"MZ"), NotData.FOREIGN),
        (a_zip(fake__png=b"<svg/>"), NotData.FOREIGN),
        (a_zip(in__zip=a_zip(a__csv=TABLE)), NotData.FOREIGN),
        (a_zip(**{"../a__csv": TABLE}), NotData.FOREIGN),
        (a_zip(a__csv=TABLE)[:-30], NotData.BROKEN),
        (a_zip(a__csv=b"a\n" + b"1\n" * 21 * 2**20), NotData.TOO_MUCH),
        (a_zip(**{f"{number}__csv": b"a\n" for number in range(2001)}), NotData.TOO_MUCH),
    ],
)
def test_anything_else_is_refused_with_its_reason(data: bytes, reason: NotData) -> None:
    assert refused(data) == reason


def test_a_locked_zip_is_refused() -> None:
    packed = bytearray(a_zip(a__csv=TABLE))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(packed)) == NotData.LOCKED


def test_what_systems_put_beside_it_is_passed_over() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", TABLE)
        archive.writestr("__MACOSX/._a.csv", b"\x00\x05")
        archive.writestr(".DS_Store", b"\x00")
        archive.mkdir("pictures")
    assert look_into(out.getvalue()) == Inside(format="zip", rows=2, tables=1)


def brought(data: bytes = TABLE, name: str = "비.csv") -> Brought:
    return Brought(name=name, data=data, inside=look_into(data), licence="kogl-1", checklist=list(FILE_POINTS))


def with_file() -> tuple[Challenge, ChallengeFile, User]:
    """Open, with a file and no other address; a member of a team that works on it."""
    challenge = a_challenge(data_url="")
    file = files.add_file(challenge, brought(), by=a_person())
    services.send(challenge, by=a_person())
    services.decide(challenge, approves=True, comment="", by=staff_of(an_office()))
    challenge.refresh_from_db()
    team = a_team()
    services.take(challenge, team, by=a_member(team))
    return challenge, file, a_member(team)


@db
def test_a_challenge_needs_an_address_or_a_file() -> None:
    challenge = a_challenge(data_url="")
    with pytest.raises(SaemError, match=r"challenge\.no_data"):
        services.send(challenge, by=a_person())
    file = files.add_file(challenge, brought(), by=a_person())
    assert files.add_file(challenge, brought(), by=a_person()) == file
    services.send(challenge, by=a_person())
    with pytest.raises(SaemError, match=r"challenge\.changed"):
        files.remove_file(file, by=a_person())
    with pytest.raises(SaemError, match=r"challenge\.changed"):
        files.add_file(challenge, brought(b"a\n1\n"), by=a_person())


@db
def test_five_files_are_enough_and_one_may_go() -> None:
    challenge = a_challenge()
    rows = [files.add_file(challenge, brought(f"a\n{number}\n".encode()), by=a_person()) for number in range(5)]
    with pytest.raises(SaemError, match=r"challenge\.file\.too_many"):
        files.add_file(challenge, brought(b"a\nx\n"), by=a_person())
    files.remove_file(rows[0], by=a_person())
    assert challenge.files.count() == ChallengeFileData.objects.count() == 4


@db
def test_who_may_take_it_along_and_that_it_is_noted() -> None:
    challenge, file, member = with_file()
    team = challenge.uses.get().team
    may = [member, a_teacher(team.classroom), a_speaker(challenge.institution), staff_of(an_office())]
    for user in may:
        assert files.hand_out(queries.challenge_file_for(user, challenge.pk, file.pk), to=user) == TABLE
    other = a_team(team.classroom, "다른 모둠")
    for user in (a_stranger(), a_member(other)):
        with pytest.raises(Http404):
            queries.challenge_file_for(user, challenge.pk, file.pk)
    assert {event.actor for event in Event.objects.filter(verb="partners.data_downloaded")} == set(may)
    assert times_taken(challenge) == {file.pk: 4}
    services.take(another(), team, by=member)
    with pytest.raises(Http404):
        queries.challenge_file_for(member, challenge.pk, file.pk)


@db
def test_a_mentor_of_the_team_takes_it_along_while_the_checks_hold() -> None:
    challenge, file, _member = with_file()
    pairing = a_pair(challenge.uses.get().team)
    mentor, other = pairing.mentor, a_mentor(an_office(), "다른 멘토")
    address = reverse("partners:challenge_file", args=[challenge.pk, file.pk])
    page = reverse("partners:challenge", args=[challenge.pk])
    client = client_of(mentor.user)
    assert page in client.get(reverse("partners:team", args=[pairing.team_id])).content.decode()
    assert address in client.get(page).content.decode()
    assert client.get(address).content == TABLE
    assert address not in client_of(other.user).get(page).content.decode()
    assert client_of(other.user).get(address).status_code == 404, "a mentor of another team"
    for check in mentor.vettings.all():
        vetting.withdraw(check, reason="잘못 적음", by=staff_of(mentor.host))
    assert client.get(address).status_code == 404, "whose checks do not hold"
    assert address not in client.get(page).content.decode()
    services.withdraw_data(challenge, reason="계약이 끝남", by=a_person())
    assert Notice.objects.filter(kind="challenge.data_withdrawn", recipient=mentor.user).exists(), "they have a copy"
    assert not Notice.objects.filter(kind="challenge.data_withdrawn", recipient=other.user).exists()


@db
def test_asking_for_the_headers_takes_nothing_along() -> None:
    challenge, file, member = with_file()
    address, client = reverse("partners:challenge_file", args=[challenge.pk, file.pk]), client_of(member)
    answer = client.head(address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert times_taken(challenge) == {}
    client.get(address)
    assert times_taken(challenge) == {file.pk: 1}
    services.withdraw_data(challenge, reason="계약이 끝남", by=a_person())
    assert client.head(address).status_code == 410


def another() -> Challenge:
    challenge = a_challenge(title="다른 과제")
    services.send(challenge, by=a_person())
    services.decide(challenge, approves=True, comment="", by=staff_of(an_office()))
    challenge.refresh_from_db()
    return challenge


@db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_withdrawn_data_answer_gone_with_words_and_the_record_stays(language: str) -> None:
    challenge, file, member = with_file()
    client = Client(headers={"accept-language": language})
    client.force_login(member)
    address = reverse("partners:challenge_file", args=[challenge.pk, file.pk])
    answer = client.get(address)
    assert answer.content == TABLE
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert address in client.get(reverse("partners:challenge", args=[challenge.pk])).content.decode()
    services.withdraw_data(challenge, reason="계약이 끝남", by=a_person())
    gone = client.get(address)
    assert gone.status_code == 410
    assert "계약이 끝남" in gone.content.decode()
    assert not ChallengeFileData.objects.exists()
    assert (file.name, file.sha256) == ChallengeFile.objects.values_list("name", "sha256").get()
    assert Notice.objects.filter(kind="challenge.data_withdrawn", recipient=member).count() == 1
    page = client.get(reverse("partners:challenge", args=[challenge.pk])).content.decode()
    assert file.name in page
    assert address not in page


@db
def test_the_page_where_a_partner_adds_a_file() -> None:
    partner = a_company()
    client = client_of(a_speaker(partner))
    challenge = a_challenge(data_url="")
    address = reverse("partners:challenge_file_new", args=[challenge.pk])
    given = {"licence": "kogl-1", "checklist": list(FILE_POINTS)}
    assert client.get(address).status_code == 200
    assert client_of(a_stranger()).get(address).status_code == 404

    def send(data: bytes = TABLE, **changed: object) -> int:
        return client.post(address, {**given, "file": SimpleUploadedFile("비.csv", data), **changed}).status_code

    assert send(checklist=list(FILE_POINTS)[1:]) == 422
    assert send(licence="mine") == 422
    assert send(data=b"\x00\x01") == 422
    assert send(data=b"1" * (MOST_BYTES + 1)) == 413
    assert client.post(address, given).status_code == 422
    assert not ChallengeFile.objects.exists()
    assert send() == 302
    page = client.get(reverse("partners:challenge", args=[challenge.pk])).content.decode()
    assert "비.csv" in page
    remove = reverse("partners:challenge_file_remove", args=[challenge.pk, ChallengeFile.objects.get().pk])
    assert client_of(a_stranger()).post(remove).status_code == 404
    client.post(remove)
    assert not ChallengeFile.objects.exists()
