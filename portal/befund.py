"""What a check finds: named passage, what is wrong, what to do (issue 3, "Checks"). Pure, no Django.

A check is a table of rules: small functions that get what is known about one row and yield findings.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

Schwere = Literal["fehler", "warnung", "hinweis"]
RANG: dict[Schwere, int] = {"fehler": 0, "warnung": 1, "hinweis": 2}
_LONGEST_KEY = 200
_CONTEXT = 45  # characters on each side of a quoted passage


@dataclass(frozen=True)
class Befund:
    """One finding. `fehler` blocks, `warnung` needs a reason that is kept, `hinweis` only tells.

    `stelle` names the field or what stands in the passage (a Kennung, the changed words), never the whole sentence:
    with `code` it is the key under which a reason is kept, and that must hold while the sentence around it changes.
    """

    code: str
    schwere: Schwere
    stelle: str
    text: str
    rat: str

    @property
    def schluessel(self) -> str:
        """At most 200 characters; longer ones end in a checksum, so that two of them never fall together."""
        key = f"{self.code}:{self.stelle}"
        if len(key) <= _LONGEST_KEY:
            return key
        digest = hashlib.sha256(key.encode()).hexdigest()[:12]
        return f"{key[: _LONGEST_KEY - 13]}~{digest}"


Subject = TypeVar("Subject")
Rule = Callable[[Subject], Iterable[Befund]]


def collect(rules: Iterable[Rule[Subject]], subject: Subject) -> list[Befund]:
    """Return what the rules find, errors first, else in the order of the rules; of one key only the gravest."""
    found = sorted((befund for rule in rules for befund in rule(subject)), key=lambda befund: RANG[befund.schwere])
    first: dict[str, Befund] = {}
    for befund in found:
        first.setdefault(befund.schluessel, befund)
    return list(first.values())


def blocking(findings: Iterable[Befund], begruendungen: Mapping[str, str]) -> list[Befund]:
    """Return the findings that hold a release up: errors, and warnings without a reason."""
    return [befund for befund in findings if befund.schwere != "hinweis" and not answered(befund, begruendungen)]


def answered(befund: Befund, begruendungen: Mapping[str, str]) -> bool:
    """Whether a reason was given for a warning; nothing answers an error."""
    return befund.schwere == "warnung" and bool(begruendungen.get(befund.schluessel, "").strip())


def kept_reasons(findings: Iterable[Befund], begruendungen: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that answer a warning which is there; the others are left out."""
    keys = {befund.schluessel for befund in findings if befund.schwere == "warnung"}
    return {key: text.strip() for key, text in begruendungen.items() if key in keys and text.strip()}


def passage(text: str, start: int, end: int) -> str:
    """Return text[start:end] with some whole words of its line around it, `…` where the line goes on."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    before, after = text[max(line_start, start - _CONTEXT) : start], text[end : min(line_end, end + _CONTEXT)]
    if start - _CONTEXT > line_start:
        before = "… " + before.partition(" ")[2]
    if end + _CONTEXT < line_end:
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{text[start:end]}{after}".split())
