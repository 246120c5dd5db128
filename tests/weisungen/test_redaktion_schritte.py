"""The steps of a Weisung as pages: submit, check, release with its package, emergency, withdraw, discard."""

import io

import pikepdf
import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import submit_fassung
from portal.freigabe import Schritt, approve
from portal.history import acting_as
from portal.provisioning import system_actor
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung
from tests.weisungen.redaktion_forms import client_of, page, weisung_data
from weisungen.models import Weisung
from weisungen.package import take_out_of_package
from weisungen.redaktion import releasing

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]


@pytest.fixture
def weisung(redaktion):
    return make_weisung("202611001", datum="2026-11-23", published=False, verfasst_von=redaktion)


def fresh(weisung):
    return Weisung.objects.get(pk=weisung.pk)


def submit(redaktion, weisung):
    """Submit with a reason for each warning that the page shows."""
    client = client_of(redaktion)
    fields = client.get(page(weisung, "vorlegen")).context["form"].fields
    reasons = {name: "So abgestimmt." for name in fields if name.startswith("grund_")}
    return client.post(page(weisung, "vorlegen"), {"version": str(fresh(weisung).version), **reasons})


def check(freigabe, weisung, urteil="geprueft", **data):
    return client_of(freigabe).post(
        page(weisung, "pruefen"), {"urteil": urteil, "pruefsumme": fresh(weisung).pruefsumme, **data}
    )


def checked_fassung(redaktion, freigabe, kennung="GLF SC 3.204"):
    stand = timezone.localdate().isoformat()
    fassung = make_fassung(kennung, stand, published=False, verfasst_von=redaktion)
    now = timezone.now()
    submitted = submit_fassung(fassung, begruendungen={}, version=1, user=redaktion, now=now)
    return approve(submitted, pruefsumme=submitted.pruefsumme, comment="", user=freigabe, now=now)


def test_the_way_from_draft_to_issued(redaktion, freigabe, weisung):
    assert submit(redaktion, weisung).status_code == 302
    assert fresh(weisung).schritt == Schritt.IN_PRUEFUNG
    shown = client_of(freigabe).get(page(weisung, "pruefen"))
    assert "2. Auftrag und Ziel" in shown.content.decode()
    assert check(freigabe, weisung).status_code == 302
    listed = client_of(freigabe).get(page(weisung, "freigeben"))
    answer = client_of(freigabe).post(page(weisung, "freigeben"), {"liste": listed.context["livegang"].fingerabdruck})
    assert answer.status_code == 302
    assert fresh(weisung).schritt == Schritt.VEROEFFENTLICHT


def test_the_second_person_sees_the_final_pdf(redaktion, freigabe, weisung):
    submit(redaktion, weisung)
    shown = client_of(freigabe).get(page(weisung, "pruefen"))
    answer = client_of(freigabe).get(shown.context["pdf"])
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert "202611001" in str(pdf.docinfo["/Title"])


def test_a_draft_with_errors_is_not_submitted(redaktion, weisung):
    client_of(redaktion).post(page(weisung), weisung_data(titel=""))
    body = client_of(redaktion).get(page(weisung, "vorlegen")).content.decode()
    assert "„Titel“ ist leer." in body
    assert submit(redaktion, weisung).status_code == 409
    assert fresh(weisung).schritt == Schritt.ENTWURF


def test_a_stale_page_submits_nothing(redaktion, weisung):
    answer = client_of(redaktion).post(page(weisung, "vorlegen"), {"version": "7"})
    assert answer.status_code == 409
    assert "inzwischen geändert" in answer.content.decode()


def test_nobody_checks_own_work(redaktion, weisung):
    both = make_person("beides", role="Redaktion")
    with acting_as(system_actor(), "Test"):
        both.groups.add(Group.objects.get(name="Freigabe"))
    client_of(both).post(page(weisung), weisung_data(titel="Mitgeschrieben"))
    submit(redaktion, weisung)
    answer = check(both, weisung)
    assert answer.status_code == 409
    assert "zweite Person" in answer.content.decode()
    assert fresh(weisung).schritt == Schritt.IN_PRUEFUNG


def test_a_check_of_something_else_is_refused(redaktion, freigabe, weisung):
    submit(redaktion, weisung)
    assert check(freigabe, weisung, pruefsumme="0" * 64).status_code == 409
    assert fresh(weisung).schritt == Schritt.IN_PRUEFUNG


