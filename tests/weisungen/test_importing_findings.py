"""Findings: each rule speaks where it should, quotes the place, and is silent otherwise."""

import pytest
from importing_texts import TITLE, codes, header_lines, plain_text, read_with_evidence, text_of, weisung_text


def findings(vorschlag, code):
    return [befund for befund in vorschlag.befunde if befund.code == code]


def only(vorschlag, code):
    (befund,) = findings(vorschlag, code)
    return befund


@pytest.mark.parametrize(
    ("roles", "cited", "expected"),
    [
        ({"SGB_II": "nicht betroffen"}, "GLF SC 2.011", ["GLF SC 2.011"]),
        ({"SGB_II": "nicht betroffen"}, "GLF SC 3.011", []),
        ({"SGB_II": "Weisung"}, "GLF SC 2.011", []),
        ({"SGB_III": "nicht betroffen"}, "GLF SC 3.011 und 3.012", ["GLF SC 3.011", "GLF SC 3.012"]),
        ({"SGB_III": "nicht betroffen"}, "GLF/AH EZ 1.011", []),
    ],
)
def test_role_that_contradicts_the_citations(roles, cited, expected):
    vorschlag = read_with_evidence(weisung_text(header=header_lines(**roles), s4=f"Siehe {cited}."))
    found = findings(vorschlag, "rolle-widerspricht-zitat")
    assert [befund.schwere for befund in found] == ["warnung"] * len(expected)
    assert all(kennung in befund.text for kennung, befund in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    ("stand", "later"),
    [
        ("08.05.2024", True),
        ("07.05.2024", False),
        ("01.01.2020", False),
        ("06/2024", True),
        ("05/2024", False),
        ("Juli 2012", False),
    ],
)
def test_stand_later_than_the_weisung(stand, later):
    vorschlag = read_with_evidence(weisung_text(s4=f"Siehe GLF SC 3.001a (PDF PDF, Stand {stand})."))
    assert ("stand-nach-weisung" in codes(vorschlag)) is later
    if later:
        befund = only(vorschlag, "stand-nach-weisung")
        assert befund.beleg == f"GLF SC 3.001a (PDF PDF, Stand {stand})"
        assert befund.schwere == "hinweis"


def test_stand_later_is_one_finding_for_an_arbeitsmittel_cited_twice():
    cited = "GLF SC 3.001a (Stand 08.05.2024)"
    vorschlag = read_with_evidence(weisung_text(s3=cited, s4=cited))
    assert len(vorschlag.zitate) == 2
    assert len(findings(vorschlag, "stand-nach-weisung")) == 1


@pytest.mark.parametrize(
    ("other", "differs"), [("3.103 (Stand 02.01.2024)", False), ("3.103 (Stand 03.01.2024)", True), ("3.103", False)]
)
def test_siblings_with_different_staende(other, differs):
    vorschlag = read_with_evidence(weisung_text(s4=f"GLF/AH EZ 1.103 (Stand 02.01.2024), GLF SC {other}"))
    assert ("geschwister-verschieden" in codes(vorschlag)) is differs


def test_sibling_finding_names_thema_and_staende():
    vorschlag = read_with_evidence(
        weisung_text(s4="GLF/AH EZ 1.103 (Stand 02.01.2024), 1.104 (Stand 01.01.2023), GLF SC 3.103 (Stand 12.10.2023)")
    )
    befund = only(vorschlag, "geschwister-verschieden")
    assert "Thema 103" in befund.text
    assert "GLF/AH EZ 1.103 (02.01.2024), GLF SC 3.103 (12.10.2023)" in befund.text


def test_one_arbeitsmittel_with_two_staende():
    vorschlag = read_with_evidence(
        weisung_text(s3="GLF SC 3.001a (Stand 02.01.2024)", s4="GLF SC 3.001a (Stand 01.01.2023)")
    )
    befund = only(vorschlag, "stand-uneinheitlich")
    assert "02.01.2024 und 01.01.2023" in befund.text
    assert befund.beleg == "GLF SC 3.001a (Stand 01.01.2023)"


