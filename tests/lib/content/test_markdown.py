"""Markdown into safe HTML: the dialect, what is reported, and what never gets through."""

import html
import re

import pytest

from saem.lib.content import Html, Page
from saem.lib.content.markdown import LessonPage, Place, read_brief, read_lesson_page, read_prose
from saem.lib.content.markdown.formulas import to_mathml

FILES = ("lessons/a/images/x.svg", "lessons/a/files/sheet.pdf", "lessons/a/lesson.yaml", "projects/p/solution/a.py")


def place(language: str = "ko") -> Place:
    return Place(file="lessons/a/ko.md", language=language, files=FILES, steps=("lesson:a", "project:p"))


def read(text: str) -> LessonPage:
    return read_lesson_page(text, place(), title="제목")


def shown(text: str, language: str = "ko") -> str:
    return read_brief(text, place(language)).html


def told(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.code.removeprefix("content.")) for each in read(text).problems]


def html_of(page: Page) -> str:
    return "".join(block.html for section in page.sections for block in section.blocks if isinstance(block, Html))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**샘(Saem)**은 좋아요", "<strong>샘(Saem)</strong>은 좋아요"),
        ('이것은 **"비"**예요', '이것은 <strong>"비"</strong>예요'),
        ("값은 **50%**가 넘어요", "값은 <strong>50%</strong>가 넘어요"),
        ("글**(괄호)**글", "글<strong>(괄호)</strong>글"),
        ("*기울임*은", "<em>기울임</em>은"),
        ("***둘 다!***를", "<em><strong>둘 다!</strong></em>를"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ('a*"b"*c', 'a*"b"*c'),
    ],
)
def test_emphasis_meets_particles(text: str, expected: str):
    assert shown(text) == f"<p>{expected}</p>"


def test_emphasis_that_fails_is_told():
    assert told("글\n이 ** 말**은") == [(2, "stray_asterisks")]
    assert told("`**kwargs`와 **굵게**") == []


def test_inline_and_block_mathematics():
    assert shown("$x^2$는") == '<p><math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>는</p>'
    block = shown("$$\n\\frac{a}{b}\n$$")
    assert block.startswith(
        '<div class="scroll math" tabindex="0" role="group" aria-label="수식 1"><math display="block">'
    )
    assert "<mfrac>" in block
    assert shown("커피 $5, 빵 $6") == "<p>커피 $5, 빵 $6</p>"


@pytest.mark.parametrize(
    "tex",
    [r"\left( \frac{a}{b} \right)", r"\sum_{i=1}^{n} x_i", r"\begin{matrix}1&2\\3&4\end{matrix}", r"\hat{y}", r"\sqrt[3]{x}",
     r"\text{비가 온 날}", r"\mathbf{X}", r"\begin{cases}1 & x>0\\0\end{cases}", r"\{a, b\}", r"\overline{x}", r"a \le b \ne c"],
)  # fmt: skip
def test_mathematics_loses_nothing_to_the_sanitiser(tex: str):
    from_page = shown(f"$${tex}$$")
    assert told(f"$${tex}$$") == []
    assert "<math" in from_page
    assert "&lt;m" not in from_page
    converted = to_mathml(tex, block=True)
    assert re.findall(r"<(/?m[a-z]*)", from_page) == re.findall(r"<(/?m[a-z]*)", converted)


@pytest.mark.parametrize("tex", [r"\frac{a", "a}", "x^2^3", r"\left( x", r"\begin{matrix}1", r"\sqrt"])
def test_broken_mathematics_is_told_and_shown_as_text(tex: str):
    assert told(f"글\n\n$${tex}$$") == [(3, "bad_math")]
    assert html.escape(tex) in shown(f"$${tex}$$")


def test_unknown_commands_are_told():
    assert told("글\n식 $\\fraq{a}$이") == [(2, "unknown_math")]


