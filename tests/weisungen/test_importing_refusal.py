"""What is refused: one sentence with line number for every fault, all of them at once, and quickly."""

import contextlib
import re
import time

import pytest
from importing_texts import TITLE, header_lines, weisung_text

from weisungen.importing import ImportRefused, read_weisung
from weisungen.importing.refusal import faults_of as faults_of_proposal


def faults_of(text):
    with pytest.raises(ImportRefused) as refused:
        read_weisung(text)
    for fault in refused.value.faults:
        assert re.fullmatch(r"Zeile \d+: .+\.", fault), fault
    return refused.value.faults


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Zeile 1: Die Datei ist leer."),
        (" \ufeff\n\t\n", "Zeile 1: Die Datei ist leer."),
        ("Weisung\n\x00\x01", "Zeile 2: Die Datei enthält das Steuerzeichen U+0000 und ist keine Textdatei."),
        ("%PDF-1.7\n\x1b", "Zeile 2: Die Datei enthält das Steuerzeichen U+001B und ist keine Textdatei."),
        ("\udcff", "Zeile 1: Die Datei enthält das Steuerzeichen U+DCFF und ist keine Textdatei."),
        ("x" * 5_000_001, "Zeile 1: Der Text ist zu groß, erlaubt sind 5 Millionen Zeichen."),
        (
            "Ein Kuchenrezept.\n\nMan nehme Mehl.",
            "Zeile 1: Der Text ist keine Weisung, denn weder eine Weisungsnummer noch Kopfzeilen wie "
            "„Geschäftszeichen:“ kommen darin vor.",
        ),
        (
            weisung_text(vorspann="Ver\u202ekehrt."),
            "Zeile 15: Der Text enthält das unsichtbare Zeichen U+202E, das die Schreibrichtung umkehrt.",
        ),
        (
            weisung_text(header=header_lines(Gültig_ab="31.02.2024")),
            "Zeile 5: Das Datum „31.02.2024“ bei „Gültig ab“ gibt es nicht.",
        ),
        (
            weisung_text(header=header_lines(Gültig_ab="10.01.2924")),
            "Zeile 5: Das Datum „10.01.2924“ bei „Gültig ab“ liegt nicht zwischen 1990 und 2099.",
        ),
        (
            weisung_text(title=TITLE.replace("07.05.2024", "07.05.0024")),
            "Zeile 1: Das Datum „07.05.0024“ bei „Datum“ liegt nicht zwischen 1990 und 2099.",
        ),
        (
            weisung_text(header=header_lines(Gültig_bis="12/2924")),
            "Zeile 6: Das Datum „12/2924“ bei „Gültig bis“ liegt nicht zwischen 1990 und 2099.",
        ),
        (
            weisung_text(title=TITLE.replace("07.05.2024", "07.13.2024")),
            "Zeile 1: Das Datum „07.13.2024“ bei „Datum“ gibt es nicht.",
        ),
        (
            weisung_text(header=header_lines(Gültig_bis="01.01.2020")),
            "Zeile 6: „Gültig bis“ (01.01.2020) liegt vor „Gültig ab“ (07.05.2024).",
        ),
        (
            weisung_text(title=TITLE.replace("202405001", "202413001"), header=header_lines(Laufende_Nummer=None)),
            "Zeile 1: Die Nummer „202413001“ in der Überschrift hat nicht die Form JJJJMMNNN.",
        ),
        (
            weisung_text(header=header_lines(Laufende_Nummer="2024/17")),
            "Zeile 3: Die Laufende Nummer „2024/17“ hat nicht die Form JJJJMMNNN.",
        ),
        (
            weisung_text(header=header_lines(Laufende_Nummer="202405002")),
            "Zeile 3: Die Überschrift nennt die Nummer 202405001, die Laufende Nummer ist 202405002.",
        ),
        (
            weisung_text(title="# Probelauf", header=header_lines(Laufende_Nummer=None)),
            "Zeile 1: Die Weisungsnummer fehlt: weder in der Überschrift noch als „Laufende Nummer“.",
        ),
        (
            weisung_text(header=""),
            "Zeile 1: Der Kopf fehlt: Vor dem Text steht keine Kopfzeile wie „Geschäftszeichen:“.",
        ),
        (
            f"{TITLE}\n\n{header_lines()}\n\nDer Vorspann.",
            "Zeile 13: Der Text endet vor dem ersten Abschnitt „1. Ausgangssituation“.",
        ),
        (
            f"{TITLE}\n\n{header_lines()}"[:120],
            "Zeile 4: Der Text endet vor dem ersten Abschnitt „1. Ausgangssituation“.",
        ),
        (
            weisung_text(title=f"{TITLE} {'sehr ' * 60}lang"),
            "Zeile 1: „Titel“ ist länger als 300 Zeichen.",
        ),
        (
            weisung_text(header=header_lines(Geschäftszeichen="TST " * 60)),
            "Zeile 4: „Geschäftszeichen“ ist länger als 200 Zeichen.",
        ),
    ],
)
def test_text_that_is_refused_says_why(text, expected):
    assert faults_of(text) == [expected]


