"""Tasks with Fassungen and Weisungen: drafts, checks, releases, and what was announced and did not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Window
from django.urls import reverse

from arbeitsmittel.models import Fassung
from arbeitsmittel.querysets import IN_OPEN_PACKAGE
from portal.freigabe import Freigabe, Schritt
from portal.freigabe.worklist import Liste, drafts_of, unconfirmed
from portal.pages.aufgaben.zeilen import CAP, Gruppe, Zeile, change_page, in_order, limit
from portal.stichtag import Stichtag
from weisungen.models import Umsetzung, Weisung
from weisungen.umsetzungen import undelivered

SOON = timedelta(days=14)
MODELS = (Fassung, Weisung)
PEOPLE = ("verfasst_von", "vorgelegt_von", "geprueft_von", "zurueckgegeben_von", "veroeffentlicht_von")
BADGES: Mapping[Schritt, tuple[str, str]] = {
    Schritt.ENTWURF: ("neutral", "Entwurf"),
    Schritt.IN_PRUEFUNG: ("kommt", "in Prüfung"),
    Schritt.GEPRUEFT: ("gilt", "geprüft"),
}


@dataclass(frozen=True)
class Kopf:
    """Heading and button of a list of drafts, and whether it waits for the person."""

    titel: str
    knopf: str
    wartet: bool = False


LISTEN: Mapping[Liste, Kopf] = {
    Liste.ZURUECK: Kopf("Zurückgegeben an mich", "Überarbeiten", True),
    Liste.PRUEFEN: Kopf("Wartet auf meine Prüfung", "Prüfen", True),
    Liste.FREIGEBEN: Kopf("Geprüft – wartet auf Freigabe", "Freigeben", True),
    Liste.ENTWUERFE: Kopf("Meine Entwürfe", "Weiterschreiben"),
    Liste.BEI_ANDEREN: Kopf("Von mir, jetzt bei anderen zur Prüfung oder Freigabe", "Ansehen"),
    Liste.IN_PRUEFUNG: Kopf("In Prüfung und Freigabe", "Ansehen"),
}

DER_INHALTE = {*LISTEN, "eil", "kuenftig", "angekuendigt"}  # what `?alle=` may name


def gruppen_der_inhalte(user: Any, whole: str, stichtag: Stichtag) -> list[Gruppe]:
    """Return the sections for a person's roles, what waits for them first; none for people without content."""
    if not user.has_perm("arbeitsmittel.view_fassung"):
        return []
    drafts = _entwuerfe(user, whole)
    waiting = [gruppe for gruppe in drafts if LISTEN[gruppe.schluessel].wartet]
    others = [gruppe for gruppe in drafts if gruppe not in waiting]
    released = [_kuenftige(whole, stichtag.heute), _nicht_geliefert(user, whole, stichtag)]
    return [*waiting, _eilfreigaben(user, whole), *others, *released]


def _entwuerfe(user: Any, whole: str) -> list[Gruppe]:
    found = [row for model in MODELS for row in _drafts(model, user, whole)]
    return [_entwurfsliste(liste, [row for row in found if row.liste == liste], whole) for liste in _lists_of(user)]


def _lists_of(user: Any) -> list[Liste]:
    """Return the lists that somebody with these rights is ever shown, empty ones included."""
    shown = set()
    if user.has_perm("arbeitsmittel.change_fassung"):
        shown |= {Liste.ZURUECK, Liste.ENTWUERFE, Liste.BEI_ANDEREN}
    if _may(user, "publish_", Fassung):
        shown |= {Liste.PRUEFEN, Liste.FREIGEBEN}
    elif _may(user, "view_historical", Fassung):
        shown.add(Liste.IN_PRUEFUNG)
    return [liste for liste in LISTEN if liste in shown]


def _drafts(model: type[Freigabe], user: Any, whole: str) -> Any:
    may_check, may_audit = _may(user, "publish_", model), _may(user, "view_historical", model)
    return drafts_of(_read(model), user=user, may_check=may_check, may_audit=may_audit, cap=CAP, whole=whole)


def _entwurfsliste(liste: Liste, rows: list[Any], whole: str) -> Gruppe:
    kopf, anzahl = LISTEN[liste], _counted(rows)
    dated = [(row.seit, _entwurf(row, liste)) for row in rows]
    zeilen = in_order(dated, limit(liste, whole))
    return Gruppe(liste, kopf.titel, zeilen, anzahl, anzahl if kopf.wartet else 0)


def _entwurf(row: Freigabe, liste: Liste) -> Zeile:
    wann, wer, bemerkung = {
        Schritt.ENTWURF: ("zuletzt gespeichert am", row.verfasst_von, ""),
        Schritt.IN_PRUEFUNG: ("vorgelegt am", row.vorgelegt_von, ""),
        Schritt.GEPRUEFT: ("geprüft am", row.geprueft_von, ""),
    }[row.schritt]
    if liste == Liste.ZURUECK:
        wann, wer, bemerkung = "zurückgegeben am", row.zurueckgegeben_von, row.rueckgabe
    # A member of a package is released with its Weisung, and not by itself.
    knopf = "Ansehen" if liste == Liste.FREIGEBEN and _paket(row) else LISTEN[liste].knopf
    return _zeile(row, knopf, wann=wann, tag=row.seit, wer=wer, bemerkung=bemerkung)


