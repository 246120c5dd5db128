"""Announcements and package of a Weisung in the workplace, and the list that is confirmed at its release."""

import re

import pytest

from portal.freigabe import Schritt, checksum
from portal.history import acting_as
from tests.factories import make_arbeitsmittel, make_fassung, make_weisung
from tests.weisungen.redaktion_forms import client_of, page, weisung_data
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db


@pytest.fixture
def weisung(redaktion):
    return make_weisung(
        "202611001",
        datum="2026-11-23",
        published=False,
        verfasst_von=redaktion,
        cites=("GLF SC 3.001a", "GLF SC 3.204"),
    )


def send(client, weisung, tat="speichern", **fields):
    """Send the list as it is shown, with some fields changed; a field that is None is not sent."""
    shown = client.get(page(weisung)).context["paket"]
    data = {"tat": tat, "weitere-kennung": "", "weitere-liste": shown.fingerabdruck}
    for zeile in shown.zeilen:
        prefix = zeile.form.prefix
        data |= {
            f"{prefix}-soll_stand": zeile.form["soll_stand"].value(),
            f"{prefix}-was": zeile.form["was"].value() or "",
        }
        if zeile.form["aendert"].value():
            data[f"{prefix}-aendert"] = "on"
    data |= fields
    return client.post(page(weisung, "paket"), {name: value for name, value in data.items() if value is not None})


def name_of(kennung, field):
    return f"am{make_arbeitsmittel(kennung).pk}-{field}"


def test_the_list_names_what_the_texts_cite(redaktion, weisung):
    make_fassung("GLF SC 3.001a", "2024-01-02")
    shown = client_of(redaktion).get(page(weisung))
    assert [str(zeile.arbeitsmittel) for zeile in shown.context["paket"].zeilen] == ["GLF SC 3.001a", "GLF SC 3.204"]
    assert "gilt heute mit Stand 02.01.2024" in shown.content.decode()


def test_a_tick_announces_and_taking_it_away_strikes(redaktion, weisung):
    client = client_of(redaktion)
    ticked = {name_of("GLF SC 3.204", "aendert"): "on", name_of("GLF SC 3.204", "was"): "Fristen"}
    assert send(client, weisung, **ticked).status_code == 302
    (umsetzung,) = weisung.umsetzungen.all()
    assert (str(umsetzung.arbeitsmittel), umsetzung.was, umsetzung.soll_stand) == (
        "GLF SC 3.204", "Fristen", weisung.gueltig_ab,
    )  # fmt: skip
    send(client, weisung, **{name_of("GLF SC 3.204", "aendert"): None})
    umsetzung.refresh_from_db()
    assert umsetzung.gestrichen


def test_an_arbeitsmittel_that_the_texts_do_not_name_can_be_announced(redaktion, weisung):
    make_arbeitsmittel("EMB AH Umzug und Ortswechsel")
    client = client_of(redaktion)
    send(client, weisung, **{"weitere-kennung": "emb ah umzug und ortswechsel"})
    assert [str(row.arbeitsmittel) for row in weisung.umsetzungen.all()] == ["EMB AH Umzug und Ortswechsel"]
    refused = send(client, weisung, **{"weitere-kennung": "GLF SC 3.999"})
    assert refused.status_code == 409
    assert "„GLF SC 3.999“ kennt das Portal nicht." in refused.content.decode()


def test_a_draft_goes_into_the_package_and_out_again(redaktion, weisung):
    fassung = make_fassung("GLF SC 3.204", "2026-12-01", published=False)
    client = client_of(redaktion)
    send(client, weisung, f"aufnehmen:{fassung.pk}")
    umsetzung = weisung.umsetzungen.get()
    assert (umsetzung.fassung, umsetzung.im_paket) == (fassung, True)
    assert "im Paket" in client.get(page(weisung)).content.decode()
    send(client, weisung, f"herausnehmen:{umsetzung.pk}")
    umsetzung.refresh_from_db()
    assert (umsetzung.fassung, umsetzung.im_paket, umsetzung.gestrichen) == (None, False, False)


def test_what_was_typed_is_stored_with_any_button(redaktion, weisung):
    fassung = make_fassung("GLF SC 3.204", "2026-12-01", published=False)
    typed = {name_of("GLF SC 3.001a", "aendert"): "on", name_of("GLF SC 3.001a", "was"): "Begrüßung"}
    send(client_of(redaktion), weisung, f"aufnehmen:{fassung.pk}", **typed)
    assert {str(row.arbeitsmittel): row.was for row in weisung.umsetzungen.all()} == {
        "GLF SC 3.001a": "Begrüßung", "GLF SC 3.204": "",
    }  # fmt: skip


def test_a_draft_of_another_package_is_refused_in_words(redaktion, weisung):
    fassung = make_fassung("GLF SC 3.204", "2026-12-01", published=False)
    other = make_weisung("202611002", datum="2026-11-23", published=False, cites=("GLF SC 3.204",))
    client = client_of(redaktion)
    send(client, other, f"aufnehmen:{fassung.pk}")
    assert "gehört zum Paket der Weisung 202611002" in client.get(page(weisung)).content.decode()
    refused = send(client, weisung, f"aufnehmen:{fassung.pk}")
    assert refused.status_code == 409
    assert "gehört schon zum Paket der Weisung 202611002" in refused.content.decode()


