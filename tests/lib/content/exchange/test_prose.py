"""XHTML of others as Markdown that says the same."""

import pytest

from saem.lib.content.exchange.prose import Prose
from saem.lib.content.exchange.xml import MAX_DEPTH, Element, read_xml
from saem.lib.content.markdown import Place, read_brief


def read(markup: str) -> tuple[str, list[str]]:
    root, problems = read_xml("a.html", f"<div>{markup}</div>".encode())
    assert root is not None, problems

    def find(href: str, _element: Element) -> str:
        return href if href == "map.png" else ""

    prose = Prose("a.html", find)
    return prose.markdown(*root.children), [each.code.removeprefix("exchange.") for each in prose.problems]


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<p>One  <b> two </b>\n three</p>", "One **two** three"),
        ("<p>a</p>b<p>c</p>", "a\n\nb\n\nc"),
        ("<h1>Title</h1><h3>Part</h3>", "## Title\n\n### Part"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start='3'><li><p>a</p></li><li>b</li></ol>", "3. a\n\n4. b"),
        ("<p>1 &lt; 2 &amp; *no* [x] $5 `y`</p>", "1 < 2 & \\*no\\* \\[x\\] \\$5 \\`y\\`"),
        ("<p># no</p><p>- no</p><p>3. no</p>", "\\# no\n\n\\- no\n\n3\\. no"),
        ("<p>H<sub>2</sub>O, m<sup>2</sup></p>", "H₂O, m²"),
        ("<p>a<br/>b</p>", "a\\\nb"),
        ("<code>a ` b</code>", "``a ` b``"),
        ("<pre>x = 1\n\n  y</pre>", "```\nx = 1\n\n  y\n```"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><tr><th>a</th></tr><tr><td>1|2</td></tr></table>", "| a |\n| --- |\n| 1\\|2 |"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n: b"),
        ("<a href='https://example.org'>there</a> <a href='javascript:x'>no</a>", "[there](https://example.org) no"),
        ("<img src='map.png' alt='A map'/>", "![A map](map.png)"),
        ("<figure><img src='map.png' alt='M'/><figcaption>Our map</figcaption></figure>", '![M](map.png "Our map")'),
        ("<script>alert(1)</script><p>{{a}}</p>", "\\{\\{a}}"),
        ("<math alttext='x^2'><mi>x</mi></math>", "$x^2$"),
    ],
)
def test_markup_as_markdown(markup: str, markdown: str) -> None:
    assert read(markup) == (markdown, [])


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<video>Look</video>", "element"),
        ("<p>x<sup>th</sup></p>", "element"),
        ("<table><tr><td colspan='2'>a</td></tr></table>", "element"),
        ("<math><mi>x</mi></math>", "formula"),
        ("<img src='map.png'/>", "picture_alt"),
    ],
)
def test_what_markdown_cannot_say(markup: str, code: str) -> None:
    assert read(markup)[1] == [code]


@pytest.mark.parametrize(
    "words", ["_a_ * b", "~~c~~", "# d", "1) e", "a_b_c", ":::{note}", "(x)=", "% f", "+++", "&lt;"]
)
def test_words_are_shown_as_they_were(words: str) -> None:
    markdown, _ = read(f"<p>{words.replace('&', '&amp;')}</p>")
    shown = read_brief(markdown, Place(file="a.md", language="en", files=())).html
    assert shown == f"<p>{words.replace('&', '&amp;')}</p>"


@pytest.mark.parametrize("names", [("blockquote",), ("b",), ("div",), ("ul", "li")])
def test_words_as_deep_as_can_be_read(names: tuple[str, ...]) -> None:
    times = (MAX_DEPTH - 5) // len(names)
    opened = "".join(f"<{name}>" for name in names) * times
    closed = "".join(f"</{name}>" for name in reversed(names)) * times
    assert "core" in read(f"{opened}core{closed}")[0]
