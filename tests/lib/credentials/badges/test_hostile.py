"""A stranger's document gets an answer: no exception, no network, in bounded time and memory."""

import copy
import gzip
import json
import socket
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from saem.lib.credentials.badges import PublishedList, State, Verification, expansion, verify
from saem.lib.credentials.badges.multibase import base64url

from .world import LIST, NOW, OFFICE, badge, checked, status_list, trust

CONTEXTS = badge()["@context"]


def nested(depth):
    document = badge()
    node = document["credentialSubject"]
    for number in range(depth):
        node["achievement"] = {**document["credentialSubject"]["achievement"], "id": f"https://a.example/{number}"}
        node = node["achievement"]
    return document


def with_proof(**change):
    document = badge()
    return {**document, "proof": {**document["proof"], **change}}


def alike(number, depth):
    """Nodes that only differ by their neighbours, which are alike as well: factorial work for a canonicalizer."""
    leaf = {"type": ["Alignment"], "targetName": "같음", "targetUrl": "https://a.example"}
    for _level in range(depth):
        leaf = {"type": ["Achievement"], "alignment": [leaf] * number}
    document = badge()
    document["credentialSubject"]["achievement"]["related"] = [leaf, leaf]
    return document


MANY = {**badge(), "evidence": [{"type": ["Evidence"], "name": f"{number}"} for number in range(5_000)]}
REPEATED = copy.deepcopy(badge())
REPEATED["credentialSubject"]["achievement"]["alignment"][0]["id"] = OFFICE.id
CYCLE: dict = badge()
CYCLE["credentialSubject"]["achievement"] = CYCLE

HOSTILE = {
    "nothing": (b"", "not_json"),
    "not text": (b"\xff\xfe\x00", "not_json"),
    "no object": ("[]", "not_an_object"),
    "none": (None, "not_an_object"),
    "number": (7, "not_an_object"),
    "empty": ({}, "unknown_context"),
    "huge text": ("x" * 4_000_001, "too_large"),
    "huge value": ({**badge(), "name": "가" * 1_000_001}, "too_large"),
    "many values": (MANY, "too_large"),
    "deep text": ("[" * 1_000_000, "too_deep"),
    "deep object": ('{"a":' * 100_000 + "1" + "}" * 100_000, "too_deep"),
    "deep": (nested(40), "too_deep"),
    "cycle": (CYCLE, "too_deep"),
    "key twice": ('{"id": "a", "id": "b"}', "repeated_key"),
    "not a number": ('{"a": NaN}', "odd_value"),
    "long number": ('{"a": ' + "9" * 5_000 + "}", "not_json"),
    "large number": ({**badge(), "awardedDate": 10**30}, "odd_value"),
    "infinite": ('{"a": 1e999}', "odd_value"),
    "null": ({**badge(), "awardedDate": None}, "odd_value"),
    "half a character": ('{"a": "\\ud800"}', "odd_value"),
    "bytes inside": ({**badge(), "name": b"x"}, "odd_value"),
    "key of another kind": ({1: "x"}, "odd_key"),
    "id twice": (REPEATED, "repeated_id"),
    "id of no kind": ({**badge(), "id": ["https://a.example"]}, "blank_id"),
    "blank id": ({**badge(), "id": "_:b0"}, "blank_id"),
    "relative id": ({**badge(), "id": "../1"}, "relative_address"),
    "relative type": ({**badge(), "type": [*badge()["type"], "Unheard"]}, "relative_address"),
    "context from the network": (
        {**badge(), "@context": [*CONTEXTS, "https://evil.example/context.json"]},
        "unknown_context",
    ),
    "context by name": ({**badge(), "@context": "https://evil.example/context.json"}, "unknown_context"),
    "context of its own": ({**badge(), "@context": [*CONTEXTS, {"name": "https://evil.example/x"}]}, "unknown_context"),
    "vocabulary": ({**badge(), "@context": [*CONTEXTS, {"@vocab": "https://evil.example/"}]}, "unknown_context"),
    "no context": ({name: one for name, one in badge().items() if name != "@context"}, "unknown_context"),
    "null context": ({**badge(), "@context": None}, "unknown_context"),
    "contexts turned": ({**badge(), "@context": CONTEXTS[::-1]}, "unknown_context"),
    "context twice": ({**badge(), "@context": [*CONTEXTS, CONTEXTS[1]]}, "unknown_context"),
    "context inside": ({**badge(), "issuer": {**badge()["issuer"], "@context": {"name": "x:y"}}}, "unknown_context"),
    "graph": ({**badge(), "@graph": []}, "odd_key"),
    "reverse": ({**badge(), "@reverse": {}}, "odd_key"),
    "address as key": ({**badge(), "https://schema.org/name": "x"}, "odd_key"),
    "unsigned term": ({**badge(), "grade": "A+"}, "undefined_term"),
    "no issuer": ({name: one for name, one in badge().items() if name != "issuer"}, "no_issuer"),
    "issuers": ({**badge(), "issuer": [badge()["issuer"]]}, "no_issuer"),
    "no subject": ({**badge(), "credentialSubject": []}, "no_subject"),
    "no achievement": ({**badge(), "credentialSubject": {"type": ["AchievementSubject"]}}, "no_achievement"),
    "another type": ({**badge(), "type": ["VerifiableCredential"]}, "odd_type"),
    "odd moment": ({**badge(), "validFrom": "2026-13-45T99:00:00Z"}, "odd_moment"),
    "moment without a zone": ({**badge(), "validFrom": "2026-11-28T00:00:00"}, "odd_moment"),
    "no moment": ({**badge(), "validUntil": 5}, "odd_moment"),
    "status as text": ({**badge(), "credentialStatus": f"{LIST}#1"}, "odd_status"),
    "another status": (
        {**badge(), "credentialStatus": {"id": "https://a.example", "type": "1EdTechRevocationList"}},
        "odd_status",
    ),
    "poison": (alike(9, 2), "too_complex"),
    "deep poison": (alike(5, 3), "too_complex"),
    "wide poison": (alike(30, 1), "too_complex"),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("verifying reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(("document", "reason"), HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_documents_are_malformed(document, reason) -> None:
    known = trust()
    begun = time.process_time()
    found = verify(document, known, at=NOW)
    assert (found.state, found.reason) == (State.MALFORMED, reason)
    assert found.document == {}
    # Far above what any takes on a slow machine, far below what an attacker wants.
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({name: one for name, one in badge().items() if name != "proof"}, "no_proof"),
        ({**badge(), "proof": []}, "no_proof"),
        ({**badge(), "proof": "z123"}, "unsupported_proof"),
        ({**badge(), "proof": [badge()["proof"], badge()["proof"]]}, "unsupported_proof"),
        (with_proof(type="Ed25519Signature2020"), "unsupported_proof"),
        (with_proof(cryptosuite="none"), "unsupported_proof"),
        (with_proof(cryptosuite="eddsa-jcs-2022"), "unsupported_proof"),
        (with_proof(proofPurpose="authentication"), "unsupported_proof"),
        (with_proof(previousProof="urn:uuid:1"), "unsupported_proof"),
        (with_proof(verificationMethod={"id": "did:key:z", "publicKeyMultibase": "z"}), "unsupported_proof"),
    ],
    ids=["none", "empty", "text", "two", "type", "suite", "other suite", "purpose", "chain", "key in the proof"],
)
def test_other_proofs(document, reason) -> None:
    found = checked(document)
    assert (found.state, found.reason) == (State.UNSUPPORTED_PROOF, reason)


