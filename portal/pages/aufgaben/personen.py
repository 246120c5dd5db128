"""Tasks with people: who has no role yet, and what was changed about people last."""

from typing import Any

from django.db.models import Count, Window
from django.urls import reverse

from portal.models import Benutzer
from portal.pages.aufgaben.zeilen import Gruppe, Zeile, change_page, limit
from portal.roles import SYSTEM_USERNAME

NEWEST = 5
DER_PERSONEN = {"ohne-rolle"}  # what `?alle=` may name


def gruppen_der_personen(user: Any, whole: str) -> list[Gruppe]:
    """Return the sections of who manages people; none for others."""
    return [_ohne_rolle(whole), _zuletzt_geaendert()] if user.has_perm("portal.change_benutzer") else []


def _ohne_rolle(whole: str) -> Gruppe:
    """Active people without a role: they can sign in and see nothing."""
    without = Benutzer.objects.filter(is_active=True, groups=None).exclude(username=SYSTEM_USERNAME)
    found = without.select_related("dienststelle").order_by("-date_joined").annotate(anzahl=Window(Count("pk")))
    rows = list(found[: limit("ohne-rolle", whole)])
    anzahl = rows[0].anzahl if rows else 0
    return Gruppe("ohne-rolle", "Personen ohne Rolle", [_person(row) for row in rows], anzahl, anzahl)


def _person(person: Benutzer) -> Zeile:
    return Zeile(
        ziel=change_page(person),
        knopf="Rolle geben",
        nummer=str(person),
        titel=str(person.dienststelle or "ohne Dienststelle"),
        wann="angelegt am",
        tag=person.date_joined,
    )


def _zuletzt_geaendert() -> Gruppe:
    """The newest entries about people, with their reasons; the whole history stands with each person."""
    found = list(Benutzer.history.select_related("history_user")[:NEWEST])
    return Gruppe("geaendert", "Zuletzt geändert", [_eintrag(entry) for entry in found], len(found))


def _eintrag(entry: Any) -> Zeile:
    return Zeile(
        ziel=reverse("admin:portal_benutzer_history", args=[entry.id]),
        knopf="Verlauf",
        nummer=" ".join(filter(None, (entry.first_name, entry.last_name))) or entry.username,
        titel=entry.history_change_reason,
        wann="eingetragen am",
        tag=entry.history_date,
        wer=entry.history_user,
    )
