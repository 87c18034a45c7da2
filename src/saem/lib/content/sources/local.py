"""`file:<path>`: a CSV inside the program's own folder."""

from saem.lib.content.codes import Code
from saem.lib.content.errors import SourceError
from saem.lib.content.model import DataSource
from saem.lib.content.sources.reading import Reading, read_raw
from saem.lib.content.sources.tables import Table


def names() -> tuple[str, ...]:
    return ()


def read(source: DataSource, _reading: Reading) -> Table:
    path = (source.folder / source.rest).resolve()
    if not path.is_relative_to(source.folder.resolve()) or not path.is_file():
        raise SourceError(Code.SOURCE_FILE, path=source.rest)
    return read_raw(path.read_bytes(), source)
