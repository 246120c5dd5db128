"""Drafts, what is under check, thrown away or under embargo: as if it were not there, in every channel (domain rule 7).

Every address of the portal is asked before and after the hidden rows are made: the answers are the same, byte for byte.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe import Freigabe, FreigabeQuerySet, approve, discard, return_to_author, submit, withdraw
from portal.roles import ROLES
from portal.zeitpunkt import start_of
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung, publish, second_person, settle
from tests.test_access_matrix import routes
from tests.test_pages import words
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db

MARKER = "Zwetschgenkobold"
HIDDEN_TEXT = f"<p>{MARKER} im Versteck, siehe GLF SC 3.100 und EMB AH {MARKER}.</p>"
COMING = date(2097, 5, 4)
NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
# The last two ask for a knowledge: one that nobody can have yet, and an earlier one.
STICHTAGE = ("", "2023-06-01", "2098-01-01", "2098-01-01&bekannt=2098-01-01T00:00", "2098-01-01&bekannt=2025-06-01")
SEARCHES = ("versteck", "zwetsch", "3.100", "3.2", "3200", "anliegen", "2023050", "202305077", "kobold formular")
CONTENT = [role for role in ROLES if "arbeitsmittel.view_arbeitsmittel" in ROLES[role]]
TELLS_EDITORS = "/umsetzung/"  # says "in Arbeit" to those who see drafts anyway
OF_REVIEWERS = re.compile(r"^/revision/(?!vergleich)|/historie/$")  # theirs alone, and they read drafts
WITHOUT_DRAFTS = ("Sachbearbeitung", "Administration")  # who enters the workplace reads drafts there
CHANGING = re.compile(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*')


# Each leaves a draft at one step of the way.


def written(row: Freigabe) -> None:
    pass


def submitted(row: Freigabe) -> Freigabe:
    return submit(row, begruendungen={}, version=row.version, user=row.verfasst_von, now=NOW)


def returned(row: Freigabe) -> None:
    return_to_author(submitted(row), comment=f"{MARKER} fehlt noch etwas", user=second_person(), now=NOW)


def checked(row: Freigabe) -> None:
    row = submitted(row)
    approve(row, pruefsumme=row.pruefsumme, comment="", user=second_person(), now=NOW)


def discarded(row: Freigabe) -> None:
    discard(row, reason=f"{MARKER} war nichts", user=row.verfasst_von, now=NOW)


def embargoed(row: Freigabe) -> None:
    publish(row, NOW, sichtbar_ab=start_of(COMING))


def withdrawn_under_embargo(row: Freigabe) -> None:
    embargoed(row)
    withdraw(row, art="irrtum", reason=f"{MARKER} zurück", user=second_person(), now=timezone.now())


HIDDEN: tuple[Callable[[Any], Any], ...] = (
    written,
    submitted,
    returned,
    checked,
    discarded,
    embargoed,
    withdrawn_under_embargo,
)


def make_visible() -> None:
    for number in range(len(HIDDEN)):
        make_fassung(f"GLF SC 3.10{number}", "2023-05-12", text="<p>Anliegen klären, siehe GLF SC 3.100.</p>")
    make_fassung("GLF SC 3.100", "2098-01-01")
    make_weisung("202305004", cites=("GLF SC 3.100",))
    for number in range(len(HIDDEN)):
        make_umsetzung(Weisung.objects.get(), f"GLF SC 3.10{number}", soll_stand=COMING)


def make_hidden() -> None:
    """Of each step one Fassung of something that readers know, one of something they do not, and a Weisung."""
    texts = {"titel": MARKER, "aenderungshinweis": f"{MARKER} neu", "text": HIDDEN_TEXT}
    for number, leave in enumerate(HIDDEN):
        for kennung in (f"GLF SC 3.10{number}", f"GLF SC 3.20{number}"):
            sperrfrist = leave in (embargoed, withdrawn_under_embargo)
            leave(make_fassung(kennung, COMING.isoformat(), published=False, sperrfrist=sperrfrist, **texts))
        leave(hidden_weisung(f"20230507{number}"))
    make_fassung(f"EMB AH {MARKER} Formular", published=False, **texts)


def hidden_weisung(nummer: str) -> Weisung:
    names = ("bezug", "aufhebung", "geschaeftszeichen", "quelle", "quelltext")
    texts = dict.fromkeys(Weisung.TEXT_FIELDS, HIDDEN_TEXT) | dict.fromkeys(names, MARKER)
    cites = ("GLF SC 3.100", "GLF SC 3.300")  # the second one is named nowhere else
    weisung = make_weisung(
        nummer, published=False, titel=MARKER, cites=cites, repeals=("202305004",), gueltig_ab=COMING, **texts
    )
    make_umsetzung(weisung, "GLF SC 3.100", was=f"{MARKER} kommt")
    return weisung


def addresses(*, workplace: bool) -> set[str]:
    """Return every address of the portal, filled with everything that there is, hidden or not."""
    return {
        f"/{path}"
        for route in routes()
        if not route.startswith(("abmelden", "health")) and "logout" not in route
        if workplace or not route.startswith("redaktion")
        for path in filled(re.sub(r"^(.*)\^\(\?P<app_label>[^)]*\)/\$$", r"\1weisungen/", route).replace("^", ""))
    }


def filled(route: str) -> Iterator[str]:
    """Yield a route with everything that can stand in its gaps; what is no slug and no Stand is a key."""
    folders = route.split("/")
    keys: list = ["1"]
    if len(folders) > 3 and apps.is_installed(folders[1]):
        keys = list(apps.get_model(folders[1], folders[2]).objects.values_list("pk", flat=True))
    gaps = {
        "slug": (Weisung if route.startswith("weisungen") else Arbeitsmittel).objects.values_list("slug", flat=True),
        "stand": sorted({stand.isoformat() for stand in Fassung.objects.values_list("stand", flat=True)}),
    }
    choices = []
    for part in re.split(r"(<[^<>]+>|\([^()]*\)\$?)", route.removesuffix("$")):
        is_gap = part.startswith(("<", "("))
        choices.append(gaps.get(part.strip("<>").split(":")[-1], keys) if is_gap else [part])
        if is_gap:
            keys = ["1"]  # of a history entry, say
    yield from ("".join(map(str, choice)) for choice in itertools.product(*choices))


def client_with(role: str) -> Client:
    client = Client(raise_request_exception=False)
    person = make_person(f"liest-{role.lower()}", role=role)
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    return client


def answers(client: Client, paths: set[str], stichtage: tuple[str, ...] = STICHTAGE) -> dict[str, tuple[int, bytes]]:
    """Return status and body by address, with each Stichtag; what changes with every request is taken out."""
    found = {}
    for path, stichtag in itertools.product(sorted(paths), stichtage):
        url = path + (f"{'&' if '?' in path else '?'}stichtag={stichtag}" if stichtag else "")
        response = client.get(url)
        body = response.content
        if "html" in response.headers.get("Content-Type", ""):
            body = CHANGING.sub("", body.decode()).encode()
        found[url] = (response.status_code, body)
    return found


def differences(before: dict[str, tuple[int, bytes]], after: dict[str, tuple[int, bytes]]) -> list[str]:
    """Return the addresses that answer otherwise than before; new ones must answer like what does not exist."""
    return [url for url, answer in after.items() if answer != before.get(url, missing(before, url))]


def missing(before: dict[str, tuple[int, bytes]], url: str) -> tuple[int, bytes]:
    """Return how the portal answers an address that never existed, for the same Stichtag."""
    stichtag = re.search(r"[?&](stichtag=.*)", url)
    return before[f"{NOTHING}?{stichtag[1]}" if stichtag else NOTHING]


NOTHING = "/arbeitsmittel/gibt-es-nicht/"
# Of what readers know, of what is hidden, of what never was. The file prints when it was made: test_nachweis_pages.
NACHWEISE = [f"/nachweis/?kennung={kennung}&datum=2026-11-01" for kennung in ("3.100", "3.205", "3.999")]
READER_PATHS = {NOTHING, *(f"/suche/?q={words}" for words in SEARCHES), *NACHWEISE}
CHOOSER_PATHS = {f"/revision/vergleich/?von={name}" for name in ("3.100", "3.200", "202305004", "202305077")}


def paths_for(role: str) -> set[str]:
    """Return what a role is asked for: files do not depend on it, so one role is enough for them."""
    paths = {path for path in addresses(workplace=False) | READER_PATHS if not OF_REVIEWERS.search(path)}
    if role == "Sachbearbeitung":
        return paths | CHOOSER_PATHS
    return {path for path in paths if not path.endswith((".pdf", TELLS_EDITORS))}


def stichtage_for(role: str) -> tuple[str, ...]:
    return STICHTAGE if role == "Sachbearbeitung" else STICHTAGE[:1]


@pytest.mark.needs_pdf
@pytest.mark.parametrize("role", CONTENT)
def test_readers_get_the_same_answers_as_without_the_hidden_rows(role):
    client = client_with(role)
    make_visible()
    before = answers(client, paths_for(role), stichtage_for(role))
    make_hidden()
    after = answers(client, paths_for(role), stichtage_for(role))
    assert len(after) > len(before) + 50
    assert before[NOTHING][0] == 404
    assert differences(before, after) == []
    assert [url for url, (_status, body) in after.items() if MARKER.encode() in body] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "Revision"])
def test_the_reviewers_pages_answer_the_same_for_what_is_hidden_and_for_nothing(role):
    make_hidden()
    settle()
    client = client_with(role)
    paths = {path for path in addresses(workplace=False) if OF_REVIEWERS.search(path)}
    nothing = {"/arbeitsmittel/gibt-es-nicht/historie/", "/weisungen/999999999/historie/", "/revision/eintrag/999999/"}
    told = answers(client, paths | nothing, ("",)).values()
    assert len(told) > 20
    assert {status for status, _body in told} <= {403, 405}
    assert [body for _status, body in told if MARKER.encode() in body] == []


@pytest.mark.parametrize("role", WITHOUT_DRAFTS)
def test_no_address_of_the_workplace_tells_readers_of_them(role):
    make_visible()
    make_hidden()
    client = client_with(role)
    told = answers(client, {path for path in addresses(workplace=True) if path.startswith("/redaktion")}, ("",))
    assert len(told) > 60
    assert [url for url, (_status, body) in told.items() if MARKER.encode() in body] == []


@pytest.mark.parametrize("method", ["published", "live"])
def test_the_walk_would_see_a_reading_rule_that_forgets_the_embargo(method, monkeypatch):
    client = client_with("Sachbearbeitung")
    make_visible()
    paths = {path for path in addresses(workplace=False) if not path.endswith(".pdf")} | READER_PATHS
    before = answers(client, paths, ("",))
    make_hidden()
    monkeypatch.setattr(FreigabeQuerySet, method, lambda rows, stichtag: rows.released())
    assert differences(before, answers(client, paths, ("",))) != []


def test_under_embargo_until_midnight_and_current_from_then_on(monkeypatch):
    """The day begins in Germany: 22:00 UTC of the day before, in summer."""
    make_fassung(stand="2024-01-02", text="<p>Bisheriger Text.</p>")
    publish(make_fassung(stand=COMING.isoformat(), published=False, text=HIDDEN_TEXT, sperrfrist=True), NOW,
            sichtbar_ab=start_of(COMING))  # fmt: skip
    midnight = timezone.make_aware(datetime.combine(COMING, time.min))
    for seconds, current, status in ((-1, "Bisheriger Text.", 404), (0, MARKER, 200)):
        moment = midnight + timedelta(seconds=seconds)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        client = Client()
        person = make_person(f"wer{seconds}", role="Sachbearbeitung")
        client.force_login(person, backend="portal.role_backend.RoleBackend")
        page = words(client.get("/arbeitsmittel/glf-sc-3.001a/"))
        assert current in page
        assert "Gilt heute" in page
        for address in ("", ".pdf"):
            path = f"/arbeitsmittel/glf-sc-3.001a/{COMING}{address or '/'}"
            assert client.get(path).status_code == status
        assert (MARKER in words(client.get("/suche/?q=versteck"))) == (status == 200)
