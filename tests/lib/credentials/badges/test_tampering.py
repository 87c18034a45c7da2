"""Every word of a badge is signed: whatever is changed, left out or added, it does not hold; other spelling of the same does."""

import copy
import json
import random
from functools import reduce
from operator import getitem

import pytest

from saem.lib.credentials.badges import State

from .world import badge, checked

DOCUMENT = badge(endorsed=True)


def places(value, path=()):
    """Every place in the document, containers too."""
    yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from places(one, (*path, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from places(one, (*path, number))


def holds(document):
    """Whether the badge and all that is endorsed in it hold."""
    found = checked(document)
    return found.is_valid and all(one.state is State.VALID for one in found.endorsements)


def changed(path, change):
    document = copy.deepcopy(DOCUMENT)
    node = document
    for step in path[:-1]:
        node = node[step]
    change(node, path[-1])
    return document


def altered(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value[:-1]}{'1' if value[-1:] != '1' else '2'}" if isinstance(value, str) else "x"


PLACES = [path for path in places(DOCUMENT) if path]
NAMED = [path for path in PLACES if isinstance(path[-1], str)]
OBJECTS = [path for path in places(DOCUMENT) if isinstance(reduce(getitem, path, DOCUMENT), dict)]


@pytest.mark.parametrize("path", PLACES, ids=str)
def test_changing_it(path) -> None:
    assert not holds(changed(path, lambda node, step: node.__setitem__(step, altered(node[step]))))


@pytest.mark.parametrize("path", PLACES, ids=str)
def test_leaving_it_out(path) -> None:
    document = changed(path, lambda node, step: node.__delitem__(step))
    assert not holds(document)


@pytest.mark.parametrize("path", NAMED, ids=str)
def test_saying_it_under_its_full_address(path) -> None:
    # The statements would be the same, but a reader who looks for `credentialStatus` would not see it.
    def rename(node, step) -> None:
        node[f"https://purl.imsglobal.org/spec/vc/ob/vocab.html#{step}"] = node.pop(step)

    assert not holds(changed(path, rename))


@pytest.mark.parametrize("path", OBJECTS, ids=str)
@pytest.mark.parametrize(
    "extra",
    [
        {"grade": "A+"},
        {"narrative": "더 잘했어요"},
        {"humanCode": None},
        {"image": "https://evil.example/a.png"},
        {"@included": []},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_adding_something(path, extra) -> None:
    document = copy.deepcopy(DOCUMENT)
    node = document
    for step in path:
        node = node[step]
    # Where it is there already, another value.
    node.update({name: altered(node[name]) if name in node else value for name, value in extra.items()})
    assert not holds(document)


def shuffled(value, dice):
    if isinstance(value, dict):
        names = list(value)
        dice.shuffle(names)
        return {name: shuffled(value[name], dice) for name in names}
    return [shuffled(one, dice) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_is_nothing(seed) -> None:
    document = shuffled(DOCUMENT, random.Random(seed))
    assert json.dumps(document) != json.dumps(DOCUMENT)
    found = checked(document)
    assert found.is_valid
    assert {one.state for one in found.endorsements} == {State.VALID}


def test_other_spellings_of_the_same() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["proof"] = [document["proof"]]
    document["credentialSubject"]["achievement"]["tag"].reverse()
    document["credentialSubject"]["achievement"]["type"] = "Achievement"
    document["credentialSubject"]["achievement"]["creditsAvailable"] = 2.0
    assert checked(document).is_valid


def test_endorsers_comments_are_signed_by_them() -> None:
    own = ("credentialSubject", "achievement", "endorsement", 0, "credentialSubject", "endorsementComment")
    found = checked(changed(own, lambda node, step: node.__setitem__(step, "보증하지 않습니다.")))
    assert found.state is State.BAD_SIGNATURE
