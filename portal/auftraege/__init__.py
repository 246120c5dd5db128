"""Work that takes longer than a request: asked for on a page, done in the background, fetched as a file.

`registry` names what can be asked for, `ordering` asks for it, `running` does it, `model` keeps request and file for a
day. One at a time for each process of the server; whoever runs one holds a lock that the database gives back when the
process dies, so that nobody waits for a dead one.
"""

from portal.auftraege.model import Auftrag, Zustand
from portal.auftraege.ordering import TooManyOpen, has_died, of_person, order
from portal.auftraege.registry import File, Progress, Refused, job
from portal.auftraege.running import wake

__all__ = [
    "Auftrag", "File", "Progress", "Refused", "TooManyOpen", "Zustand", "has_died", "job", "of_person", "order", "wake",
]  # fmt: skip
