"""How much somebody may upload: counted while it comes in, so that no large file is ever kept, in memory or on disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MAX_UPLOAD = 10_000_000  # bytes of one file


class CappedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers and passes a file on until it is too large; then the rest is let go by.

    The connection stays, so that the person reads a sentence and no error of the browser. `too_large` tells.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > MAX_UPLOAD:
            self._skip()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is made by the handlers behind this one."""

    def _skip(self) -> None:
        fields = getattr(self.request, "_too_large", frozenset())
        self.request._too_large = fields | {self.field_name}
        raise SkipFile


def too_large(request: HttpRequest, field: str) -> bool:
    """Return whether a file was sent in this field and let go by for its size."""
    return field in getattr(request, "_too_large", ())
