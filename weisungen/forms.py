"""What editors fill in: the Weisung itself, the text it is read from, and the small forms around its package."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from arbeitsmittel.kennung import slug_of
from arbeitsmittel.models import Arbeitsmittel
from portal.editor import RichTextField
from portal.uploads import too_large
from portal.workplace import DayField, WorkplaceForm
from weisungen.abschnitte import ABSCHNITTE
from weisungen.drafting import WRITTEN
from weisungen.models import Rolle, Typ, Weisung

ROLES = ("sgb_ii", "sgb_iii", "familienkasse")
MAX_SOURCE = 2_000_000  # bytes of a text to import
_NUMBER = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])\d{3}")
TEXT_LABELS = {"vorspann": "Vorspann"} | {
    name: f"{number}. {heading}" for number, (name, heading) in enumerate(ABSCHNITTE, start=1)
}
_ROLE_CHOICES = [("", "keine Angabe"), *Rolle.choices]


class NumberField(forms.CharField):
    """The nine digits of a Laufende Nummer, in any spelling ("Weisung 2023-05004")."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        digits = re.sub(r"^(?:weisung|information)|[\s./-]", "", text.strip(), flags=re.IGNORECASE)
        if digits and not _NUMBER.fullmatch(digits):
            raise ValidationError("Die Nummer besteht aus Jahr, Monat und laufender Nummer, zum Beispiel 202305004.")
        return digits


