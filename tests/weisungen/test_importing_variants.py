"""Forms in which Weisungen are published or saved; each must be read, none may be guessed silently."""

import unicodedata

import pytest
from importing_texts import HEADER, TITLE, codes, header_lines, plain_text, read_with_evidence, text_of, weisung_text


def test_published_form_gives_every_field():
    vorschlag = read_with_evidence(weisung_text())
    assert vorschlag.as_json()["weisung"] == {
        "nummer": "202405001",
        "titel": "Probelauf der Testarbeitsmittel",
        "datum": "2024-05-07",
        "geschaeftszeichen": "TST 1 – 1234.5 / 6789",
        "gueltig_ab": "2024-05-07",
        "gueltig_bis": None,
        "sgb_ii": "nicht betroffen",
        "sgb_iii": "Weisung",
        "familienkasse": "Information",
        "bezug": [],
        "aufhebungen": [],
    }
    assert [abschnitt.nummer for abschnitt in vorschlag.abschnitte] == [1, 2, 3, 4, 5, 6]
    assert vorschlag.vorspann == "<p>Die Probe beginnt.</p>"
    assert vorschlag.befunde == ()
    assert set(vorschlag.belege) == set(vorschlag.as_json()["weisung"])


def test_plain_text_without_any_markdown_says_the_same():
    published, plain = read_with_evidence(weisung_text()), read_with_evidence(plain_text())
    assert plain.as_json()["weisung"] == published.as_json()["weisung"]
    assert plain.vorspann == published.vorspann
    assert [(part.nummer, part.inhalt) for part in plain.abschnitte] == [
        (part.nummer, part.inhalt) for part in published.abschnitte
    ]
    assert plain.befunde == ()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("unbegrenzt", None),
        ("fortlaufend", None),
        ("unbefristet", None),
        ("bis auf Weiteres", None),
        ("- -", None),
        ("31.12.2025", "2025-12-31"),
        ("bis zum 31. Dezember 2025", "2025-12-31"),
        ("12/2025", "2025-12"),
        ("Juli 2025", "2025-07"),
    ],
)
def test_end_of_validity(printed, expected):
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Gültig_bis=printed)))
    assert vorschlag.as_json()["weisung"]["gueltig_bis"] == expected
    assert vorschlag.belege["gueltig_bis"].text == printed
    by_month = expected is not None and len(expected) == 7
    assert codes(vorschlag) == (["geltung-nur-monat"] if by_month else [])


def test_end_in_the_month_of_the_beginning_is_not_before_it():
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Gültig_bis="05/2024")))
    assert codes(vorschlag) == ["geltung-nur-monat"]
    assert "der letzte Tag" in vorschlag.befunde[0].text


def test_gueltigkeit_bis_is_the_same_label():
    header = header_lines().replace("Gültig bis", "Gültigkeit bis").replace("unbegrenzt", "30.06.2026")
    vorschlag = read_with_evidence(weisung_text(header=header))
    assert vorschlag.as_json()["weisung"]["gueltig_bis"] == "2026-06-30"


def test_missing_familienkasse_is_no_finding_and_null():
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Familienkasse=None)))
    assert vorschlag.kopf.familienkasse is None
    assert "familienkasse" not in vorschlag.belege
    assert vorschlag.befunde == ()


@pytest.mark.parametrize("printed", ["Weisung (nur gE)", "Weisung(nur gE)", "weisung, nur gE", "Weisung – nur gE"])
def test_role_with_an_addition_keeps_word_and_addition_apart(printed):
    vorschlag = read_with_evidence(weisung_text(header=header_lines(SGB_II=printed)))
    assert vorschlag.kopf.sgb_ii == "Weisung"
    assert vorschlag.zusaetze == {"sgb_ii": "nur gE"}
    assert vorschlag.belege["sgb_ii"].text == printed


def test_role_with_an_addition_over_two_lines():
    vorschlag = read_with_evidence(plain_text(header=plain_header(SGB_II="Information (gilt nur\nfür die gE)")))
    assert vorschlag.kopf.sgb_ii == "Information"
    assert vorschlag.zusaetze == {"sgb_ii": "gilt nur für die gE"}