def test_citation_without_stand_and_with_an_impossible_one():
    vorschlag = read_with_evidence(weisung_text(s3="GLF SC 3.001a", s4="GLF SC 3.002 (PDF PDF, Stand 31.02.2024)"))
    assert [
        "GLF SC 3.001a" in one.text or "GLF SC 3.002" in one.text for one in findings(vorschlag, "stand-fehlt")
    ] == [True] * 2
    assert only(vorschlag, "datum-unmoeglich").beleg == "31.02.2024"


def test_range_records_its_ends_only():
    vorschlag = read_with_evidence(weisung_text(s4="GLF/AH EZ 1.001 bis 1.005 gelten."))
    assert [str(zitat.kennung) for zitat in vorschlag.zitate] == ["GLF/AH EZ 1.001", "GLF/AH EZ 1.005"]
    assert only(vorschlag, "bereich-nur-enden").beleg == "GLF/AH EZ 1.001 bis 1.005"


@pytest.mark.parametrize("written", ["GLF SC 4.001", "GLF SC 1.001", "GLF/AH EZ 3.001"])
def test_series_with_a_number_that_it_cannot_have(written):
    vorschlag = read_with_evidence(weisung_text(s4=f"Siehe {written}."))
    assert vorschlag.zitate == ()
    assert only(vorschlag, "zitat-unverstanden").beleg == written


def test_a_without_b_and_a_letter_left_out():
    vorschlag = read_with_evidence(
        weisung_text(s2="### **a) Erstes**\n\nText.", s3="a) eins\n\nc) drei", s4="a) eins\nb) zwei")
    )
    assert [(one.beleg, one.text) for one in findings(vorschlag, "aufzaehlung-unvollstaendig")] == [
        ("a) Erstes", "Auf „a)“ folgt kein „b)“."),
        ("c) drei", "Vor „c)“ fehlt „b)“."),
    ]


@pytest.mark.parametrize(("date", "differs"), [("07.05.2024", False), ("31.05.2024", False), ("01.06.2024", True)])
def test_number_against_date(date, differs):
    vorschlag = read_with_evidence(weisung_text(title=TITLE.replace("07.05.2024", date)))
    assert ("nummer-gegen-datum" in codes(vorschlag)) is differs


def test_date_that_is_missing_is_the_month_of_the_number():
    vorschlag = read_with_evidence(weisung_text(title=TITLE.replace(" vom 07.05.2024", "")))
    assert vorschlag.as_json()["weisung"]["datum"] == "2024-05"
    assert [(one.code, one.schwere) for one in vorschlag.befunde] == [("datum-aus-nummer", "fehler")]


def test_date_of_which_only_the_month_is_printed_is_a_fault():
    vorschlag = read_with_evidence(weisung_text(title=TITLE.replace("07.05.2024", "Mai 2024")))
    assert [(one.code, one.schwere, one.beleg) for one in vorschlag.befunde] == [
        ("datum-nur-monat", "fehler", "Mai 2024")
    ]


def test_missing_sections_are_findings():
    vorschlag = read_with_evidence(weisung_text(s3=None, s6=None))
    assert [one.text for one in findings(vorschlag, "abschnitt-fehlt")] == [
        "Der Abschnitt „3. Einzelaufträge“ fehlt.",
        "Der Abschnitt „6. Beteiligung“ fehlt.",
    ]
    assert {befund.schwere for befund in vorschlag.befunde} == {"fehler"}


def test_section_twice_keeps_both_texts():
    text = weisung_text(s6="Erster Stand.") + "\n## 6. Beteiligung\n\nZweiter Stand.\n"
    vorschlag = read_with_evidence(text)
    assert text_of(vorschlag, 6) == "<p>Erster Stand.</p><p>Zweiter Stand.</p>"
    assert only(vorschlag, "abschnitt-doppelt").position == text.rfind("6. Beteiligung")


def test_sections_out_of_order_are_put_in_order():
    text = weisung_text(s3=None) + "\n## 3. Einzelaufträge\n\nAm Ende.\n"
    vorschlag = read_with_evidence(text)
    assert [part.nummer for part in vorschlag.abschnitte] == [1, 2, 3, 4, 5, 6]
    assert text_of(vorschlag, 3) == "<p>Am Ende.</p>"
    assert codes(vorschlag) == ["abschnitt-reihenfolge"]


def test_section_with_another_number_belongs_to_its_words():
    vorschlag = read_with_evidence(weisung_text().replace("## 5. Haushalt", "## 7. Haushalt"))
    assert text_of(vorschlag, 5) == "<p>Entfällt</p>"
    assert codes(vorschlag) == ["abschnitt-nummer"]


