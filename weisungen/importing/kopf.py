"""From the fields of a header to its values, each with its evidence; what cannot be read is reported and kept."""

from dataclasses import dataclass, field
from datetime import date

from arbeitsmittel.stand import Datum
from weisungen.dates import DateImpossible, last_day
from weisungen.importing.header import Header, HeaderField
from weisungen.importing.labels import PRINTED_LABEL
from weisungen.importing.lines import PLACEHOLDER, Span, joined, lines_of, unmarked
from weisungen.importing.proposal import Befund, Beleg, Kopf, Regelung, Schwere
from weisungen.importing.source import Source
from weisungen.importing.title import Title
from weisungen.importing.values import (
    ValueUnreadable,
    is_at_once,
    is_endless,
    read_aufhebungen,
    read_dated,
    read_number,
    read_regelungen,
    read_role,
)
from weisungen.verweise import Verweis, is_laufende_nummer

# Fields whose line may be missing without harm: older directives know no Familienkasse.
_OPTIONAL = ("familienkasse", "datum", "nummer", "bezug")
# Without it nobody knows on which day the Weisung applies.
_INDISPENSABLE = ("gueltig_ab",)
_NOT_TO_THE_DAY = "Das Datum der Weisung ist nicht taggenau angegeben"
# What the database holds, in characters.
_MOST_ENTRIES = 500
_LONGEST = {"titel": 300, "geschaeftszeichen": 200}


