"""What holds for any three versions: nothing is lost, order stays, and taking the same in again changes nothing."""

from itertools import pairwise

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from saem.lib.content.merging import Choice, Merge, Resolution, merge
from saem.lib.content.passages import split

PARAGRAPHS = [
    "# 제목", "하나 둘 셋", "넷\n다섯", "- 가\n- 나", "| a | b |\n|---|---|\n| 1 | 2 |", "```python\nx = 1\n\ny = 2\n```",
    "```{code-cell}\n:name: look\nprint(1)\n```", ":::{note}\n알림 1\n\n둘째\n:::", "$$\nx + 1\n$$", "여섯 일곱 여덟",
    "[a]: b", "> 인용한 말",
]  # fmt: skip
CHANGES = (
    ("셋", "셋 또"),
    ("1", "7"),
    ("가", "가나"),
    ("제목", "제목 둘"),
    ("다섯", "다섯 여섯"),
    ("b", "c"),
    ("말", "말씀"),
    ("여덟", "아홉"),
)
ADDED = ["새 문단", "또 다른 글", "아주 긴 이야기"]
ALL_EDITS = ("add", "change", "remove", "move")
Page = list[str]


def paragraphs(*, unique: bool = False) -> st.SearchStrategy[Page]:
    return st.lists(st.sampled_from(PARAGRAPHS), max_size=7, unique=unique)


PAGES = paragraphs().map("\n\n".join)
PARTS = [
    "id: one\n",
    "# 말\ntitle:\n  ko: 가\n  en: A\n",
    "code: |\n  # 코드\n  a = 1\n\n",
    "minutes: 45 # 분\n",
    "level: {ko: 고, en: H}\n",
]
ITEMS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4, unique=True)


@st.composite
def listings(draw) -> str:
    """Entries in some order with some words changed, and a list of items with ids."""
    parts = draw(st.lists(st.sampled_from(PARTS), max_size=4, unique=True))
    parts = [
        each.replace("가", draw(st.sampled_from("가나다"))).replace("45", draw(st.sampled_from(["45", "50"])))
        for each in parts
    ]
    items = draw(ITEMS)
    body = "".join(f"  - id: {each}\n    title: {draw(st.sampled_from('xyz'))}\n" for each in items)
    return "".join([*parts, f"skills:\n{body}" if items else "other: 1\n"])


@st.composite
def edited(draw, page: Page, edits: tuple[str, ...]) -> Page:
    """A page that somebody has worked on."""
    found = list(page)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(found)))
        what = draw(st.sampled_from(edits))
        if what == "add" or at >= len(found):
            found.insert(at, draw(st.sampled_from(ADDED)))
        elif what == "change":
            found[at] = next((found[at].replace(*each) for each in CHANGES if each[0] in found[at]), found[at])
        elif what == "remove":
            del found[at]
        else:
            found.insert(draw(st.integers(0, len(found) - 1)), found.pop(at))
    return found


@st.composite
def histories(draw, edits: tuple[str, ...] = ALL_EDITS, *, unique: bool = False) -> tuple[str, str, str]:
    base = draw(paragraphs(unique=unique))
    versions = (base, draw(edited(base, edits)), draw(edited(base, edits)))
    return tuple("\n\n".join(each) + "\n" * bool(each) for each in versions)


def page(text: str) -> dict[str, bytes]:
    return {"ko.md": text.encode()}


def texts(text: bytes) -> set[str]:
    return {each.text for each in split("ko.md", text).children}


def marks(text: bytes, name: str = "ko.md") -> list[str]:
    return [each.mark for each in split(name, text).children]


def chosen(found: Merge, choice: Choice) -> dict[str, Resolution]:
    return {each.id: Resolution(choice if choice in each.choices else Choice.THEIRS) for each in found.conflicts}


SOME = settings(max_examples=100, derandomize=True)
ANY_TEXT = st.text(alphabet="가나 \n-#`:{}|", max_size=40)


@SOME
@given(
    st.one_of(PAGES, ANY_TEXT, listings()),
    st.one_of(PAGES, ANY_TEXT, listings()),
    st.sampled_from(["ko.md", "a.yaml", "a.ipynb"]),
)
def test_who_did_nothing_has_no_say(base: str, changed: str, name: str):
    before, after = {name: base.encode()}, {name: changed.encode()}
    assert merge(before, after, before).settled() == after
    assert merge(before, before, after).settled() == after
    assert merge(before, after, after).settled() == after