def test_section_without_text():
    vorschlag = read_with_evidence(weisung_text(s5=""))
    assert only(vorschlag, "abschnitt-leer").beleg == "5. Haushalt"


def test_unknown_header_line_is_kept_in_the_vorspann():
    vorschlag = read_with_evidence(
        weisung_text(header=header_lines().replace("**Gültig ab", "**Verteiler:** alle  \n**Gültig ab"))
    )
    assert only(vorschlag, "kopfzeile-unbekannt").beleg == "Verteiler:** alle"
    assert "Verteiler:" in vorschlag.vorspann
    assert vorschlag.vorspann.endswith("<p>Die Probe beginnt.</p>")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"SGB_II": "vielleicht"}, "sgb_ii"),
        ({"Gültig_ab": "demnächst"}, "gueltig_ab"),
        ({"Gültig_bis": "irgendwann"}, "gueltig_bis"),
    ],
)
def test_value_that_cannot_be_read_is_kept_in_the_vorspann(changes, field):
    vorschlag = read_with_evidence(weisung_text(header=header_lines(**changes)))
    (printed,) = changes.values()
    befunde = [befund for befund in vorschlag.befunde if befund.beleg == printed]
    assert len(befunde) == 1
    assert befunde[0].code in ("kopfwert-unlesbar", "text-unverstanden")
    assert printed in vorschlag.vorspann
    assert vorschlag.as_json()["weisung"][field] is None
    assert field not in vorschlag.belege


def test_text_that_no_rule_understands_is_kept_and_reported():
    text = "Startseite | Veröffentlichungen\n\n" + weisung_text(header="Ein Satz vor dem Kopf.\n\n" + header_lines())
    vorschlag = read_with_evidence(text)
    assert findings(vorschlag, "text-unverstanden")[0].beleg == "Startseite | Veröffentlichungen"
    assert "Startseite | Veröffentlichungen" in vorschlag.vorspann
    assert "Ein Satz vor dem Kopf." in vorschlag.vorspann + vorschlag.kopf.titel


def test_header_field_twice_with_different_values():
    vorschlag = read_with_evidence(weisung_text(header=header_lines() + "\n**SGB II:** Weisung"))
    assert vorschlag.kopf.sgb_ii == "nicht betroffen"
    assert "zweimal" in only(vorschlag, "kopffeld-doppelt").text
    assert "SGB II:" in vorschlag.vorspann


def test_missing_header_lines():
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Gültig_bis=None, SGB_II=None)))
    assert [one.text for one in findings(vorschlag, "kopffeld-fehlt")] == [
        "Die Kopfzeile „Gültig bis“ fehlt. Ein Ende der Geltung ist damit nicht belegt.",
        "Die Kopfzeile „SGB II“ fehlt.",
    ]
    assert {befund.schwere for befund in vorschlag.befunde} == {"warnung"}


def test_missing_begin_of_validity_is_a_fault():
    missing = read_with_evidence(weisung_text(header=header_lines(Gültig_ab=None)))
    empty = read_with_evidence(weisung_text(header=header_lines(Gültig_ab="")))
    assert only(missing, "kopffeld-fehlt").schwere == only(empty, "kopffeld-leer").schwere == "fehler"
    assert only(empty, "kopffeld-leer").beleg == "Gültig ab:**"


def test_header_line_with_another_value_in_the_middle_of_the_text():
    vorschlag = read_with_evidence(plain_text() + "\nGültig ab: 09.09.2024\n")
    assert only(vorschlag, "kopfzeile-im-text").beleg == "Gültig ab: 09.09.2024"
    assert "Gültig ab: 09.09.2024" in text_of(vorschlag, 6)


def test_valid_at_once_is_the_date_of_the_weisung():
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Gültig_ab="ab sofort")))
    assert vorschlag.kopf.gueltig_ab == vorschlag.kopf.datum
    assert codes(vorschlag) == ["gueltig-ab-sofort"]


def test_letters_lost_in_conversion():
    vorschlag = read_with_evidence(weisung_text(s1="Die Pr\ufffdfung."))
    assert only(vorschlag, "zeichen-verloren").beleg == "Die Pr\ufffdfung."