def test_roles_in_another_order_belong_to_their_labels():
    header = header_lines(SGB_II=None, SGB_III=None, Familienkasse=None)
    header = "**Familienkasse:** nicht betroffen  \n**SGB III:** Information  \n**SGB II:** Weisung  \n" + header
    vorschlag = read_with_evidence(weisung_text(header=header))
    kopf = vorschlag.kopf
    assert (kopf.sgb_ii, kopf.sgb_iii, kopf.familienkasse) == ("Weisung", "Information", "nicht betroffen")
    assert vorschlag.befunde == ()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("- -", []),
        ("-", []),
        ("Keine", []),
        ("Weisung 202502006", [("Weisung 202502006", "Weisung", "202502006")]),
        ("Weisung202502006", [("Weisung 202502006", "Weisung", "202502006")]),
        ("202502006", [("Weisung 202502006", "Weisung", "202502006")]),
        ("Weisung 2025-\n02006", [("Weisung 202502006", "Weisung", "202502006")]),
        ("Weisung 20250-2006", [("Weisung 202502006", "Weisung", "202502006")]),
        ("HEGA 10/15 - 8", [("HEGA 10/15 - 8", "HEGA", "10/15-8")]),
        ("HEGA 10/15 – 08", [("HEGA 10/15 - 8", "HEGA", "10/15-8")]),
        ("Information 202307002", [("Information 202307002", "Information", "202307002")]),
        (
            "Weisung 202502006 vom 20.02.2025, HEGA 10/15 - 8 und Information 202307002",
            [
                ("Weisung 202502006 vom 20.02.2025", "Weisung", "202502006"),
                ("HEGA 10/15 - 8", "HEGA", "10/15-8"),
                ("Information 202307002", "Information", "202307002"),
            ],
        ),
        (
            "Weisungen 202502006 und 202401003",
            [("Weisung 202502006", "Weisung", "202502006"), ("Weisung 202401003", "Weisung", "202401003")],
        ),
        (
            "Informationen 202307002 und 202307003",
            [
                ("Information 202307002", "Information", "202307002"),
                ("Information 202307003", "Information", "202307003"),
            ],
        ),
        ("Die bisherigen Regeln zum Probelauf", [("Die bisherigen Regeln zum Probelauf", None, None)]),
        (
            "Abschnitt 2 der Weisung 202502006 und der Information 202307002",
            [
                ("Abschnitt 2 der Weisung 202502006 und der Information 202307002", None, None),
            ],
        ),
        (
            "- Weisung 202502006\n- die Regeln\n  zum Probelauf\n- HEGA 10/15 - 8",
            [
                ("Weisung 202502006", "Weisung", "202502006"),
                ("die Regeln zum Probelauf", None, None),
                ("HEGA 10/15 - 8", "HEGA", "10/15-8"),
            ],
        ),
    ],
)
def test_aufhebung_in_numbers_and_words(printed, expected):
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Aufhebung_von_Regelungen=printed)))
    assert [(one.text, one.typ, one.nummer) for one in vorschlag.kopf.aufhebungen] == expected
    assert vorschlag.as_json()["weisung"]["aufhebungen"] == [text for text, _, _ in expected]
    assert vorschlag.vorspann == "<p>Die Probe beginnt.</p>"
    assert codes(vorschlag) == (["aufhebung-teilweise"] if "Abschnitt" in printed else [])


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("Weisung 202401003", True),
        ("Die Weisung 202401003 vom 10. Januar 2024 wird hiermit aufgehoben.", True),
        ("Weisung 202401003 vom 10.01.2024 – Erster Probelauf", True),
        ("Weisung 202401003 („Erster Probelauf“)", False),
        ("**Weisung 202401003** vom 10.01.2024", True),
        ("Nummer 2.3 der Weisung 202401003 zu den Fristen", False),
        ("Weisung 202401003, Nummer 2.3", False),
        ("Weisung 202401003 vom 10.01.2024 – Abschnitt 2", False),
        ("Weisung 202401003 – 2.3 Fristen", False),
        ("Weisung 202401003 zu den Fristen", False),
        ("Weisung 202401003 mit Ausnahme der Anlage", False),
        ("Weisung 202401003 – Umsetzung der Weisung 202312001", False),
        ("Soweit Gäste betroffen sind: Weisung 202401003", False),
    ],
)
def test_only_a_whole_repeal_has_a_target(printed, whole):
    vorschlag = read_with_evidence(weisung_text(header=header_lines(Aufhebung_von_Regelungen=printed)))
    (aufhebung,) = vorschlag.kopf.aufhebungen
    assert aufhebung.nummer == ("202401003" if whole else None)
    assert aufhebung.text == printed.replace("**", "")
    assert codes(vorschlag) == ([] if whole else ["aufhebung-teilweise"])


