"""The rows that a filter finds: entries of the chain, and log-ins that failed. Names are looked up in one query."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from axes.models import AccessFailureLog
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Lower
from django.utils import timezone

from arbeitsmittel.kennung import slug_of
from arbeitsmittel.models import Arbeitsmittel
from portal.models import Benutzer, Dienststelle, Durchsicht, Eintrag
from portal.pages.revision.auswahl import ANMELDUNG, Auswahl
from portal.pages.revision.sides import NUMMER
from portal.roles import SYSTEM_USERNAME
from portal.search import Query, ReadQuery
from weisungen.models import Weisung

_IN_BRACKETS = re.compile(r".*\(([^()]+)\)")  # "Frauke Gabriel (freigabe)", as an entry names its person
_NO_END = 2**63 - 1


@dataclass
class Treffer:
    """What is found. `eintraege` and `anmeldungen` are queries without order; None where nothing can be in it."""

    eintraege: QuerySet | None = None
    anmeldungen: QuerySet | None = None
    dienststellen: list[tuple[int, str]] = field(default_factory=list)  # to choose from
    fehler: list[str] = field(default_factory=list)


def found_by(auswahl: Auswahl) -> Treffer:
    """Return what a filter finds; one query, whatever is filtered. With faults nothing is found."""
    names = _named(auswahl)
    offices = sorted(((key, name) for key, name in names["dienststelle"]), key=lambda office: office[1])
    fehler = [*auswahl.fehler, *_unknown(auswahl, names)]
    if fehler:
        return Treffer(dienststellen=offices, fehler=fehler)
    kinds = [kind for kind in auswahl.vorgaenge if kind != ANMELDUNG]
    without_entries = auswahl.vorgaenge and not kinds
    not_of_log_ins = auswahl.dienststelle or auswahl.objekt or auswahl.worte or auswahl.gesichtet
    without_log_ins = not_of_log_ins or (auswahl.vorgaenge and ANMELDUNG not in auswahl.vorgaenge)
    return Treffer(
        eintraege=None if without_entries else _entries(auswahl, names, kinds),
        anmeldungen=None if without_log_ins else _log_ins(auswahl, names),
        dienststellen=offices,
    )


def _named(auswahl: Auswahl) -> dict[str, list[tuple[int, str]]]:
    """Return keys and names by kind: all Dienststellen, and what person and object of the filter name."""
    parts = [_part("dienststelle", Dienststelle.objects.all(), "name")]
    if auswahl.person:
        parts.append(_part("person", _people(auswahl.person), "username"))
    if number := NUMMER.fullmatch(auswahl.objekt):
        kind = Q(typ=number[1].lower()) if number[1] else Q()
        parts.append(_part("weisung", Weisung.objects.filter(kind, nummer=number[2]), "nummer"))
    elif auswahl.objekt and (slug := slug_of(auswahl.objekt)):
        parts.append(_part("arbeitsmittel", Arbeitsmittel.objects.filter(slug=slug), "slug"))
    if auswahl.worte:  # read once by the database, beside the one row that every database has
        someone = Benutzer.objects.filter(username=SYSTEM_USERNAME)
        parts.append(_part("worte", someone, Query(auswahl.worte)))
    names = defaultdict(list)
    for kind, key, name in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        names[kind].append((key, name))
    return names


def _part(kind: str, rows: QuerySet, name: Any) -> QuerySet:
    return rows.order_by().values_list(Value(kind), "pk", Cast(name, CharField()))


def _people(text: str) -> QuerySet:
    """Return who is meant by a user name, a full name or a family name, in any case."""
    bracketed = _IN_BRACKETS.fullmatch(text)
    wanted = (bracketed[1] if bracketed else text).lower()
    full = Lower(Concat("first_name", Value(" "), "last_name"))
    people = Benutzer.objects.annotate(klein=Lower("username"), voll=full, familie=Lower("last_name"))
    return people.filter(Q(klein=wanted) | Q(voll=wanted) | Q(familie=wanted))


def _unknown(auswahl: Auswahl, names: dict[str, list]) -> list[str]:
    fehler = []
    if auswahl.person and not names["person"]:
        fehler.append(f"Eine Person „{auswahl.person[:60]}“ kennt das Portal nicht.")
    if auswahl.objekt and not (names["arbeitsmittel"] or names["weisung"]):
        fehler.append(f"„{auswahl.objekt[:60]}“ ist weder ein Arbeitsmittel noch eine Weisung in diesem Portal.")
    if auswahl.dienststelle and auswahl.dienststelle not in {key for key, _name in names["dienststelle"]}:
        fehler.append("Diese Dienststelle gibt es nicht.")
    return fehler


def _entries(auswahl: Auswahl, names: dict[str, list[tuple[int, str]]], kinds: list[str]) -> QuerySet:
    found = Eintrag.objects.order_by()
    if auswahl.person:
        found = _one_or_several(found, "person", [key for key, _name in names["person"]])
    if auswahl.dienststelle:
        found = found.filter(dienststelle=auswahl.dienststelle)
    if auswahl.objekt:
        thema = "weisung" if names["weisung"] else "arbeitsmittel"
        found = _one_or_several(found.filter(thema_art=thema), "thema_id", [key for key, _name in names[thema]])
    if kinds:
        found = _one_or_several(found, "vorgang", kinds)
    if auswahl.von:
        found = found.filter(nummer__gte=first_since(_begin_of(auswahl.von)))
    if auswahl.bis:
        after = first_since(_begin_of(auswahl.bis + timedelta(days=1)))
        found = found.filter(nummer__lt=Coalesce(after, Value(_NO_END)))
    if auswahl.worte:
        found = found.filter(suche=ReadQuery(names["worte"][0][1]))
    if auswahl.gesichtet:
        seen = Exists(Durchsicht.objects.filter(eintrag=OuterRef("pk")))
        found = found.filter(seen if auswahl.gesichtet == "ja" else ~seen)
    return found


def first_since(moment: datetime) -> Subquery:
    """Return the number of the first entry since a moment: numbers grow with time, so a period is a range of them."""
    since = Eintrag.objects.filter(erfasst_am__gte=moment).order_by("erfasst_am", "nummer")
    return Subquery(since.values("nummer")[:1])


def _log_ins(auswahl: Auswahl, names: dict[str, list[tuple[int, str]]]) -> QuerySet:
    found = AccessFailureLog.objects.order_by()
    if auswahl.person:
        typed = found.annotate(klein=Lower("username"))
        found = typed.filter(klein__in=[name.lower() for _key, name in names["person"]])
    if auswahl.von:
        found = found.filter(attempt_time__gte=_begin_of(auswahl.von))
    if auswahl.bis:
        found = found.filter(attempt_time__lt=_begin_of(auswahl.bis + timedelta(days=1)))
    return found


def _one_or_several(rows: QuerySet, name: str, values: list) -> QuerySet:
    """One value is asked for by equality: then the index gives the rows in their order."""
    return rows.filter(**({name: values[0]} if len(values) == 1 else {f"{name}__in": values}))


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
