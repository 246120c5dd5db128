import unicodedata

import pytest
from citation_reading import found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the marker ends the name
        ("EMB AH Neues Thema(PDF PDF, Stand 02.01.2024)).", ["EMB AH Neues Thema @ 02.01.2024"]),
        ("EMB AH Eins, zwei und drei (PDF, Stand 02.01.2024)", ["EMB AH Eins, zwei und drei @ 02.01.2024"]),
        ("EMB AH Umzug und Neues (PDF)", ["EMB AH Umzug und Neues"]),
        ("EMB AH Neues Thema, Stand 12/2019.", ["EMB AH Neues Thema @ 12/2019"]),
        ("EMB AH „Neues Thema“ (Stand 02.01.2024)", ["EMB AH Neues Thema @ 02.01.2024"]),
        ("EMB AH Neues\nThema (PDF, Stand 02.01.2024)", ["EMB AH Neues Thema @ 02.01.2024"]),
        ("EMB AH Orts-\nwechsel (PDF, Stand 02.01.2024)", ["EMB AH Ortswechsel @ 02.01.2024"]),
        ("EMB AH Neues Thema mit dem Stand 02.01.2024", ["EMB AH Neues Thema @ 02.01.2024"]),
        # else the longest known name, however written
        ("EMB AH Umzug und Ortswechsel wegen Heirat", ["EMB AH Umzug und Ortswechsel"]),
        ("EMB AH Umzug und Anmeldung", ["EMB AH Umzug"]),
        ("emb ah umzug UND\nortswechsel", ["EMB AH Umzug und Ortswechsel"]),
        ("EMB AH Kündigung, Abmeldung, mehr", ["EMB AH Kündigung, Abmeldung"]),
        ("EMB AH E\u2011Mail mit Anhang", ["EMB AH E-Mail mit Anhang"]),
        # else punctuation, verb or end of the line
        ("(EMB AH Neues Thema).", ["EMB AH Neues Thema"]),
        ("EMB AH Neues Thema; danach", ["EMB AH Neues Thema"]),
        ("EMB AH Neues Thema\nDie Agenturen", ["EMB AH Neues Thema"]),
        ("EMB AH Neues Thema. Die Agenturen", ["EMB AH Neues Thema"]),
        ("EMB AH Neues und\nAltes\nDie Agenturen", ["EMB AH Neues und Altes"]),
        ("EMB AH Neues Thema wird durch B ersetzt (PDF, Stand 02.01.2024)", ["EMB AH Neues Thema"]),
        ("EMB AH Neues Thema und GLF SC 3.001a", ["EMB AH Neues Thema", "GLF SC 3.001a"]),
        ("EMB AH Neues Thema. Dazu der Bericht (PDF, Stand 02.01.2024)", ["EMB AH Neues Thema"]),
        ("EMB AH Neues Thema, zuletzt mit Stand 02.01.2024", ["EMB AH Neues Thema"]),
        # lists: later items need a marker or a known name
        ("EMB AH Neues (PDF), Anderes (PDF) und Umzug", ["EMB AH Neues", "EMB AH Anderes", "EMB AH Umzug"]),
        ("EMB AH Neues; Anderes", ["EMB AH Neues"]),
        ("EMB AH Umzug, Neues (Stand 02.01.2024)", ["EMB AH Umzug", "EMB AH Neues @ 02.01.2024"]),
        ("EMB AH Neues (PDF)\n\nDer Bericht (PDF)", ["EMB AH Neues"]),
        ("EMB AH Neues (PDF), 3.001a (PDF)", ["EMB AH Neues"]),
        ("GLF SC 3.001a, EMB AH Umzug, GLF/AH EZ 1.001", ["GLF SC 3.001a", "EMB AH Umzug", "GLF/AH EZ 1.001"]),
        ("EMB AH Neues (PDF), „Anderes“ und „Umzug“", ["EMB AH Neues"]),
        ("EMB AH Neues (PDF), „Umzug“, „Anderes“ (PDF)", ["EMB AH Neues", "EMB AH Umzug", "EMB AH Anderes"]),
        # what is no name
        ("Die EMB AH werden angepasst (PDF, Stand 02.01.2024).", []),
        ("Die EMB AH-Liste", []),
        ("EMB AH (Arbeitshilfen zur E-Mail-Bearbeitung)", []),
        ("EMB AH " + "Wort " * 60, []),
        ("EMB-Arbeitshilfen für die Service Center", []),
    ],
)
def test_name_of_an_emb_ah_ends_where_it_should(text, expected):
    assert found(text) == expected
    assert found(unicodedata.normalize("NFD", text)) == expected