@pytest.mark.parametrize(
    "value",
    ["", "z", "z1", "u123", "z" + "0" * 88, "z" + "1" * 10_000, 5, ["z1"], badge()["proof"]["proofValue"] + "1"],
)
def test_broken_signatures(value) -> None:
    assert checked(with_proof(proofValue=value)).state is State.BAD_SIGNATURE


def test_a_bomb_is_not_unpacked() -> None:
    bomb = base64url(gzip.compress(bytes(200 * 2**20)))
    document = status_list()
    forged = {**document, "credentialSubject": {**document["credentialSubject"], "encodedList": bomb}}
    tracemalloc.start()
    found = trust(forged).lists[LIST]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.state is State.BAD_SIGNATURE
    assert most < 30 * 2**20


def test_memory_stays_small() -> None:
    known = trust()
    tracemalloc.start()
    for name in ("huge value", "many values", "poison", "deep"):
        verify(HOSTILE[name][0], known, at=NOW)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 * 2**20


def test_many_combinations_of_types_do_not_fill_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MOST_KEPT", 60)
    expansion.EXPANDER.kept.clear()
    known = trust()
    kinds = [
        "Profile",
        "Image",
        "Alignment",
        "Result",
        "Related",
        "Address",
        "Evidence",
        "IdentityObject",
        "Achievement",
    ]
    for number in range(80):
        chosen = [kind for place, kind in enumerate(kinds) if number >> place & 1]
        document = {**badge(), "issuer": {"id": OFFICE.id, "type": chosen or ["Profile"], "name": "x"}}
        assert verify(document, known, at=NOW).state is not State.VALID
        assert len(expansion.EXPANDER.kept) <= 60
    assert verify(badge(), known, at=NOW).is_valid


SCALARS = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8)
ANYTHING = some.recursive(
    SCALARS, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=6), inner, max_size=3)
)


@settings(max_examples=150)
@given(place=some.sampled_from(sorted(badge(endorsed=True))), value=ANYTHING)
def test_anything_anywhere(place, value) -> None:
    document = badge(endorsed=True)
    if document[place] == value:
        return
    found = checked({**document, place: value})
    assert isinstance(found, Verification)
    assert not found.is_valid


@settings(max_examples=100)
@given(value=ANYTHING)
def test_anything_as_a_list_or_a_text(value) -> None:
    assert isinstance(trust({**status_list(), "credentialSubject": value}).lists[LIST], PublishedList)
    assert not checked(json.dumps(value)).is_valid
