"""Drawings in a page: what stays, what is turned into attributes, and what is refused with its line."""

import io
import re

import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure

from saem.lib.content.drawings import MAX_BYTES, MAX_ELEMENTS, read_drawing
from saem.lib.content.markdown import Place, read_brief
from saem.lib.content.markdown.sanitise import clean

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'


def shown(inside: str, head: str = HEAD, *, alt: str = "그림") -> str:
    drawing, problems = read_drawing("a.svg", f"{head}{inside}</svg>")
    assert problems == []
    assert drawing is not None
    return drawing.html(alt, prefix="d1-")


def told(text: str) -> list[tuple[int, str]]:
    drawing, problems = read_drawing("a.svg", text)
    assert drawing is None
    assert all({"name"} <= set(each.params) for each in problems)
    return [(each.line, each.code.removeprefix("content.")) for each in problems]


def test_a_drawing_is_one_picture_with_words_for_it():
    assert shown('<circle cx="1" cy="2" r="3" fill="#0b6e69"/>', alt='비 & "눈"') == (
        '<svg class="drawing" role="img" aria-label="비 &amp; &quot;눈&quot;" width="40" height="20" viewBox="0 0 40 20">'
        '<circle cx="1" cy="2" r="3" fill="#0b6e69"></circle></svg>'
    )


def test_ids_belong_to_one_drawing_of_the_page():
    inside = (
        '<defs><linearGradient id="g"/><path id="p" d="M0 0"/></defs><rect fill="url(#g)"/><use xlink:href="#p" x="1"/>'
    )
    found = shown(inside)
    assert 'id="d1-g"' in found
    assert 'fill="url(#d1-g)"' in found
    assert '<use href="#d1-p" x="1">' in found


def test_a_style_becomes_attributes():
    assert shown('<rect style="fill: red; -inkscape-x: 1; stroke:url(#g) !important" fill="blue"/>').endswith(
        '<rect fill="red" stroke="url(#d1-g)"></rect></svg>'
    )


def test_what_is_only_about_the_drawing_is_left_out():
    head = HEAD.replace("<svg", '<svg xmlns:i="urn:editor" class="btn main" onclick2="" tabindex="1" id="top"').replace(
        ' onclick2=""', ""
    )
    found = shown(
        '<title>제목</title><metadata><i:x><rect/></i:x></metadata><i:view><rect/></i:view>\n<rect class="card" data-x="1" '
        'i:label="y"/><text>글 &lt;b&gt; <tspan>속</tspan></text>',
        head,
    )
    assert found == (
        '<svg class="drawing" role="img" aria-label="그림" width="40" height="20" id="d1-top" viewBox="0 0 40 20">'
        "<rect></rect><text>글 &lt;b&gt; <tspan>속</tspan></text></svg>"
    )


def test_a_size_in_points_is_a_size():
    assert 'width="30" height="10.5" viewBox="0 0 30 10.5"' in shown(
        "", '<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="10.5">'
    )


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<script>alert(1)</script>", "svg_script"),
        ('<rect onload="alert(1)"/>', "svg_script"),
        ('<rect OnClick="alert(1)"/>', "svg_script"),
        ("<foreignObject><b/></foreignObject>", "svg_script"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml">1</x:script>', "svg_script"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "svg_script"),
        ('<animate attributeName="href"/>', "svg_script"),
        ('<use href="javascript:alert(1)"/>', "svg_script"),
        ('<use href="https://a.b/c.svg#x"/>', "svg_outside"),
        ('<use xlink:href="data:image/svg+xml,x"/>', "svg_outside"),
        ('<rect fill="url(http://a.b/c#x)"/>', "svg_outside"),
        ('<rect style="fill:url(//a.b/c)"/>', "svg_outside"),
        ('<rect style="fill:u\\72l(//a.b/c)"/>', "svg_outside"),
        ('<rect fill="url(#a) url(//b)"/>', "svg_outside"),
        ('<image href="x.png"/>', "svg_part"),
        ('<a href="https://a.b"><rect/></a>', "svg_part"),
        ("<style>rect{fill:url(//a.b)}</style>", "svg_part"),
        ("<style>* {fill:red} @import '//a.b'</style>", "svg_part"),
        ("<filter/>", "svg_part"),
        ("<svg/>", "svg_part"),
    ],
)
def test_what_may_not_stand_in_a_page_is_told_with_its_line(inside: str, code: str):
    assert set(told(f"{HEAD}\n<g>\n{inside}</g></svg>")) == {(3, code)}


