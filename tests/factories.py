"""Plain functions that make rows; defaults never surprise, what a test is about stands in the test."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from arbeitsmittel.kennung import parse_kennung
from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf
from portal.history import acting_as
from portal.models import Benutzer
from portal.provisioning import system_actor
from weisungen.models import Aufhebung, Weisung, Zitat, slug_of

LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)
PDF = b"%PDF-1.7 test"


def make_person(username: str = "person", *, role: str | None = None, **fields: Any) -> Benutzer:
    with acting_as(system_actor(), "Test"):
        person = Benutzer.objects.create_user(username=username, password="geheim", **fields)
        if role:
            person.groups.add(Group.objects.get(name=role))
    return person


def make_arbeitsmittel(kennung: str = "GLF SC 3.001a") -> Arbeitsmittel:
    parsed = parse_kennung(kennung)
    with acting_as(system_actor(), "Test"):
        return Arbeitsmittel.objects.get_or_create(
            slug=parsed.slug, defaults={"art": parsed.art, "bezeichnung": parsed.bezeichnung}
        )[0]


@transaction.atomic
def make_fassung(
    kennung: str = "GLF SC 3.001a",
    stand: str = "2024-01-02",
    *,
    text: str = "<p>Begrüßung und Anliegen klären.</p>",
    published: bool = True,
    withdrawn: str = "",
    only_stand: bool = False,
    **fields: Any,
) -> Fassung:
    """A Fassung as it lies in the database; `published` without the way through portal publishing."""
    actor = system_actor()
    values: dict[str, Any] = {
        "titel": "Erstkontakt",
        "inhalt": text,
        "aenderungshinweis": "Erste Fassung",
        "aenderungsart": "fachlich",
    }
    if only_stand:
        values = {"quelle": "gedruckt in Weisung 202305004"}
    if published or only_stand:
        values |= {"veroeffentlicht_am": LONG_AGO, "veroeffentlicht_von": actor}
    if withdrawn:
        values |= {"zurueckgezogen_am": LONG_AGO, "zurueckgezogen_von": actor, "zurueckgezogen_grund": withdrawn}
    arbeitsmittel = make_arbeitsmittel(kennung)
    with acting_as(actor, "Test"):
        fassung = Fassung.objects.create(
            arbeitsmittel=arbeitsmittel, stand=date.fromisoformat(stand), **(values | fields)
        )
    if fassung.veroeffentlicht_am and fassung.inhalt:
        FassungPdf.objects.create(fassung=fassung, inhalt=PDF, sha256=hashlib.sha256(PDF).hexdigest())
    return fassung


def make_weisung(
    nummer: str = "202305004",
    *,
    typ: str = "weisung",
    datum: str = "2023-05-12",
    published: bool = True,
    cites: tuple[str, ...] = (),
    repeals: tuple[str, ...] = (),
    **fields: Any,
) -> Weisung:
    """A Weisung; `cites` are Kennungen (recorded in section 2), `repeals` numbers of other Weisungen."""
    actor = system_actor()
    day = date.fromisoformat(datum)
    values: dict[str, Any] = {
        "titel": "Beispiel einer Weisung",
        "datum": day,
        "gueltig_ab": day,
        "sgb_iii": "weisung",
        "auftrag_und_ziel": f"<p>Es gelten {', '.join(cites)}.</p>" if cites else "<p>Text.</p>",
    }
    with acting_as(actor, "Test"):
        weisung = Weisung.objects.create(typ=typ, nummer=nummer, slug=slug_of(typ, nummer), **(values | fields))
        for number, kennung in enumerate(cites, start=1):
            Zitat.objects.create(
                weisung=weisung,
                arbeitsmittel=make_arbeitsmittel(kennung),
                reihenfolge=number,
                abschnitt=2,
                beleg=kennung,
                position=0,
                stand_bei_erlass=day,
            )
        for number, ziel in enumerate(repeals, start=1):
            Aufhebung.objects.create(
                weisung=weisung, reihenfolge=number, text=f"Weisung {ziel}", ziel_typ="weisung", ziel_nummer=ziel
            )
        if published:
            weisung.veroeffentlicht_am, weisung.veroeffentlicht_von = LONG_AGO, actor
            weisung.save()
    return weisung
