"""What makes a change one of substance. The pairs are such as editors write; right corrections must pass in silence."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbeitsmittel.redaktionell import TooMuchChanged, binding_changes
from arbeitsmittel.redaktionell.angaben import find_angaben
from arbeitsmittel.redaktionell.words import is_slip
from portal.text import plain
from weisungen.demo.content import demo_arbeitsmittel

DEMO = [plain(fassung.inhalt) for each in demo_arbeitsmittel() for fassung in each.fassungen]


def words(old, new):
    return [(change.alte_worte, change.neue_worte) for change in binding_changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Innerhalb von 14 Tagen einreichen.", "Innerhalb von 2 Wochen einreichen.", ("14 Tagen", "2 Wochen")),
        ("Der Antrag kann online gestellt werden.", "Der Antrag muss online gestellt werden.", ("kann", "muss")),
        ("Auskunft wird am Telefon nicht erteilt.", "Auskunft wird am Telefon erteilt.", ("nicht", "")),
        ("Die Gebühr beträgt 29,00 EUR.", "Die Gebühr beträgt 49,00 EUR.", ("29,00 EUR", "49,00 EUR")),
        ("Telefon: 0800 4 5555 00", "Telefon: 0800 4 5555 20", ("0800 4 5555 00", "0800 4 5555 20")),
        ("Die Meldung erfolgt.", "Die Meldung erfolgt bis 15.03.", ("", "bis … 15.03.")),
        ("Anträge werden abgelehnt.", "Unvollständige Anträge werden abgelehnt.", ("", "Unvollständige")),
        ("Die Reise ist zulässig.", "Die Reise ist unzulässig.", ("zulässig", "unzulässig")),
        ("Sie prüfen den Ausweis.", "Der Ausweis ist zu prüfen.", ("", "ist zu prüfen")),
        ("Antwort in 14 Kalendertagen.", "Antwort in 14 Arbeitstagen.", ("14 Kalendertagen", "14 Arbeitstagen")),
        ("Prüfen Sie die Angaben.", "Prüfen Sie immer die Angaben.", ("", "immer")),
        ("Es wird ein Bescheid erteilt.", "Es wird kein Bescheid erteilt.", ("", "kein")),
        ("Kleine Beträge werden erstattet.", "Keine Beträge werden erstattet.", ("", "Keine")),
        ("Montag bis Freitag geöffnet.", "Montag bis Donnerstag geöffnet.", ("Freitag", "Donnerstag")),
        ("Geöffnet ab 8:00 Uhr.", "Geöffnet ab 8:30 Uhr.", ("8:00 Uhr", "8:30 Uhr")),
        ("Spätestens am dritten Tag melden.", "Spätestens am fünften Tag melden.", ("dritten Tag", "fünften Tag")),
        (
            "An service@ba.example schreiben.",
            "An post@ba.example schreiben.",
            ("service@ba.example", "post@ba.example"),
        ),
        ("Das gilt für SGB II.", "Das gilt für SGB III.", ("SGB II", "SGB III")),
        ("Bei Anrufen gilt GLF SC 3.001a.", "Bei Anrufen gilt GLF SC 3.001b.", ("3.001a", "3.001b")),
        ("Vordruck BA2023 verwenden.", "Vordruck BA2024 verwenden.", ("BA2023", "BA2024")),
        ("Sie können kommen.", "Sie können kommen.\nOhne Ausweis keine Auskunft.", ("", "Ohne … keine")),
        ("Die Frist beträgt zwei Wochen.", "Die Frist beträgt drei Wochen.", ("zwei Wochen", "drei Wochen")),
        ("eine 14-tägige Frist", "eine 10-tägige Frist", ("14-tägige", "10-tägige")),
    ],
)
def test_change_of_substance_is_named(old, new, changed):
    assert changed in words(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Die Arbeitsunfähigket ist mitzuteilen.", "Die Arbeitsunfähigkeit ist mitzuteilen."),
        ("Eine Auskunft wird nciht erteilt.", "Eine Auskunft wird nicht erteilt."),
        ("Sie mus den Antrag stellen.", "Sie muss den Antrag stellen."),
        ("Der Antrag ist unvolständig.", "Der Antrag ist unvollständig."),
        ("Antwort in zwei Arbeitsagen.", "Antwort in zwei Arbeitstagen."),
        ("Ausweis prüfen\nNie am Telefon\n14 Tage warten", "14 Tage warten\nAusweis prüfen\nNie am Telefon"),
        ("Guten Tag, mein Name ist [Name]. Was kann ich für Sie tun?", "Willkommen! Was führt Sie heute zu uns?"),
        ("Guten Tag, was kann ich für Sie tun?", "Hallo, wie kann ich Ihnen helfen?"),
        ("Können Sie mir Ihre Kundennummer nennen?", "Bitte nennen Sie mir Ihre Kundennummer."),
        ("Die Kunden kann keine Anspruch haben.", "Die Kunden können keinen Anspruch haben."),
        ("Frist bis 02.01.2024.", "Frist bis 2. Januar 2024."),
        ("Der Betrag ist 29,00 Euro.", "Der Betrag ist 29 EUR."),
        ("innerhalb von vierzehn Tagen", "innerhalb von 14 Tagen"),
        ("Telefon: 0800 4555500", "Telefon: 0800 4 5555 00"),
        ("Geöffnet ab 8 Uhr.", "Geöffnet ab 8:00 Uhr."),
        ("Sie müssen nicht kommen wenn Sie nicht gesund sind.", "Sie müssen nicht kommen, wenn Sie nicht gesund sind."),
        ("Sie müssen den Antrag nicht stellen.", "Den Antrag müssen Sie nicht stellen."),
        ("Das ist nicht nötig.", "Das ist nicht erforderlich."),
        ("A ist nicht so. B muss so sein.", "A ist nicht so, und B muss so sein."),
        ("Schritt 5: Abschließen", "Schritt 6: Abschließen"),
        ("Ein Termin ist mit dem Kunden zu vereinbaren.", "Mit den Kunden ist ein Termin zu vereinbaren."),
        ("Fragen Sie noch einmal nach.", "Fragen Sie nach."),
        ("Unternehmen und Unterlagen der Universität", "Betriebe und Dokumente der Hochschule"),
        ("Bitte in 14 Tagen antworten, ohne Ausnahme für alle.", "Bitte in 14 Tagen antworten\nohne Ausnahme für alle"),
        ("", ""),
    ],
)  # fmt: skip
def test_correction_is_no_change_of_substance(old, new):
    assert words(old, new) == []


def test_exchanged_values_are_found():
    assert words("Krankmeldung\t14 Tage\nUmzug\t7 Tage", "Krankmeldung\t7 Tage\nUmzug\t14 Tage") == [
        ("14 Tage", "7 Tage"),
        ("7 Tage", "14 Tage"),
    ]


def test_negation_that_moved_to_another_clause_is_found():
    old = "Der Kunde muss nicht kommen, der Antrag ist zu stellen."
    assert words(old, "Der Kunde muss kommen, der Antrag ist nicht zu stellen.") == [("nicht", ""), ("", "nicht")]


def test_the_new_sentence_is_quoted():
    (change,) = binding_changes("Bitte in 14 Tagen antworten.", "Bitte in 2 Wochen antworten.")
    assert (change.satz_neu, change.arten) == ("Bitte in 2 Wochen antworten.", "Frist")


def test_texts_without_end_are_refused_in_time():
    with pytest.raises(TooMuchChanged):
        binding_changes("ist zu " * 50_000, "hat zu " * 50_000)
    many = "\n".join(f"nicht {number}" for number in range(2_000))
    assert len(binding_changes(many, many.replace("nicht ", "ohne x"))) > 1_000


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("nciht", "nicht", True),
        ("mus", "muss", True),
        ("spätstens", "spätestens", True),
        ("kein", "ein", False),
        ("kein", "klein", False),
        ("nicht", "nichts", False),
        ("nie", "wie", False),
        ("darf", "darf", False),
    ],
)
def test_slip_of_the_pen_is_told_from_another_word(one, other, slip):
    assert is_slip(one, other) is slip


def misspelt(word, rng):
    place = rng.randrange(1, len(word) - 2)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return rng.choice([swapped, word[:place] + word[place:][0] + word[place:], word[:place] + word[place + 1 :]])


@pytest.mark.parametrize("number", range(0, len(DEMO), 5))
def test_mended_typing_errors_in_real_prose_pass(number):
    text, rng = DEMO[number], random.Random(number)
    bad = text
    for word in sorted(rng.sample(list(re.finditer(r"[^\W\d_]{5,}", text)), 6), key=re.Match.start, reverse=True):
        bad = bad[: word.start()] + misspelt(word[0], rng) + bad[word.end() :]
    assert words(bad, text) == []


@pytest.mark.parametrize("number", range(0, len(DEMO), 5))
def test_every_binding_word_that_is_dropped_from_real_prose_is_found(number):
    text = DEMO[number]
    for angabe in find_angaben(text):
        line = text[text.rfind("\n", 0, angabe.start) + 1 : angabe.start]
        if line.endswith(("Schritt ", "Arbeitsschritt ")):
            continue  # counts the steps
        start = angabe.start
        end = start + len(angabe.worte) if text.startswith(angabe.worte, start) else angabe.end
        assert binding_changes(text, text[:start] + text[end:]), (angabe, text[start - 40 : end + 40])


@given(st.permutations(DEMO[0].split("\n")))
def test_moving_lines_changes_nothing(lines):
    assert words(DEMO[0], "\n".join(lines)) == []
