"""The JSON-LD contexts of badges: read from this folder, checked against what was published, never fetched.

They are other people's documents, so they are not in the repository: `frontend/contexts.mjs` copies them from locked
packages when the site is built.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from saem.lib.credentials.errors import ContextsMissingError, UnreadableError

FOLDER = Path(__file__).parent / "published"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


class Published(NamedTuple):
    """A file, and the SHA-256 of the published document with sorted keys and without white space."""

    file: str
    digest: str


# W3C publishes 59955ced… for the bytes of the first; without white space these are the digests of W3C's and 1EdTech's.
CONTEXTS = {
    CREDENTIALS: Published("credentials-2.0.json", "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": Published(
        "open-badges-3.0.2.json", "bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c"
    ),
    OPEN_BADGES: Published(
        "open-badges-3.0.3.json", "c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99"
    ),
}


@cache
def context(url: str) -> dict[str, Any]:
    """The document at this address, from our own folder.

    Raises ContextsMissingError where it was not built or is not the published one, UnreadableError for another address.
    """
    if url not in CONTEXTS:
        raise UnreadableError("unknown_context", url)
    published = CONTEXTS[url]
    try:
        found: dict[str, Any] = json.loads((FOLDER / published.file).read_bytes())
    except (OSError, ValueError) as error:
        raise ContextsMissingError(f"{published.file} was not built: run `make site`") from error
    if digest(found) != published.digest:
        raise ContextsMissingError(f"{published.file} is not the document that was published at {url}")
    return found


def digest(document: object) -> str:
    """SHA-256 of a JSON document that does not depend on white space or the order of keys."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def missing_contexts() -> tuple[str, ...]:
    """The files that are not there or not what they should be; empty where badges can be issued and checked."""
    return tuple(published.file for url, published in CONTEXTS.items() if not _is_there(url))


def _is_there(url: str) -> bool:
    try:
        return bool(context(url))
    except ContextsMissingError:
        return False
