"""Markdown that staff write in a call, as safe HTML."""

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TEXT = {"p", "br", "strong", "em", "a", "code", "blockquote", "h3", "h4", "hr", "ul", "ol", "li"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}


@cache
def parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def safe_html(text: str) -> SafeString:
    """HTML of a few plain tags; raw HTML stays text, links lead to the web or to a mailbox and nowhere else."""
    # A call's own headings stand below the page's: `#` and `##` become the third level.
    html = parser().render(text)
    for level in ("1", "2"):
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    clean = nh3.clean(html, tags=TEXT | TABLES, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308  # cleaned one line above
