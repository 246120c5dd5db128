"""What editors fill in: the draft itself, how it starts, and the file it is read from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse_lazy

from arbeitsmittel.drafting import WRITTEN
from arbeitsmittel.kennung import Kennung, KennungInvalid, parse_kennung, slug_of
from arbeitsmittel.models import Aenderungsart, Arbeitsmittel, Fassung
from portal.editor import RichTextField
from portal.uploads import MAX_UPLOAD, too_large
from portal.workplace import DayField, WorkplaceForm


class FassungForm(WorkplaceForm):
    """What an editor writes (arbeitsmittel.drafting.WRITTEN). A draft may have gaps; the check names them."""

    stand = DayField(
        label="Stand",
        help_text="Von diesem Tag an gilt die Fassung.",
        error_messages={"required": "Bitte den Stand angeben."},
    )
    titel = forms.CharField(label="Titel", max_length=250, required=False)
    inhalt = RichTextField(
        label="Text",
        required=False,
        zitate_url=reverse_lazy("admin:arbeitsmittel_zitate"),
        suche_url=reverse_lazy("admin:arbeitsmittel_suche"),
    )
    aenderungshinweis = forms.CharField(
        label="Änderungshinweis",
        help_text="Was ist neu? Lesende sehen diesen Satz über dem Text.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    aenderungsart = forms.ChoiceField(
        label="Art der Änderung",
        help_text="Redaktionell heißt: an der Sache ändert sich nichts.",
        choices=Aenderungsart.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    sperrfrist = forms.BooleanField(
        label="Bis zum Stand geheim halten",
        help_text="Sonst wird eine künftige Fassung mit der Freigabe angekündigt und ist schon lesbar.",
        required=False,
    )
    nachtrag_grund = forms.CharField(
        label="Grund der nachträglichen Erfassung",
        help_text="Nur nötig, wenn der Stand in der Vergangenheit liegt.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    @classmethod
    def of(cls, fassung: Fassung) -> "FassungForm":
        """Return the form as the draft stands now."""
        return cls(initial={"version": fassung.version, **{name: getattr(fassung, name) for name in WRITTEN}})


class StartForm(WorkplaceForm):
    """The Kennung of what gets a new draft. One that the portal does not know yet has to be confirmed."""

    kennung = forms.CharField(
        label="Kennung",
        help_text="In jeder Schreibweise, zum Beispiel „GLF SC 3.001a“, „3001a“ oder „EMB AH Umzug und Ortswechsel“.",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    neu_slug = forms.CharField(required=False)  # which new one the box beside it was ticked for
    neu = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arbeitsmittel: Arbeitsmittel | None = None
        self.neue_kennung: Kennung | None = None

    def clean_kennung(self) -> str:
        """Set `arbeitsmittel` where the portal knows it, else `neue_kennung`."""
        text = self.cleaned_data["kennung"]
        slug = slug_of(text)
        self.arbeitsmittel = Arbeitsmittel.objects.filter(slug=slug).first() if slug else None
        if self.arbeitsmittel is None:
            try:
                self.neue_kennung = parse_kennung(text)
            except KennungInvalid as fault:
                raise ValidationError(str(fault)) from fault
        return text

    def clean_neu(self) -> bool:
        """What was confirmed is one Kennung: whoever types another one is asked again."""
        confirmed = self.cleaned_data["neu"]
        if self.neue_kennung is None:
            return False
        if not confirmed or self.cleaned_data.get("neu_slug") != self.neue_kennung.slug:
            raise ValidationError(f"„{self.neue_kennung}“ kennt das Portal noch nicht.", code="unconfirmed")
        return True


class DocxForm(WorkplaceForm):
    """A Word document."""

    datei = forms.FileField(
        label="Word-Dokument",
        help_text="Eine Datei im Format .docx, höchstens 10 MB.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
        error_messages={"required": "Bitte eine Datei auswählen.", "empty": "Die Datei ist leer."},
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if request is not None and too_large(request, "datei"):
            sentence = f"Die Datei ist zu groß; erlaubt sind {MAX_UPLOAD // 1_000_000} MB."
            self.fields["datei"].error_messages["required"] = sentence


class UebernahmeForm(WorkplaceForm):
    """A text read from a document, on its way into the draft."""

    inhalt = RichTextField(widget=forms.HiddenInput)
    titel = forms.CharField(widget=forms.HiddenInput, max_length=250, required=False)
    titel_uebernehmen = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titel = self["titel"].value()
        if titel:
            self.fields["titel_uebernehmen"].label = f"Auch den Titel übernehmen: „{titel}“"
        else:
            del self.fields["titel_uebernehmen"]

    @property
    def values(self) -> dict[str, str]:
        """Return what goes into the draft."""
        chosen = self.cleaned_data.get("titel_uebernehmen") and self.cleaned_data["titel"]
        return {"inhalt": self.cleaned_data["inhalt"], **({"titel": self.cleaned_data["titel"]} if chosen else {})}