def test_all_faults_come_at_once_in_the_order_of_the_lines():
    header = header_lines(Gültig_ab="31.02.2024", Gültig_bis="30.02.2025")
    faults = faults_of(f"{TITLE.replace('07.05.', '07.15.')}\n\n{header}")
    assert [fault.split(":")[0] for fault in faults] == ["Zeile 1", "Zeile 5", "Zeile 6", "Zeile 11"]


def test_two_weisungen_in_one_file_are_refused_with_the_line_of_the_second():
    second = weisung_text(
        title="# Weisung 202406002 vom 03.06.2024 – Zweite", header=header_lines(Laufende_Nummer="202406002")
    )
    faults = faults_of(weisung_text() + "\n" + second)
    line = weisung_text().count("\n") + 2
    assert faults == [
        f"Zeile {line}: Ein zweiter Kopf beginnt („Weisung 202406002“); bitte jede Weisung einzeln einlesen.",
        f"Zeile {line + 2}: Eine zweite Laufende Nummer (202406002) steht im Text; "
        "bitte jede Weisung einzeln einlesen.",
    ]


@pytest.mark.parametrize("other", ["Entfällt", "Hier steht etwas anderes."])
def test_the_same_header_with_its_sections_again_is_a_second_header(other):
    text = weisung_text(s4="Entfällt")
    faults = faults_of(text + weisung_text(s4=other))
    line = text.count("\n") + 1
    assert faults == [f"Zeile {line}: Ein zweiter Kopf beginnt („{TITLE[2:62]}“); bitte jede Weisung einzeln einlesen."]


def test_more_text_than_the_database_can_index_is_refused():
    section = "Ein Satz. " * 15_000
    (fault,) = faults_of(weisung_text(s1=section, s2=section, s3=section))
    assert fault == "Zeile 25: Alle Abschnitte zusammen sind zu lang, erlaubt sind 400 kB."


def test_more_citations_than_a_weisung_can_have_are_refused():
    faults = faults_of(weisung_text(s2="Siehe GLF SC 3.001a.\n" * 2_001))
    assert faults == ["Zeile 2023: Hier beginnt das 2001. Zitat, erlaubt sind 2000."]


def test_more_repeals_than_a_weisung_can_have_are_refused():
    many = "\n" + "- Weisung 202401003\n" * 501
    (fault,) = faults_of(weisung_text(header=header_lines(Aufhebung_von_Regelungen=many)))
    assert fault.endswith("„Aufhebung von Regelungen“ hat mehr als 500 Einträge.")


def blocking(text):
    return faults_of_proposal(read_weisung(text), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (weisung_text(), []),
        (
            weisung_text(s5=None, s6=None),
            ["Zeile 31: Der Abschnitt „5. Haushalt“ fehlt.", "Zeile 31: Der Abschnitt „6. Beteiligung“ fehlt."],
        ),
        (weisung_text(s6=""), ["Zeile 37: Der Abschnitt „6. Beteiligung“ hat keinen Text."]),
        (
            weisung_text(s6="Der Hauptpersonalrat ist nach den Regeln\nder Probe in allen"),
            ["Zeile 40: Der Text endet mitten in einem Satz; die Datei ist nicht vollständig."],
        ),
        (weisung_text(s6="- der Hauptpersonalrat nach den Regeln der Probe\n  in allen Punkten"), []),
        (weisung_text(s6="Entfällt\n\nMit freundlichen Grüßen\nim Auftrag\nVorname Name\nLeitung der Probe"), []),
        (weisung_text(s6="Der Hauptpersonalrat ist nach den Regeln der Probe beteiligt."), []),
        (weisung_text(s2="Bis 31.02.2024."), ["Zeile 23: Das Datum „31.02.2024“ gibt es nicht."]),
        (weisung_text(header=header_lines(Gültig_ab=None)), ["Zeile 3: Die Kopfzeile „Gültig ab“ fehlt."]),
        (weisung_text(header=header_lines(Gültig_ab="")), ["Zeile 5: Die Kopfzeile „Gültig ab“ hat keinen Wert."]),
        (
            weisung_text(title=TITLE.replace("07.05.2024", "Mai 2024")),
            ["Zeile 1: Das Datum der Weisung ist nicht taggenau angegeben."],
        ),
        (
            weisung_text(title=TITLE.replace(" vom 07.05.2024", "")),
            [
                "Zeile 3: Das Datum der Weisung ist nicht taggenau angegeben; bekannt ist nur der Monat aus ihrer "
                "Nummer."
            ],
        ),
        (weisung_text(title=TITLE.split(" –")[0]), ["Zeile 3: Die Weisung hat keinen Titel."]),
    ],
)
def test_findings_that_forbid_to_store_have_a_line(text, expected):
    assert blocking(text) == expected