def test_giving_back_needs_a_remark_and_shows_it_to_the_author(redaktion, freigabe, weisung):
    submit(redaktion, weisung)
    assert "Zum Zurückgeben gehört eine Anmerkung" in check(freigabe, weisung, "zurueck").content.decode()
    assert check(freigabe, weisung, "zurueck", anmerkung="Bitte die Frist nennen.").status_code == 302
    body = client_of(redaktion).get(page(weisung)).content.decode()
    assert "Bitte die Frist nennen." in body
    assert fresh(weisung).schritt == Schritt.ENTWURF


def test_the_list_of_the_release_names_every_fassung_and_what_is_repealed(redaktion, freigabe, weisung):
    make_weisung("202305004", titel="Alte Regelung")
    client_of(redaktion).post(page(weisung), weisung_data(aufhebung="Weisung 202305004\nRundmail"))
    fassung = checked_fassung(redaktion, freigabe)
    make_umsetzung(weisung, "GLF SC 3.204", fassung=fassung, im_paket=True)
    submit(redaktion, weisung)
    check(freigabe, weisung)
    body = client_of(freigabe).get(page(weisung, "freigeben")).content.decode()
    for words in ("GLF SC 3.204", fassung.stand_text, "Erste Fassung", "geprüft von", "Alte Regelung", "Rundmail"):
        assert words in body
    assert "gilt ab 01.12.2026 als aufgehoben" in body


def test_the_package_goes_live_with_its_weisung(redaktion, freigabe, weisung):
    fassung = checked_fassung(redaktion, freigabe)
    make_umsetzung(weisung, "GLF SC 3.204", fassung=fassung, im_paket=True)
    submit(redaktion, weisung)
    check(freigabe, weisung)
    client = client_of(freigabe)
    listed = client.get(page(weisung, "freigeben")).context["livegang"]
    answer = client.post(page(weisung, "freigeben"), {"liste": listed.fingerabdruck})
    assert answer.status_code == 302
    assert Fassung.objects.get(pk=fassung.pk).schritt == Schritt.VEROEFFENTLICHT


@pytest.mark.parametrize("sent", ["alt", "", None])
def test_a_list_that_changed_meanwhile_is_not_released(redaktion, freigabe, weisung, sent):
    submit(redaktion, weisung)
    check(freigabe, weisung)
    client = client_of(freigabe)
    old = client.get(page(weisung, "freigeben")).context["livegang"].fingerabdruck
    client_of(redaktion).post(page(weisung), weisung_data(titel="Anders", version=str(fresh(weisung).version)))
    submit(redaktion, weisung)
    check(freigabe, weisung)
    data = {} if sent is None else {"liste": old if sent == "alt" else sent}
    answer = client.post(page(weisung, "freigeben"), data)
    assert answer.status_code == 409
    assert "hat sich inzwischen geändert" in answer.content.decode()
    assert fresh(weisung).schritt == Schritt.GEPRUEFT


def test_after_a_refusal_the_page_carries_the_new_list(redaktion, freigabe, weisung):
    submit(redaktion, weisung)
    check(freigabe, weisung)
    client = client_of(freigabe)
    refused = client.post(page(weisung, "freigeben"), {"liste": "alt"})
    renewed = refused.context["form"]["liste"].value()
    assert renewed == refused.context["livegang"].fingerabdruck
    assert client.post(page(weisung, "freigeben"), {"liste": renewed}).status_code == 302


def test_after_a_refusal_the_page_shows_the_list_that_it_sends(redaktion, freigabe, weisung, monkeypatch):
    fassung = checked_fassung(redaktion, freigabe)
    umsetzung = make_umsetzung(weisung, "GLF SC 3.204", fassung=fassung, im_paket=True)
    submit(redaktion, weisung)
    check(freigabe, weisung)
    client, lock = client_of(freigabe), releasing.freigabe.lock
    listed = client.get(page(weisung, "freigeben")).context["livegang"].fingerabdruck

    def somebody_is_faster(row):
        take_out_of_package(umsetzung, user=redaktion, now=timezone.now())
        return lock(row)

    monkeypatch.setattr(releasing.freigabe, "lock", somebody_is_faster)
    refused = client.post(page(weisung, "freigeben"), {"liste": listed})
    assert refused.status_code == 409
    assert refused.context["livegang"].fassungen == []
    assert refused.context["form"]["liste"].value() == refused.context["livegang"].fingerabdruck != listed


