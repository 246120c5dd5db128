"""Weisungen written for the tests, in the form of published ones."""

from weisungen.importing import Vorschlag, read_weisung

TITLE = "# Weisung 202405001 vom 07.05.2024 – Probelauf der Testarbeitsmittel"
HEADER = {
    "Laufende Nummer": "202405001",
    "Geschäftszeichen": "TST 1 – 1234.5 / 6789",
    "Gültig ab": "07.05.2024",
    "Gültig bis": "unbegrenzt",
    "SGB II": "nicht betroffen",
    "SGB III": "Weisung",
    "Familienkasse": "Information",
    "Bezug": "- -",
    "Aufhebung von Regelungen": "- -",
}
TITLES = ("Ausgangssituation", "Auftrag und Ziel", "Einzelaufträge", "Info", "Haushalt", "Beteiligung")


def header_lines(**changes: str | None) -> str:
    """The header in Markdown; a change to None leaves the line out (spaces of a label are written as `_`)."""
    values = HEADER | {label.replace("_", " "): value for label, value in changes.items()}
    return "\n".join(f"**{label}:** {value}  " for label, value in values.items() if value is not None)


def weisung_text(
    *, title: str = TITLE, header: str | None = None, vorspann: str = "Die Probe beginnt.", **sections: str | None
) -> str:
    """A Weisung in Markdown; `s2="…"` is the text of section 2, None leaves the section out."""
    texts = {f"s{number}": "Entfällt" for number in range(1, 7)} | sections
    parts = [
        f"## {number}. {heading}\n\n{texts[f's{number}']}"
        for number, heading in enumerate(TITLES, start=1)
        if texts[f"s{number}"] is not None
    ]
    return "\n\n".join([title, header if header is not None else header_lines(), "---", vorspann, *parts]) + "\n"


def plain_text(*, header: str | None = None, body: str | None = None) -> str:
    """The same Weisung as plain text without any Markdown."""
    if header is None:
        header = "\n".join(f"{label}: {value}" for label, value in HEADER.items())
    if body is None:
        body = "\n\n".join(f"{number}. {heading}\nEntfällt" for number, heading in enumerate(TITLES, start=1))
    return f"{TITLE.removeprefix('# ')}\n\n{header}\n\nDie Probe beginnt.\n\n{body}\n"


def codes(vorschlag: Vorschlag) -> list[str]:
    """The codes of the findings, in order."""
    return [befund.code for befund in vorschlag.befunde]


def text_of(vorschlag: Vorschlag, nummer: int) -> str:
    """The rich text of one section."""
    return next(abschnitt.inhalt for abschnitt in vorschlag.abschnitte if abschnitt.nummer == nummer)


def read_with_evidence(quelltext: str) -> Vorschlag:
    """The proposal, after it has been checked that all its evidence stands in the given text where it says."""
    vorschlag = read_weisung(quelltext)
    kopf = vorschlag.kopf
    proofs = [(beleg.text, beleg.position) for beleg in vorschlag.belege.values()]
    proofs += [(zitat.beleg, zitat.position) for zitat in vorschlag.zitate]
    proofs += [(regelung.beleg, regelung.position) for regelung in (*kopf.bezug, *kopf.aufhebungen)]
    proofs += [(befund.beleg, befund.position) for befund in vorschlag.befunde if befund.position is not None]
    for words, position in proofs:
        assert words, vorschlag
        assert quelltext[position : position + len(words)] == words
    return vorschlag
