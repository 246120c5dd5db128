"""Plain functions that make rows; defaults never surprise, what a test is about stands in the test."""

import hashlib
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from arbeitsmittel.kennung import parse_kennung
from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf
from portal.freigabe import checksum
from portal.history import acting_as
from portal.models import Benutzer
from portal.provisioning import system_actor
from portal.stichtag import Stichtag, on_day
from weisungen.models import Aufhebung, Umsetzung, Weisung, Zitat, slug_of

LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)
PDF = b"%PDF-1.7 test"


def on(day: str | date) -> Stichtag:
    """Return the Stichtag of somebody who asks now for what applies on a day."""
    return on_day(date.fromisoformat(day) if isinstance(day, str) else day, timezone.now())


def settle() -> None:
    """Fire what waits for the commit, which most tests never reach: the commit guard and the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def at_once(trigger: str) -> str:
    """Return SQL that lets one trigger fire at each statement, while the others go on waiting for the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE %s", [f"pgtrigger\\_{trigger}\\_%"])
        names = ", ".join(name for (name,) in cursor.fetchall())
    return f"SET CONSTRAINTS ALL DEFERRED; SET CONSTRAINTS {names} IMMEDIATE"


@transaction.atomic
def make_person(username: str = "person", *, role: str | None = None, **fields: Any) -> Benutzer:
    with acting_as(system_actor(), "Test"):
        person = Benutzer.objects.create_user(username=username, password="geheim", **fields)
        if role:
            person.groups.add(Group.objects.get(name=role))
    return person


@transaction.atomic
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
        values |= {"weg": "uebernahme", **_published(actor)}
    arbeitsmittel = make_arbeitsmittel(kennung)
    with acting_as(actor, "Test"):
        fassung = Fassung.objects.create(
            arbeitsmittel=arbeitsmittel, stand=date.fromisoformat(stand), **({"verfasst_von": actor} | values | fields)
        )
        if published and not only_stand:
            publish(fassung, min(LONG_AGO, _noon(fassung.stand)), withdrawn=withdrawn)
    return fassung


@transaction.atomic
def check(row: Fassung | Weisung, now: datetime = LONG_AGO) -> Benutzer:
    """Take a draft to the approval as the database wants it, with a file that is none; return who approved."""
    checker = second_person()
    with acting_as(row.verfasst_von, "Test"):
        row.vorgelegt_am, row.vorgelegt_von, row.pruefsumme = now, row.verfasst_von, checksum(row)
        row.save()
        row.pruefdrucke.create(pruefsumme=row.pruefsumme, inhalt=PDF, sha256=hashlib.sha256(PDF).hexdigest())
    with acting_as(checker, "Test"):
        row.geprueft_am, row.geprueft_von = now, checker
        row.save()
    return checker


@transaction.atomic
def publish(row: Fassung | Weisung, now: datetime = LONG_AGO, *, withdrawn: str = "", **fields: Any) -> None:
    """Take a draft through all steps as the database wants them, with a file that is none."""
    checker = check(row, now)
    with acting_as(checker, "Test"):
        released = {"weg": "pruefung", **_published(checker, now), **fields}
        if withdrawn:
            released |= {"zurueckgezogen_am": released["sichtbar_ab"], "zurueckgezogen_von": checker}
            released |= {"zurueckgezogen_art": "irrtum", "zurueckgezogen_grund": withdrawn}
        for name, value in released.items():
            setattr(row, name, value)
        row.save()
    if isinstance(row, Fassung):
        FassungPdf.objects.create(fassung=row, inhalt=PDF, sha256=hashlib.sha256(PDF).hexdigest())


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def second_person() -> Benutzer:
    """Somebody who checks and releases what the factories wrote."""
    found = Benutzer.objects.filter(username="zweite-person").first()
    return found or make_person("zweite-person", role="Freigabe", is_active=False)


def _published(actor: Benutzer, now: datetime = LONG_AGO) -> dict[str, Any]:
    return {"veroeffentlicht_am": now, "veroeffentlicht_von": actor, "sichtbar_ab": now}


@transaction.atomic
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
        weisung = Weisung.objects.create(
            typ=typ, nummer=nummer, slug=slug_of(typ, nummer), **({"verfasst_von": actor} | values | fields)
        )
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
            publish(weisung)
    return weisung


@transaction.atomic
def make_umsetzung(weisung: Weisung, kennung: str = "GLF SC 3.001a", **fields: Any) -> Umsetzung:
    """What a Weisung announces for an Arbeitsmittel, with the Stand of its first day."""
    with acting_as(system_actor(), "Test"):
        return Umsetzung.objects.create(
            weisung=weisung,
            arbeitsmittel=make_arbeitsmittel(kennung),
            **{"soll_stand": weisung.gueltig_ab, "was": "wird angepasst", **fields},
        )
