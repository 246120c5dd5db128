"""From draft to released and back, on the pages: who may, what it says, and what refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from arbeitsmittel import publishing
from arbeitsmittel.models import Fassung, FassungPruefdruck
from arbeitsmittel.redaktion import checking, releasing
from arbeitsmittel.redaktion.kind import KIND
from portal.befund import Befund
from portal.freigabe import Schritt
from portal.history import acting_as
from portal.provisioning import system_actor
from tests.arbeitsmittel.redaktion_pages import (
    address,
    checked,
    form_of,
    make_draft,
    signed_in,
    submitted,
    words,
)
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]
WARNING = Befund("geschwister", "warnung", "Familie", "Die Familie wurde nicht angepasst.", "Bitte begründen.")


@pytest.fixture
def eilig(db):
    return make_person("eilig", role="Eilfreigabe")


def test_the_whole_way_on_the_pages(redaktion, freigabe):
    draft = make_draft(redaktion)
    writer, second = signed_in(redaktion), signed_in(freigabe)
    assert "Zur Prüfung vorlegen" in words(writer.get(address(draft)))
    writer.post(address(draft, "vorlegen/"), {"version": draft.version})
    row = Fassung.objects.get()
    assert row.schritt == Schritt.IN_PRUEFUNG

    page = words(second.get(address(row, "pruefen/")))
    assert row.pruefsumme in page
    second.post(address(row, "pruefen/"), {"pruefsumme": row.pruefsumme, "urteil": "geprueft", "anmerkung": "gut"})
    row = Fassung.objects.get()
    assert (row.schritt, row.geprueft_von) == (Schritt.GEPRUEFT, freigabe)

    page = words(second.get(address(row, "freigeben/")))
    assert f"ab {row.stand_text}, 0:00 Uhr, automatisch" in page
    second.post(address(row, "freigeben/"), {"version": row.version, "anmerkung": ""})
    row = Fassung.objects.get()
    assert row.schritt == Schritt.VEROEFFENTLICHT
    assert row.history.first().history_change_reason == "Freigegeben"


def test_errors_block_and_lead_to_their_field(redaktion):
    draft = make_draft(redaktion, titel="")
    client = signed_in(redaktion)
    page = words(client.get(address(draft, "vorlegen/")))
    assert "„Titel“ ist leer." in page
    assert f'href="{address(draft)}#id_titel"' in page
    assert client.post(address(draft, "vorlegen/"), {"version": draft.version}).status_code == 409
    assert Fassung.objects.get().schritt == Schritt.ENTWURF


def test_a_warning_needs_its_reason_which_the_second_person_reads(redaktion, freigabe, monkeypatch):
    monkeypatch.setattr(publishing, "check_fassung", lambda fassung, stichtag: [WARNING])
    kind = replace(KIND, check=publishing.check_fassung)
    for module in (checking, releasing):
        monkeypatch.setattr(module, "KIND", kind)
    draft = make_draft(redaktion)
    client = signed_in(redaktion)
    page = words(client.post(address(draft, "vorlegen/"), {"version": draft.version}))
    assert "braucht eine Begründung" in page
    client.post(address(draft, "vorlegen/"), {"version": draft.version, "grund_0": "weicht absichtlich ab"})
    row = Fassung.objects.get()
    assert row.begruendungen == {WARNING.schluessel: "weicht absichtlich ab"}
    assert "weicht absichtlich ab" in words(signed_in(freigabe).get(address(row, "pruefen/")))


def test_a_stale_page_does_not_submit(redaktion):
    draft = make_draft(redaktion)
    client = signed_in(redaktion)
    client.post(address(draft), form_of(draft, titel="Geändert"))
    response = client.post(address(draft, "vorlegen/"), {"version": draft.version})
    assert response.status_code == 409
    assert "inzwischen geändert" in words(response)
    assert Fassung.objects.get().schritt == Schritt.ENTWURF


def test_what_was_not_on_the_page_is_not_approved(redaktion, freigabe):
    row = submitted(redaktion)
    response = signed_in(freigabe).post(address(row, "pruefen/"), {"pruefsumme": "0" * 64, "urteil": "geprueft"})
    assert response.status_code == 409
    assert Fassung.objects.get().schritt == Schritt.IN_PRUEFUNG


def test_giving_back_needs_a_comment_that_the_author_reads(redaktion, freigabe):
    row = submitted(redaktion)
    second, verdict = signed_in(freigabe), {"pruefsumme": row.pruefsumme, "urteil": "zurueck", "anmerkung": " "}
    assert "gehört eine Anmerkung" in words(second.post(address(row, "pruefen/"), verdict))
    second.post(address(row, "pruefen/"), verdict | {"anmerkung": "Frist bitte belegen"})
    assert Fassung.objects.get().schritt == Schritt.ENTWURF
    assert "Frist bitte belegen" in words(signed_in(redaktion).get(address(row)))


def test_own_work_gets_a_sentence_instead_of_a_button(redaktion, freigabe):
    both = make_person("beides", role="Redaktion")
    with acting_as(system_actor(), "Test"):
        both.groups.add(*freigabe.groups.all())
    row = submitted(both)
    client = signed_in(both)
    page = words(client.get(address(row)))
    assert "Prüfen muss eine zweite Person" in page
    assert address(row, "pruefen/") not in page
    verdict = {"pruefsumme": row.pruefsumme, "urteil": "geprueft"}
    assert client.post(address(row, "pruefen/"), verdict).status_code == 409
    assert Fassung.objects.get().schritt == Schritt.IN_PRUEFUNG


def test_only_who_wrote_takes_back(redaktion):
    row = submitted(redaktion)
    other = signed_in(make_person("kollegin", role="Redaktion"))
    assert address(row, "zurueckholen/") not in words(other.get(address(row)))
    assert other.post(address(row, "zurueckholen/"), {}).status_code == 409
    signed_in(redaktion).post(address(row, "zurueckholen/"), {})
    assert Fassung.objects.get().schritt == Schritt.ENTWURF


def test_emergency_release_and_its_confirmation(eilig, redaktion, freigabe):
    draft = make_draft(redaktion, stand=timezone.localdate())
    client = signed_in(eilig)
    client.post(address(draft, "eilfreigabe/"), {"version": draft.version, "grund": "Störung im Haus"})
    row = Fassung.objects.get()
    assert row.eil_offen
    assert signed_in(redaktion).post(address(row, "bestaetigen/"), {}).status_code == 403
    second = signed_in(freigabe)
    assert "Störung im Haus" in words(second.get(address(row)))
    second.post(address(row, "bestaetigen/"), {"anmerkung": "gelesen"})
    assert Fassung.objects.get().eil_bestaetigt_von == freigabe


def test_emergency_release_needs_its_reason(eilig, redaktion):
    draft = make_draft(redaktion)
    signed_in(eilig).post(address(draft, "eilfreigabe/"), {"version": draft.version, "grund": " "})
    assert Fassung.objects.get().schritt == Schritt.ENTWURF


def test_withdrawing_says_what_applies_then(freigabe):
    make_fassung(stand="2024-01-02")
    released = make_fassung(stand="2025-01-02")
    client = signed_in(freigabe)
    assert "sofort wieder Stand 02.01.2024" in words(client.get(address(released, "zurueckziehen/")))
    client.post(address(released, "zurueckziehen/"), {"art": "irrtum", "grund": "Falsche Frist"})
    released.refresh_from_db()
    assert (released.schritt, released.zurueckgezogen_grund) == (Schritt.ZURUECKGEZOGEN, "Falsche Frist")


def test_discarding_needs_a_reason(redaktion):
    draft = make_draft(redaktion)
    client = signed_in(redaktion)
    client.post(address(draft, "verwerfen/"), {"version": draft.version, "grund": ""})
    assert Fassung.objects.get().schritt == Schritt.ENTWURF
    client.post(address(draft, "verwerfen/"), {"version": draft.version, "grund": "Doppelt"})
    assert Fassung.objects.get().schritt == Schritt.VERWORFEN


def test_a_member_of_a_package_waits_for_its_weisung(redaktion, freigabe):
    weisung = make_weisung("202612001", published=False)
    row = make_draft(redaktion)
    make_umsetzung(weisung, "GLF SC 3.204", fassung=row, im_paket=True)
    client = signed_in(redaktion)
    client.post(address(row, "vorlegen/"), {"version": row.version})
    row = Fassung.objects.get()
    second = signed_in(freigabe)
    second.post(address(row, "pruefen/"), {"pruefsumme": row.pruefsumme, "urteil": "geprueft"})
    page = words(second.get(address(row)))
    assert "Gehört zum Paket der Weisung 202612001" in page
    assert address(row, "freigeben/") not in page
    version = Fassung.objects.get().version
    assert second.post(address(row, "freigeben/"), {"version": version}).status_code == 409


def test_releasing_from_a_stale_page_is_refused(redaktion, freigabe):
    row = checked(redaktion, freigabe)
    response = signed_in(freigabe).post(address(row, "freigeben/"), {"version": row.version - 1})
    assert response.status_code == 409
    assert Fassung.objects.get().schritt == Schritt.GEPRUEFT


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("vorlegen/", "freigabe"), ("zurueckholen/", "freigabe"), ("verwerfen/", "freigabe"), ("einlesen/", "freigabe"),
        ("pruefen/", "redaktion"), ("freigeben/", "redaktion"), ("zurueckziehen/", "redaktion"),
        ("bestaetigen/", "redaktion"), ("eilfreigabe/", "redaktion"), ("eilfreigabe/", "freigabe"),
        ("anwesend/", "freigabe"),
    ],
)  # fmt: skip
def test_a_step_needs_its_right(step, who, redaktion, freigabe, request):
    draft = make_draft(redaktion)
    client = signed_in(request.getfixturevalue(who))
    assert client.get(address(draft, step)).status_code == 403
    assert client.post(address(draft, step), {"version": draft.version, "grund": "x"}).status_code == 403
    assert Fassung.objects.get().schritt == Schritt.ENTWURF


def test_an_embargo_and_a_past_stand_are_said_before_the_release(redaktion, freigabe):
    later = timezone.localdate() + timedelta(days=10)
    secret = checked(redaktion, freigabe, stand=later, sperrfrist=True)
    assert "vorher nur in der Redaktion (Sperrfrist)" in words(signed_in(freigabe).get(address(secret, "freigeben/")))
    past = timezone.localdate() - timedelta(days=10)
    late = checked(redaktion, freigabe, kennung="GLF SC 3.305", stand=past, nachtrag_grund="Erst jetzt bekannt")
    page = words(signed_in(freigabe).get(address(late, "freigeben/")))
    assert "nachträglich" in page
    assert "Erst jetzt bekannt" in page


def test_the_pdf_of_the_check_is_the_one_that_is_released(redaktion, freigabe):
    row = checked(redaktion, freigabe)
    client = signed_in(freigabe)
    shown = client.get(address(row, f"pruefdruck/{row.pruefsumme}.pdf"))
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in client.get(address(row, "pruefen/")).headers["Content-Security-Policy"]
    client.post(address(row, "freigeben/"), {"version": row.version})
    assert bytes(Fassung.objects.get().pdf.inhalt) == shown.content == bytes(FassungPruefdruck.objects.get().inhalt)
    assert client.get(address(row, f"pruefdruck/{'0' * 64}.pdf")).status_code == 404
