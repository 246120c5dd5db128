"""What the tests of the editors' pages share: who is signed in, a draft, its addresses."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from arbeitsmittel.checks import check_fassung
from arbeitsmittel.drafting import start_draft
from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import submit_fassung
from portal.freigabe import approve
from portal.models import Benutzer
from portal.stichtag import today
from tests.factories import make_arbeitsmittel

LIST = "/redaktion/arbeitsmittel/fassung/"


def signed_in(person: Benutzer) -> Client:
    client = Client()
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    return client


def make_draft(user: Benutzer, kennung: str = "GLF SC 3.204", **fields: Any) -> Fassung:
    """A draft that passes every check, with a Stand of tomorrow."""
    values = {
        "stand": timezone.localdate() + timedelta(days=1),
        "titel": "Krankmeldung",
        "inhalt": "<h2>Ablauf</h2><p>Nach sieben Tagen erinnern.</p>",
        "aenderungshinweis": "Frist genannt.",
        "aenderungsart": "fachlich",
    }
    return start_draft(make_arbeitsmittel(kennung), user=user, reason="Test", **(values | fields))


def submitted(user: Benutzer, **fields: Any) -> Fassung:
    draft, now = make_draft(user, **fields), timezone.now()
    reasons = {befund.schluessel: "Test" for befund in check_fassung(draft, today(now))}
    return submit_fassung(draft, begruendungen=reasons, version=draft.version, user=user, now=now)


def checked(user: Benutzer, second: Benutzer, **fields: Any) -> Fassung:
    row = submitted(user, **fields)
    return approve(row, pruefsumme=row.pruefsumme, comment="", user=second, now=timezone.now())


def address(fassung: Fassung, tail: str = "change/") -> str:
    return f"{LIST}{fassung.pk}/{tail}"


def form_of(fassung: Fassung, **changes: Any) -> dict[str, Any]:
    """What the form of a draft sends when nothing but `changes` was typed."""
    return {
        "version": fassung.version,
        "stand": fassung.stand.isoformat(),
        "titel": fassung.titel,
        "inhalt": fassung.inhalt,
        "aenderungshinweis": fassung.aenderungshinweis,
        "aenderungsart": fassung.aenderungsart,
        "nachtrag_grund": fassung.nachtrag_grund,
        **changes,
    }


def words(response: Any) -> str:
    return response.content.decode()
