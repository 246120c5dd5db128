"""What a Weisung announces and what goes live with it, as one list: cited and announced Arbeitsmittel."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from arbeitsmittel.citing import cited_texts
from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe import Schritt
from portal.stichtag import Stichtag
from weisungen.forms import AnkuendigungForm, WeitereForm
from weisungen.models import TEXT_FIELDS, Umsetzung, Weisung


@dataclass(frozen=True)
class Paketzeile:
    """One Arbeitsmittel: whether the texts cite it, what is announced, and its open draft."""

    arbeitsmittel: Arbeitsmittel
    zitiert: bool
    umsetzung: Umsetzung | None
    entwurf: Fassung | None
    form: AnkuendigungForm

    @property
    def im_paket(self) -> bool:
        return self.umsetzung is not None and self.umsetzung.im_paket

    @property
    def fassung(self) -> Fassung | None:
        """What is in the package, or could be put into it."""
        return self.umsetzung.fassung if self.im_paket else self.entwurf

    @property
    def anderswo(self) -> bool:
        """Whether the draft belongs to the package of another Weisung."""
        return self.entwurf is not None and self.entwurf.anderes_paket is not None and not self.im_paket


@dataclass(frozen=True)
class Paket:
    """The list, and the form for an Arbeitsmittel that the texts do not cite."""

    zeilen: list[Paketzeile]
    weitere: WeitereForm
    fingerabdruck: str  # of what is stored; the page sends it back with the list

    @property
    def mitglieder(self) -> list[Paketzeile]:
        return [zeile for zeile in self.zeilen if zeile.im_paket]

    @property
    def angekuendigt(self) -> list[Paketzeile]:
        return [zeile for zeile in self.zeilen if zeile.umsetzung is not None]

    @property
    def ungeprueft(self) -> int:
        """How many members nobody has checked yet."""
        return sum(zeile.fassung.schritt in (Schritt.ENTWURF, Schritt.IN_PRUEFUNG) for zeile in self.mitglieder)

    @property
    def gueltig(self) -> bool:
        wrong = [form for form in (self.weitere, *(zeile.form for zeile in self.zeilen)) if form.errors]
        return not wrong  # all of them are looked at, so that all complain at once


def package_of(weisung: Weisung, stichtag: Stichtag, data: QueryDict | None = None) -> Paket:
    """Return the list for a Weisung; four queries, however long it is. `data` are the forms as they were sent."""
    rows = weisung.umsetzungen.filter(gestrichen=False).select_related("arbeitsmittel", "fassung__arbeitsmittel")
    by_key = {row.arbeitsmittel_id: row for row in rows}
    cited = _cited_slugs(weisung)
    concerned = Q(pk__in=by_key) | Q(slug__in=cited)
    found = list(Arbeitsmittel.objects.filter(concerned).with_current(stichtag).in_order())
    drafts = _drafts(found, weisung)
    zeilen = [
        Paketzeile(
            one,
            one.slug in cited,
            by_key.get(one.pk),
            drafts.get(one.pk),
            _form(weisung, one, by_key.get(one.pk), data),
        )
        for one in found
    ]
    stored = fingerprint(weisung, rows)
    return Paket(zeilen, WeitereForm(data, prefix="weitere", initial={"liste": stored}), stored)


def fingerprint(weisung: Weisung, announced: Iterable[Umsetzung]) -> str:
    """Return what changes with the Weisung and with what it announces, which its version does not count."""
    listed = sorted([row.pk, row.soll_stand.isoformat(), row.was, row.im_paket, row.fassung_id] for row in announced)
    return hashlib.sha256(json.dumps([weisung.version, listed]).encode()).hexdigest()


def _cited_slugs(weisung: Weisung) -> set[str]:
    texts = cited_texts([getattr(weisung, name) for name in TEXT_FIELDS])
    return {kennung.slug for text in texts for kennung in text.kennungen}


def _drafts(found: Iterable[Arbeitsmittel], weisung: Weisung) -> dict[int, Fassung]:
    """Return the open draft of each; `anderes_paket` is the Weisung with which it goes live, if not with this one."""
    open_ones = Fassung.objects.drafts().filter(arbeitsmittel__in=[one.pk for one in found])
    drafts = {draft.arbeitsmittel_id: draft for draft in open_ones.select_related("arbeitsmittel").without_text()}
    taken = Umsetzung.objects.filter(fassung__in=list(drafts.values()), im_paket=True, gestrichen=False)
    others = {row.fassung_id: row.weisung for row in taken.exclude(weisung=weisung).select_related("weisung")}
    for draft in drafts.values():
        draft.anderes_paket = others.get(draft.pk)
    return drafts


def _form(
    weisung: Weisung, arbeitsmittel: Arbeitsmittel, umsetzung: Umsetzung | None, data: QueryDict | None
) -> AnkuendigungForm:
    initial = {"aendert": umsetzung is not None, "soll_stand": weisung.gueltig_ab}
    if umsetzung is not None:
        initial |= {"soll_stand": umsetzung.soll_stand, "was": umsetzung.was}
    prefix = f"am{arbeitsmittel.pk}"
    # A box without a tick sends nothing, so the field that each line has says whether the sender saw the line at all.
    shown = data is not None and f"{prefix}-was" in data
    return AnkuendigungForm(data if shown else None, prefix=prefix, initial=initial)