def test_weisung_that_repeals_itself_has_no_target():
    vorschlag = read_with_evidence(
        weisung_text(header=header_lines(Aufhebung_von_Regelungen="Weisung 202405001, Information 202405001"))
    )
    assert [(one.text, one.nummer) for one in vorschlag.kopf.aufhebungen] == [
        ("Weisung 202405001", None),
        ("Information 202405001", "202405001"),
    ]
    assert codes(vorschlag) == ["aufhebung-selbst"]


def test_bezug_over_several_lines_without_markdown():
    header = plain_header(Bezug="Weisung 202401003 vom 10.01.2024 – Probelauf\nder ersten Stufe\nHEGA 10/15 - 8")
    vorschlag = read_with_evidence(plain_text(header=header))
    assert vorschlag.as_json()["weisung"]["bezug"] == [
        "Weisung 202401003 vom 10.01.2024 – Probelauf der ersten Stufe",
        "HEGA 10/15 - 8",
    ]
    assert vorschlag.befunde == ()


def test_vorspann_right_after_a_complete_aufhebung_is_no_part_of_it():
    header = plain_header(Aufhebung_von_Regelungen="Weisung 202401003\nDie Probe gilt überall.")
    vorschlag = read_with_evidence(plain_text(header=header))
    assert vorschlag.as_json()["weisung"]["aufhebungen"] == ["Weisung 202401003"]
    assert vorschlag.vorspann == "<p>Die Probe gilt überall.</p><p>Die Probe beginnt.</p>"


@pytest.mark.parametrize("dash", ["-", "–", "—", ":"])
def test_title_with_any_dash(dash):
    vorschlag = read_with_evidence(weisung_text(title=TITLE.replace("–", dash)))
    assert vorschlag.kopf.titel == "Probelauf der Testarbeitsmittel"


@pytest.mark.parametrize(
    "title",
    [
        "Weisung 202405001 vom 07.05.2024 – Probelauf der\nTestarbeitsmittel",
        "Weisung 202405001 vom 07.05.2024 – Probelauf der Testarbeits-\nmittel",
        "Weisung 202405001 vom 07.05.2024\nProbelauf der Testarbeitsmittel",
        "Weisung 202405001 vom 07.05.2024\n\n## Probelauf der Testarbeitsmittel",
        "**Weisung 202405001 vom 07.05.2024** – **Probelauf der Testarbeitsmittel**",
        "Weisung202405001 vom 7. Mai 2024 – Probelauf der Testarbeitsmittel",
        "Weisung 2024-\n05001 vom 07.05.2024 – Probelauf der Testarbeitsmittel",
    ],
)
def test_title_line_in_every_form(title):
    vorschlag = read_with_evidence(weisung_text(title=title))
    assert vorschlag.kopf.titel == "Probelauf der Testarbeitsmittel"
    assert vorschlag.kopf.nummer == "202405001"
    assert vorschlag.as_json()["weisung"]["datum"] == "2024-05-07"
    assert vorschlag.befunde == ()


def test_information_as_the_document_itself():
    text = weisung_text(title="# Information 202405001 vom 07.05.2024 – Hinweise zum Probelauf")
    vorschlag = read_with_evidence(text)
    assert vorschlag.typ == vorschlag.as_json()["typ"] == "Information"
    assert vorschlag.kopf.titel == "Hinweise zum Probelauf"
    assert vorschlag.befunde == ()


def plain_header(**changes):
    values = HEADER | {label.replace("_", " "): value for label, value in changes.items()}
    return "\n".join(f"{label}: {value}" for label, value in values.items())