def test_admonitions():
    text = ":::{note}\n글\n:::\n\n::::{tip} **내** 제목 <b>\n:::{think}\n물음\n:::\n::::"
    found = shown(text)
    assert found.startswith('<div class="admonition note"><p class="admonition-title">참고</p>\n<p>글</p>\n</div>')
    assert '<div class="admonition tip"><p class="admonition-title">**내** 제목 &lt;b&gt;</p>' in found
    assert '<div class="admonition think"><p class="admonition-title">생각해 보기</p>' in found
    assert "Take care" in shown(":::{warning}\nx\n:::", "en")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("글\n\n:::{note}\n글\n", 3, "unclosed_block"),
        ("글\n\n```python\nx\n", 3, "unclosed_block"),
        (":::{nota}\n글\n:::", 1, "unknown_block"),
        ("```{note}\n글\n```", 1, "unknown_block"),
        ("```{code_cell} python\n:name: a\n```", 1, "unknown_block"),
        ("# 제목", 1, "title_in_page"),
        ("제목\n===", 1, "title_in_page"),
        ("글 <b>굵게", 1, "raw_html"),
        ("<div>\n</div>", 1, "raw_html"),
        ("글\n\n[링크](nothing.pdf)", 3, "missing_link"),
        ("[링크](../../projects/p/solution/a.py)", 1, "private_file"),
        ("[링크](lesson.yaml)", 1, "private_file"),
        ("[링크](../../../etc/passwd)", 1, "missing_link"),
        ("[링크](lesson:b)", 1, "missing_step_link"),
        ("[링크](#nowhere)", 1, "missing_anchor"),
        ("[링크](ftp://a.b)", 1, "link_scheme"),
        ("[링크](asset:lessons/a/lesson.yaml)", 1, "link_scheme"),
        ("하나\n둘 ![](images/x.svg)", 2, "missing_alt"),
        ("![그림](images/y.svg)", 1, "missing_image"),
        ("![그림](https://a.b/y.svg)", 1, "outside_image"),
        ("(a b)=\n## 제목", 2, "bad_id"),
        ("(s2)=\n## 하나\n\n## 둘", 4, "duplicate_id"),
        ("```{code-cell} python\nx = 1\n```", 1, "cell_without_name"),
        ("```{code-cell} python\n:name: A b\nx = 1\n```", 1, "bad_id"),
        ("```{code-cell} r\n:name: a\nx = 1\n```", 1, "cell_language"),
        ("```{code-cell} python\n:name: a\n:hnt: b\nx = 1\n```", 3, "cell_option"),
        ("```{code-cell} python\n:name: a\n:hint:\nx = 1\n```", 3, "cell_option"),
        ("```{code-cell} python\n:name: a\n:hint: b\n\nx = 1\nx = = 2\n```", 6, "python_syntax"),
        ("- 목록\n\n  ```{code-cell} python\n  :name: a\n  ```", 3, "nested_cell"),
    ],
)
def test_what_is_told(text: str, line: int, code: str):
    assert (line, code) in told(text)
    assert len(set(told(text))) == 1


def test_a_cell_twice():
    cell = "```{code-cell} python\n:name: a\n```\n"
    assert told(f"{cell}\n{cell}") == [(5, "duplicate_id")]


def test_a_cell_in_a_brief():
    found = read_brief("글\n\n```{code-cell} python\n:name: a\n```", place())
    assert [(each.line, each.code) for each in found.problems] == [(3, "content.cell_in_brief")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        ':::{note} <img src=x onerror="alert(1)">\nx\n:::',
        '```"><script>alert(1)</script>\nx\n```',
        "$\\text{<script>alert(1)</script>}$",
        "$\\href{javascript:alert(1)}{x}$",
        '## <iframe src="https://a.b"></iframe>',
        '![x" onerror="alert(1)](images/x.svg "t\\" onload=\\"alert(1)")',
        "| <svg onload=alert(1)> |\n|---|\n| [a](vbscript:x) |",
        "[^1]\n\n[^1]: <style>*{}</style>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    ],
)
def test_nothing_that_runs_gets_through(text: str):
    for found in (html_of(read(text).page), shown(text)):
        tags = re.findall(r"<[^>]+>", found)
        assert not [
            tag
            for tag in tags
            if re.match(r"<(script|iframe|style|object|embed|svg|form|base|meta)", tag, re.IGNORECASE)
        ]
        assert not [tag for tag in tags if re.search(r"\son\w+\s*=|javascript:|vbscript:|data:|\sstyle=", tag.replace("&quot;", ""), re.IGNORECASE)
                    and re.search(r'(?:href|src)="(?:javascript|vbscript|data):|<[^"]*(?:"[^"]*"[^"]*)*\s(?:on\w+|style)=', tag, re.IGNORECASE)]  # fmt: skip


