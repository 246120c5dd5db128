"""Any two Fassungen or Weisungen side by side, drafts included for those who may see them.

Everybody who reads content may compare; each side is looked up with the rights of whoever asks.
"""

from dataclasses import dataclass, field

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.pages.revision.comparing import NotComparable, compared
from portal.pages.revision.sides import Row, key_of, label_of, name_of, row_or_404, versions_of


@dataclass
class Seite:
    """One side of the chooser: what was typed, the versions to choose from, and the chosen one."""

    kuerzel: str
    titel: str
    eingabe: str
    gewaehlt: Row | None
    versionen: list[tuple[str, str]] = field(default_factory=list)

    @property
    def schluessel(self) -> str:
        """The chosen version; before anything is chosen the newest one, on the left the one before it."""
        if self.gewaehlt or not self.versionen:
            return key_of(self.gewaehlt) if self.gewaehlt else ""
        return self.versionen[:2][-1 if self.kuerzel == "a" else 0][0]

    @property
    def unbekannt(self) -> bool:
        return bool(self.eingabe) and not self.versionen


@require_safe
@permission_required("arbeitsmittel.view_fassung", raise_exception=True)
def vergleich(request: HttpRequest) -> HttpResponse:
    """`?a=fassung-1&b=fassung-2`; `von` and `zu` name the objects whose versions the chooser offers."""
    old = _side(request, "a", "von", "Bisher")
    new = _side(request, "b", "zu", "Neu", otherwise=old.eingabe)
    result, fault = None, ""
    if old.gewaehlt and new.gewaehlt:
        try:
            result = compared(old.gewaehlt, new.gewaehlt)
        except NotComparable as refusal:
            fault = str(refusal)
    context = {"seiten": [old, new], "vergleich": result, "fehler": fault}
    return render(request, "revision/vergleich.html", context)


def _side(request: HttpRequest, key: str, name: str, titel: str, *, otherwise: str = "") -> Seite:
    chosen = row_or_404(request.GET.get(key, ""), request.user, request.stichtag)
    text = request.GET.get(name, "").strip() or (name_of(chosen) if chosen else otherwise)
    rows = versions_of(text, request.user, request.stichtag)
    if chosen not in rows:  # another object was typed since it was chosen
        chosen = None
    if len(rows) == 1:
        chosen = chosen or row_or_404(key_of(rows[0]), request.user, request.stichtag)
    return Seite(key, titel, text[:200], chosen, [(key_of(row), label_of(row)) for row in rows])
