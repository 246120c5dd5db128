"""The rules over a draft Fassung: each finds what it is for, and nothing where all is well."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbeitsmittel.checks import check_fassung
from arbeitsmittel.models import Fassung
from portal.history import acting_as
from portal.stichtag import Stichtag
from tests.factories import make_arbeitsmittel, make_fassung, make_person

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 3, 1)
MORGEN = "2026-03-02"
TODAY = Stichtag(HEUTE, HEUTE)


def draft(kennung="GLF SC 3.001a", stand=MORGEN, **fields):
    return make_fassung(kennung, stand, published=False, **fields)


def findings(fassung):
    return {befund.code: befund for befund in check_fassung(fassung, TODAY)}


def found(fassung):
    return [(befund.schwere, befund.schluessel) for befund in check_fassung(fassung, TODAY)]


def test_complete_draft_has_no_findings():
    make_fassung("GLF SC 3.001a", "2026-01-01")
    assert found(draft(text="<h2>Ablauf</h2><p>Begrüßung.</p>")) == []


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("titel", "Titel"),
        ("text", "Text"),
        ("aenderungshinweis", "Änderungshinweis"),
        ("aenderungsart", "Art der Änderung"),
    ],
)
def test_empty_field_is_an_error(field, name):
    assert found(draft(**{field: ""})) == [("fehler", f"pflichtfeld:{name}")]


def test_field_of_blanks_is_empty():
    assert found(draft(titel="  ", text="<p> </p>")) == [
        ("fehler", "pflichtfeld:Titel"),
        ("fehler", "pflichtfeld:Text"),
    ]


def test_unsaved_draft_without_stand_can_be_checked():
    unsaved = Fassung(arbeitsmittel=make_arbeitsmittel(), titel="Neu", inhalt="<p>Text.</p>")
    assert [key for _schwere, key in found(unsaved)] == [
        "pflichtfeld:Stand",
        "pflichtfeld:Änderungshinweis",
        "pflichtfeld:Art der Änderung",
    ]


# Stand


def test_stand_of_a_live_text_is_taken():
    make_fassung("GLF SC 3.001a", MORGEN)
    assert found(draft()) == [("fehler", "stand-vergeben:Stand")]


def test_stand_of_a_withdrawn_text_or_known_without_text_is_free():
    make_fassung("GLF SC 3.001a", "2026-03-01", withdrawn="irrtümlich")
    make_fassung("GLF SC 3.001a", MORGEN, only_stand=True)
    assert found(draft()) == []


def test_stand_before_the_newest_needs_a_reason():
    make_fassung("GLF SC 3.001a", "2026-03-05")
    befund = findings(draft())["stand-nicht-neuester"]
    assert befund.schwere == "warnung"
    assert "05.03.2026" in befund.text


def test_stand_of_today_is_not_past_and_yesterday_needs_a_reason():
    assert found(draft(stand="2026-03-01")) == []
    assert found(draft("GLF SC 3.002", "2026-02-28")) == [("fehler", "stand-vergangen:Stand")]
    assert found(draft("GLF SC 3.003", "2026-02-28", nachtrag_grund="Ging im Februar nicht.")) == []


def test_reason_for_a_late_entry_that_is_none():
    assert found(draft(nachtrag_grund="Vorsichtshalber")) == [
        ("hinweis", "nachtrag-unnoetig:Grund der nachträglichen Erfassung")
    ]


def test_stand_far_ahead_is_told():
    assert found(draft(stand="2027-03-02")) == []
    assert found(draft("GLF SC 3.002", stand="2027-03-03")) == [("hinweis", "stand-fern:Stand")]


# Citations


def test_unknown_citation_is_named_with_its_passage():
    befund = findings(draft(text="<p>Weiter geht es mit GLF SC 3.999.</p>"))["zitat-unbekannt"]
    assert (befund.schwere, befund.stelle) == ("warnung", "GLF SC 3.999")
    assert "„Weiter geht es mit GLF SC 3.999.“" in befund.text


def test_known_citation_and_itself_are_fine():
    make_fassung("GLF SC 3.305", "2026-01-01")
    make_fassung("EMB AH Umzug und Ortswechsel", "2026-01-01", only_stand=True)
    text = "<p>GLF SC 3.001a, 3.305 und EMB AH Umzug und Ortswechsel.</p>"
    assert found(draft(text=text)) == []


def test_citation_of_what_is_all_withdrawn():
    make_fassung("GLF SC 3.305", "2026-01-01", withdrawn="irrtümlich")
    assert found(draft(text="<p>Siehe GLF SC 3.305.</p>")) == [("warnung", "zitat-zurueckgezogen:GLF SC 3.305")]


def test_citation_of_what_applies_later_or_is_a_draft():
    make_fassung("GLF SC 3.305", "2026-03-03")
    draft("GLF SC 3.306")
    cites = draft(text="<p>Siehe GLF SC 3.305, 3.306.</p>")
    assert found(cites) == [
        ("warnung", "zitat-ohne-stand:GLF SC 3.305"),
        ("warnung", "zitat-ohne-stand:GLF SC 3.306"),
    ]
    texts = [befund.text for befund in check_fassung(cites, TODAY)]
    assert "der erste gilt ab 03.03.2026" in texts[0]
    assert "Entwurf mit Stand 02.03.2026" in texts[1]


def test_citation_of_what_applies_from_the_same_day_is_fine():
    make_fassung("GLF SC 3.305", MORGEN)
    assert found(draft(text="<p>Siehe GLF SC 3.305.</p>")) == []


def test_key_of_a_citation_stays_while_the_sentence_changes():
    one, other = draft(text="<p>Siehe GLF SC 3.999.</p>"), draft("GLF SC 3.002", text="<p>3.999: GLF SC 3.999!</p>")
    assert found(one) == found(other)


# Really editorial?


def test_editorial_change_that_binds_needs_a_reason():
    make_fassung("GLF SC 3.001a", "2025-01-01", text="<p>Antwort in drei Tagen.</p>")
    make_fassung("GLF SC 3.001a", "2026-01-01", text="<p>Antwort in 14 Tagen.</p>")
    befund = findings(draft(text="<p>Antwort in 2 Wochen.</p>", aenderungsart="redaktionell"))["nicht-redaktionell"]
    assert (befund.schwere, befund.stelle) == ("warnung", "14 Tagen → 2 Wochen")
    assert "„Antwort in 2 Wochen.“" in befund.text


def test_the_title_is_compared_too():
    make_fassung("GLF SC 3.001a", "2026-01-01", titel="Anruf")
    changed = draft(titel="Kein Anruf", aenderungsart="redaktionell")
    assert found(changed) == [("warnung", "nicht-redaktionell:(neu) → Kein")]


def test_where_a_link_leads_is_compared_too():
    link = '<p><a href="tel:08004555500">Servicenummer</a> <a href="http://ba.example/a">Seite</a></p>'
    make_fassung("GLF SC 3.001a", "2026-01-01", text=link)
    changed = draft(text=link.replace("00", "01").replace("http:", "https:"), aenderungsart="redaktionell")
    assert found(changed) == [("warnung", "nicht-redaktionell:08004555500 → 08014555501")]


def test_the_same_words_twice_are_one_finding_with_another_key():
    make_fassung("GLF SC 3.001a", "2026-01-01", text="<p>A kann das.</p><p>B kann jenes.</p>")
    once = draft(text="<p>A muss das.</p><p>B kann jenes.</p>", aenderungsart="redaktionell")
    assert found(once) == [("warnung", "nicht-redaktionell:kann → muss")]
    once.inhalt = "<p>A muss das.</p><p>B muss jenes.</p>"
    assert found(once) == [("warnung", "nicht-redaktionell:kann → muss (2-mal)")]


def test_corrected_spelling_and_substantive_change_pass():
    make_fassung("GLF SC 3.001a", "2026-01-01", text="<p>Antwort in 14 Tagen, nciht später.</p>")
    assert found(draft(text="<p>Antwort in 14 Tagen, nicht später.</p>", aenderungsart="redaktionell")) == []
    make_fassung("GLF SC 3.002", "2026-01-01", text="<p>Antwort in 14 Tagen.</p>")
    assert found(draft("GLF SC 3.002", text="<p>Antwort in 2 Wochen.</p>", aenderungsart="fachlich")) == []


def test_many_changes_are_told_together():
    make_fassung("GLF SC 3.001a", "2026-01-01", text="".join(f"<p>Fall {n} in {n} Tagen.</p>" for n in range(20, 40)))
    text = "".join(f"<p>Fall {n} in {n + 100} Tagen.</p>" for n in range(20, 40))
    assert found(draft(text=text, aenderungsart="redaktionell")) == [("warnung", "nicht-redaktionell:20 Stellen")]


def test_editorial_change_of_nothing_is_told():
    make_fassung("GLF SC 3.001a", "2026-01-01", only_stand=True)
    assert found(draft(aenderungsart="redaktionell")) == [("hinweis", "redaktionell-ohne-vergleich:Art der Änderung")]


# Siblings


def test_sibling_without_a_new_stand_needs_a_reason():
    make_fassung("GLF/AH EZ 1.001", "2026-01-01")
    make_fassung("GLF SC 3.305", "2026-01-01")
    befund = findings(draft())["geschwister-unveraendert"]
    assert (befund.schwere, befund.stelle) == ("warnung", "GLF/AH EZ 1.001")
    assert "01.01.2026" in befund.text


def test_sibling_that_goes_along_is_fine():
    make_fassung("GLF/AH EZ 1.001", "2026-01-01")
    draft("GLF/AH EZ 1.001")
    make_fassung("GLF SC 3.001b", MORGEN)
    make_fassung("GLF SC 2.001", "2026-01-01", withdrawn="irrtümlich")
    make_arbeitsmittel("GLF SC 3.001c")
    assert found(draft()) == []


def test_editorial_change_asks_for_no_siblings():
    make_fassung("GLF/AH EZ 1.001", "2026-01-01")
    make_fassung("GLF SC 3.001a", "2026-01-01")
    assert found(draft(aenderungsart="redaktionell")) == []


def test_reason_given_earlier_is_remembered_and_quoted():
    key = "geschwister-unveraendert:GLF/AH EZ 1.001"
    make_fassung("GLF/AH EZ 1.001", "2025-01-01")
    writer = make_person("anna", first_name="Anna", last_name="Muster")
    with acting_as(writer, "Test"):
        make_fassung("GLF SC 3.001a", "2026-01-01", begruendungen={key: "Am Schalter anders."})
    befund = findings(draft())["geschwister-unveraendert"]
    assert befund.schwere == "hinweis"
    assert befund.schluessel == key
    assert "„Am Schalter anders.“" in befund.text
    assert "am 01.01.2020 angegeben" in befund.text


def test_reason_about_another_sibling_or_of_a_withdrawn_fassung_does_not_count():
    make_fassung("GLF/AH EZ 1.001", "2025-01-01")
    make_fassung("GLF SC 3.001a", "2026-01-01", begruendungen={"geschwister-unveraendert:GLF SC 3.001b": "Anders."})
    key = "geschwister-unveraendert:GLF/AH EZ 1.001"
    make_fassung("GLF SC 3.001a", "2026-01-02", begruendungen={key: "Anders."}, withdrawn="irrtümlich")
    assert ("warnung", key) in found(draft())


# Structure and cost


def test_structure_of_the_text_is_checked():
    assert found(draft(text="<h3>Ablauf</h3><p>Text.</p>")) == [("warnung", "ueberschrift-ebene:Überschrift „Ablauf“")]


@pytest.mark.parametrize("art", ["fachlich", "redaktionell"])
def test_number_of_queries_is_small_and_constant(art):
    for number in range(1, 4):
        make_fassung("GLF SC 3.001a", f"2026-01-0{number}", text="<p>Antwort in 14 Tagen.</p>")
        make_fassung(f"GLF SC 3.30{number}", "2026-01-01")
        make_fassung(f"GLF SC 3.001{chr(ord('b') + number)}", "2026-01-01")
    text = "<p>GLF SC 3.301, 3.302, 3.303, 3.999; EMB AH Umzug und Ortswechsel.</p>"
    written = Fassung.objects.get(pk=draft(text=text, aenderungsart=art).pk)
    with CaptureQueriesContext(connection) as captured:
        check_fassung(written, TODAY)
    assert len(captured) <= 7
