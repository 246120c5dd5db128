"""What editors send, as plain data for the test client."""

from django.test import Client

from portal.models import Benutzer
from weisungen.models import Weisung

BASE = "/redaktion/weisungen/weisung/"


def client_of(person: Benutzer) -> Client:
    client = Client()
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    return client


def page(weisung: Weisung, name: str = "change") -> str:
    return f"{BASE}{weisung.pk}/{name}/"


def weisung_data(**changes: str) -> dict[str, str]:
    """The form of a Weisung as a browser sends it."""
    return {
        "typ": "weisung",
        "nummer": "202611001",
        "datum": "2026-11-23",
        "titel": "Neue Frist",
        "geschaeftszeichen": "",
        "gueltig_ab": "2026-12-01",
        "gueltig_bis": "",
        "sgb_ii": "",
        "sgb_ii_zusatz": "",
        "sgb_iii": "weisung",
        "sgb_iii_zusatz": "",
        "familienkasse": "",
        "familienkasse_zusatz": "",
        "bezug": "",
        "aufhebung": "",
        "vorspann": "",
        "ausgangssituation": "<p>Text.</p>",
        "auftrag_und_ziel": "",
        "einzelauftraege": "",
        "info": "",
        "haushalt": "",
        "beteiligung": "",
        "version": "1",
    } | changes
