"""Many documents: side by side in processes, in order, with never more than a few chunks in memory."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from saem.lib.credentials.certificates.documents import Document
from saem.lib.credentials.certificates.errors import DocumentError
from saem.lib.credentials.certificates.rendering import render

# Large enough that sending costs nothing beside typesetting, small enough that progress moves every fifth of a second.
CHUNK = 16
# Chunks that wait or are done beyond the one that each process works on.
AHEAD = 2

Progress = Callable[[int], None]
_Made = tuple[list[bytes], DocumentError | None]


def render_many(
    documents: Iterable[Document], *, fonts: Path, workers: int = 1, progress: Progress | None = None
) -> Iterator[bytes]:
    """The PDFs in the order of `documents`, each equal to what `render` gives; documents are taken as they are needed.

    `workers` is the number of processes; with one, everything happens in this process. `progress` is told how many are
    done after each. A document that cannot be made raises its DocumentError in its turn: those before it have come.
    """
    made = _here(documents, fonts) if workers <= 1 else _in_processes(documents, fonts, workers)
    for done, pdf in enumerate(made, start=1):
        if progress is not None:
            progress(done)
        yield pdf


def _here(documents: Iterable[Document], fonts: Path) -> Iterator[bytes]:
    return (render(document, fonts=fonts) for document in documents)


def _in_processes(documents: Iterable[Document], fonts: Path, workers: int) -> Iterator[bytes]:
    """Spawned, because a web server's threads must not be forked."""
    waiting: deque[Future[_Made]] = deque()
    remaining = iter(documents)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            while True:
                while len(waiting) < workers + AHEAD and (chunk := list(islice(remaining, CHUNK))):
                    waiting.append(pool.submit(_chunk, chunk, fonts))
                if not waiting:
                    return
                yield from _received(waiting.popleft().result())
        finally:
            # Whoever stops listening, or an error, ends the work that nobody will read.
            pool.shutdown(cancel_futures=True)


def _received(made: _Made) -> Iterator[bytes]:
    pdfs, error = made
    yield from pdfs
    if error is not None:
        raise error


def _chunk(documents: list[Document], fonts: Path) -> _Made:
    pdfs: list[bytes] = []
    try:
        pdfs.extend(render(document, fonts=fonts) for document in documents)
    except DocumentError as error:
        return pdfs, error
    return pdfs, None
