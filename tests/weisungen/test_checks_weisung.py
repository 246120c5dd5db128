"""The rules over a draft Weisung: each finds what it is for, and nothing where all is well."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.stichtag import Stichtag
from tests.factories import make_fassung, make_umsetzung, make_weisung, publish
from weisungen.checks import check_weisung
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 3, 1)
TODAY = Stichtag(HEUTE, HEUTE)
ALL_WELL = {
    "geschaeftszeichen": "QUB 5 – 6801.4",
    "bezug": "§ 38 SGB III",
    "sgb_ii": "weisung",
    "sgb_iii": "weisung",
}


def draft(nummer="202603001", datum="2026-03-02", **fields):
    return make_weisung(nummer, datum=datum, published=False, **(ALL_WELL | fields))


def found(weisung):
    return [(befund.schwere, befund.schluessel) for befund in check_weisung(weisung, TODAY)]


def text_of(weisung, code):
    return next(befund.text for befund in check_weisung(weisung, TODAY) if befund.code == code)


def test_complete_draft_has_no_findings():
    make_fassung("GLF SC 2.011", "2026-01-01")
    assert found(draft(auftrag_und_ziel="<h3>2.1 Ziel</h3><p>Es gilt GLF SC 2.011.</p>")) == []


# Header


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"titel": ""}, ("fehler", "pflichtfeld:Titel")),
        ({"auftrag_und_ziel": "<p> </p>"}, ("fehler", "pflichtfeld:Text")),
        ({"sgb_ii": "", "sgb_iii": ""}, ("fehler", "rollen-leer:Rollen")),
        ({"geschaeftszeichen": ""}, ("hinweis", "kopffeld-leer:Geschäftszeichen")),
        ({"bezug": "- -"}, ("hinweis", "kopffeld-leer:Bezug")),
        ({"gueltig_ab": date(2026, 3, 1)}, ("warnung", "gueltig-vor-datum:Gültig ab")),
    ],
)
def test_header_is_checked(fields, expected):
    assert found(draft(**fields)) == [expected]


def test_end_before_the_beginning_is_an_error_and_the_last_day_may_be_the_first():
    unsaved = Weisung(typ="weisung", nummer="202603001", titel="Neu", datum=date(2026, 3, 2), info="<p>Text.</p>")
    unsaved.gueltig_ab, unsaved.gueltig_bis = date(2026, 3, 2), date(2026, 3, 1)
    assert ("fehler", "gueltig-verkehrt:Gültig bis") in found(unsaved)
    unsaved.gueltig_bis = unsaved.gueltig_ab
    assert ("fehler", "gueltig-verkehrt:Gültig bis") not in found(unsaved)


def test_unsaved_draft_without_dates_and_number_can_be_checked():
    keys = [key for schwere, key in found(Weisung()) if schwere == "fehler"]
    assert keys == [
        "pflichtfeld:Laufende Nummer",
        "pflichtfeld:Titel",
        "pflichtfeld:Datum",
        "pflichtfeld:Gültig ab",
        "pflichtfeld:Text",
        "rollen-leer:Rollen",
    ]


def test_structure_is_checked_in_every_section():
    table = "<table><caption>Fristen</caption><tbody><tr><td>Anlass</td></tr></tbody></table>"
    assert found(draft(einzelauftraege=table)) == [
        ("fehler", "tabelle-ohne-kopf:Abschnitt 3 (Einzelaufträge), Die Tabelle „Fristen“")
    ]


# Number


def test_gap_before_the_number_is_told_and_closed_by_any_type():
    assert found(draft("202603003")) == [("hinweis", "nummer-luecke:Laufende Nummer")]
    make_weisung("202603002", typ="information", datum="2026-03-01")
    assert found(Weisung.objects.get(nummer="202603003")) == []


def test_number_that_exists_is_an_error():
    make_weisung("202603001", datum="2026-03-01")
    unsaved = Weisung(typ="weisung", nummer="202603001", titel="Neu", datum=HEUTE, gueltig_ab=HEUTE, info="<p>T</p>")
    assert ("fehler", "nummer-vergeben:Laufende Nummer") in found(unsaved)
    unsaved.typ = "information"
    assert ("hinweis", "nummer-zweimal:Laufende Nummer") in found(unsaved)


def test_number_of_a_withdrawn_weisung_is_free():
    old = make_weisung("202603001", datum="2026-03-01", published=False)
    publish(old, withdrawn="irrtümlich")
    assert found(draft("202603001")) == []


def test_number_of_another_month_needs_a_reason():
    assert found(draft("202602001")) == [("warnung", "nummer-gegen-datum:Laufende Nummer")]


# Citations


def test_role_not_affected_against_the_cited_series():
    make_fassung("GLF SC 2.011", "2026-01-01")
    make_fassung("GLF SC 3.011", "2026-01-01")
    weisung = draft(sgb_ii="nicht-betroffen", info="<p>GLF SC 2.011; 3.011.</p>")
    assert found(weisung) == [("warnung", "rolle-widerspricht-zitat:SGB II: GLF SC 2.011")]
    assert "GLF SC 2.011 (Service Center SGB II)" in text_of(weisung, "rolle-widerspricht-zitat")


def test_role_not_affected_without_such_citations_is_fine():
    make_fassung("GLF/AH EZ 1.011", "2026-01-01")
    make_fassung("GLF SC 3.011", "2026-01-01")
    assert found(draft(sgb_ii="nicht-betroffen", info="<p>GLF/AH EZ 1.011; GLF SC 3.011.</p>")) == []


def test_citations_that_lead_nowhere():
    make_fassung("GLF SC 3.305", "2026-01-01", withdrawn="irrtümlich")
    make_fassung("GLF SC 3.306", "2026-03-03")
    assert found(draft(info="<p>GLF SC 3.305, 3.306, 3.999.</p>")) == [
        ("warnung", "zitat-unbekannt:GLF SC 3.999"),
        ("warnung", "zitat-zurueckgezogen:GLF SC 3.305"),
        ("warnung", "zitat-ohne-stand:GLF SC 3.306"),
    ]


def test_what_the_package_brings_along_needs_no_stand_yet():
    new = make_fassung("GLF SC 3.999", "2026-03-02", published=False)
    weisung = draft(info="<p>GLF SC 3.999.</p>")
    make_umsetzung(weisung, "GLF SC 3.999", fassung=new, im_paket=True)
    assert found(weisung) == [("hinweis", "paket-ungeprueft:GLF SC 3.999")]


# Other directives


def test_unknown_directive_in_the_text_is_told():
    weisung = draft(info="<p>Die Weisung 202001005 bleibt, ebenso HEGA 10/15 - 8 und 202603001 selbst.</p>")
    assert found(weisung) == [("hinweis", "verweis-unbekannt:Weisung 202001005")]
    assert "„Die Weisung 202001005 bleibt" in text_of(weisung, "verweis-unbekannt")


def test_directive_that_applies_is_fine_whatever_its_type():
    make_weisung("202601001", typ="information", datum="2026-01-05")
    assert found(draft(info="<p>Siehe 202601001.</p>")) == []


@pytest.mark.parametrize("how", ["repealed", "withdrawn", "expired"])
def test_directive_that_is_over_needs_a_reason(how):
    old = make_weisung("202601001", datum="2026-01-05", published=False, gueltig_bis=date(2026, 3, 1))
    publish(old, withdrawn="irrtümlich" if how == "withdrawn" else "")
    if how == "repealed":
        make_weisung("202602001", datum="2026-02-05", repeals=("202601001",))
    weisung = draft(info="<p>Siehe Weisung 202601001.</p>")
    assert found(weisung) == [("warnung", "verweis-ueberholt:Weisung 202601001")]
    words = {
        "repealed": "seit 05.02.2026 aufgehoben durch Weisung 202602001",
        "withdrawn": "zurückgezogen",
        "expired": "abgelaufen, sie galt bis 01.03.2026",
    }
    assert words[how] in text_of(weisung, "verweis-ueberholt")


def test_what_the_weisung_repeals_itself_may_be_named():
    make_weisung("202601001", datum="2026-01-05")
    weisung = draft(aufhebung="- Weisung 202601001 vom 05.01.2026 – Beispiel", info="<p>Statt 202601001.</p>")
    assert found(weisung) == []


def test_bezug_to_nothing_or_to_what_is_over():
    make_weisung("202601001", datum="2026-01-05", gueltig_bis=date(2026, 1, 31))
    make_weisung("202601002", datum="2026-01-05")
    make_weisung("202602001", datum="2026-02-05", repeals=("202601002",))
    assert found(draft(bezug="Weisung 202601001\nWeisung 202601002\nWeisung 202001005\nWeisung 202602001")) == [
        ("warnung", "bezug-ueberholt:Weisung 202601002"),
        ("hinweis", "bezug-ueberholt:Weisung 202601001"),
        ("hinweis", "bezug-unbekannt:Weisung 202001005"),
    ]


def test_repeal_of_itself_is_an_error():
    assert found(draft(aufhebung="Weisung 202603001")) == [("fehler", "aufhebung-selbst:Weisung 202603001")]


def test_repeal_of_what_is_repealed_unknown_or_only_a_part():
    make_weisung("202601001", datum="2026-01-05")
    make_weisung("202602001", datum="2026-02-05", repeals=("202601001",))
    lines = "Weisung 202601001\nWeisung 202001005\nNummer 2.3 der Weisung 202602001\nDie alte Dienstvereinbarung"
    assert found(draft(aufhebung=lines)) == [
        ("warnung", "aufhebung-ueberholt:Weisung 202601001"),
        ("hinweis", "aufhebung-teilweise:Weisung 202602001"),
        ("hinweis", "aufhebung-unbekannt:Weisung 202001005"),
    ]


def test_own_repeal_of_an_issued_weisung_is_not_held_against_it():
    make_weisung("202601001", datum="2026-01-05")
    line = "Weisung 202601001"
    issued = make_weisung(
        "202602001", datum="2026-02-05", repeals=("202601001",), aufhebung=line, bezug=line, geschaeftszeichen="QUB 5"
    )
    assert found(issued) == []


# Umsetzung


def test_member_of_the_package_with_another_stand():
    make_fassung("GLF SC 3.305", "2026-01-01")
    new = make_fassung("GLF SC 3.305", "2026-03-03", published=False)
    weisung = draft(info="<p>GLF SC 3.305.</p>")
    make_umsetzung(weisung, "GLF SC 3.305", fassung=new, im_paket=True)
    assert ("warnung", "paket-anderer-stand:GLF SC 3.305") in found(weisung)


def test_announced_but_not_cited_unless_it_was_taken_out():
    make_fassung("GLF SC 3.305", "2026-01-01")
    weisung = draft()
    make_umsetzung(weisung, "GLF SC 3.305")
    make_umsetzung(weisung, "GLF SC 3.306", gestrichen=True)
    assert found(weisung) == [("warnung", "angekuendigt-nicht-zitiert:GLF SC 3.305")]


def test_ordered_but_not_announced():
    make_fassung("GLF SC 3.305", "2026-01-01")
    make_fassung("GLF SC 3.306", "2026-01-01")
    weisung = draft(einzelauftraege="<p>GLF SC 3.305, 3.306 sind anzuwenden.</p>")
    make_umsetzung(weisung, "GLF SC 3.305")
    assert found(weisung) == [("hinweis", "auftrag-nicht-angekuendigt:GLF SC 3.306")]


# Cost, and the real one


def test_number_of_queries_is_small():
    for number in range(1, 6):
        make_fassung(f"GLF SC 3.30{number}", "2026-01-01")
        make_weisung(f"20260100{number}", datum="2026-01-05")
    text = "<p>GLF SC 3.301, 3.302, 3.303, EMB AH Umzug; 202601001, 202601002, 202601003, 202601004.</p>"
    weisung = draft(info=text, bezug="Weisung 202601005", aufhebung="Weisung 202601004")
    make_umsetzung(weisung, "GLF SC 3.301")
    with CaptureQueriesContext(connection) as captured:
        check_weisung(weisung, TODAY)
    assert len(captured) <= 5


def test_the_real_weisung_shows_its_contradiction(real_weisung_file):
    call_command("import_weisung", str(real_weisung_file), stdout=io.StringIO())
    weisung = Weisung.objects.get(nummer="202305004")
    warned = [befund for befund in check_weisung(weisung, TODAY) if befund.schwere != "hinweis"]
    assert [befund.schluessel for befund in warned] == ["rolle-widerspricht-zitat:SGB II: GLF SC 2.011"]