def test_labels_first_and_values_after():
    header = "\n".join([*(f"{label}:" for label in HEADER), *HEADER.values()])
    vorschlag = read_with_evidence(plain_text(header=header))
    assert vorschlag.as_json()["weisung"] == read_with_evidence(plain_text()).as_json()["weisung"]
    assert vorschlag.vorspann == "<p>Die Probe beginnt.</p>"
    assert vorschlag.befunde == ()


def test_labels_first_and_values_after_with_a_long_value_and_the_rest_as_usual():
    first = list(HEADER)[:7]
    values = [HEADER[label] for label in first]
    values[1] = "TST 1 – 1234.5 /\n6789"
    header = "\n".join([*(f"{label}:" for label in first), *values, "Bezug:", "HEGA 10/15 - 8"])
    header += "\nAufhebung von Regelungen:\n- -"
    vorschlag = read_with_evidence(plain_text(header=header))
    kopf = vorschlag.kopf
    assert kopf.geschaeftszeichen == "TST 1 – 1234.5 / 6789"
    assert (kopf.sgb_ii, kopf.sgb_iii, kopf.familienkasse) == ("nicht betroffen", "Weisung", "Information")
    assert vorschlag.as_json()["weisung"]["bezug"] == ["HEGA 10/15 - 8"]
    assert vorschlag.befunde == ()


def test_header_as_a_table():
    rows = "\n".join(f"| {label} | {value} |" for label, value in HEADER.items())
    vorschlag = read_with_evidence(weisung_text(header=f"| | |\n|---|---|\n{rows}"))
    assert vorschlag.as_json()["weisung"] == read_with_evidence(plain_text()).as_json()["weisung"]
    assert vorschlag.befunde == ()


def test_header_without_colons_and_with_wide_gaps():
    header = "\n".join(f"{label:<30}{value}" for label, value in HEADER.items())
    vorschlag = read_with_evidence(plain_text(header=header))
    assert vorschlag.as_json()["weisung"] == read_with_evidence(plain_text()).as_json()["weisung"]


@pytest.mark.parametrize(
    ("written", "nummern"),
    [
        ("1.\nAusgangssituation\nDie Lage.", [1]),
        ("Ausgangssituation\n\nDie Lage.", [1]),
        ("**Ausgangssituation**\n\nDie Lage.", [1]),
        ("1 Ausgangssituation:\nDie Lage.", [1]),
        ("1. Ausgangssituation: Die Lage.", [1]),
        ("1) AUSGANGSSITUATION\nDie Lage.", [1]),
        ("1. Ausgangssituation\nDie Lage.\nHaushalt\nwar nie ein Abschnitt.", [1]),
        ("1. Ausgangssituation\nDie Lage. Der\n2. Haushaltsplan gilt.", [1]),
    ],
)
def test_heading_of_a_section_in_every_form(written, nummern):
    vorschlag = read_with_evidence(plain_text(body=written))
    assert [abschnitt.nummer for abschnitt in vorschlag.abschnitte] == nummern
    assert text_of(vorschlag, 1).startswith("<p>Die Lage.")


def test_directive_named_in_the_header_is_not_the_title():
    header = header_lines(Aufhebung_von_Regelungen="\nWeisung 202401003 vom 10.01.2024 – Erster Probelauf")
    vorschlag = read_with_evidence(weisung_text(title="# Zweiter Probelauf", header=header))
    assert (vorschlag.kopf.nummer, vorschlag.kopf.titel) == ("202405001", "Zweiter Probelauf")
    assert [one.nummer for one in vorschlag.kopf.aufhebungen] == ["202401003"]


@pytest.mark.parametrize("text", [weisung_text(s2="- Prüfung für Gäste\n- Übung"), plain_text()])
@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("Probelauf", "Probe\u00adlauf").replace("Entfällt", "Ent\u00ad\nfällt"),
        lambda text: unicodedata.normalize("NFD", "\ufeff" + text.replace(" ", "\u202f").replace("\n", "\r\n")),
    ],
    ids=["crlf", "cr", "bom", "nfd", "nbsp", "soft-hyphen", "all"],
)
def test_encodings_of_the_same_text_give_the_same_proposal(text, saved):
    expected, found = read_with_evidence(text).as_json(), read_with_evidence(saved(text)).as_json()
    for one in (expected, found):
        del one["belege"]
        for abschnitt in one["abschnitte"]:
            del abschnitt["position"]
    assert found == expected
