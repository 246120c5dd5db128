"""Reading a published Weisung in the browser: what is refused, what is shown, what is stored."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_weisung
from tests.weisungen.importing_texts import header_lines, weisung_text
from tests.weisungen.redaktion_forms import BASE, client_of, page
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db
IMPORT = f"{BASE}import/"
TEXT = weisung_text(s2="Es gilt GLF SC 3.001a (Stand 02.01.2024) und GLF/AH EZ 1.001.")


def upload(client, content, name="weisung.md", **fields):
    return client.post(IMPORT, {"datei": SimpleUploadedFile(name, content), **fields})


def read(client, text=TEXT):
    return client.post(IMPORT, {"text": text})


def store(client, shown, tat="entwurf", **changes):
    """Send the page of the proposal as a browser does, newlines as CR LF included."""
    form = shown.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"tat": tat}
    data["quelltext"] = data["quelltext"].replace("\n", "\r\n")
    data |= {name: value.isoformat() for name, value in data.items() if hasattr(value, "isoformat")}
    return client.post(IMPORT, data | changes)


def test_each_value_stands_beside_its_source_words(redaktion):
    shown = read(client_of(redaktion))
    assert shown.status_code == 200
    entries = {entry.feld.name: entry for entry in shown.context["vorschlag"].angaben}
    assert (entries["gueltig_ab"].beleg, entries["gueltig_ab"].zeile) == ("07.05.2024", 5)
    assert entries["nummer"].feld.value() == "202405001"
    assert [str(cited.zitat.kennung) for cited in shown.context["vorschlag"].zitate] == [
        "GLF SC 3.001a",
        "GLF/AH EZ 1.001",
    ]
    body = shown.content.decode()
    assert "02.01.2024" in body
    assert "2. Auftrag und Ziel" in body
    assert not Weisung.objects.exists()


def test_a_finding_stands_at_its_field(redaktion):
    shown = read(client_of(redaktion), weisung_text(header=header_lines(SGB_II="vielleicht")))
    (entry,) = [entry for entry in shown.context["vorschlag"].angaben if entry.feld.name == "sgb_ii"]
    assert [befund.code for befund in entry.befunde] == ["kopfwert-unlesbar"]


def test_saved_as_draft_with_the_corrected_values(redaktion):
    client = client_of(redaktion)
    answer = store(client, read(client), titel="Richtiger Titel")
    weisung = Weisung.objects.get()
    assert answer.headers["Location"] == page(weisung)
    assert (weisung.titel, weisung.quelltext, weisung.ist_entwurf) == ("Richtiger Titel", TEXT, True)
    assert weisung.history.first().history_change_reason == "Import aus eingefügtem Text; berichtigt: Titel"


def test_taken_over_as_issued_with_evidence(redaktion):
    client = client_of(redaktion)
    answer = store(client, read(client), "uebernehmen", geschaeftszeichen="QUB 9")
    weisung = Weisung.objects.get()
    assert answer.status_code == 302
    assert (weisung.weg, weisung.geschaeftszeichen) == ("uebernahme", "QUB 9")
    for zitat in weisung.zitate.all():
        assert weisung.quelltext[zitat.position : zitat.position + len(zitat.beleg)] == zitat.beleg


@pytest.mark.parametrize("tat", ["entwurf", "uebernehmen"])
def test_the_same_again_changes_nothing_and_says_so(redaktion, tat):
    client = client_of(redaktion)
    first = store(client, read(client), tat, titel="Richtiger Titel")
    entries = Weisung.history.count()
    second = store(client, read(client), tat, titel="Richtiger Titel")
    assert second.headers["Location"] == first.headers["Location"]
    assert "nichts geändert" in client.get(second.headers["Location"]).content.decode()
    assert Weisung.history.count() == entries


def test_another_content_for_the_number_is_refused_and_kept_in_the_form(redaktion):
    make_weisung("202405001", datum="2024-05-07")
    client = client_of(redaktion)
    shown = read(client)
    assert "gibt es schon im Portal" in shown.content.decode()
    refused = store(client, shown, "uebernehmen", titel="Mein Titel")
    body = refused.content.decode()
    assert refused.status_code == 409
    assert "wird nicht überschrieben" in body
    assert "Mein Titel" in body
    assert Weisung.objects.count() == 1


def test_an_error_of_the_text_is_no_obstacle_for_a_draft(redaktion):
    client = client_of(redaktion)
    shown = read(client, weisung_text(s6=None))
    refused = store(client, shown, "uebernehmen")
    assert refused.status_code == 409
    assert "„6. Beteiligung“ fehlt" in refused.content.decode()
    assert not Weisung.objects.exists()
    assert store(client, shown).status_code == 302


def test_a_missing_day_has_to_be_given(redaktion):
    client = client_of(redaktion)
    shown = read(client, weisung_text(header=header_lines(Gültig_ab=None)))
    assert "Gültig ab" in store(client, shown).content.decode()
    assert not Weisung.objects.exists()
    assert store(client, shown, "uebernehmen", gueltig_ab="2024-05-07").status_code == 302


def test_nothing_but_the_text_is_believed(redaktion):
    client = client_of(redaktion)
    store(client, read(client), vorspann="<p>untergeschoben</p>", weg="pruefung", befunde="[]", zitate="[]")
    weisung = Weisung.objects.get()
    assert "untergeschoben" not in weisung.vorspann
    assert weisung.ist_entwurf


def test_a_text_that_is_none_is_refused_with_all_sentences_and_not_lost(redaktion):
    refused = read(client_of(redaktion), "Liebe Kollegen,\n\nEinladung zum Sommerfest.")
    body = refused.content.decode()
    assert refused.status_code == 409
    assert "Zeile 1: Der Text ist keine Weisung" in body
    assert "Einladung zum Sommerfest." in body


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rest", "ein Word-Dokument oder ein Archiv"),
        (b"%PDF-1.7 rest", "ein PDF"),
        (b"# Weisung\n\xff\xfe", "Zeile 2: Die Datei ist kein UTF-8-Text."),
        (b"\x00\x01\x02", "Steuerzeichen U+0000"),
        (b"", "Die Datei ist leer."),
        (b"a" * 2_000_001, "Die Datei ist zu groß; erlaubt sind 2 MB."),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_a_sentence(redaktion, content, sentence):
    answer = upload(client_of(redaktion), content)
    assert sentence in answer.content.decode()
    assert not Weisung.objects.exists()


def test_50_megabytes_are_refused_in_less_than_a_second(redaktion):
    client, content = client_of(redaktion), b"a" * 50_000_000
    started = time.perf_counter()
    answer = upload(client, content)
    assert time.perf_counter() - started < 1
    assert "Die Datei ist zu groß; erlaubt sind 2 MB." in answer.content.decode()


def test_an_upload_is_read_with_its_name(redaktion):
    client = client_of(redaktion)
    shown = upload(client, b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), "weisung-1.md")
    store(client, shown)
    weisung = Weisung.objects.get()
    assert (weisung.quelle, weisung.quelltext) == ("weisung-1.md", TEXT)


def test_words_of_the_text_execute_nothing(redaktion):
    attack = weisung_text(vorspann="<script>alert(1)</script><img src=x onerror=alert(1)> Text")
    body = read(client_of(redaktion), attack).content.decode()
    assert "<script>alert" not in body
    assert "<img src=x" not in body


def test_the_page_asks_as_often_for_many_citations_as_for_one(redaktion):
    client = client_of(redaktion)

    def asked(count):
        cited = ", ".join(f"3.{number}" for number in range(100, 100 + count))
        with CaptureQueriesContext(connection) as captured:
            assert read(client, weisung_text(s2=f"Es gilt GLF SC {cited}.")).status_code == 200
        return len(captured)

    assert asked(40) == asked(1)


@pytest.mark.parametrize("role", ["freigabe", "revision"])
def test_who_writes_no_weisung_reads_none_in(role, request):
    assert client_of(request.getfixturevalue(role)).get(IMPORT).status_code == 403