@dataclass
class KopfReader:
    """Reads one header. `faults` make an import impossible, `kept` is text that no rule understood."""

    source: Source
    title: Title | None
    header: Header
    places: dict[str, Span] = field(default_factory=dict)
    zusaetze: dict[str, str] = field(default_factory=dict)
    befunde: list[Befund] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)

    def read(self) -> Kopf:
        """The values of the header; `faults` must be empty for them to be of use."""
        self._keep_unknown()
        fields = self._known_fields()
        nummer = self._nummer(fields.pop("nummer", None))
        datum = self._datum(fields.pop("datum", None), nummer)
        gueltig_ab = self._gueltig_ab(fields.get("gueltig_ab"), datum)
        kopf = Kopf(
            nummer=nummer,
            titel=self._titel(),
            datum=datum,
            geschaeftszeichen=self._words("geschaeftszeichen", fields.get("geschaeftszeichen")),
            gueltig_ab=gueltig_ab,
            gueltig_bis=self._gueltig_bis(fields.get("gueltig_bis")),
            sgb_ii=self._rolle("sgb_ii", fields.get("sgb_ii")),
            sgb_iii=self._rolle("sgb_iii", fields.get("sgb_iii")),
            familienkasse=self._rolle("familienkasse", fields.get("familienkasse")),
            bezug=self._bezug(fields.get("bezug")),
            aufhebungen=self._aufhebungen(fields.get("aufhebungen"), nummer),
        )
        self._report_missing(fields)
        self._check(kopf)
        self.kept.sort()
        return kopf

    # What the lines are

    def _keep_unknown(self) -> None:
        for entry in self.header.fields:
            if entry.feld is None:
                span = (entry.start, entry.values[-1][1])
                self._keep("kopfzeile-unbekannt", "Diese Kopfzeile ist unbekannt; sie steht im Vorspann.", span)
        first_label = min((entry.start for entry in self.header.fields), default=0)
        for span in self.header.leftovers:
            if self.title or span[0] > first_label:
                self._keep("text-unverstanden", "Dieser Text passt zu keiner Kopfzeile; er steht im Vorspann.", span)

    def _known_fields(self) -> dict[str, HeaderField]:
        fields: dict[str, HeaderField] = {}
        for entry in self.header.fields:
            if entry.feld is None:
                continue
            first = fields.setdefault(entry.feld, entry)
            if first is not entry and entry.values and self._printed(entry) != self._printed(first):
                if first.values:
                    label = PRINTED_LABEL[entry.feld]
                    text = f"„{label}“ steht zweimal im Kopf, mit verschiedenen Angaben; übernommen ist die erste."
                    self._keep("kopffeld-doppelt", text, (entry.start, entry.values[-1][1]))
                else:
                    fields[entry.feld] = entry
        return fields

    def _report_missing(self, fields: dict[str, HeaderField]) -> None:
        for feld, label in PRINTED_LABEL.items():
            if feld in _OPTIONAL:
                continue
            schwere: Schwere = "fehler" if feld in _INDISPENSABLE else "warnung"
            if feld not in fields:
                consequence = " Ein Ende der Geltung ist damit nicht belegt." if feld == "gueltig_bis" else ""
                text = f"Die Kopfzeile „{label}“ fehlt.{consequence}"
                self._report("kopffeld-fehlt", schwere, text, self.places.get("nummer"))
            elif not fields[feld].values:
                start = fields[feld].start
                line = next(lines_of(self.source.text, start))
                self._report("kopffeld-leer", schwere, f"Die Kopfzeile „{label}“ hat keinen Wert.", (start, line.end))

    def _check(self, kopf: Kopf) -> None:
        for feld, longest in _LONGEST.items():
            if len(getattr(kopf, feld)) > longest:
                self._fault(
                    self.places[feld], f"„{PRINTED_LABEL.get(feld, 'Titel')}“ ist länger als {longest} Zeichen."
                )
        for feld in ("bezug", "aufhebungen"):
            if len(getattr(kopf, feld)) > _MOST_ENTRIES:
                self._fault(self.places[feld], f"„{PRINTED_LABEL[feld]}“ hat mehr als {_MOST_ENTRIES} Einträge.")
        if kopf.gueltig_ab and kopf.gueltig_bis and last_day(kopf.gueltig_bis) < kopf.gueltig_ab.tag:
            text = f"„Gültig bis“ ({kopf.gueltig_bis}) liegt vor „Gültig ab“ ({kopf.gueltig_ab})."
            self._fault(self.places["gueltig_bis"], text)

    # What the values mean

    def _nummer(self, entry: HeaderField | None) -> str:
        text = self.source.text
        printed = ""
        if entry and entry.values:
            span = self._span(entry)
            try:
                printed = read_number(text[slice(*span)])
            except ValueUnreadable:
                self._fault(span, f"Die Laufende Nummer „{_short(text[slice(*span)])}“ hat nicht die Form JJJJMMNNN.")
                return ""
        if self.title is None:
            if not printed:
                missing = "Die Weisungsnummer fehlt: weder in der Überschrift noch als „Laufende Nummer“."
                self.faults.append((0, missing))
            elif entry:
                self.places["nummer"] = self._span(entry)
            return printed
        digits = self.title.digits(text)
        if not is_laufende_nummer(digits):
            words = _short(text[slice(*self.title.nummer)])
            self._fault(self.title.nummer, f"Die Nummer „{words}“ in der Überschrift hat nicht die Form JJJJMMNNN.")
        elif entry and printed and printed != digits:
            differs = f"Die Überschrift nennt die Nummer {digits}, die Laufende Nummer ist {printed}."
            self._fault(self._span(entry), differs)
        self.places["nummer"] = self._span(entry) if printed and entry else self.title.nummer
        return digits

    def _titel(self) -> str:
        if self.title is not None:
            span, titel = self.title.titel, self.title.text
        else:  # a page without the usual line: what stands above the labels is its title
            first_label = min((entry.start for entry in self.header.fields), default=0)
            above = [span for span in self.header.leftovers if span[0] < first_label]
            span = (above[0][0], above[-1][1]) if above else (0, 0)
            titel = joined([unmarked(self.source.text[slice(*line)]) for line in above])
        if titel:
            self.places["titel"] = span
        else:
            self._report("titel-fehlt", "fehler", "Die Weisung hat keinen Titel.", self.places.get("nummer"))
        return titel

    def _datum(self, entry: HeaderField | None, nummer: str) -> Datum | None:
        in_title = self.title and self.title.datum[0] < self.title.datum[1]
        if in_title or (entry and entry.values):
            span = self.title.datum if in_title else self._span(entry)
            datum = self._dated("datum", span)
            if datum and datum.nur_monat:  # a day that nobody printed must not be shown
                self._report("datum-nur-monat", "fehler", f"{_NOT_TO_THE_DAY}.", span)
            return datum
        if not is_laufende_nummer(nummer):
            return None
        self.places["datum"] = self.places["nummer"]
        text = f"{_NOT_TO_THE_DAY}; bekannt ist nur der Monat aus ihrer Nummer."
        self._report("datum-aus-nummer", "fehler", text, self.places["nummer"])
        return Datum(date(int(nummer[:4]), int(nummer[4:6]), 1), nur_monat=True)

    def _gueltig_ab(self, entry: HeaderField | None, datum: Datum | None) -> Datum | None:
        if entry and entry.values and is_at_once(self._printed(entry)):
            span = self._span(entry)
            self.places["gueltig_ab"] = span
            self._report("gueltig-ab-sofort", "hinweis", "„Gültig ab“ nennt kein Datum; es gilt das der Weisung.", span)
            return datum
        return self._validity("gueltig_ab", self._span(entry), "der erste") if entry and entry.values else None

    def _gueltig_bis(self, entry: HeaderField | None) -> Datum | None:
        if not entry or not entry.values:
            return None
        span, words = self._span(entry), self._printed(entry)
        before_bracket, _, zusatz = words.partition("(")
        if is_endless(before_bracket.strip()) or PLACEHOLDER.fullmatch(words):
            self.places["gueltig_bis"] = span
            if zusatz.strip(" )"):
                self.zusaetze["gueltig_bis"] = zusatz.strip(" )")
            return None
        return self._validity("gueltig_bis", span, "der letzte")

    def _validity(self, feld: str, span: Span, day: str) -> Datum | None:
        datum = self._dated(feld, span)
        if datum and datum.nur_monat:
            text = f"„{PRINTED_LABEL[feld]}“ nennt nur den Monat {datum}; gespeichert ist {day} Tag des Monats."
            self._report("geltung-nur-monat", "hinweis", text, span)
        return datum

    def _rolle(self, feld: str, entry: HeaderField | None) -> str | None:
        if not entry or not entry.values:
            return None
        span, words = self._span(entry), self._printed(entry)
        if PLACEHOLDER.fullmatch(words):
            return None
        try:
            rolle = read_role(words)
        except ValueUnreadable:
            self._unreadable(feld, span)
            return None
        self.places[feld] = span
        if rolle.zusatz:
            self.zusaetze[feld] = rolle.zusatz
        return rolle.wort

    def _bezug(self, entry: HeaderField | None) -> tuple[Regelung, ...]:
        if not entry or not entry.values:
            return ()
        self.places["bezug"] = self._span(entry)
        return read_regelungen(self.source, entry.values)

    def _aufhebungen(self, entry: HeaderField | None, nummer: str) -> tuple[Regelung, ...]:
        if not entry or not entry.values:
            return ()
        self.places["aufhebungen"] = self._span(entry)
        itself = Verweis(self.title.typ if self.title else "Weisung", nummer)
        aufhebungen, befunde = read_aufhebungen(self.source, entry.values, itself)
        self.befunde += befunde
        return aufhebungen

    def _words(self, feld: str, entry: HeaderField | None) -> str:
        if not entry or not entry.values:
            return ""
        self.places[feld] = self._span(entry)
        words = self._printed(entry)
        return "" if PLACEHOLDER.fullmatch(words) else words

    def _dated(self, feld: str, span: Span) -> Datum | None:
        words = " ".join(self.source.text[slice(*span)].split())
        try:
            datum, beside = read_dated(words)
        except DateImpossible as impossible:
            self._fault(span, f"Das Datum „{impossible.words}“ bei „{PRINTED_LABEL[feld]}“ {impossible.why}.")
            return None
        except ValueUnreadable:
            self._unreadable(feld, span)
            return None
        self.places[feld] = span
        if beside:
            self.zusaetze[feld] = beside
        return datum

    # Places and reports

    @property
    def belege(self) -> dict[str, Beleg]:
        """The evidence of every value that was found."""
        return {feld: self.source.beleg(*span) for feld, span in self.places.items()}

    def _span(self, entry: HeaderField) -> Span:
        return entry.values[0][0], entry.values[-1][1]

    def _printed(self, entry: HeaderField) -> str:
        return joined([unmarked(self.source.text[slice(*span)]) for span in entry.values])

    def _unreadable(self, feld: str, span: Span) -> None:
        text = f"„{PRINTED_LABEL[feld]}“: Die Angabe ist nicht lesbar; sie steht im Vorspann."
        self._keep("kopfwert-unlesbar", text, span, "fehler")

    def _keep(self, code: str, text: str, span: Span, schwere: Schwere = "warnung") -> None:
        self.kept.append(span)
        self._report(code, schwere, text, span)

    def _report(self, code: str, schwere: Schwere, text: str, span: Span | None) -> None:
        beleg = self.source.beleg(*span) if span else None
        self.befunde.append(
            Befund(code, schwere, text, beleg.text, beleg.position) if beleg else Befund(code, schwere, text)
        )

    def _fault(self, span: Span, text: str) -> None:
        self.faults.append((span[0], text))


def _short(words: str) -> str:
    shown = " ".join(words.split())
    return shown if len(shown) <= 60 else shown[:59] + "…"
