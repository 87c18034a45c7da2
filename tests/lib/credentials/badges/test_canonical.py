"""RDFC-1.0, against pyld's own canonicalizer where both know the same rules, and against the standard where not."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from pyld import jsonld

from saem.lib.credentials.badges.canonical import canonical_form
from saem.lib.credentials.badges.expansion import OPTIONS
from saem.lib.credentials.badges.linked import canonical_text
from saem.lib.credentials.badges.statements import statements
from saem.lib.credentials.errors import UnreadableError

from .world import badge, endorsements, status_list

PREDICATES = [f"<https://p.example/{number}>" for number in range(2)]
NODES = [f"_:n{number}" for number in range(5)] + ["<https://a.example>"]
GRAPHS = ["", "_:n0", "_:n1"]
QUADS = some.sets(
    some.tuples(
        some.sampled_from(NODES), some.sampled_from(PREDICATES), some.sampled_from(NODES), some.sampled_from(GRAPHS)
    ),
    min_size=1,
    max_size=9,
)


def by_pyld(quads):
    lines = "".join(" ".join(term for term in quad if term) + " .\n" for quad in quads)
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    return jsonld.normalize(lines, options)


@settings(max_examples=300)
@given(quads=QUADS)
def test_random_graphs_come_out_as_pylds(quads) -> None:
    # pyld goes wrong where a quad mentions a node twice, and in blank graphs; test_independent.py has those.
    quads = {(*quad[:3], "") for quad in quads if quad[0] != quad[2]}
    assume(quads)
    assert canonical_form(quads) == by_pyld(quads)


@settings(max_examples=200)
@given(quads=QUADS, names=some.permutations(NODES[:5]))
def test_names_of_blank_nodes_are_nothing(quads, names) -> None:
    renamed = dict(zip(NODES[:5], names, strict=True))
    other = {(renamed.get(s, s), p, renamed.get(o, o), renamed.get(g, g)) for s, p, o, g in quads}
    assert canonical_form(quads) == canonical_form(other)


@pytest.mark.parametrize("length", [3, 6])
def test_rings_of_alike_nodes(length) -> None:
    ring = [(f"_:x{one}", PREDICATES[0], f"_:x{(one + 1) % length}", "") for one in range(length)]
    assert canonical_form(ring) == by_pyld(ring)


def test_poisoned_graphs_are_given_up() -> None:
    # Every node relates to every other: pyld would try 11! orders.
    clique = [
        (f"_:x{one}", PREDICATES[0], f"_:x{other}", "") for one in range(12) for other in range(12) if one != other
    ]
    begun = time.process_time()
    with pytest.raises(UnreadableError, match="too_complex"):
        canonical_form(clique)
    assert time.process_time() - begun < 5


def plain(document):
    """Without its proof."""
    return {name: value for name, value in document.items() if name != "proof"}


@pytest.mark.parametrize(
    "document", [badge(language="en"), status_list(), *endorsements()], ids=["badge", "list", "own", "office"]
)
def test_documents_come_out_as_pylds(document) -> None:
    body = plain(document)
    options = {**OPTIONS, "base": "", "algorithm": "URDNA2015", "format": "application/n-quads"}
    assert canonical_text(body) == jsonld.normalize(body, options)


def test_control_characters_are_written_as_the_standard_says() -> None:
    # pyld leaves them as they are; the Node verifier writes them like this (test_independent.py).
    assert "기\\t\\u0001" not in canonical_text(plain(badge()))
    assert '\\n\\t\\"비 예측\\"과 손글씨 \\\\ 90 % 이상\\u0001' in canonical_text(plain(badge()))


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.5, "1.5E0"), (0.1, "1.0E-1"), (123.25, "1.2325E2"), (1e-7, "1.0E-7"), (-2.5, "-2.5E0")],
)
def test_numbers_are_written_as_the_standard_says(number, text) -> None:
    value = {"@value": number}
    node = {"@id": "https://a.example", "https://p.example": [value]}
    assert statements([node])[0][2] == f'"{text}"^^<http://www.w3.org/2001/XMLSchema#double>'


def test_lists_keep_their_order() -> None:
    node = {"@id": "x:a", "x:p": [{"@list": [{"@value": "1"}, {"@value": "2"}]}]}
    expected = jsonld.normalize([node], {"algorithm": "URDNA2015", "format": "application/n-quads"})
    assert canonical_form(statements([node])) == expected


@pytest.mark.parametrize("value", [{"@value": "x", "@language": "ko"}, {"@value": {}, "@type": "@json"}])
def test_values_that_no_badge_has(value) -> None:
    with pytest.raises(UnreadableError, match="bad_json_ld"):
        statements([{"@id": "x:a", "x:p": [value]}])


def test_honest_repetition_is_no_poison() -> None:
    twin = {"@type": ["x:T"], "x:p": [{"@value": "같음"}], "x:q": [{"@type": ["x:U"]}, {"@type": ["x:U"]}]}
    node = {"@id": "x:a", "x:all": [twin] * 40}
    assert canonical_form(statements([node])).count("\n") == 40 * (3 + 2 + 2)
