"""What belongs to the pages of a printed Weisung is left out, and what they divide is put together again."""

import pytest
from importing_texts import codes, plain_text, read_with_evidence, text_of, weisung_text


def page_break(text, furniture):
    """Sections 2 and 3 with a page break in the middle of a sentence and one between two paragraphs."""
    body = "\n\n".join(
        [
            "1. Ausgangssituation\nDie Lage.",
            f"2. Auftrag und Ziel\nEin Satz läuft über{furniture(2)}den Rand der Seite.",
            f"3. Einzelaufträge\nErster Absatz.{furniture(3)}Zweiter Absatz.",
            "4. Info\nEntfällt",
            "5. Haushalt\nEntfällt",
            "6. Beteiligung\nEntfällt",
        ]
    )
    return text(body=body)


@pytest.mark.parametrize(
    "furniture",
    [
        lambda page: f"\n\nSeite {page} von 5\n\n",
        lambda page: f"\n\nSeite {page}\n\n",
        lambda page: f"\n\n- {page} -\n\n",
        lambda page: f"\n\n– {page} –\n\n",
        lambda page: f"\n\n{page}\n\n",
        lambda page: f"\n\nBundesamt für Proben\nSeite {page} von 5\n\n",
        lambda page: "\n\nWeisung 202405001 vom 07.05.2024\n\n",
        lambda page: f"\n\nWeisung 202405001 vom 07.05.2024 – Probelauf der Testarbeitsmittel Seite {page} von 5\n\n",
        lambda page: f"\n\n{page}\n\f" + plain_text().partition("\n\nDie Probe")[0] + "\n\n",
        lambda page: "\n\nLaufende Nummer: 202405001\nGeschäftszeichen: TST 1 – 1234.5 / 6789\n\n",
    ],
)
def test_page_numbers_and_repeated_headers_are_left_out_and_reported(furniture):
    vorschlag = read_with_evidence(page_break(plain_text, furniture))
    assert text_of(vorschlag, 2) == "<p>Ein Satz läuft über den Rand der Seite.</p>"
    assert text_of(vorschlag, 3) == "<p>Erster Absatz.</p><p>Zweiter Absatz.</p>"
    assert codes(vorschlag) == ["seitenkopf-ausgelassen"]


def test_page_break_without_empty_lines_keeps_the_paragraph():
    vorschlag = read_with_evidence(page_break(plain_text, lambda page: f"\nSeite {page} von 5\n"))
    assert text_of(vorschlag, 2) == "<p>Ein Satz läuft über den Rand der Seite.</p>"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Dieser lange Satz wird von der Seite mitten unter den", "Kunden getrennt.", "<p>{} {}</p>"),
        ("Dieser lange Satz endet auf der Seite, auf der er beginnt.", "Kunden getrennt.", "<p>{}</p><p>{}</p>"),
        ("Kurze Überschrift", "Kunden getrennt.", "<p>{}</p><p>{}</p>"),
        ("Dieser lange Satz wird von der Seite mitten unter den", "• Kunden", "<p>{}</p><ul><li>Kunden</li></ul>"),
    ],
)
def test_sentence_over_a_page_break_is_put_together_again(before, after, expected):
    vorschlag = read_with_evidence(weisung_text(s2=f"{before}\n\nSeite 2 von 5\n\n{after}"))
    assert text_of(vorschlag, 2) == expected.format(before, after)


def test_words_that_happen_to_stand_around_page_numbers_stay():
    vorschlag = read_with_evidence(weisung_text(s2="Wort\n\nSeite 2 von 5\n\nWort\n\nSeite 3 von 5\n\nWort"))
    assert text_of(vorschlag, 2) == "<p>Wort</p><p>Wort</p><p>Wort</p>"


def test_line_above_a_single_page_number_stays():
    vorschlag = read_with_evidence(weisung_text(s2="Wort\nSeite 2 von 5\nWort"))
    assert text_of(vorschlag, 2) == "<p>Wort Wort</p>"


def test_lone_numbers_that_do_not_count_pages_stay_in_the_text():
    vorschlag = read_with_evidence(page_break(plain_text, lambda page: f"\n\n{page * 20}\n\n"))
    assert text_of(vorschlag, 2) == "<p>Ein Satz läuft über</p><p>40</p><p>den Rand der Seite.</p>"
    assert codes(vorschlag) == []


def test_citation_over_a_page_break_is_one():
    body = plain_text().partition("Die Probe beginnt.\n\n")[2].strip()
    broken = "1. Ausgangssituation\nSiehe GLF SC 3.001a (PDF PDF, Stand\n\nSeite 2 von 3\n\n02.01.2024)."
    vorschlag = read_with_evidence(plain_text(body=body.replace("1. Ausgangssituation\nEntfällt", broken)))
    assert [(str(one.kennung), one.stand.iso()) for one in vorschlag.zitate] == [("GLF SC 3.001a", "2024-01-02")]
    assert text_of(vorschlag, 1) == "<p>Siehe GLF SC 3.001a.</p>"
