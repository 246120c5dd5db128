"""Lists over the way of a release: emergencies, overridden warnings, late entries, drafts that lie about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from arbeitsmittel.models import Aenderungsart
from portal.freigabe import Freigabe, Weg
from portal.pages.revision.arbeitslisten.warnungen import EDITORIAL, reasons_of
from portal.pages.revision.arbeitslisten.zeilen import FreigabeListe, Zeile
from portal.stichtag import Stichtag

OLD = timedelta(days=60)


class Eilfreigaben(FreigabeListe):
    titel = "Eilfreigaben ohne Bestätigung"
    satz = "Eine Person hat allein freigegeben, und noch hat keine zweite bestätigt. Die ältesten zuerst."
    leer = "Jede Eilfreigabe ist bestätigt oder zurückgezogen."
    newest_first = False
    wichtig = True

    def rows(self, model: type[Freigabe], stichtag: Stichtag) -> QuerySet:
        open_ones = model.objects.filter(weg=Weg.EIL, eil_bestaetigt_am=None, zurueckgezogen_am=None)
        return open_ones.annotate(seit=F("veroeffentlicht_am"))

    def zeile(self, row: Any, zeile: Zeile, stichtag: Stichtag) -> Zeile:
        return replace(_released(row, zeile), worte=[("Grund der Eile", row.eil_grund)])


class Warnungen(FreigabeListe):
    titel = "Übergangene Warnungen"
    satz = "Die Prüfung hat gewarnt, und mit diesen Begründungen ging es trotzdem weiter. Die neuesten zuerst."
    leer = "Keine Warnung wurde übergangen."

    def rows(self, model: type[Freigabe], stichtag: Stichtag) -> QuerySet:
        overridden = model.objects.exclude(begruendungen={})
        moment = Coalesce("veroeffentlicht_am", "vorgelegt_am")
        return overridden.annotate(seit=moment).filter(seit__isnull=False)  # a draft that came back says nothing yet

    def zeile(self, row: Any, zeile: Zeile, stichtag: Stichtag) -> Zeile:
        return replace(_released(row, zeile), worte=[*reasons_of(row.begruendungen)])


class Redaktionell(FreigabeListe):
    titel = "„Redaktionell“ trotz Warnung"
    satz = "Als redaktionell freigegeben, obwohl die Prüfung eine Änderung in der Sache sah, mit der Begründung dafür."
    leer = "Jede redaktionelle Änderung war nach der Prüfung auch eine."
    models = ("fassung",)

    def rows(self, model: type[Freigabe], stichtag: Stichtag) -> QuerySet:
        editorial = model.objects.released().filter(aenderungsart=Aenderungsart.REDAKTIONELL)
        reasons = Cast("begruendungen", TextField())
        warned = editorial.annotate(gruende=reasons).filter(gruende__contains=f'"{EDITORIAL}:')
        return warned.annotate(seit=F("veroeffentlicht_am"))

    def zeile(self, row: Any, zeile: Zeile, stichtag: Stichtag) -> Zeile:
        return replace(_released(row, zeile), worte=[*reasons_of(row.begruendungen, EDITORIAL)])


class Nachtraege(FreigabeListe):
    titel = "Nachträge"
    satz = "Der Stand lag beim Freigeben schon in der Vergangenheit. Die neuesten zuerst."
    leer = "Kein Stand wurde nachträglich erfasst."
    models = ("fassung",)

    def rows(self, model: type[Freigabe], stichtag: Stichtag) -> QuerySet:
        return model.objects.released().exclude(nachtrag_grund="").annotate(seit=F("veroeffentlicht_am"))

    def zeile(self, row: Any, zeile: Zeile, stichtag: Stichtag) -> Zeile:
        late = (timezone.localdate(row.veroeffentlicht_am) - row.stand).days
        return replace(
            _released(row, zeile), worte=[(f"{late} {'Tag' if late == 1 else 'Tage'} zu spät", row.nachtrag_grund)]
        )


class AlteEntwuerfe(FreigabeListe):
    titel = f"Entwürfe, älter als {OLD.days} Tage"
    satz = f"Vor mehr als {OLD.days} Tagen begonnen, weder freigegeben noch verworfen. Die ältesten zuerst."
    leer = f"Kein offener Entwurf ist älter als {OLD.days} Tage."
    newest_first = False
    wichtig = True

    def rows(self, model: type[Freigabe], stichtag: Stichtag) -> QuerySet:
        begun = model.history.model.objects.filter(id=OuterRef("pk")).order_by("history_id").values("history_date")
        return model.objects.drafts().annotate(seit=Subquery(begun[:1])).filter(seit__lt=stichtag.bekannt - OLD)

    def zeile(self, row: Any, zeile: Zeile, stichtag: Stichtag) -> Zeile:
        return replace(zeile, wer=row.verfasst_von, worte=[("Schritt", row.schritt.label)])

    def zeilen(self, found: Any, stichtag: Stichtag) -> list[Zeile]:
        found = list(found)
        lines = super().zeilen(found, stichtag)
        return [
            replace(line, wann="begonnen am", tag=seit) for line, (_name, _pk, seit) in zip(lines, found, strict=True)
        ]


def _released(row: Any, zeile: Zeile) -> Zeile:
    if row.veroeffentlicht_am:
        return replace(zeile, wann="freigegeben am", tag=row.veroeffentlicht_am, wer=row.veroeffentlicht_von)
    return replace(zeile, wann="vorgelegt am", tag=row.vorgelegt_am, wer=row.vorgelegt_von)
