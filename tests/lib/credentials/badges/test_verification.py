import json
from dataclasses import replace
from datetime import timedelta

import pytest

from saem.lib.credentials.badges import KeyRing, Purpose, SigningKey, State, StatusList, endorse, status_entry, verify

from .world import (
    ACHIEVEMENT,
    AWARD,
    DAY,
    INDEX,
    KEY,
    LIST,
    NOW,
    OFFICE,
    RINGS,
    UNIVERSITY,
    UNIVERSITY_KEY,
    YEAR,
    badge,
    checked,
    endorsements,
    status_list,
    trust,
)

OTHER = SigningKey.from_seed("key-2027", bytes([7] * 32))


def test_a_good_badge() -> None:
    found = checked(badge())
    assert found.is_valid
    assert (found.issuer, found.key, found.signed_at) == (OFFICE.id, f"{OFFICE.id}#key-2026", NOW)
    assert found.document["name"] == "인공지능 입문"


@pytest.mark.parametrize("written", [json.dumps, lambda one: json.dumps(one, ensure_ascii=False, indent=2).encode()])
def test_text_and_bytes_are_read(written) -> None:
    assert checked(written(badge(endorsed=True))).is_valid


def test_nothing_is_changed_in_what_was_given() -> None:
    document = badge(endorsed=True)
    before = json.dumps(document)
    checked(document)
    assert json.dumps(document) == before


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (NOW - timedelta(minutes=4), State.VALID),
        (NOW - timedelta(minutes=6), State.NOT_YET_VALID),
        (NOW + YEAR + timedelta(minutes=4), State.VALID),
        (NOW + YEAR + timedelta(minutes=6), State.EXPIRED),
    ],
)
def test_clocks_may_differ_by_five_minutes(at, state) -> None:
    known = trust(status_list(until=None, at=NOW - DAY))
    assert verify(badge(), known, at=at).state is state


def test_a_badge_may_say_from_when_it_holds() -> None:
    later = badge(award=replace(AWARD, valid_from=NOW + DAY))
    assert checked(later).state is State.NOT_YET_VALID
    assert checked(later, NOW + DAY).is_valid


def test_a_signature_from_the_future_is_not_yet_valid() -> None:
    assert checked(badge(at=NOW + DAY)).state is State.NOT_YET_VALID


# Status.


def test_taken_back() -> None:
    found = checked(badge(), listed=status_list(INDEX))
    assert found.state is State.REVOKED
    assert found.document["name"] == "인공지능 입문"


def test_others_taken_back() -> None:
    assert checked(badge(), listed=status_list(INDEX - 1, INDEX + 1)).is_valid


def test_suspended() -> None:
    document = badge(status=status_entry(LIST, INDEX, Purpose.SUSPENSION))
    assert checked(document, listed=status_list(INDEX, purpose=Purpose.SUSPENSION)).state is State.SUSPENDED
    assert checked(document, listed=status_list(purpose=Purpose.SUSPENSION)).is_valid


@pytest.mark.parametrize(
    "listed",
    [
        status_list(purpose=Purpose.SUSPENSION),
        status_list(url="https://saem.example/status/2"),
        status_list(issuer=UNIVERSITY.id, key=UNIVERSITY_KEY),
        status_list(key=OTHER),
        {**status_list(), "validFrom": "2026-11-27T00:00:00Z"},
        {},
        None,
        b"\xff",
        badge(),
    ],
    ids=["purpose", "address", "issuer", "key", "altered", "empty", "null", "bytes", "badge"],
)
def test_a_list_that_is_not_the_issuers_says_nothing(listed) -> None:
    found = checked(badge(), listed=listed if listed is not None else "null")
    assert found.state is State.STATUS_UNKNOWN


def test_without_the_list_nobody_can_say() -> None:
    assert verify(badge(), replace(trust(), lists={}), at=NOW).state is State.STATUS_UNKNOWN


def test_an_old_list_says_nothing() -> None:
    known = trust(status_list(until=NOW + DAY))
    assert verify(badge(), known, at=NOW + DAY).is_valid
    assert verify(badge(), known, at=NOW + 2 * DAY).state is State.STATUS_UNKNOWN


def test_an_index_beyond_the_list() -> None:
    assert checked(badge(status=status_entry(LIST, 131_072))).state is State.STATUS_UNKNOWN


def test_two_entries_are_both_asked() -> None:
    document = badge(status=None)
    assert checked(document).is_valid
    both = [status_entry(LIST, INDEX), status_entry(LIST, 5)]
    assert checked({**document, "credentialStatus": both}).state is State.BAD_SIGNATURE


# Keys.


def rings(*keys):
    return {**RINGS, OFFICE.id: KeyRing(OFFICE.id, keys)}


def test_old_badges_hold_after_rotation() -> None:
    ring = rings(KEY.public(retired=NOW + DAY), OTHER.public(valid_from=NOW + DAY))
    newer = badge(key=OTHER, at=NOW + 2 * DAY)
    lists = status_list(key=OTHER, at=NOW + 2 * DAY)
    known = trust(lists, rings=ring, read_at=NOW + 3 * DAY)
    assert verify(badge(), known, at=NOW + 3 * DAY).is_valid
    assert verify(newer, known, at=NOW + 3 * DAY).is_valid


@pytest.mark.parametrize(
    ("key", "at"), [(KEY, NOW + 2 * DAY), (KEY, NOW + DAY), (OTHER, NOW)], ids=["retired", "at retirement", "too early"]
)
def test_keys_sign_in_their_time_only(key, at) -> None:
    ring = rings(KEY.public(retired=NOW + DAY), OTHER.public(valid_from=NOW + DAY))
    found = verify(badge(key=key, at=at, status=None), trust(rings=ring), at=NOW + 3 * DAY)
    assert found.state is State.KEY_NOT_IN_FORCE


