"""The Markdown dialect: CommonMark, tables, footnotes, definition lists, `$…$`, `:::{note}`, `(label)=`."""

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from saem.lib.content.markdown import emphasis
from saem.lib.content.markdown.rules import RULES


@cache
def parser() -> MarkdownIt:
    """One for the process: parsing keeps its state in `env`, which each page brings along."""
    # Raw HTML is parsed so that it can be reported; the rules never let it through.
    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    md.use(container_plugin, "block", validate=_is_directive)
    md.use(footnote_plugin).use(deflist_plugin).use(myst_block_plugin)
    md.inline.ruler.at("emphasis", emphasis.tokenize)
    for name, rule in RULES.items():
        md.add_render_rule(name, rule)
    return md


def _is_directive(params: str, _markup: str) -> bool:
    return params.strip().startswith("{")
