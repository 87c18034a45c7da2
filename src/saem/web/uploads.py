"""Takes in one file while counting its bytes: what is too large is neither kept in memory nor on disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

# Beyond this many times the limit we hang up instead of reading on politely until the sender has finished.
PATIENCE = 20


class LimitedUpload(FileUploadHandler):
    """Keeps a small file in memory; of a large one only the fact that it was too large.

    The rest of a large upload is read and dropped, because a browser whose connection is cut off shows its own
    error instead of our sentence.
    """

    def __init__(self, request: HttpRequest, *, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.received = 0
        self._parts: list[bytes] = []

    @property
    def is_too_large(self) -> bool:
        return self.received > self.limit

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._parts = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's signature
        self.received += len(raw_data)
        if not self.is_too_large:
            self._parts.append(raw_data)
            return
        self._parts.clear()
        if self.received > self.limit * PATIENCE:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self.is_too_large:
            return None
        return InMemoryUploadedFile(
            BytesIO(b"".join(self._parts)),
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )
