"""The lists of the workplace: what can be filtered, and how somebody finds a Fassung by any spelling of its Kennung."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone

from arbeitsmittel.kennung import Art, Bereich, slug_of
from portal.freigabe import Schritt, Weg

# A number wherever it stands, its beginning too: 3.001a, 3001a, 3.00; not the year of a date (as portal.pages.search).
NUMMER = re.compile(r"(?<![0-9.,])([123])[.,]?([0-9]{1,3})(?![0-9])\s?([a-z](?![a-z]))?")
# What somebody works on comes first, what is waiting for somebody before what is still written.
ON_THE_WAY = Case(
    When(veroeffentlicht_am=None, verworfen_am=None, then=Value(0)), default=Value(1), output_field=IntegerField()
)


def named_like(text: str, prefix: str = "") -> Q:
    """Return the condition that an Arbeitsmittel is meant by `text`; `prefix` as in a lookup ("arbeitsmittel__").

    One Kennung in any spelling means that one; else parts of numbers, and words of names and titles.
    """
    text = text.replace("\x00", "").strip()[:200]
    if slug := slug_of(text):
        # "3.001" is spelled like a Kennung, and people who type it also mean 3.001a and 3.001b.
        return Q(**{f"{prefix}slug__startswith": slug})
    numbers = Q()
    for first, rest, letter in NUMMER.findall(text.lower()):
        numbers |= Q(**{f"{prefix}bezeichnung__startswith": f"{first}.{rest}{letter}"})
    return numbers


def in_words(text: str, *fields: str) -> Q:
    """Return the condition that each word of `text` stands in one of the fields."""
    wanted = Q()
    for word in text.replace("\x00", "").split()[:10]:
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        wanted &= somewhere
    return wanted


class SchrittFilter(admin.SimpleListFilter):
    title, parameter_name = "Schritt", "schritt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("offen", "offene Entwürfe"), *Schritt.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "offen":
            return queryset.drafts()
        return queryset.at_step(self.value()) if self.value() in Schritt.values else queryset


class ArtFilter(admin.SimpleListFilter):
    title, parameter_name = "Art", "art"
    field = "arbeitsmittel__art"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(art.value, art.label) for art in Art]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.field: self.value()}) if self.value() in list(Art) else queryset


class BereichFilter(admin.SimpleListFilter):
    title, parameter_name = "Bereich", "bereich"
    field = "arbeitsmittel__bereich_rang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(bereich.value, bereich.label) for bereich in Bereich]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in list(Bereich):
            return queryset
        return queryset.filter(**{self.field: list(Bereich).index(Bereich(self.value())) + 1})


class EilFilter(admin.SimpleListFilter):
    title, parameter_name = "Eilfreigabe", "eilfreigabe"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("offen", "noch zu bestätigen"), ("ja", "alle Eilfreigaben")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "offen":
            return queryset.filter(weg=Weg.EIL, eil_bestaetigt_am=None, zurueckgezogen_am=None)
        return queryset.filter(weg=Weg.EIL) if self.value() == "ja" else queryset


class StandFilter(admin.SimpleListFilter):
    title, parameter_name = "Stand", "zeit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("kuenftig", "künftig"), ("jahr", "in diesem Jahr, bis heute"), ("frueher", "früher")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        heute = timezone.localdate()
        first = heute.replace(month=1, day=1)
        wanted = {
            "kuenftig": Q(stand__gt=heute),
            "jahr": Q(stand__range=(first, heute)),
            "frueher": Q(stand__lt=first),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


class ArbeitsmittelArtFilter(ArtFilter):
    field = "art"


class ArbeitsmittelBereichFilter(BereichFilter):
    field = "bereich_rang"


class EntwurfFilter(admin.SimpleListFilter):
    title, parameter_name = "Entwurf", "entwurf"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", "mit offenem Entwurf"), ("nein", "ohne Entwurf")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        open_drafts = queryset.model._meta.get_field("fassungen").related_model.objects.drafts().values("arbeitsmittel")
        if self.value() == "ja":
            return queryset.filter(pk__in=open_drafts)
        return queryset.exclude(pk__in=open_drafts) if self.value() == "nein" else queryset
