"""Items as the YAML that an author would write."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from saem.lib.content.documents import read_document

Entry = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's own signature
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # PyYAML's own signature
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Bare where that reads back as the same text, in quotes otherwise; lines as lines."""
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    bare = text.isidentifier() or text.replace("-", "").replace("_", "").isalnum()
    read = read_document("", text)[0].value if bare else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if read == text else '"')


_Dumper.add_representer(str, _text)


def items_yaml(items: Sequence[Mapping[str, Any]]) -> str:
    """A file of `items`, one below the other with a line between them."""
    written = (
        yaml.dump([dict(each)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110) for each in items
    )
    return "\n".join(written)


def document_yaml(document: Mapping[str, Any]) -> str:
    """One mapping as a file."""
    return yaml.dump(dict(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
