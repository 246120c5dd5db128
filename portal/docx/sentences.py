"""What could not be taken over, as German sentences."""

from collections import Counter

MAX_QUOTES, MAX_QUOTED = 3, 60  # first words of footnotes and text boxes, so that they can be found again
MAX_STYLES = 20

# key → (one, many); {n} is the number. In the order in which they are told: lost content first.
_SENTENCES = {
    "bild": ("Ein Bild wurde nicht übernommen", "{n} Bilder wurden nicht übernommen"),
    "objekt": ("Ein eingebettetes Objekt wurde nicht übernommen", "{n} eingebettete Objekte wurden nicht übernommen"),
    "formel": ("Eine Formel wurde nicht übernommen", "{n} Formeln wurden nicht übernommen"),
    "textfeld": ("Ein Textfeld wurde nicht übernommen", "{n} Textfelder wurden nicht übernommen"),
    "fussnote": ("Eine Fußnote wurde nicht übernommen", "{n} Fußnoten wurden nicht übernommen"),
    "endnote": ("Eine Endnote wurde nicht übernommen", "{n} Endnoten wurden nicht übernommen"),
    "kommentar": ("Ein Kommentar wurde nicht übernommen", "{n} Kommentare wurden nicht übernommen"),
    "kopfzeile": ("Die Kopfzeile wurde nicht übernommen", "Die Kopfzeilen wurden nicht übernommen"),
    "fusszeile": ("Die Fußzeile wurde nicht übernommen", "Die Fußzeilen wurden nicht übernommen"),
    "verborgen": (
        "Eine als „ausgeblendet“ formatierte Stelle wurde nicht übernommen",
        "{n} als „ausgeblendet“ formatierte Stellen wurden nicht übernommen",
    ),
    "kasten": ("Ein Kontrollkästchen wurde nicht übernommen", "{n} Kontrollkästchen wurden nicht übernommen"),
    "zeichen": (
        "Ein Zeichen aus einer Symbolschrift wurde nicht übernommen",
        "{n} Zeichen aus Symbolschriften wurden nicht übernommen",
    ),
    "unbekannt": (
        "Ein Bestandteil unbekannter Art wurde nicht übernommen",
        "{n} Bestandteile unbekannter Art wurden nicht übernommen",
    ),
    "inhaltsverzeichnis": ("Das Inhaltsverzeichnis wurde weggelassen; das Portal erstellt es selbst",) * 2,
    "einfuegung": (
        "Eine nachverfolgte Einfügung wurde wie angenommen übernommen",
        "{n} nachverfolgte Einfügungen wurden wie angenommen übernommen",
    ),
    "streichung": (
        "Eine nachverfolgte Streichung wurde wie angenommen weggelassen",
        "{n} nachverfolgte Streichungen wurden wie angenommen weggelassen",
    ),
    "durchgestrichen": (
        "Eine durchgestrichene Stelle steht jetzt ohne Strich im Text; bitte prüfen",
        "{n} durchgestrichene Stellen stehen jetzt ohne Strich im Text; bitte prüfen",
    ),
    "hochtief": (
        "Eine hoch- oder tiefgestellte Stelle steht jetzt in der Zeile; bitte prüfen",
        "{n} hoch- oder tiefgestellte Stellen stehen jetzt in der Zeile; bitte prüfen",
    ),
    "unterstrichen": (
        "Eine Unterstreichung oder farbige Markierung ist entfallen",
        "{n} Unterstreichungen oder farbige Markierungen sind entfallen",
    ),
    "tabelle": (
        "Eine Tabelle hat keine als Kopfzeile markierte erste Zeile; bitte im Text festlegen",
        "{n} Tabellen haben keine als Kopfzeile markierte erste Zeile; bitte im Text festlegen",
    ),
    "link": (
        "Ein Link ist nicht erlaubt und steht jetzt als Text da",
        "{n} Links sind nicht erlaubt und stehen jetzt als Text da",
    ),
    "textmarke": (
        "Ein Verweis innerhalb des Dokuments steht jetzt als Text da",
        "{n} Verweise innerhalb des Dokuments stehen jetzt als Text da",
    ),
    "feld": (
        "Ein Feld (etwa Datum oder Querverweis) steht mit seinem letzten Wert als Text da",
        "{n} Felder (etwa Datum oder Querverweis) stehen mit ihrem letzten Wert als Text da",
    ),
    "ueberschrift": (
        "Eine Überschrift unterhalb der dritten Ebene wurde zur dritten Ebene",
        "{n} Überschriften unterhalb der dritten Ebene wurden zur dritten Ebene",
    ),
    "ueberschriftnummer": (
        "Die automatische Nummer einer Überschrift wurde nicht übernommen",
        "Die automatischen Nummern von {n} Überschriften wurden nicht übernommen",
    ),
    "nummer": (
        "Eine zusammengesetzte oder besondere Nummer einer Liste wurde zu einer einfachen",
        "{n} zusammengesetzte oder besondere Nummern von Listen wurden zu einfachen",
    ),
    "schreibrichtung": (
        "Ein unsichtbares Zeichen, das die Schreibrichtung umkehrt, wurde entfernt",
        "{n} unsichtbare Zeichen, die die Schreibrichtung umkehren, wurden entfernt",
    ),
}


def sentence(key: str, number: int, quotes: list[str] = ()) -> str:
    """Return the sentence about `number` things of one kind, with their first words where there are some."""
    one, many = _SENTENCES[key]
    said = (one if number == 1 else many).format(n=number)
    if quotes:
        said += ": " + ", ".join(f"„{_short(quote)}“" for quote in quotes[:MAX_QUOTES])
        said += " …" if len(quotes) > MAX_QUOTES else ""
    return said + "."


def style_sentence(kind: str, name: str, number: int) -> str:
    """Return the sentence about a style that the portal does not know; `kind` is "absatz" or "zeichen"."""
    places = {"absatz": ("Absatz", "Absätze"), "zeichen": ("Stelle", "Stellen")}[kind][number != 1]
    name = _short(name)
    return f"Die Formatvorlage „{name}“ ist nicht bekannt; der Text wurde ohne sie übernommen ({number} {places})."


class Leftovers:
    """Counts what cannot be taken over."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._quotes: dict[str, list[str]] = {}
        self._styles: Counter[tuple[str, str]] = Counter()

    def add(self, key: str, quote: str = "", number: int = 1) -> None:
        """Count one more thing of a kind, perhaps with its words."""
        self._counts[key] += number
        if quote:
            self._quotes.setdefault(key, []).append(quote)

    def add_style(self, kind: str, name: str) -> None:
        """Count one more place in a style that is not known."""
        self._styles[kind, name] += 1

    def sentences(self) -> list[str]:
        """Return all of it, lost content first, styles last."""
        told = [sentence(key, self._counts[key], self._quotes.get(key, [])) for key in _SENTENCES if self._counts[key]]
        styles = list(self._styles.items())
        told += [style_sentence(kind, name, number) for (kind, name), number in styles[:MAX_STYLES]]
        if len(styles) > MAX_STYLES:
            told.append(f"Weitere {len(styles) - MAX_STYLES} Formatvorlagen sind nicht bekannt.")
        return told


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MAX_QUOTED else words[: MAX_QUOTED - 2].rstrip() + " …"