def test_links():
    assert shown("[밖](https://a.b)") == '<p><a href="https://a.b" rel="noopener">밖</a></p>'
    assert shown("[종이](files/sheet.pdf)") == '<p><a href="asset:lessons/a/files/sheet.pdf">종이</a></p>'
    assert shown("[수업](lesson:a)") == '<p><a href="lesson:a">수업</a></p>'
    assert shown("[없음](nothing.pdf)") == '<p><a href="#">없음</a></p>'


def test_images_and_figures():
    assert shown("글 ![그림](images/x.svg)") == (
        '<p>글 <img src="asset:lessons/a/images/x.svg" alt="그림" loading="lazy"></p>'
    )
    assert shown('![그림](images/x.svg "설명")') == (
        '<figure><img src="asset:lessons/a/images/x.svg" alt="그림" loading="lazy"><figcaption>설명</figcaption></figure>'
    )


def test_tables_scroll_and_have_names_of_their_own():
    table = "| 가 | 나 |\n|:-:|--:|\n| 1 | 2 |\n"
    found = shown(f"{table}\n{table}", "en")
    assert '<div class="scroll table" tabindex="0" role="region" aria-label="Table 1"><table>' in found
    assert 'aria-label="Table 2"' in found
    assert '<th class="c">가</th>' in found
    assert '<td class="n">2</td>' in found
    assert "style" not in found


def test_labels_count_on_across_the_sections_of_a_page():
    table = "| 가 |\n|---|\n| 1 |\n"
    found = html_of(read(f"## 하나\n\n{table}\n## 둘\n\n{table}").page)
    assert re.findall(r'aria-label="(표 \d)"', found) == ["표 1", "표 2"]


def test_shown_code_is_coloured_by_classes():
    found = shown("```python\nx = 1  # <b>\n```")
    assert '<pre class="hl"><code><span class="n">x</span>' in found
    assert "# &lt;b&gt;" in found
    assert "style" not in found
    assert "<code>a &lt; b" in shown("```nonsense-language\na < b\n```")


def test_headings_have_ids_that_both_languages_share():
    page = read("(look)=\n## 표 `보기` $x$\n\n### 작은\n\n## 둘\n\n### 작은\n\n[위](#look)").page
    assert [(section.id, section.title) for section in page.sections] == [("look", "표 보기 x"), ("s2", "둘")]
    assert '<h3 id="s1-1">' in html_of(page)
    assert '<h3 id="s2-1">' in html_of(page)
    assert 'href="#look"' in html_of(page)
    assert 'id="look"' not in html_of(page), "the template writes the section's own heading"


def test_footnotes_definitions_and_comments():
    found = shown("글[^1] <!-- 숨김 -->\n\n% 숨김\n\n낱말\n: 뜻\n\n[^1]: 아래 글")
    assert "숨김" not in found
    assert "<dt>낱말</dt>" in found
    assert '<section class="footnotes">' in found


def test_deep_nesting_ends():
    assert len(shown(">" * 5000 + " 글")) < 10_000
    assert shown("[" * 5000)
    assert "<code>" in shown("$" + "{" * 3000 + "x" + "}" * 3000 + "$") or "<math" in shown("${x}$")


# --- what readers write themselves


def test_words_of_readers_have_no_ids_and_no_way_in():
    text = "(cell-a)=\n# 제목\n\n![그림](attachment:a.png) [안](lesson:a) [밖](https://example.org)\n\n<b id=x onclick=y()>굵게</b> $x^2$"
    html = read_prose(text, "ko")
    assert "<h2>제목</h2>" in html
    assert " id=" not in html
    assert "<b" not in html
    assert "<img" not in html
    assert "lesson:a" not in re.findall(r'href="([^"]*)"', html)
    assert 'href="https://example.org"' in html
    assert "<math" in html


@pytest.mark.parametrize(
    "text", ["", "```", "[^1]", "|a|\n|--|", "$\\frac{$", "\x00", "[a](javascript:alert(1))", ":::{note}"]
)
def test_odd_words_of_readers_do_no_harm(text: str):
    assert 'href="javascript' not in read_prose(text, "en")
