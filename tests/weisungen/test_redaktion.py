"""Writing a Weisung in the workplace: list, form, conflicts, forms sent twice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.befund import Befund
from portal.freigabe import discard
from portal.history import acting_as
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung
from tests.weisungen.redaktion_forms import BASE, client_of, page, weisung_data
from weisungen.forms import next_free_number
from weisungen.models import Umsetzung, Weisung
from weisungen.redaktion.editing import anchor_of

pytestmark = pytest.mark.django_db


def draft(person, nummer="202611001", **fields):
    return make_weisung(nummer, datum="2026-11-23", published=False, verfasst_von=person, **fields)


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_a_new_weisung_keeps_everything_that_was_filled_in(redaktion):
    data = weisung_data(
        nummer="Weisung 2026-11 001",
        sgb_ii="information",
        sgb_ii_zusatz="nur Service Center",
        bezug=" Weisung 202305004 \r\n\r\nHEGA 10/15 - 8",
        auftrag_und_ziel="<p onclick='x'>Es gilt GLF SC 3.001a.</p><script>alert(1)</script>",
        sperrfrist="on",
    )
    answer = client_of(redaktion).post(f"{BASE}add/", data)
    weisung = Weisung.objects.get()
    assert answer.headers["Location"] == page(weisung)
    assert weisung.nummer == "202611001"
    assert weisung.rollen[0] == ("SGB II", "Information (nur Service Center)")
    assert weisung.bezug == "Weisung 202305004\nHEGA 10/15 - 8"
    assert weisung.auftrag_und_ziel == "<p>Es gilt GLF SC 3.001a.</p>"
    assert weisung.sperrfrist
    assert weisung.verfasst_von == redaktion
    assert weisung.history.first().history_change_reason == "Entwurf begonnen"


def test_a_form_sent_twice_makes_one_weisung(redaktion):
    client = client_of(redaktion)
    first = client.post(f"{BASE}add/", weisung_data())
    second = client.post(f"{BASE}add/", weisung_data())
    assert second.status_code == 302
    assert second.headers["Location"] == first.headers["Location"]
    assert Weisung.objects.count() == 1


@pytest.mark.parametrize("change", [{"titel": "Anderer Titel"}, {}])
def test_a_number_that_is_taken_is_named_and_the_text_is_not_lost(redaktion, change):
    draft(make_person("andere", role="Redaktion"), titel="Neue Frist")
    text = "<p>Mein langer Text.</p>"
    answer = client_of(redaktion).post(f"{BASE}add/", weisung_data(info=text, **change))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Die Weisung 202611001 gibt es schon im Portal." in body
    assert "freie Nummer dieses Monats ist 202611002" in body
    assert "Mein langer Text." in body
    assert Weisung.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("nummer", "202613001", "besteht aus Jahr, Monat und laufender Nummer"),
        ("gueltig_bis", "2026-11-30", "liegt vor „Gültig ab“"),
        ("datum", "3026-11-30", "Das Datum muss zwischen 01.01.1990 und 31.12.2099 liegen"),
        ("familienkasse_zusatz", "nur Bayern", "Ein Zusatz braucht die Angabe"),
        ("info", "<p>\u202eText</p>", "Schreibrichtung"),
    ],
)
def test_a_bad_value_is_a_sentence_at_its_field(redaktion, field, value, sentence):
    answer = client_of(redaktion).post(f"{BASE}add/", weisung_data(**{field: value}))
    assert sentence in answer.content.decode()
    assert Weisung.objects.count() == 0


def test_the_next_free_number_follows_the_highest_of_the_month(redaktion):
    assert next_free_number("weisung", date(2026, 11, 23)) == "202611001"
    draft(redaktion, "202611007")
    thrown_away = draft(redaktion, "202611008")
    discard(thrown_away, reason="Doppelt", user=redaktion, now=timezone.now())
    assert next_free_number("weisung", date(2026, 11, 23)) == "202611008"
    assert next_free_number("information", date(2026, 11, 23)) == "202611001"


def test_a_month_whose_numbers_are_used_up_proposes_none(redaktion):
    draft(redaktion, "202611999")
    draft(make_person("andere", role="Redaktion"), titel="Vergeben")
    assert next_free_number("weisung", date(2026, 11, 23)) == ""
    body = client_of(redaktion).post(f"{BASE}add/", weisung_data()).content.decode()
    assert "Die Weisung 202611001 gibt es schon im Portal." in body
    assert "nächste freie Nummer" not in body


def test_a_saved_draft_shows_its_findings_and_its_next_step(redaktion):
    weisung = draft(redaktion, titel="")
    body = client_of(redaktion).get(page(weisung)).content.decode()
    assert "„Titel“ ist leer." in body
    assert 'href="#feld_titel"' in body
    assert page(weisung, "vorlegen") in body


def test_saving_writes_and_counts_the_version(redaktion):
    weisung = draft(redaktion)
    answer = client_of(redaktion).post(page(weisung), weisung_data(titel="Geändert"))
    assert answer.status_code == 302
    weisung.refresh_from_db()
    assert (weisung.titel, weisung.version) == ("Geändert", 2)


def test_what_stands_behind_a_date_of_an_import_is_kept(redaktion):
    weisung = draft(redaktion, rollen_zusatz={"gueltig_ab": "rückwirkend", "sgb_iii": "alt"})
    client_of(redaktion).post(page(weisung), weisung_data(sgb_iii_zusatz="neu"))
    weisung.refresh_from_db()
    assert weisung.rollen_zusatz == {"gueltig_ab": "rückwirkend", "sgb_iii": "neu"}


def test_a_stale_form_is_refused_with_both_texts_and_then_saves_over(redaktion):
    weisung = draft(redaktion)
    other = make_person("andere", role="Redaktion", first_name="Olga", last_name="Beispiel")
    client_of(other).post(page(weisung), weisung_data(titel="Titel von Olga", info="<p>Olgas Absatz.</p>"))
    client = client_of(redaktion)
    refused = client.post(page(weisung), weisung_data(titel="Mein Titel", info="<p>Mein Absatz.</p>"))
    body = refused.content.decode()
    assert refused.status_code == 409
    for words in ("Olga Beispiel", "Olga", "Mein Titel", "Absatz", "noch nicht gespeichert"):
        assert words in body
    weisung.refresh_from_db()
    assert weisung.titel == "Titel von Olga"
    again = client.post(
        page(weisung), weisung_data(titel="Mein Titel", version=str(refused.context["form"]["version"].value()))
    )
    assert again.status_code == 302
    weisung.refresh_from_db()
    assert weisung.titel == "Mein Titel"


def test_a_form_without_a_version_counts_as_stale(redaktion):
    weisung = draft(redaktion)
    data = weisung_data()
    del data["version"]
    assert client_of(redaktion).post(page(weisung), data).status_code == 409


def test_extra_fields_change_nothing(redaktion):
    weisung = draft(redaktion)
    extra = {"veroeffentlicht_am": "2026-01-01", "geprueft_am": "2026-01-01", "weg": "pruefung", "verfasst_von": "1"}
    client_of(redaktion).post(page(weisung), weisung_data(**extra))
    weisung.refresh_from_db()
    assert weisung.ist_entwurf
    assert weisung.geprueft_am is None
    assert weisung.verfasst_von == redaktion


def test_an_issued_weisung_is_read_and_not_written(redaktion):
    weisung = make_weisung("202611001", datum="2026-11-23")
    client = client_of(redaktion)
    assert "<textarea" not in client.get(page(weisung)).content.decode()
    answer = client.post(page(weisung), weisung_data(titel="Geändert", version=str(weisung.version)))
    assert answer.status_code == 409
    weisung.refresh_from_db()
    assert weisung.titel == "Beispiel einer Weisung"


def test_who_releases_reads_a_draft_and_writes_none(redaktion, freigabe):
    weisung = draft(redaktion)
    client = client_of(freigabe)
    assert "<textarea" not in client.get(page(weisung)).content.decode()
    assert client.post(page(weisung), weisung_data()).status_code == 403


@pytest.mark.parametrize("key", ["99999999", "abc", "9" * 30, "1.5"])
def test_a_missing_weisung_is_not_found(redaktion, key):
    assert client_of(redaktion).get(f"{BASE}{key}/change/").status_code == 404


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("202305004", {"202305004"}),
        ("2023-05 004", {"202305004"}),
        ("Weisung 202305004", {"202305004"}),
        ("202305", {"202305004"}),
        ("frist", {"202611001"}),
        ("umzug 2023", {"202305004"}),
        ("\x00", {"202305004", "202611001"}),
        ("%", set()),
    ],
)
def test_the_list_is_searched_by_any_spelling(redaktion, search, found):
    make_weisung("202305004", titel="Umzug melden")
    draft(redaktion, titel="Neue Frist")
    answer = client_of(redaktion).get(BASE, {"q": search})
    assert {row.nummer for row in answer.context["cl"].result_list} == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"schritt": "offen"}, {"202611001"}),
        ({"schritt": "veroeffentlicht"}, {"202305004"}),
        ({"jahr": "2023"}, {"202305004"}),
        ({"jahr": "²⁰²³"}, {"202305004", "202611001"}),
        ({"typ": "information"}, set()),
        ({"typ": "\x00"}, {"202305004", "202611001"}),
        ({"eilfreigabe": "offen"}, set()),
    ],
)
def test_the_list_is_filtered(redaktion, filters, found):
    make_weisung("202305004")
    draft(redaktion)
    answer = client_of(redaktion).get(BASE, filters)
    assert {row.nummer for row in answer.context["cl"].result_list} == found


def package_of(person, weisung, count, first=100):
    for number in range(first, first + count):
        fassung = make_fassung(f"GLF SC 3.{number}", "2026-12-01", published=False)
        make_umsetzung(weisung, f"GLF SC 3.{number}", fassung=fassung, im_paket=True)
    cited = ", ".join(f"GLF SC 3.{number}" for number in range(first, first + count))
    row = Weisung.objects.get(pk=weisung.pk)
    with acting_as(person, "Test"):
        row.info = f"<p>{cited}</p>"
        row.save()


def test_pages_ask_as_often_for_a_package_of_40_as_for_one(redaktion, freigabe):
    weisung, writer, releaser = draft(redaktion), client_of(redaktion), client_of(freigabe)
    package_of(redaktion, weisung, 1)
    paths = [BASE, page(weisung), page(weisung, "vorlegen"), page(weisung, "vorschau")]
    writer.get(page(weisung))  # from now on the person is known to be here
    one = [queries(writer, path) for path in paths] + [queries(releaser, page(weisung, "pruefen"))]
    package_of(redaktion, weisung, 39, first=200)
    assert Umsetzung.objects.filter(im_paket=True).count() == 40
    forty = [queries(writer, path) for path in paths] + [queries(releaser, page(weisung, "pruefen"))]
    assert forty == one


def test_the_list_asks_as_often_for_many_rows_as_for_one(redaktion):
    draft(redaktion)
    client = client_of(redaktion)
    one = queries(client, BASE)
    for number in range(2, 7):
        package_of(redaktion, draft(redaktion, f"20261100{number}"), 1, first=100 + number)
    assert queries(client, BASE) == one


@pytest.mark.parametrize(
    ("code", "stelle", "anchor"),
    [
        ("pflichtfeld", "Gültig ab", "#feld_gueltig_ab"),
        ("text", "Auftrag und Ziel", "#feld_auftrag_und_ziel"),
        ("rolle-widerspricht-zitat", "SGB III: GLF SC 3.001a", "#feld_sgb_iii"),
        ("paket-ungeprueft", "GLF SC 3.001a", "#paket"),
        ("zitat-unbekannt", "GLF SC 3.001a", "#entwurf"),
    ],
)
def test_a_finding_leads_to_its_place(code, stelle, anchor):
    assert anchor_of(Befund(code, "warnung", stelle, "Text.", "Rat.")) == anchor
