"""What a learner writes, as safe HTML for pages and as plain text for documents."""

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# No headings, tables or pictures: a reflection is a text of a few paragraphs below headings of ours.
TAGS = {"p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@cache
def parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def safe_html(text: str) -> SafeString:
    """Paragraphs, lists, emphasis, code and links to the web; raw HTML stays text, a heading is a bold paragraph."""
    html = parser().render(text)
    for level in HEADINGS:
        html = html.replace(f"<{level}>", "<p><strong>").replace(f"</{level}>", "</strong></p>")
    # Nobody vouches for these links: search engines are told so, and no address of ours goes along.
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer ugc",
    )
    return mark_safe(clean)  # noqa: S308  # cleaned one line above


def plain_text(text: str) -> str:
    """The words without the signs of Markdown, a line for each paragraph."""
    lines: list[str] = []
    for token in parser().parse(text):
        if token.type == "inline":
            lines.append("".join(inner.content if inner.type in {"text", "code_inline"} else line_end(inner.type)
                                 for inner in token.children or []))  # fmt: skip
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.rstrip("\n"))
    return "\n".join(line for line in lines if line.strip())


def line_end(kind: str) -> str:
    return "\n" if kind in {"softbreak", "hardbreak"} else ""
