"""The ZIP: stored without compression, every byte of it determined by its files, with a manifest of their checksums.

Nothing is compressed so that the checker, with nothing but the standard library, can say of every single byte of the
container what it must be. What weighs in a dossier are PDF files, which do not become smaller anyway.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from portal.auftraege import Refused

MANIFEST = "MANIFEST.txt"
LARGEST = 2_000_000_000  # bytes; beyond 4 GB a ZIP has another form
MOST = 60_000  # files
TOO_LARGE = "Das Dossier wird größer als 2 GB. Bitte die Administration verständigen."
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")


class Archiv:
    """Files go in one by one; `close` adds the manifest. All carry the moment at which the dossier was asked for."""

    def __init__(self, file: BinaryIO, moment: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.moment = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second // 2 * 2)
        self._sums: dict[str, str] = {}
        self._size = 0

    def add(self, name: str, content: bytes | str) -> str:
        """Add a file, and return its SHA-256."""
        return self.add_lines(name, [content])

    def add_lines(self, name: str, lines: Iterable[bytes | str]) -> str:
        """Add a file piece by piece, and return its SHA-256. Raises ValueError for a name that is not plain."""
        if not _NAME.fullmatch(name) or name in self._sums or ".." in name:
            raise ValueError(f"no name for a file of a dossier: {name!r}")
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name, self.moment)
        info.create_system, info.external_attr = 3, 0o644 << 16
        with self._zip.open(info, "w") as target:
            for line in lines:
                piece = line.encode() if isinstance(line, str) else line
                self._size += len(piece)
                if self._size > LARGEST or len(self._sums) > MOST:
                    raise Refused(TOO_LARGE)
                digest.update(piece)
                target.write(piece)
        self._sums[name] = digest.hexdigest()
        return self._sums[name]

    def close(self) -> None:
        """Add the manifest and end the file."""
        lines = [f"{checksum}  {name}\n" for name, checksum in sorted(self._sums.items())]
        self.add_lines(MANIFEST, lines)
        self._zip.close()