def in_check(weisung, redaktion):
    with acting_as(redaktion, "Test"):
        weisung.vorgelegt_am, weisung.vorgelegt_von = weisung.history.first().history_date, redaktion
        weisung.pruefsumme = checksum(weisung)
        weisung.save()


def test_the_package_of_what_is_in_check_warns_and_voids_the_check(redaktion, weisung):
    fassung = make_fassung("GLF SC 3.204", "2026-12-01", published=False)
    in_check(weisung, redaktion)
    client = client_of(redaktion)
    assert "hebt die Prüfung der Weisung auf" in client.get(page(weisung)).content.decode()
    followed = send(client, weisung, f"aufnehmen:{fassung.pk}")
    assert "Prüfung der Weisung ist damit aufgehoben" in client.get(followed.headers["Location"]).content.decode()
    assert Weisung.objects.get(pk=weisung.pk).schritt == Schritt.ENTWURF


@pytest.mark.parametrize("tat", ["aufnehmen:999999", "herausnehmen:999999", "aufnehmen:x", "herausnehmen:²"])
def test_what_does_not_exist_is_not_found(redaktion, weisung, tat):
    assert send(client_of(redaktion), weisung, tat).status_code == 404


def test_what_somebody_else_announced_meanwhile_is_not_struck(redaktion, weisung):
    client = client_of(redaktion)
    old = client.get(page(weisung)).context["paket"].fingerabdruck
    send(client, weisung, **{name_of("GLF SC 3.001a", "aendert"): "on"})
    mine = {name_of("GLF SC 3.001a", "aendert"): None, name_of("GLF SC 3.204", "aendert"): "on"}
    refused = send(client, weisung, **mine, **{"weitere-liste": old})
    assert refused.status_code == 409
    assert "In der Zwischenzeit hat jemand anderes gespeichert" in refused.content.decode()
    assert [(str(row.arbeitsmittel), row.gestrichen) for row in weisung.umsetzungen.all()] == [("GLF SC 3.001a", False)]
    shown = refused.context["paket"]
    assert [zeile.form["aendert"].value() for zeile in shown.zeilen] == [True, False]
    again = send(client, weisung, **{"weitere-liste": shown.fingerabdruck, name_of("GLF SC 3.204", "aendert"): "on"})
    assert again.status_code == 302


@pytest.mark.parametrize("sent", [None, "", "alt"])
def test_a_list_of_another_version_is_stale(redaktion, weisung, sent):
    answer = send(client_of(redaktion), weisung, **{"weitere-liste": sent, name_of("GLF SC 3.204", "aendert"): "on"})
    assert answer.status_code == 409
    assert not weisung.umsetzungen.exists()


def test_a_list_from_before_the_text_was_saved_is_stale(redaktion, weisung):
    client = client_of(redaktion)
    old = client.get(page(weisung)).context["paket"].fingerabdruck
    assert client.post(page(weisung), weisung_data(version=str(weisung.version))).status_code == 302
    assert send(client, weisung, **{"weitere-liste": old}).status_code == 409


def test_a_line_that_was_not_sent_is_left_alone(redaktion, weisung):
    client = client_of(redaktion)
    send(client, weisung, **{name_of("GLF SC 3.204", "aendert"): "on", name_of("GLF SC 3.204", "was"): "Fristen"})
    absent = {name_of("GLF SC 3.204", field): None for field in ("aendert", "soll_stand", "was")}
    assert send(client, weisung, **absent).status_code == 302
    umsetzung = weisung.umsetzungen.get()
    assert (umsetzung.gestrichen, umsetzung.was) == (False, "Fristen")


def test_taking_out_what_is_not_in_the_package_does_nothing(redaktion, weisung):
    client = client_of(redaktion)
    send(client, weisung, **{name_of("GLF SC 3.204", "aendert"): "on"})
    umsetzung = weisung.umsetzungen.get()
    in_check(weisung, redaktion)
    assert send(client, weisung, f"herausnehmen:{umsetzung.pk}").status_code == 302
    assert Weisung.objects.get(pk=weisung.pk).schritt == Schritt.IN_PRUEFUNG
    assert (weisung.history.count(), umsetzung.history.count()) == (2, 1)


def test_a_tick_needs_a_day(redaktion, weisung):
    ticked = {name_of("GLF SC 3.204", "aendert"): "on", name_of("GLF SC 3.204", "soll_stand"): ""}
    refused = send(client_of(redaktion), weisung, **ticked)
    assert refused.status_code == 409
    assert "gehört der Stand, ab dem die Änderung gilt" in refused.content.decode()
    assert not weisung.umsetzungen.exists()


def test_the_umsetzung_of_another_weisung_is_not_touched(redaktion, weisung):
    fassung = make_fassung("GLF SC 3.204", "2026-12-01", published=False)
    other = make_weisung("202611002", datum="2026-11-23", published=False, cites=("GLF SC 3.204",))
    client = client_of(redaktion)
    send(client, other, f"aufnehmen:{fassung.pk}")
    assert send(client, weisung, f"herausnehmen:{other.umsetzungen.get().pk}").status_code == 404
    assert other.umsetzungen.get().im_paket


def test_every_button_of_the_list_has_a_name_of_its_own(redaktion, weisung):
    for kennung in ("GLF SC 3.001a", "GLF SC 3.204"):
        make_fassung(kennung, "2026-12-01", published=False)
    body = client_of(redaktion).get(page(weisung)).content.decode()
    names = re.findall(r'value="aufnehmen:\d+" aria-label="(.*?)"', body)
    assert len(names) == len(set(names)) == 2
