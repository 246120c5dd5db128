"""The list of Weisungen in the workplace: what can be filtered, and how somebody finds one by any spelling."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from arbeitsmittel.redaktion.listing import in_words
from weisungen.models import Typ, Weisung

# Nine digits or the beginning of them, with what people put between: 2023-05-004, 202305.
_NUMBER = re.compile(r"(?<!\d)(?:\d[\s./-]?){2,8}\d(?!\d)")


def meant_by(text: str) -> Q:
    """Return the condition that a Weisung is meant: parts of its number in any spelling, else words of its title."""
    text = text.replace("\x00", "")[:200]
    numbers = [re.sub(r"\D", "", found) for found in _NUMBER.findall(text)]
    words = re.sub(r"\b(?:weisung|information)\b", " ", _NUMBER.sub(" ", text), flags=re.IGNORECASE).strip()
    if not numbers:
        return in_words(text, "titel", "geschaeftszeichen", "typ")
    wanted = Q()
    for number in numbers:
        wanted |= Q(nummer__contains=number)
    return (wanted & in_words(words, "titel")) | in_words(text, "titel")


class TypFilter(admin.SimpleListFilter):
    title, parameter_name = "Typ", "typ"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Typ.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(typ=self.value()) if self.value() in Typ.values else queryset


class JahrFilter(admin.SimpleListFilter):
    title, parameter_name = "Jahr", "jahr"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = Weisung.objects.order_by().dates("datum", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        year = self.value() or ""
        return queryset.filter(datum__year=int(year)) if re.fullmatch(r"(?:19|20)[0-9]{2}", year) else queryset