class KopfForm(WorkplaceForm):
    """The header of a Weisung."""

    typ = forms.ChoiceField(label="Typ", choices=Typ.choices, initial=Typ.WEISUNG)
    nummer = NumberField(label="Laufende Nummer", help_text="Jahr, Monat, laufende Nummer", max_length=40)
    datum = DayField(label="Datum")
    titel = forms.CharField(label="Titel", max_length=300, required=False)
    geschaeftszeichen = forms.CharField(label="Geschäftszeichen", max_length=200, required=False)
    gueltig_ab = DayField(label="Gültig ab")
    gueltig_bis = DayField(label="Gültig bis", help_text="leer = unbegrenzt", required=False)
    sgb_ii = forms.ChoiceField(label="SGB II", choices=_ROLE_CHOICES, required=False)
    sgb_ii_zusatz = forms.CharField(label="Zusatz zu SGB II", max_length=200, required=False)
    sgb_iii = forms.ChoiceField(label="SGB III", choices=_ROLE_CHOICES, required=False)
    sgb_iii_zusatz = forms.CharField(label="Zusatz zu SGB III", max_length=200, required=False)
    familienkasse = forms.ChoiceField(label="Familienkasse", choices=_ROLE_CHOICES, required=False)
    familienkasse_zusatz = forms.CharField(label="Zusatz zur Familienkasse", max_length=200, required=False)
    bezug = forms.CharField(
        label="Bezug",
        help_text="eine Zeile je Bezug",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )
    aufhebung = forms.CharField(
        label="Aufhebung von Regelungen",
        help_text="eine Zeile je Regelung, zum Beispiel „Weisung 202305004 vom 12.05.2023“",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )

    def __init__(self, *args: Any, zusaetze: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What stands in brackets behind a date is kept as it was read; only the roles are written here.
        self._other_zusaetze = {name: text for name, text in (zusaetze or {}).items() if name not in ROLES}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ab, bis = cleaned.get("gueltig_ab"), cleaned.get("gueltig_bis")
        if ab and bis and bis < ab:
            self.add_error("gueltig_bis", f"„Gültig bis“ liegt vor „Gültig ab“ ({ab:%d.%m.%Y}).")
        for role in ROLES:
            if cleaned.get(f"{role}_zusatz") and not cleaned.get(role):
                self.add_error(f"{role}_zusatz", "Ein Zusatz braucht die Angabe, zu der er gehört.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Return the fields of the Weisung (weisungen.drafting.WRITTEN) that this form writes."""
        cleaned = self.cleaned_data
        zusaetze = {role: cleaned[f"{role}_zusatz"] for role in ROLES if cleaned[f"{role}_zusatz"]}
        values = {name: cleaned[name] for name in WRITTEN if name in cleaned}
        values["typ"] = Typ(values["typ"])
        for name in ("bezug", "aufhebung"):
            values[name] = "\n".join(filter(None, map(str.strip, values[name].splitlines())))
        return values | {"rollen_zusatz": self._other_zusaetze | zusaetze}

    @classmethod
    def starting(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields show at first for values of a Weisung."""
        zusaetze = values.get("rollen_zusatz", {})
        return {**values, **{f"{role}_zusatz": zusaetze.get(role, "") for role in ROLES}}


class WeisungForm(KopfForm):
    """Everything that an editor writes on a Weisung, header and texts in one. A draft may have gaps."""

    sperrfrist = forms.BooleanField(
        label="Bis „Gültig ab“ geheim halten",
        help_text="Sonst sehen Lesende eine künftige Weisung mit der Freigabe, mit dem Vermerk „gilt ab …“.",
        required=False,
    )

    def __init__(self, *args: Any, zitate_url: Any = None, suche_url: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in TEXT_LABELS.items():
            self.fields[name] = RichTextField(label=label, required=False, zitate_url=zitate_url, suche_url=suche_url)

    @classmethod
    def of(cls, weisung: Weisung, **kwargs: Any) -> "WeisungForm":
        """Return the form as the draft stands now."""
        stored = {name: getattr(weisung, name) for name in WRITTEN}
        initial = {"version": weisung.version, **cls.starting(stored)}
        return cls(initial=initial, zusaetze=weisung.rollen_zusatz, **kwargs)

    @classmethod
    def over(cls, data: QueryDict, weisung: Weisung, **kwargs: Any) -> "WeisungForm":
        """Return the form with what somebody has just sent, ready to be saved over what is stored now."""
        return super().over(data, weisung, zusaetze=weisung.rollen_zusatz, **kwargs)

    @property
    def texts(self) -> list[forms.BoundField]:
        """Return Vorspann and sections in their order."""
        return [self[name] for name in TEXT_LABELS]


class FreigebenForm(WorkplaceForm):
    """The release of exactly what the page listed."""

    liste = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class AnkuendigungForm(WorkplaceForm):
    """What a Weisung announces for one Arbeitsmittel; one row of the list, told apart by `prefix`."""

    aendert = forms.BooleanField(label="wird geändert", required=False)
    soll_stand = DayField(label="Angekündigter Stand", required=False)
    was = forms.CharField(label="Was sich ändert", max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("aendert") and not cleaned.get("soll_stand") and "soll_stand" not in self.errors:
            self.add_error("soll_stand", "Zu einer Ankündigung gehört der Stand, ab dem die Änderung gilt.")
        return cleaned


class KennungField(forms.CharField):
    """An Arbeitsmittel of the portal, by any spelling of its Kennung."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=300, widget=widget, **kwargs)

    def clean(self, value: Any) -> Arbeitsmittel | None:
        text = super().clean(value)
        slug = slug_of(text) if text else None
        found = Arbeitsmittel.objects.filter(slug=slug).first() if slug else None
        if text and found is None:
            raise ValidationError(f"„{text[:60]}“ kennt das Portal nicht.")
        return found


class WeitereForm(WorkplaceForm):
    """An Arbeitsmittel that the texts do not name, to be announced as well."""

    kennung = KennungField(label="Weiteres Arbeitsmittel", required=False, help_text="zum Beispiel „3001a“")
    liste = forms.CharField(required=False, widget=forms.HiddenInput)  # which list the sender saw


class AnkuendigenForm(AnkuendigungForm):
    """A further announcement of an issued Weisung."""

    aendert = None
    kennung = KennungField(label="Arbeitsmittel", help_text="Kennung in jeder Schreibweise, zum Beispiel „3001a“")
    soll_stand = DayField(label="Angekündigter Stand")
    field_order = ["kennung", "soll_stand", "was"]


class EntschuldigenForm(WorkplaceForm):
    """Why nothing came of an announcement, or nothing will come."""

    umsetzung = forms.IntegerField(widget=forms.HiddenInput)
    grund = forms.CharField(label="Grund", max_length=2000)


class QuelleForm(WorkplaceForm):
    """The text of a published Weisung: as a file, or pasted."""

    datei = forms.FileField(
        label="Datei",
        help_text="Eine Textdatei (.md oder .txt, UTF-8), höchstens 2 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".md,.txt,text/plain,text/markdown"}),
        error_messages={"empty": "Die Datei ist leer."},
        required=False,
    )
    text = forms.CharField(
        label="Text",
        help_text="Statt einer Datei: den Wortlaut der Weisung hier einfügen.",
        widget=forms.Textarea(attrs={"rows": 10, "class": "quelltext"}),
        strip=False,
        required=False,
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = request is not None and too_large(request, "datei")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._too_large or (cleaned.get("datei") and cleaned["datei"].size > MAX_SOURCE):
            self.add_error("datei", f"Die Datei ist zu groß; erlaubt sind {MAX_SOURCE // 1_000_000} MB.")
        elif not self.errors and not cleaned.get("datei") and not (cleaned.get("text") or "").strip():
            raise ValidationError("Bitte eine Datei auswählen oder den Text einfügen.")
        return cleaned


class VorschlagForm(KopfForm):
    """The header as it was read, to be set right, and the text that it was read from; nothing else is believed."""

    quelle = forms.CharField(widget=forms.HiddenInput, max_length=300)
    quelltext = forms.CharField(widget=forms.Textarea(attrs={"hidden": True}), strip=False)


def next_free_number(typ: str, day: date) -> str:
    """Return the number after the highest one of this month; what was thrown away leaves its number free.

    "" after the last one, 999.
    """
    month = f"{day:%Y%m}"
    taken = Weisung.objects.filter(typ=typ, nummer__startswith=month, verworfen_am=None)
    highest = taken.order_by("-nummer").values_list("nummer", flat=True).first()
    following = int(highest[6:]) + 1 if highest else 1
    return f"{month}{following:03}" if following < 1000 else ""