def test_everything_is_told_at_once():
    assert told(f'{HEAD}\n<script/>\n<rect fill="url(//a)"/>\n<image/></svg>') == [
        (2, "svg_script"),
        (3, "svg_outside"),
        (4, "svg_part"),
    ]


def test_entities_are_never_expanded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 12))
    assert told(
        f'<?xml version="1.0"?>\n<!DOCTYPE svg [\n<!ENTITY l0 "ha">\n{laughs}]>\n{HEAD}<text>&l11;</text></svg>'
    ) == [(3, "svg_part")]
    assert told(f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}&x;</svg>') == [(1, "svg_part")]


def test_copies_of_copies_are_refused():
    doubled = "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 30))
    assert ("svg_part") in {code for _, code in told(f'{HEAD}<rect id="a0"/>{doubled}</svg>')}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (f"{HEAD}\n<g>\n</svg>", 3, "svg_broken"),
        ("", 1, "svg_broken"),
        ("<html/>", 1, "svg_broken"),
        ("<svg/>", 1, "svg_broken"),
        (f"{HEAD}&nbsp;</svg>", 1, "svg_broken"),
        (f"{HEAD}<text>\0</text></svg>", 1, "svg_broken"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>', 1, "svg_size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 x"/>', 1, "svg_size"),
        (HEAD + "<g/>" * (MAX_ELEMENTS + 1) + "</svg>", 1, "svg_large"),
        (HEAD + "x" * MAX_BYTES + "</svg>", 1, "svg_large"),
    ],
)
def test_what_cannot_be_read(text: str, line: int, code: str):
    assert told(text) == [(line, code)]


def test_a_plot_saved_as_svg_is_welcome():
    with rc_context({"svg.fonttype": "none"}):
        figure = Figure()
        axes = figure.subplots()
        axes.plot([1, 2], [3, 4], "o-", label="rain")
        axes.legend()
        file = io.StringIO()
        figure.savefig(file, format="svg")
    drawing, problems = read_drawing("a.svg", file.getvalue())
    assert problems == []
    assert drawing is not None
    found = drawing.html("그래프", prefix="d1-")
    assert "style" not in found
    assert 'stroke-linejoin="round"' in found.partition(">")[0]
    assert ">rain</text>" in found
    targets = re.findall(r'(?:href="|url\()#([^")]+)', found)
    assert targets
    assert all(f'id="{target}"' in found for target in targets)


def test_a_page_draws_it_and_its_last_gate_lets_it_through():
    drawing, _ = read_drawing("a.svg", f'{HEAD}<linearGradient id="g"/><rect fill="url(#g)" rx="3"/></svg>')
    assert drawing is not None
    name = "lessons/a/images/a.svg"
    place = Place(file="lessons/a/ko.md", language="ko", files=(name,), drawings={name: drawing})
    text = '![하나](images/a.svg)\n\n![둘](images/a.svg "설명")'
    assert read_brief(text, place).html == (
        f"<p>{drawing.html('하나', prefix='drawing1-')}</p>\n"
        f"<figure>{drawing.html('둘', prefix='drawing2-')}<figcaption>설명</figcaption></figure>"
    )
    assert clean('<svg onload="x()"><script>1</script><use href="javascript:1"/></svg>') == "<svg><use></use></svg>"