def test_a_compromised_key_proves_nothing_by_itself() -> None:
    ring = rings(KEY.public(compromised=NOW + DAY))
    found = verify(badge(status=None), trust(rings=ring), at=NOW + 2 * DAY)
    assert found.state is State.COMPROMISED_KEY
    # A thief can claim any date.
    backdated = verify(badge(at=NOW - YEAR, status=None), trust(rings=ring), at=NOW + 2 * DAY)
    assert backdated.state is State.COMPROMISED_KEY


def test_what_the_issuer_has_on_record_holds() -> None:
    kept = {checked(badge(status=None)).digest}
    known = trust(rings=rings(KEY.public(compromised=NOW + DAY)), on_record=kept.__contains__)
    assert verify(badge(status=None), known, at=NOW + 2 * DAY).is_valid
    forged = badge(status=None, award=replace(AWARD, credits=9))
    assert verify(forged, known, at=NOW + 2 * DAY).state is State.COMPROMISED_KEY


def test_strangers_are_unknown() -> None:
    found = verify(badge(), trust(rings={}), at=NOW)
    assert (found.state, found.issuer) == (State.UNKNOWN_KEY, OFFICE.id)
    assert found.document == {}


def test_a_key_that_is_not_in_the_ring() -> None:
    assert checked(badge(key=OTHER)).state is State.UNKNOWN_KEY


def test_nobody_signs_for_somebody_else() -> None:
    # The university's key, which the verifier knows, under the office's name.
    document = badge(status=None)
    forged = badge(status=None, issuer=UNIVERSITY, key=UNIVERSITY_KEY)
    assert checked(forged).is_valid
    assert checked({**forged, "issuer": document["issuer"]}).state is State.UNKNOWN_KEY


def test_another_key_under_the_same_name() -> None:
    forged = badge(key=SigningKey.from_seed(KEY.name, bytes(32)))
    assert checked(forged).state is State.BAD_SIGNATURE


def test_did_key_issuers() -> None:
    ring = KeyRing.from_did_key(f"did:key:{KEY.public().multibase}")
    key = SigningKey(KEY.public().multibase, KEY.private)
    document = badge(issuer=replace(OFFICE, id=ring.controller), key=key, status=None)
    assert verify(document, trust(rings={ring.controller: ring}), at=NOW).is_valid


# Endorsements.


def test_endorsements_hold() -> None:
    found = checked(badge(endorsed=True))
    assert found.is_valid
    assert [(one.state, one.by, one.of) for one in found.endorsements] == [
        (State.VALID, UNIVERSITY.id, f"{ACHIEVEMENT.id}#ko"),
        (State.VALID, UNIVERSITY.id, OFFICE.id),
    ]
    assert found.endorsements[0].comment == "함께 만들었습니다."


def test_an_endorsement_by_a_stranger_leaves_the_badge_alone() -> None:
    found = verify(badge(endorsed=True), trust(rings={OFFICE.id: RINGS[OFFICE.id]}), at=NOW)
    assert found.is_valid
    assert {one.state for one in found.endorsements} == {State.UNKNOWN_KEY}


def test_an_endorsement_of_other_words() -> None:
    own, _office = endorsements()
    other = replace(ACHIEVEMENT, criteria=replace(ACHIEVEMENT.criteria, ko="출석만 하면 됩니다."))
    found = checked(badge(award=replace(AWARD, achievement=other), endorsements=[own]))
    assert found.is_valid
    assert (found.endorsements[0].state, found.endorsements[0].reason) == (State.MALFORMED, "other_words")


def test_an_endorsement_that_was_laid_elsewhere() -> None:
    own, _office = endorsements()
    forged = {**own, "credentialSubject": {**own["credentialSubject"], "id": f"{ACHIEVEMENT.id}#ko"}}
    elsewhere = replace(ACHIEVEMENT, id="https://saem.example/achievements/2")
    signed = endorse(elsewhere, id=own["id"], endorser=UNIVERSITY, key=UNIVERSITY_KEY, at=NOW, comment="다른 것")
    moved = {**signed, "credentialSubject": {**signed["credentialSubject"], "id": f"{ACHIEVEMENT.id}#ko"}}
    assert checked(badge(endorsements=[forged])).endorsements[0].state is State.VALID
    assert checked(badge(endorsements=[moved])).endorsements[0].state is State.BAD_SIGNATURE


def test_endorsements_expire_and_are_taken_back() -> None:
    signs = {
        "endorser": UNIVERSITY,
        "key": UNIVERSITY_KEY,
        "at": NOW,
        "comment": "한 해 동안",
        "id": "https://univ.example/3",
    }
    short = badge(endorsements=[endorse(ACHIEVEMENT, until=NOW + DAY, **signs)])
    assert checked(short, NOW + 2 * DAY).endorsements[0].state is State.EXPIRED
    url = "https://univ.example/status/1"
    listed = badge(endorsements=[endorse(ACHIEVEMENT, status=status_entry(url, 7), **signs)])
    assert checked(listed).endorsements[0].state is State.STATUS_UNKNOWN


def test_endorsements_are_counted() -> None:
    signs = {"endorser": UNIVERSITY, "key": UNIVERSITY_KEY, "at": NOW, "comment": "또"}
    many = [endorse(ACHIEVEMENT, id=f"https://univ.example/{number}", **signs) for number in range(12)]
    found = checked(badge(endorsements=many))
    assert len(found.endorsements) == 9
    assert found.endorsements[-1].reason == "too_large"


def test_the_bits_of_a_list_do_not_leak_into_another() -> None:
    one, other = StatusList(), StatusList()
    one[0] = True
    assert not other[0]
