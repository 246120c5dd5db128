"""What an editor sets right in an import: stored, kept on record, and no reason to refuse the same text again."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import make_weisung
from tests.weisungen.importing_texts import header_lines, weisung_text
from weisungen.drafting import draft_from_proposal
from weisungen.importing import ImportRefused, read_weisung
from weisungen.importing.corrections import corrections, field_of
from weisungen.importing.storing import store_weisung
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db
TEXT = weisung_text(s2="Es gilt GLF SC 3.001a.")


def store(text, user, **corrected):
    return store_weisung(
        read_weisung(text), quelltext=text, quelle="Datei", user=user, now=timezone.now(), corrected=corrected
    )


def test_corrected_values_are_stored_and_what_was_read_stays(redaktion):
    weisung = store(TEXT, redaktion, titel="Richtiger Titel", gueltig_bis=date(2025, 1, 1)).weisung
    weisung = Weisung.objects.get(pk=weisung.pk)
    assert (weisung.titel, weisung.gueltig_bis) == ("Richtiger Titel", date(2025, 1, 1))
    assert weisung.zitate.count() == 1
    kept = {befund["code"]: befund for befund in weisung.befunde}
    assert "„Probelauf der Testarbeitsmittel“" in kept["berichtigt-titel"]["text"]
    assert kept["berichtigt-titel"]["beleg"] == "Probelauf der Testarbeitsmittel"
    assert "gelesen war nichts" in kept["berichtigt-gueltig_bis"]["text"]
    assert weisung.history.first().history_change_reason == "Import aus Datei; berichtigt: Titel, Gültig bis"


def test_values_that_agree_are_no_corrections(redaktion):
    assert corrections(read_weisung(TEXT), {"titel": "Probelauf der Testarbeitsmittel"}) == {}
    weisung = store(TEXT, redaktion, titel="Probelauf der Testarbeitsmittel").weisung
    assert not [befund for befund in weisung.befunde if befund["code"].startswith("berichtigt")]


def test_the_same_text_again_changes_nothing(redaktion):
    store(TEXT, redaktion, titel="Richtiger Titel")
    entries = Weisung.history.count()
    assert store(TEXT, redaktion, titel="Richtiger Titel").status == "unveraendert"
    assert store(TEXT, redaktion).status == "unveraendert"
    assert Weisung.history.count() == entries


def test_another_correction_is_a_difference(redaktion):
    store(TEXT, redaktion, titel="Richtiger Titel")
    with pytest.raises(ImportRefused, match="anders: Titel"):
        store(TEXT, redaktion, titel="Noch ein Titel")


def test_a_correction_answers_the_error_about_its_field(redaktion):
    text = weisung_text(header=header_lines(Gültig_ab=None))
    with pytest.raises(ImportRefused, match="Gültig ab"):
        store(text, redaktion)
    with pytest.raises(ImportRefused, match="Gültig ab"):
        store(text, redaktion, titel="Ein anderes Feld")
    weisung = store(text, redaktion, gueltig_ab=date(2024, 5, 7)).weisung
    assert "fehler" not in {befund["schwere"] for befund in weisung.befunde}


def test_no_correction_answers_an_error_about_the_text(redaktion):
    text = weisung_text(s6=None)
    with pytest.raises(ImportRefused, match="Beteiligung"):
        store(text, redaktion, titel="Richtiger Titel", gueltig_ab=date(2024, 5, 8))


def test_corrected_repeals_are_recorded_as_written(redaktion):
    weisung = store(TEXT, redaktion, aufhebung="Weisung 202305004 vom 12.05.2023\nRundmail vom Mai").weisung
    recorded = weisung.aufhebungen.values_list("text", "ziel_nummer")
    assert list(recorded) == [("Weisung 202305004 vom 12.05.2023", "202305004"), ("Rundmail vom Mai", "")]


def test_a_draft_with_this_number_is_not_overwritten(redaktion):
    make_weisung("202405001", published=False)
    with pytest.raises(ImportRefused, match="schon als Entwurf"):
        store(TEXT, redaktion)


def test_a_draft_keeps_what_was_read_as_well(redaktion):
    draft = draft_from_proposal(
        read_weisung(TEXT), quelltext=TEXT, quelle="Datei", corrected={"titel": "Richtiger Titel"},
        user=redaktion, now=timezone.now(),
    )  # fmt: skip
    assert draft.titel == "Richtiger Titel"
    assert "berichtigt-titel" in {befund["code"] for befund in draft.befunde}
    assert draft.history.first().history_change_reason == "Import aus Datei; berichtigt: Titel"


def test_a_draft_may_come_from_a_text_with_errors(redaktion):
    text = weisung_text(header=header_lines(Gültig_ab="demnächst"), s6=None)
    draft = draft_from_proposal(
        read_weisung(text), quelltext=text, quelle="Datei", corrected={"gueltig_ab": date(2024, 5, 7)},
        user=redaktion, now=timezone.now(),
    )  # fmt: skip
    assert draft.gueltig_ab == date(2024, 5, 7)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Gültig_ab": None}, "gueltig_ab"),
        ({"SGB_II": "vielleicht"}, "sgb_ii"),
        ({"Aufhebung_von_Regelungen": "Nummer 2 der Weisung 202305004"}, "aufhebung"),
        ({"Geschäftszeichen": ""}, "geschaeftszeichen"),
    ],
)
def test_a_finding_of_the_header_belongs_to_its_field(change, field):
    befunde = read_weisung(weisung_text(header=header_lines(**change))).befunde
    assert field in {field_of(befund) for befund in befunde}
