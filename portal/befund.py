"""What a check finds: named passage, what is wrong, what to do (issue 3, "Checks"). Pure, no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Schwere = Literal["fehler", "warnung", "hinweis"]


@dataclass(frozen=True)
class Befund:
    """One finding. `fehler` blocks, `warnung` needs a reason that is kept, `hinweis` only tells.

    `stelle` names the field or quotes the passage; with `code` it is the key under which a reason is kept.
    """

    code: str
    schwere: Schwere
    stelle: str
    text: str
    rat: str

    @property
    def schluessel(self) -> str:
        return f"{self.code}:{self.stelle}"[:200]


def blocking(findings: Iterable[Befund], begruendungen: Mapping[str, str]) -> list[Befund]:
    """Return the findings that hold a release up: errors, and warnings without a reason."""
    return [
        befund
        for befund in findings
        if befund.schwere == "fehler"
        or (befund.schwere == "warnung" and not begruendungen.get(befund.schluessel, "").strip())
    ]


def kept_reasons(findings: Iterable[Befund], begruendungen: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that answer a warning which is there; the others are left out."""
    keys = {befund.schluessel for befund in findings if befund.schwere == "warnung"}
    return {key: text.strip() for key, text in begruendungen.items() if key in keys and text.strip()}