def test_every_cut_before_the_end_of_a_weisung_is_noticed():
    """Wherever a file breaks off, it may not be stored; only the first words of the last section tell nothing."""
    text = weisung_text(s6="Der Hauptpersonalrat ist nach den Regeln der Probe in allen Punkten beteiligt worden.")
    untold = range(text.index("Der Hauptpersonalrat"), text.index("robe in allen") + 1)
    for length in set(range(text.index("worden"))).difference(untold):
        try:
            faults = blocking(text[:length])
        except ImportRefused as refused:
            faults = refused.faults
        assert faults, text[:length][-60:]


def test_line_numbers_are_those_of_the_file_whatever_its_line_breaks():
    text = weisung_text(header=header_lines(Gültig_ab="31.02.2024"))
    assert faults_of("\ufeff" + text.replace("\n", "\r\n")) == faults_of(text)


def test_hega_as_document_is_refused_with_its_reason():
    text = weisung_text(title="# HEGA 10/15 - 8 – Probelauf", header=header_lines(Laufende_Nummer=None))
    assert any("HEGA" in fault for fault in faults_of(text))


def test_section_that_is_too_long_for_a_page_is_refused():
    (fault,) = faults_of(weisung_text(s2="Ein Satz. " * 31_000))
    assert fault == "Zeile 21: Abschnitt 2 ist zu lang: 310 Tausend Zeichen, erlaubt sind 300 Tausend."


def test_section_that_is_nested_too_deeply_is_refused():
    deep = "\n".join("  " * level + f"- Ebene {level}" for level in range(60))
    (fault,) = faults_of(weisung_text(s2=deep))
    assert "verschachtelt" in fault


HEAD = f"{TITLE}\n\n{header_lines()}\n"
FIRST = HEAD + "1. Ausgangssituation\n"
# What is read before, and what is repeated after it.
HOSTILE = {
    "digits": ("", "9"),
    "numbers": ("", "20"),
    "hyphens": ("", "20-"),
    "spaces": ("Gültig ab", " "),
    "lines": ("", "\n"),
    "number and marks": ("1", "*"),
    "marks": ("", "*"),
    "titles": ("", "Weisung 202405001 vom 07.05.2024\n"),
    "types": ("", "Weisung "),
    "labels": ("", "SGB II:\n"),
    "entries": (HEAD, "Weisung 202401001\n"),
    "words": (HEAD, "eins zwei\n"),
    "citations": (FIRST, "GLF SC 3.001a, "),
    "series": (FIRST, "GLF SC "),
    "emphasis": (FIRST, "*a **a "),
    "brackets": (FIRST, "["),
    "links": (FIRST, "[a]("),
    "tables": (FIRST, "|"),
    "letters": (FIRST, "a) x\n"),
    "dashes": (FIRST, "– x\n"),
    "headings": (HEAD, "1. Ausgangssituation\n"),
    "pages": (FIRST, "Seite 2\n"),
    "combining": ("a", "\u0301\u0316"),
    "invisible": ("", "\u00ad"),
}


def seconds_for(before, repeated, size):
    text = before + repeated * (size // len(repeated)) + " x"
    begin = time.process_time()
    with contextlib.suppress(ImportRefused):
        read_weisung(text)
    return time.process_time() - begin


@pytest.mark.parametrize(("before", "repeated"), HOSTILE.values(), ids=HOSTILE.keys())
def test_time_for_hostile_text_does_not_grow_with_its_square(before, repeated):
    short = seconds_for(before, repeated, 20_000)
    assert seconds_for(before, repeated, 80_000) < 8 * short + 0.5  # four times the text; squared would be 16


@pytest.mark.parametrize("garbage", ["x y\n", "Weisung ", "20240500", "[*_"])
def test_a_megabyte_of_garbage_is_refused_quickly(garbage):
    text = garbage * (1_000_000 // len(garbage))
    begin = time.process_time()
    with pytest.raises(ImportRefused):
        read_weisung(text)
    assert time.process_time() - begin < 2