def test_an_emergency_is_flagged_until_a_second_person_confirms(redaktion, freigabe, weisung):
    rusher = make_person("eil", role="Eilfreigabe")
    fields = client_of(rusher).get(page(weisung, "eilfreigabe")).context["form"].fields
    reasons = {name: "So abgestimmt." for name in fields if name.startswith("grund_")}
    data = {"grund": "Frist läuft heute ab", "version": str(weisung.version), **reasons}
    assert client_of(rusher).post(page(weisung, "eilfreigabe"), data).status_code == 302
    assert fresh(weisung).eil_offen
    assert "Eilfreigabe, noch nicht bestätigt" in client_of(freigabe).get(page(weisung)).content.decode()
    assert client_of(freigabe).post(page(weisung, "bestaetigen"), {"anmerkung": ""}).status_code == 302
    assert not fresh(weisung).eil_offen


def test_withdrawing_needs_kind_and_reason(redaktion, freigabe):
    weisung = make_weisung("202305004")
    client = client_of(freigabe)
    assert client.post(page(weisung, "zurueckziehen"), {}).status_code == 200
    assert fresh(weisung).schritt == Schritt.VEROEFFENTLICHT
    data = {"art": "irrtum", "grund": "Falsche Fassung"}
    assert client.post(page(weisung, "zurueckziehen"), data).status_code == 302
    assert "Falsche Fassung" in client_of(redaktion).get(page(weisung)).content.decode()


def test_a_draft_is_discarded_and_taken_back(redaktion, weisung):
    submit(redaktion, weisung)
    client = client_of(redaktion)
    assert client.post(page(weisung, "zurueckholen"), {}).status_code == 302
    assert fresh(weisung).schritt == Schritt.ENTWURF
    data = {"grund": "Doppelt", "version": str(fresh(weisung).version)}
    assert client.post(page(weisung, "verwerfen"), data).status_code == 302
    assert fresh(weisung).schritt == Schritt.VERWORFEN


def test_the_preview_shows_the_draft_for_any_day_and_says_that_it_is_one(redaktion, weisung):
    client = client_of(redaktion)
    answer = client.get(page(weisung, "vorschau") + "?stichtag=2026-12-01")
    assert "Entwurf – Vorschau" in answer.content.decode()
    assert "Am 01.12.2026 in Kraft" in answer.content.decode()
    pdf = client.get(f"/redaktion/weisungen/weisung/{weisung.pk}/vorschau.pdf?stichtag=2026-12-01")
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert str(opened.docinfo["/Title"]).startswith("Entwurf:")
    assert client.get(f"/redaktion/weisungen/weisung/{weisung.pk}/vorschau.pdf?stichtag=morgen").status_code == 404


@pytest.mark.parametrize("step", ["pruefen", "freigeben", "bestaetigen", "zurueckziehen"])
def test_a_step_that_is_not_possible_now_says_so(freigabe, weisung, step):
    answer = client_of(freigabe).get(page(weisung, step))
    assert answer.status_code == 200
    assert "Die Weisung ist Entwurf." in answer.content.decode()
    assert '<form class="werkstatt' not in answer.content.decode()


def test_a_package_with_an_unchecked_member_is_not_offered_and_not_released(redaktion, freigabe, weisung):
    fassung = make_fassung("GLF SC 3.204", "2098-12-01", published=False)
    make_umsetzung(weisung, "GLF SC 3.204", fassung=fassung, im_paket=True)
    submit(redaktion, weisung)
    check(freigabe, weisung)
    client = client_of(freigabe)
    shown = client.get(page(weisung, "freigeben"))
    assert "Im Paket ist 1 Fassung noch nicht geprüft" in shown.content.decode()
    assert '<form class="werkstatt' not in shown.content.decode()
    refused = client.post(page(weisung, "freigeben"), {"liste": shown.context["livegang"].fingerabdruck})
    assert refused.status_code == 409
    assert "im Paket muss jede Fassung geprüft sein" in refused.content.decode()
    assert fresh(weisung).schritt == Schritt.GEPRUEFT