def both_texts(found: Merge) -> dict[str, Resolution]:
    """Every conflict answered with all that either side wrote."""
    return {
        each.id: Resolution(Choice.OWN, "\n\n".join(text for text in (each.ours, each.theirs) if text))
        for each in found.conflicts
    }


@SOME
@given(histories(unique=True))
def test_no_paragraph_is_lost(versions: tuple[str, str, str]):
    base, ours, theirs = (texts(each.encode()) for each in versions)
    found = merge(*(page(each) for each in versions))
    result = found.settled(both_texts(found))["ko.md"].decode()
    # Two lists in a row are one to Markdown: what counts is that every word is there.
    assert [each for each in (ours - base) | (theirs - base) | (ours & theirs) if each not in result] == []
    assert set(result.split("\n")) <= set("\n".join([*versions, ""]).split("\n"))


@SOME
@given(histories())
def test_order_is_kept(versions: tuple[str, str, str]):
    base, ours, theirs = (marks(each.encode()) for each in versions)
    found = merge(*(page(each) for each in versions))
    result = marks(found.settled(chosen(found, Choice.OURS)).get("ko.md", b""))
    once = [each for each in result if all(side.count(each) == 1 for side in (base, ours, theirs, result))]
    for one, other in pairwise(once):
        orders = [side.index(one) < side.index(other) for side in (base, ours, theirs)]
        # Where all agree it cannot be otherwise.
        assert set(orders) != {False}


@SOME
@given(histories())
def test_taking_the_same_in_again_changes_nothing(versions: tuple[str, str, str]):
    base, ours, theirs = (page(each) for each in versions)
    found = merge(base, ours, theirs)
    result = found.settled(chosen(found, Choice.OURS))
    # From now on, what was taken in is what the next merge starts from.
    assert merge(theirs, result, theirs).settled() == result


@SOME
@given(histories(("add", "change"), unique=True))
def test_even_from_the_old_base_nothing_comes_twice(versions: tuple[str, str, str]):
    base, ours, theirs = (page(each) for each in versions)
    found = merge(base, ours, theirs)
    result = found.settled(chosen(found, Choice.THEIRS))
    assert marks(merge(base, result, theirs).settled()["ko.md"]) == marks(result["ko.md"])


@SOME
@given(histories())
def test_sides_may_be_swapped(versions: tuple[str, str, str]):
    base, ours, theirs = (page(each) for each in versions)
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert sorted((each.base or "", each.ours or "", each.theirs or "") for each in one.conflicts) == sorted(
        (each.base or "", each.theirs or "", each.ours or "") for each in other.conflicts
    )
    results = [found.settled(chosen(found, choice)) for found, choice in ((one, Choice.OURS), (other, Choice.THEIRS))]
    assert sorted(marks(results[0]["ko.md"])) == sorted(marks(results[1]["ko.md"]))


@SOME
@given(histories(), st.sampled_from(list(Choice)))
def test_whatever_is_chosen_settles_everything_without_marks(versions: tuple[str, str, str], choice: Choice):
    found = merge(*(page(each) for each in versions))
    picked = {
        each.id: Resolution(choice if choice in each.choices else Choice.OURS, "나의 글") for each in found.conflicts
    }
    assert found.left_open(picked) == ()
    assert not any(
        line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        for line in found.settled(picked)["ko.md"].decode().split("\n")
    )


@SOME
@given(listings(), listings(), listings(), st.sampled_from([Choice.OURS, Choice.THEIRS]))
def test_merged_yaml_reads_and_keeps_the_order_of_keys(base: str, ours: str, theirs: str, choice: Choice):
    found = merge(*({"a.yaml": each.encode()} for each in (base, ours, theirs)))
    result = yaml.safe_load(found.settled(chosen(found, choice))["a.yaml"])
    keys = list(result)
    assert len(keys) == len(set(keys))
    sides = [list(yaml.safe_load(each)) for each in (base, ours, theirs)]
    for one, two in pairwise(each for each in keys if all(each in side for side in sides)):
        orders = {side.index(one) < side.index(two) for side in sides}
        assert orders != {False}
