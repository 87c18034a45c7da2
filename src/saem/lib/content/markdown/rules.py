"""How our kinds of token become HTML. `env["place"]` and `env["counts"]` come with the page."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound

from saem.lib.content.markdown.formulas import MathError, to_mathml
from saem.lib.content.markdown.labels import ADMONITIONS, LABELS
from saem.lib.content.markdown.places import Kind, Place

Rule = Callable[[RendererHTML, Sequence[Token], int, Any, Any], str]
_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_DIRECTIVE = re.compile(r"^\{([^}]*)\}\s*(.*)$")


def directive(info: str) -> tuple[str, str]:
    """`{note} Before you start` as ("note", "Before you start")."""
    found = _DIRECTIVE.match(info.strip())
    return (found[1].strip(), found[2].strip()) if found else ("", "")


def _label(env: Any, kind: str) -> str:
    """Counts them, as "Table 2": landmarks of one page need names that differ."""
    env["counts"][kind] += 1
    return f"{LABELS[env['place'].language][kind]} {env['counts'][kind]}"


def _scroll(env: Any, kind: str, *, role: str = "group") -> str:
    return f'<div class="scroll {kind}" tabindex="0" role="{role}" aria-label="{_label(env, kind)}">'


def table_open(_self: RendererHTML, _tokens: Sequence[Token], _at: int, _options: Any, env: Any) -> str:
    return _scroll(env, "table", role="region") + "<table>\n"


def table_close(_self: RendererHTML, _tokens: Sequence[Token], _at: int, _options: Any, _env: Any) -> str:
    return "</table></div>\n"


def code(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    language = tokens[at].info.strip().split(" ")[0]
    shown = highlight(tokens[at].content, _lexer(language), _FORMATTER)
    return f'{_scroll(env, "code")}<pre class="hl"><code>{shown}</code></pre></div>\n'


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language) if language else TextLexer()
    except ClassNotFound:
        return TextLexer()


def image(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token, place = tokens[at], _place(env)
    target = place.target(str(token.attrs.get("src", "")))
    alt = self.renderInlineAsText(token.children or [], options, env)
    if target.kind is not Kind.FILE:
        return escape(alt)
    drawing = place.drawing(target)
    if drawing is not None:
        env["counts"]["drawing"] += 1
        shown = drawing.html(alt, prefix=f"drawing{env['counts']['drawing']}-")
    else:
        shown = f'<img src="{escape(target.address)}" alt="{escape(alt)}" loading="lazy">'
    title = str(token.attrs.get("title") or "")
    # pages.py has hidden the paragraph round an image that stands alone with a title.
    if token.meta.get("figure"):
        return f"<figure>{shown}<figcaption>{escape(title)}</figcaption></figure>\n"
    return shown


def link_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    target = _place(env).target(str(token.attrs.get("href", "")))
    token.attrs["href"] = target.address or "#"
    if target.kind is Kind.OUTSIDE:
        token.attrs["rel"] = "noopener"
    return self.renderToken(tokens, at, options, env)


def math_inline(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    return _math(tokens[at].content, block=False)


def math_display(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """Within a paragraph, where no scrolling box may stand."""
    return _math(tokens[at].content, block=True)


def math_block(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    return f"{_scroll(env, 'math')}{_math(tokens[at].content, block=True)}</div>\n"


def _math(tex: str, *, block: bool) -> str:
    try:
        return to_mathml(tex.strip(), block=block)
    except MathError:
        return f"<code>{escape(tex)}</code>"


def block_open(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    name, title = directive(tokens[at].info)
    name = name if name in ADMONITIONS else "note"
    shown = title or LABELS[env["place"].language][name]
    return f'<div class="admonition {name}"><p class="admonition-title">{escape(shown)}</p>\n'


def block_close(_self: RendererHTML, _tokens: Sequence[Token], _at: int, _options: Any, _env: Any) -> str:
    return "</div>\n"


def html(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    return "" if is_comment(tokens[at]) else escape(tokens[at].content)


def is_comment(token: Token) -> bool:
    return token.content.lstrip().startswith("<!--")


def label(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    token = tokens[at]
    return "" if "taken" in token.meta else f'<span id="{escape(token.content)}"></span>'


def nothing(_self: RendererHTML, _tokens: Sequence[Token], _at: int, _options: Any, _env: Any) -> str:
    return ""


def _place(env: Any) -> Place:
    place: Place = env["place"]
    return place


RULES: Mapping[str, Rule] = {
    "table_open": table_open,
    "table_close": table_close,
    "fence": code,
    "code_block": code,
    "image": image,
    "link_open": link_open,
    "math_inline": math_inline,
    "math_inline_double": math_display,
    "math_block": math_block,
    "math_block_label": math_block,
    "container_block_open": block_open,
    "container_block_close": block_close,
    "html_block": html,
    "html_inline": html,
    "myst_target": label,
    "myst_line_comment": nothing,
    "myst_block_break": nothing,
}
