from datetime import UTC, datetime, timedelta

import pytest

from saem.lib.credentials.badges import KeyRing, PublicKey, SigningKey, did_web
from saem.lib.credentials.badges.multibase import base58, base64url, from_base58, from_base64url
from saem.lib.credentials.errors import CredentialsError, KeyMaterialError

from .world import KEY, NOW, OFFICE

DAY = timedelta(days=1)
# The example keys of the W3C's Data Integrity EdDSA Cryptosuites, section B.1.
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


def test_the_standards_own_keys() -> None:
    seed = from_base58(SECRET)[2:]
    key = SigningKey.from_seed("example", seed).public()
    assert key.multibase == PUBLIC
    assert PublicKey.from_multibase("example", PUBLIC) == key


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"Hello World!", "z2NEpo7TZRRrLZSi2U"), (b"\0\0\x28\x7f\xb4\xcd", "z11233QC4"), (b"", "z"), (b"\0", "z1")],
)
def test_base58(data, text) -> None:
    assert base58(data) == text
    assert from_base58(text) == data


@pytest.mark.parametrize("text", ["", "x", "z0", "zO", "zI", "zl", "z 1", "z한", None, 5, "z" + "2" * 300])
def test_what_is_no_base58(text) -> None:
    with pytest.raises(KeyMaterialError):
        from_base58(text)


@pytest.mark.parametrize("text", ["u====", "u한글", "u+/+/", "uA", None, 3, "u a"])
def test_what_is_no_base64url(text) -> None:
    with pytest.raises(KeyMaterialError):
        from_base64url(text)


def test_base64url_with_and_without_its_letter() -> None:
    assert from_base64url(base64url(b"\xff\xfe")) == from_base64url("__4") == b"\xff\xfe"


@pytest.mark.parametrize(
    "text", [SECRET, PUBLIC[:-1], "z6Mk", base58(b"\xed\x01" + bytes(33)), base58(b"\x80\x24" + bytes(33))]
)
def test_what_is_no_public_key(text) -> None:
    with pytest.raises(KeyMaterialError):
        PublicKey.from_multibase("x", text)


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(KeyMaterialError):
        SigningKey.from_seed("x", bytes(31))


def test_locked_keys_open_with_their_passphrase_only() -> None:
    pem = KEY.locked("비밀 문구".encode())
    assert b"ENCRYPTED" in pem
    assert SigningKey.unlocked(KEY.name, pem, "비밀 문구".encode()).public() == KEY.public()
    for wrong in (b"other", b""):
        with pytest.raises(KeyMaterialError):
            SigningKey.unlocked(KEY.name, pem, wrong)
    with pytest.raises(KeyMaterialError):
        SigningKey.unlocked(KEY.name, b"no key", b"x")


def test_secrets_are_not_shown() -> None:
    assert KEY.private.private_bytes_raw().hex() not in repr(KEY)


def test_the_public_document() -> None:
    ring = KeyRing(
        OFFICE.id, [KEY.public(retired=NOW), SigningKey.from_seed("key-2027", bytes(32)).public(compromised=NOW)]
    )
    document = ring.did_document()
    old, stolen = document["verificationMethod"]
    assert old == {
        "id": f"{OFFICE.id}#key-2026",
        "type": "Multikey",
        "controller": OFFICE.id,
        "publicKeyMultibase": KEY.public().multibase,
    }
    assert stolen["revoked"] == "2026-11-28T06:00:00Z"
    assert document["assertionMethod"] == [old["id"]]
    assert [key["kid"] for key in ring.jwks()["keys"]] == [old["id"]]
    assert set(ring.jwks()["keys"][0]) == {"kty", "crv", "kid", "x"}
    assert "d" not in ring.jwks()["keys"][0]


def test_a_document_is_read_again() -> None:
    ring = KeyRing.from_did_document(KeyRing(OFFICE.id, [KEY.public()]).did_document())
    assert ring.keys == {f"{OFFICE.id}#key-2026": KEY.public()}


@pytest.mark.parametrize(
    "change",
    [
        {"controller": "did:web:other.example"},
        {"id": "did:web:other.example#key-2026"},
        {"publicKeyMultibase": "z6Mk"},
        {"publicKeyMultibase": None},
        {"revoked": "2026-01-01T00:00:00Z"},
    ],
)
def test_keys_that_a_document_must_not_bring(change) -> None:
    document = KeyRing(OFFICE.id, [KEY.public()]).did_document()
    document["verificationMethod"][0] |= change
    assert KeyRing.from_did_document(document).keys == {}


@pytest.mark.parametrize("change", [{"assertionMethod": []}, {"assertionMethod": None}, {"verificationMethod": "x"}])
def test_keys_that_may_not_assert(change) -> None:
    document = {**KeyRing(OFFICE.id, [KEY.public()]).did_document(), **change}
    assert KeyRing.from_did_document(document).keys == {}


@pytest.mark.parametrize("document", [{}, {"id": 5}])
def test_a_document_belongs_to_somebody(document) -> None:
    with pytest.raises(KeyMaterialError):
        KeyRing.from_did_document(document)


@pytest.mark.parametrize(
    "did", ["did:web:x", "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "did:key:", ""]
)
def test_other_dids_are_no_keys(did) -> None:
    with pytest.raises(CredentialsError):
        KeyRing.from_did_key(did)


def test_the_time_of_a_key() -> None:
    key = KEY.public(valid_from=NOW, retired=NOW + DAY)
    moments = (NOW - DAY, NOW, NOW + DAY / 2, NOW + DAY)
    assert [key.was_in_force(moment) for moment in moments] == [False, True, True, False]
    assert KEY.public().was_in_force(datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("url", "did"), [("https://saem.kr/", "did:web:saem.kr"), ("http://127.0.0.1:8000/a", "did:web:127.0.0.1%3A8000")]
)
def test_the_did_of_a_site(url, did) -> None:
    assert did_web(url) == did
