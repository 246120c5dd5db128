"""What a work list is made of: a rule, a sentence, and lines."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Value
from django.urls import reverse

from arbeitsmittel.models import Fassung
from portal.freigabe import Freigabe
from portal.stichtag import Stichtag
from weisungen.models import Weisung

MODELS: Mapping[str, type[Freigabe]] = {"fassung": Fassung, "weisung": Weisung}


@dataclass(frozen=True)
class Zeile:
    """One case: what it is about, since when, who, and the words that were given for it."""

    objekt: str
    historie: str  # address of the history of the object
    zusatz: str = ""  # "Stand 02.01.2024"
    ziel: str = ""  # address of the page that shows it
    titel: str = ""
    wann: str = ""  # the words before the day: "freigegeben am"
    tag: date | datetime | None = None
    wer: Any = None
    worte: Sequence[tuple[str, str]] = ()  # (what it is about, the reason that was given)


class Arbeitsliste(ABC):
    """One rule. `titel` and `satz` say what it finds, `leer` what it means that it finds nothing."""

    titel: ClassVar[str]
    satz: ClassVar[str]
    leer: ClassVar[str]
    wichtig: ClassVar[bool] = False  # whether each case waits for somebody to act

    @abstractmethod
    def found(self, stichtag: Stichtag) -> Any:
        """Return what a paginator can cut: a query, ordered."""

    @abstractmethod
    def zeilen(self, found: Iterable[Any], stichtag: Stichtag) -> list[Zeile]:
        """Return the lines of one page."""

    def anzahl(self, stichtag: Stichtag) -> int:
        return self.found(stichtag).count()

    def seite(self, stichtag: Stichtag, number: str, per_page: int) -> Page:
        """Return one page of lines; a number that is none is the first page, one too high the last."""
        page = Paginator(self.found(stichtag), per_page).get_page(number[:9])
        page.object_list = self.zeilen(page.object_list, stichtag)
        return page


class FreigabeListe(Arbeitsliste):
    """A list of Fassungen and Weisungen together: a query for the keys, one more for each kind."""

    models: ClassVar[tuple[str, ...]] = ("fassung", "weisung")
    newest_first: ClassVar[bool] = True

    @abstractmethod
    def rows(self, model: type[Freigabe], stichtag: Stichtag) -> QuerySet:
        """Return the rows of one model, annotated with `seit`, by which the list is ordered."""

    @abstractmethod
    def zeile(self, row: Any, zeile: Zeile, stichtag: Stichtag) -> Zeile:
        """Return the line of a row; what every line says is filled in already."""

    def found(self, stichtag: Stichtag) -> QuerySet:
        keys = [
            self.rows(MODELS[name], stichtag).order_by().annotate(art=Value(name)).values_list("art", "id", "seit")
            for name in self.models
        ]
        return keys[0].union(*keys[1:], all=True).order_by("-seit" if self.newest_first else "seit", "-id")

    def zeilen(self, found: Iterable[Any], stichtag: Stichtag) -> list[Zeile]:
        keys = [(name, pk) for name, pk, _seit in found]
        by_key = {
            (name, row.pk): row
            for name in self.models
            for row in self._loaded(name, [pk for n, pk in keys if n == name])
        }
        return [self.zeile(by_key[key], line_of(by_key[key]), stichtag) for key in keys]

    def _loaded(self, name: str, pks: list[int]) -> QuerySet:
        people = ("veroeffentlicht_von", "verfasst_von", "vorgelegt_von")
        rows = MODELS[name].objects.without_text().filter(pk__in=pks)
        return rows.select_related(*people, *(["arbeitsmittel"] if name == "fassung" else []))


def line_of(row: Any) -> Zeile:
    """Return what every line says of a Fassung or a Weisung."""
    if isinstance(row, Fassung):
        thing, more = row.arbeitsmittel, f"Stand {row.stand_text}"
        history = reverse("arbeitsmittel_historie", args=[thing.slug])
    else:
        thing, more = row, f"vom {row.datum:%d.%m.%Y}"
        history = reverse("weisung_historie", args=[row.slug])
    ziel = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return Zeile(objekt=str(thing), historie=history, zusatz=more, ziel=ziel, titel=row.titel)
