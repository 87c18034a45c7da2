"""What a badge holds: our reading of Open Badges 3.0, section B, and of the VC data model 2.0."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from saem.lib.credentials.badges import Recipient, Text, is_recipient, issue_badge
from saem.lib.credentials.errors import UnreadableError

from .world import ACHIEVEMENT, AWARD, KEY, NOW, OFFICE, UNIVERSITY, badge, endorsements, status_list

# Class → members that must be there (cardinality 1 or 1..*).
REQUIRED = {
    "OpenBadgeCredential": {"@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"},
    "EndorsementCredential": {"@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"},
    "Profile": {"id", "type"},
    "AchievementSubject": {"type", "achievement"},
    "EndorsementSubject": {"id", "type"},
    "Achievement": {"id", "type", "name", "description", "criteria"},
    "IdentityObject": {"type", "hashed", "identityHash", "identityType"},
    "Alignment": {"type", "targetName", "targetUrl"},
    "Image": {"id", "type"},
    "Related": {"id", "type"},
    "ResultDescription": {"id", "type", "name", "resultType"},
    "Result": {"type"},
    "BitstringStatusListEntry": {"type", "statusPurpose", "statusListIndex", "statusListCredential"},
    "DataIntegrityProof": {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"},
}
# Members whose values the standard wants as lists, however many there are.
LISTS = {"tag", "alignment", "identifier", "related", "result", "resultDescription", "endorsement"}


def nodes(value):
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


def kinds(node):
    kind = node.get("type", [])
    return [kind] if isinstance(kind, str) else kind


def test_every_class_has_what_the_standard_requires() -> None:
    document = badge(endorsed=True)
    seen = {}
    for node in nodes(document):
        for kind in kinds(node):
            if kind in REQUIRED:
                assert REQUIRED[kind] <= set(node), kind
                seen[kind] = True
        assert all(
            isinstance(node[name], list)
            for name in LISTS & set(node)
            if "resultDescription" not in node or name != "resultDescription" or "Result" not in kinds(node)
        )
    assert set(seen) == set(REQUIRED)


def test_contexts_and_types_are_in_the_standards_order() -> None:
    document = badge()
    assert document["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["validFrom"] == "2026-11-28T06:00:00Z"
    assert document["validUntil"] == "2027-11-28T06:00:00Z"
    assert document["credentialStatus"]["statusListIndex"] == "94567"


def test_korean_stands_as_it_was_written() -> None:
    achievement = badge()["credentialSubject"]["achievement"]
    assert achievement["name"] == "인공지능 입문"
    assert achievement["inLanguage"] == "ko"
    assert achievement["related"] == [{"id": f"{ACHIEVEMENT.id}#en", "type": ["Related"], "inLanguage": "en"}]
    assert "데이터로 배우는" in json.dumps(badge(), ensure_ascii=False)


def test_the_same_in_english() -> None:
    document = badge(language="en")
    assert document["name"] == document["credentialSubject"]["achievement"]["name"] == "Introduction to AI"
    assert document["credentialSubject"]["achievement"]["id"] == f"{ACHIEVEMENT.id}#en"


def test_credits_and_hours() -> None:
    subject = badge()["credentialSubject"]
    assert (subject["creditsEarned"], subject["achievement"]["creditsAvailable"]) == (1.5, 2)
    assert subject["result"][0]["value"] == "28.5"
    assert subject["result"][0]["resultDescription"] == subject["achievement"]["resultDescription"][0]["id"]


def test_a_whole_number_is_written_whole() -> None:
    # 2.0 would be signed as "2.0E0" here and as "2" by a reader in JavaScript.
    written = badge(award=replace(AWARD, credits=2.0))["credentialSubject"]["creditsEarned"]
    assert isinstance(written, int)


def test_the_recipient_is_hashed() -> None:
    document = badge()
    assert "xample.com" not in json.dumps(document["credentialSubject"])
    assert is_recipient(document, " student@example.COM")
    assert not is_recipient(document, "other@example.com")


def test_salts_are_fresh() -> None:
    assert Recipient(identity="a").salt != Recipient(identity="a").salt


def test_a_recipient_may_be_a_did() -> None:
    document = badge(award=replace(AWARD, recipient=Recipient(id="did:key:z6Mk")))
    assert document["credentialSubject"]["id"] == "did:key:z6Mk"
    assert "identifier" not in document["credentialSubject"]
    assert not is_recipient(document, "a@b")


def test_a_badge_is_somebodys() -> None:
    with pytest.raises(ValueError, match="recipient"):
        badge(award=replace(AWARD, recipient=Recipient()))


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        badge(at=datetime(2026, 11, 28))  # noqa: DTZ001


def test_the_least_that_a_badge_says() -> None:
    bare = replace(ACHIEVEMENT, image=None, keywords=(), alignments=(), credits=None, hours=None)
    award = replace(AWARD, achievement=bare, valid_until=None, credits=None, hours=None, narrative="")
    document = issue_badge(award, issuer=replace(OFFICE, url=None, email=None), key=KEY, at=NOW)
    assert not {"validUntil", "credentialStatus"} & set(document)
    assert set(document["credentialSubject"]) == {"type", "identifier", "achievement"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": Text("\ud800", "")}, "odd_value"),
        ({"credits": float("nan")}, "odd_value"),
        ({"credits": 0.1234567890123456}, "odd_value"),
        ({"id": "achievements/1"}, "relative_address"),
        ({"id": "https://saem.example/a b"}, "relative_address"),
        ({"id": "_:b0"}, "blank_id"),
        ({"description": Text("가" * 1_000_001, "")}, "too_large"),
    ],
)
def test_what_cannot_be_signed_whole_is_not_signed(change, code) -> None:
    with pytest.raises(UnreadableError) as refused:
        badge(award=replace(AWARD, achievement=replace(ACHIEVEMENT, **change)))
    assert refused.value.code == code


def test_endorsements_are_laid_where_they_belong() -> None:
    document = badge(endorsed=True)
    own, office = endorsements()
    assert document["credentialSubject"]["achievement"]["endorsement"] == [own]
    assert document["issuer"]["endorsement"] == [office]
    assert own["issuer"]["name"] == UNIVERSITY.name


def test_an_endorsement_of_something_else_is_refused() -> None:
    own, _office = endorsements()
    with pytest.raises(UnreadableError, match="foreign_endorsement"):
        badge(language="en", endorsements=[own])


def test_a_status_list_is_a_credential() -> None:
    document = status_list(3, until=NOW + timedelta(days=1))
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert document["credentialSubject"]["encodedList"].startswith("uH4sI")
    assert document["credentialSubject"]["id"] == f"{document['id']}#list"
    assert document["validUntil"] == "2026-11-29T06:00:00Z"
