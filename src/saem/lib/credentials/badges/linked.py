"""From a JSON-LD document to its statements, with nothing left out: what is not signed must not be shown."""

import threading
from collections.abc import Mapping
from typing import Any, Never

from pyld.jsonld import JsonLdError

from saem.lib.credentials.errors import UnreadableError

from .canonical import canonical_form
from .expansion import EXPANDER, OPTIONS
from .statements import statements

# The expander keeps contexts that it has processed, and threads must not fill that memory at once.
LOCK = threading.Lock()


def canonical_text(document: Mapping[str, Any]) -> str:
    """Canonical N-Quads of all that a screened document says.

    Raises UnreadableError: `undefined_term` for a property that no context defines, `relative_address` for an id or
    type that is no address, `bad_json_ld`, `too_complex`.
    """
    try:
        with LOCK:
            expanded = EXPANDER.expand(document, OPTIONS)
    except JsonLdError as error:
        _refuse(error)
    return canonical_form(statements(expanded))


def _refuse(error: JsonLdError) -> Never:
    raise UnreadableError("bad_json_ld", str(error.code or error.type)) from error
