"""The people of the demo mode, each with their roles and the same well-known password."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from portal.history import acting_as
from portal.models import Benutzer, Dienststelle
from portal.provisioning import system_actor

DEMO_PASSWORD = "demo"


@dataclass(frozen=True)
class DemoPerson:
    username: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    dienststelle: tuple[str, str]
    does: str


ZENTRALE = ("Zentrale Nürnberg (Beispiel)", Dienststelle.Art.ZENTRALE)
SERVICE_CENTER = ("Service Center Beispielstadt", Dienststelle.Art.SERVICE_CENTER)
DEMO_PEOPLE = (
    DemoPerson("sachbearbeitung", "Sabine", "Berger", ("Sachbearbeitung",), SERVICE_CENTER, "sucht und liest"),
    DemoPerson("redaktion", "Ralf", "Dörfler", ("Redaktion",), ZENTRALE, "schreibt Fassungen und Weisungen"),
    DemoPerson("freigabe", "Frauke", "Gabriel", ("Freigabe",), ZENTRALE, "prüft und gibt frei"),
    DemoPerson(
        "eilfreigabe",
        "Elif",
        "Lorenz",
        ("Redaktion", "Eilfreigabe"),
        ZENTRALE,
        "schreibt, und gibt in Eile allein frei",
    ),
    DemoPerson("revision", "Rita", "Visser", ("Revision",), ZENTRALE, "prüft, wer was wann warum geändert hat"),
    DemoPerson("verwaltung", "Viktor", "Walter", ("Administration",), ZENTRALE, "verwaltet Personen und Dienststellen"),
)


def provide_demo_people() -> dict[str, Benutzer]:
    """Make the demo people that are missing; return all of them by user name."""
    with acting_as(system_actor(), "Demobetrieb eingerichtet"):
        return {person.username: _provide(person) for person in DEMO_PEOPLE}


def _provide(person: DemoPerson) -> Benutzer:
    name, art = person.dienststelle
    dienststelle, _created = Dienststelle.objects.get_or_create(name=name, defaults={"art": art})
    benutzer = Benutzer.objects.filter(username=person.username).first()
    if benutzer is None:
        benutzer = Benutzer(
            username=person.username,
            first_name=person.first_name,
            last_name=person.last_name,
            dienststelle=dienststelle,
        )
        benutzer.set_password(DEMO_PASSWORD)
        benutzer.save()
        benutzer.groups.add(*Group.objects.filter(name__in=person.roles))
    return benutzer
