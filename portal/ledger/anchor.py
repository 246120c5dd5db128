"""The head of the chain, signed, to be kept outside: only with it a record is found that was cut off or wound back.

A line of an anchor file is a JSON object. The signature says that this portal wrote it (HMAC with its secret key); that
the file itself is kept where nobody of the portal can write is the task of who keeps it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from portal.ledger.entries import utc
from portal.ledger.model import Eintrag
from portal.ledger.verify import Mangel


class AnchorUnreadable(ValueError):
    """A line is no anchor; the message is one German sentence."""


@dataclass(frozen=True)
class Anchor:
    """Up to which entry the chain went at a moment, and its checksum then."""

    nummer: int
    hash: str
    am: str
    signatur: str = ""

    def signed(self) -> "Anchor":
        return Anchor(self.nummer, self.hash, self.am, _signer().signature(self._said()))

    def is_ours(self) -> bool:
        """Whether this portal signed it, with its key of today or one of those before."""
        try:
            _signer().unsign(f"{self._said()}{_signer().sep}{self.signatur}")
        except BadSignature:
            return False
        return True

    def line(self) -> str:
        return json.dumps(asdict(self))

    def _said(self) -> str:
        return f"{self.nummer} {self.hash} {self.am}"


def head(now: datetime) -> Anchor:
    """Return the signed head of the chain; of an empty one number 0 and no checksum."""
    newest = Eintrag.objects.order_by("-nummer").values_list("nummer", "hash").first() or (0, "")
    return Anchor(*newest, am=utc(now)).signed()


def read_anchors(lines: Iterable[str]) -> list[Anchor]:
    """Return the anchors of a file, in its order. Raises AnchorUnreadable, with the number of the line."""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            anchor = Anchor(**given)
        except (ValueError, TypeError, RecursionError):
            raise AnchorUnreadable(f"Zeile {number} der Ankerdatei ist kein Anker.") from None
        if type(anchor.nummer) is not int or not all(_is_plain(v) for k, v in given.items() if k != "nummer"):
            raise AnchorUnreadable(f"Zeile {number} der Ankerdatei ist kein Anker.")
        found.append(anchor)
    if not found:
        raise AnchorUnreadable("Die Ankerdatei enthält keinen Anker.")  # else an empty file would prove everything
    return found


def _is_plain(value: object) -> bool:
    """Whether it is a text of ASCII, as all that an anchor says is."""
    return isinstance(value, str) and value.isascii()


def check_anchors(anchors: Iterable[Anchor]) -> Iterator[Mangel]:
    """The chain still holds what each anchor saw: nothing was cut off, exchanged, or restored from an older backup."""
    for anchor in anchors:
        where = f"Anker vom {anchor.am} (Eintrag {anchor.nummer})"
        if not anchor.is_ours():
            yield Mangel(where, "die Unterschrift ist nicht die dieses Portals")
        elif anchor.nummer:
            found = Eintrag.objects.filter(nummer=anchor.nummer).values_list("hash", flat=True).first()
            if found is None:
                yield Mangel(where, "der Eintrag fehlt: die Kette ist kürzer als damals")
            elif found != anchor.hash:
                yield Mangel(where, "der Eintrag ist nicht der von damals")


def _signer() -> Signer:
    return Signer(salt="portal.ledger.anchor")
