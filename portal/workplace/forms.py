"""Small forms of the steps, and what every form of the workplace shares: KERN's form, the version, the days."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.befund import Befund
from portal.freigabe import Freigabe, WithdrawalKind
from portal.stichtag import EARLIEST, LATEST


class WorkplaceForm(forms.Form):
    """A form of the workplace; `version` is that of the row when the page was opened, to find stale pages."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    required_css_class = "pflicht"
    template_name = "redaktion/_formular.html"

    def render(self, template_name: str | None = None, context: Any = None, renderer: Any = None) -> SafeString:
        """Return the form in our own template; Django's renderer of forms knows only its own ones."""
        return mark_safe(render_to_string(template_name or self.template_name, context or self.get_context()))

    __str__ = __html__ = render

    @classmethod
    def over(cls, data: QueryDict, row: Freigabe, **kwargs: Any) -> Self:
        """Return the form with what somebody has just sent, ready to be saved over what is stored now."""
        renewed = data.copy()
        renewed["version"] = str(row.version)
        return cls(renewed, **kwargs)

    @property
    def input(self) -> dict[str, Any]:
        """Return the cleaned fields without `version`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DayField(forms.DateField):
    """A day where a Stichtag can lie, picked in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
        super().__init__(widget=forms.DateInput(attrs=bounds, format="%Y-%m-%d"), **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            raise ValidationError(f"Das Datum muss zwischen {EARLIEST:%d.%m.%Y} und {LATEST:%d.%m.%Y} liegen.")


class GrundForm(WorkplaceForm):
    """Why something is done; mandatory."""

    grund = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AnmerkungForm(WorkplaceForm):
    """A remark; optional."""

    anmerkung = forms.CharField(
        label="Anmerkung", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


class ZurueckziehenForm(WorkplaceForm):
    """Which kind of withdrawal, and why."""

    art = forms.ChoiceField(label="Art", choices=WithdrawalKind.choices, widget=forms.RadioSelect)
    grund = forms.CharField(label="Grund", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class PruefenForm(AnmerkungForm):
    """The verdict of the second person, on exactly what the page showed (`pruefsumme`)."""

    GEPRUEFT, ZURUECK = "geprueft", "zurueck"

    pruefsumme = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    urteil = forms.ChoiceField(
        choices=[(GEPRUEFT, "geprüft"), (ZURUECK, "zurückgegeben")],
        error_messages={"required": "Bitte „Geprüft, in Ordnung“ oder „Zurückgeben“ wählen."},
    )

    field_order = ["pruefsumme", "urteil", "anmerkung", "version"]

    def clean_anmerkung(self) -> str:
        comment = self.cleaned_data["anmerkung"]
        if self.cleaned_data.get("urteil") == self.ZURUECK and not comment.strip():
            raise ValidationError("Zum Zurückgeben gehört eine Anmerkung, was zu ändern ist.")
        return comment


class BegruendungenForm(WorkplaceForm):
    """One field for the reason of each warning; reasons given before are filled in."""

    def __init__(self, *args: Any, findings: Sequence[Befund], kept: dict[str, str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.findings = list(findings)
        self._keys: dict[str, str] = {}
        warnings = [befund for befund in findings if befund.schwere == "warnung"]
        for number, befund in enumerate(warnings):
            name = f"grund_{number}"
            self._keys[name] = befund.schluessel
            self.fields[name] = forms.CharField(
                label=f"Begründung: {befund.text}",
                help_text=befund.rat,
                initial=(kept or {}).get(befund.schluessel, ""),
                max_length=1000,
                error_messages={"required": "Diese Warnung braucht eine Begründung, oder die Stelle wird geändert."},
            )

    @property
    def begruendungen(self) -> dict[str, str]:
        """Return the reasons by `Befund.schluessel`."""
        return {key: self.cleaned_data.get(name, "") for name, key in self._keys.items()}


class EilfreigabeForm(BegruendungenForm):
    """Why there is no time for a second person, and the reasons for warnings."""

    grund = forms.CharField(
        label="Warum kann die Prüfung nicht abgewartet werden?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    field_order = ["version", "grund"]
