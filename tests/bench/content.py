"""Content of any size: the same kind of Arbeitsmittel, Fassungen and Weisungen, only more of them.

Rows are written in bulk, without history and past the guards (which only the owner of a database can switch off),
because no measured page reads history. Every row follows from its number, so the Arbeitsmittel that is measured is the
same at every size.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from arbeitsmittel.kennung import Art, Kennung
from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf
from portal.provisioning import system_actor
from tests.bench.wording import RARE, emb_names, script
from weisungen.models import Weisung, Zitat, slug_of

STAENDE = 4  # per Arbeitsmittel
CURRENT_SIZE, EARLIER_SIZE = 6_000, 2_000  # characters; earlier ones are shorter only to fill the database sooner
MEASURED = 2  # GLF SC 3.001 is the third one; 1.001 and 2.001 are its siblings
CITING = 3  # Weisungen that cite it
CITATIONS = 35  # of the Weisung that is measured, as many as the published one has
MEASURED_WEISUNG = "202605035"
_PER_TRANSACTION = 200
_PDF = b"%PDF-1.7 Messung"
PDF_SHA256 = hashlib.sha256(_PDF).hexdigest()
_EMB = emb_names()


def kennung(number: int) -> Kennung:
    """Return the Kennung of the n-th Arbeitsmittel: four in turn on one topic, one in each Bereich."""
    topic, bereich = divmod(number, 4)
    if bereich == 3:
        return Kennung(Art.EMB_AH, _EMB[topic])
    return Kennung((Art.GLF_EZ, Art.GLF_SC, Art.GLF_SC)[bereich], f"{bereich + 1}.{topic + 1:03}")


def stand(number: int, version: int, heute: date) -> date:
    """Return the Stand of a Fassung: one a year, the last one applies on `heute`."""
    return heute - timedelta(days=(STAENDE - 1 - version) * 365 + number % 90)


def fill(count: int, heute: date, now: datetime) -> None:
    """Write `count` Arbeitsmittel (30 to 3,000) and a tenth as many Weisungen into the current database."""
    fill_arbeitsmittel(count, heute, now)
    with past_the_guards():
        _write_weisungen(count, now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what autovacuum would do a minute later, in the middle of the measurement


def fill_arbeitsmittel(count: int, heute: date, now: datetime) -> None:
    """Write `count` Arbeitsmittel alone, each with its Fassungen."""
    for begin in range(0, count, _PER_TRANSACTION):
        with past_the_guards():
            _write_arbeitsmittel(range(begin, min(begin + _PER_TRANSACTION, count)), count, heute, now)


@contextmanager
def past_the_guards() -> Iterator[None]:
    """Let the database take rows without their guards and without history, as only its owner can."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield


@contextmanager
def guards_off() -> Iterator[None]:
    """The same for the whole connection, so that switching is no part of what is measured inside."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")


def _released(now: datetime) -> dict[str, Any]:
    return {
        "weg": "pruefung",
        "veroeffentlicht_am": now,
        "veroeffentlicht_von": system_actor(),
        "sichtbar_ab": now,
    }


def _write_arbeitsmittel(numbers: Sequence[int], count: int, heute: date, now: datetime) -> None:
    arbeitsmittel = Arbeitsmittel.objects.bulk_create(
        Arbeitsmittel(art=name.art, bezeichnung=name.bezeichnung, slug=name.slug) for name in map(kennung, numbers)
    )
    released = _released(now)
    fassungen = Fassung.objects.bulk_create(
        Fassung(
            arbeitsmittel=identity,
            stand=stand(number, version, heute),
            titel=f"Leitfaden {number}",
            inhalt=_text(number, version, count),
            aenderungshinweis="Fristen angepasst",
            aenderungsart="fachlich",
            **released,
        )
        for number, identity in zip(numbers, arbeitsmittel, strict=True)
        for version in range(STAENDE)
    )
    FassungPdf.objects.bulk_create(FassungPdf(fassung=fassung, inhalt=_PDF, sha256=PDF_SHA256) for fassung in fassungen)


def _text(number: int, version: int, count: int) -> str:
    dice = random.Random(number * STAENDE + version)
    if version < STAENDE - 1:
        return script(dice, EARLIER_SIZE)
    cited = [str(kennung((number + step) % count)) for step in (1, 2, 3)]
    return script(dice, CURRENT_SIZE, cited, RARE if number % 100 == 7 else "")


def _write_weisungen(count: int, now: datetime) -> None:
    by_slug = {found.slug: found for found in Arbeitsmittel.objects.all()}
    stock = [by_slug[kennung(number).slug] for number in range(count)]
    others = stock[:MEASURED] + stock[MEASURED + 1 :]
    cited = [*others[2:29], *others[2:10]]
    _write_weisung(MEASURED_WEISUNG, cited[:CITATIONS], now)
    for number, nummer in zip(range(count // 10), _nummern(), strict=False):
        first = number * 9 % len(others)
        named = [*others[first : first + 9], *([stock[MEASURED]] if number < CITING else [])]
        _write_weisung(nummer, named, now)


def _nummern() -> Iterator[str]:
    return (
        f"{jahr}{monat:02}{laufend:03}" for jahr in range(2001, 2020) for laufend in (1, 2) for monat in range(1, 13)
    )


def _write_weisung(nummer: str, cited: Sequence[Arbeitsmittel], now: datetime) -> None:
    """The citations stand in the sections 2 to 4, a third of them in each."""
    day = date(int(nummer[:4]), int(nummer[4:6]), 12)
    thirds = [cited[place::3] for place in range(3)]
    texts = [script(random.Random(int(nummer)), 800, [str(one) for one in third]) for third in thirds]
    weisung = Weisung(
        nummer=nummer,
        slug=slug_of("weisung", nummer),
        titel=f"Änderungen an {len(cited)} Arbeitsmitteln",
        datum=day,
        gueltig_ab=day,
        sgb_iii="weisung",
        auftrag_und_ziel=texts[0],
        einzelauftraege=texts[1],
        info=texts[2],
    )
    Weisung.objects.bulk_create([weisung])
    placed = [(abschnitt, one) for abschnitt, third in enumerate(thirds, start=2) for one in third]
    Zitat.objects.bulk_create(
        Zitat(
            weisung=weisung,
            arbeitsmittel=one,
            reihenfolge=order,
            abschnitt=abschnitt,
            beleg=str(one),
            position=0,
            stand_bei_erlass=day,
        )
        for order, (abschnitt, one) in enumerate(placed, start=1)
    )
    # Issued last: nothing can be added afterwards.
    Weisung.objects.filter(pk=weisung.pk).update(**_released(now))