def _eilfreigaben(user: Any, whole: str) -> Gruppe:
    count, rows = limit("eil", whole), []
    for model in MODELS:
        rows += unconfirmed(_read(model), user)[:count]
    dated = [(row.veroeffentlicht_am, _eilfreigabe(row, _may(user, "publish_", type(row)))) for row in rows]
    wartend = _counted(rows, "fremde") if _may(user, "publish_", Fassung) else 0
    return Gruppe("eil", "Eilfreigaben zu bestätigen", in_order(dated, count), _counted(rows), wartend)


def _eilfreigabe(row: Any, may_confirm: bool) -> Zeile:
    return _zeile(
        row,
        "Bestätigen" if may_confirm and not row.eigenes else "Ansehen",
        wann="in Eile freigegeben am",
        tag=row.veroeffentlicht_am,
        wer=row.veroeffentlicht_von,
        bemerkung=row.eil_grund,
    )


def _kuenftige(whole: str, heute: date) -> Gruppe:
    """Released and not begun yet, the next one first; under embargo or announced."""
    count, rows = limit("kuenftig", whole), []
    for model in MODELS:
        rows += _read(model).upcoming(heute).annotate(anzahl=Window(Count("pk")))[:count]
    dated = [(_begins(row), _kuenftig(row)) for row in rows]
    return Gruppe("kuenftig", "Künftige Stände", in_order(dated, count, newest_first=False), _counted(rows))


def _kuenftig(row: Any) -> Zeile:
    return _zeile(row, "Ansehen", wann="freigegeben am", tag=row.veroeffentlicht_am, wer=row.veroeffentlicht_von)


def _nicht_geliefert(user: Any, whole: str, stichtag: Stichtag) -> Gruppe:
    found = undelivered(stichtag).filter(soll_stand__lte=stichtag.heute + SOON).select_related("fassung")
    found = found.defer("fassung__inhalt", "weisung__quelltext", *(f"weisung__{name}" for name in Weisung.TEXT_FIELDS))
    rows = list(found.annotate(anzahl=Window(Count("pk")))[: limit("angekuendigt", whole)])
    anzahl = _counted(rows)
    wartend = anzahl if user.has_perm("weisungen.change_umsetzung") else 0
    zeilen = [_umsetzung(row, stichtag) for row in rows]
    return Gruppe("angekuendigt", "Angekündigt, aber nicht geliefert", zeilen, anzahl, wartend)


def _umsetzung(row: Umsetzung, stichtag: Stichtag) -> Zeile:
    is_visible = row.weisung.sichtbar_ab <= stichtag.bekannt  # else its pages for readers do not answer yet
    marken = [("zurueck", "überfällig") if row.soll_stand < stichtag.heute else ("geaendert", "bald fällig")]
    if row.fassung is not None:
        marken.append(("neutral", f"Fassung: {row.fassung.schritt.label}"))
    return Zeile(
        ziel=reverse("weisungen:umsetzung", args=[row.weisung.slug]) if is_visible else change_page(row.weisung),
        knopf="Ansehen",
        nummer=str(row.arbeitsmittel),
        titel=row.was,
        marken=tuple(marken),
        wann=f"angekündigt in {row.weisung} zum",
        tag=row.soll_stand,
    )


def _zeile(row: Any, knopf: str, **more: Any) -> Zeile:
    """Return the line of a Fassung or a Weisung; `more` says since when and by whom."""
    marken = [BADGES[row.schritt]] if row.schritt in BADGES else []
    if paket := _paket(row):
        marken.append(("neutral", f"im Paket der Weisung {paket}"))
    if row.sperrfrist:
        marken.append(("geaendert", "Sperrfrist: für Leser noch unsichtbar"))
    return Zeile(
        ziel=change_page(row),
        knopf=knopf,
        nummer=str(row.arbeitsmittel) if isinstance(row, Fassung) else str(row),
        titel=row.titel,
        stand=f"Stand {row.stand_text}" if isinstance(row, Fassung) else f"gültig ab {row.gueltig_ab:%d.%m.%Y}",
        marken=tuple(marken),
        **more,
    )


def _counted(rows: list[Any], name: str = "anzahl") -> int:
    """Return how many there are of both models together; each row carries the count of its own."""
    return sum({type(row): getattr(row, name) for row in rows}.values())


def _read(model: type[Freigabe]) -> Any:
    """Return all rows of a model without their long texts, with the people and things that a line names."""
    found = model.objects.select_related(*PEOPLE).without_text()
    if model is not Fassung:
        return found
    packages = Umsetzung.objects.filter(IN_OPEN_PACKAGE, fassung=OuterRef("pk"))
    return found.select_related("arbeitsmittel").annotate(paket_nummer=Subquery(packages.values("weisung__nummer")[:1]))


def _paket(row: Any) -> str | None:
    """Return the number of the Weisung with which a Fassung is to go live, if there is one."""
    return getattr(row, "paket_nummer", None)


def _begins(row: Any) -> date:
    return row.stand if isinstance(row, Fassung) else row.gueltig_ab


def _may(user: Any, what: str, model: type[Freigabe]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.{what}{model._meta.model_name}")
