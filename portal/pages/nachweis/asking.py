"""What somebody types to get a Nachweis, and the address of the file with the answer."""

import re
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone

from arbeitsmittel.kennung import slug_of
from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.nachweis import Nachweis, knowledge_of
from portal.stichtag import EARLIEST, KNOWN_PARAMETER, today
from portal.zeitpunkt import Zeitpunkt, at, parse_day

WITHOUT_TIME = "ohne"  # `uhrzeit=ohne`: the moment in the address was assumed, and the certificate says so
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?(?: ?Uhr)?", re.IGNORECASE)


class NachweisForm(forms.Form):
    """Kennung in every spelling, day, and time of day where it is known."""

    kennung = forms.CharField(
        label="Kennung", max_length=200, error_messages={"required": "Bitte eine Kennung angeben, etwa 3.001a."}
    )
    datum = forms.CharField(label="Tag", max_length=40, error_messages={"required": "Bitte den Tag angeben."})
    uhrzeit = forms.CharField(label="Uhrzeit", max_length=20, required=False)

    def __init__(self, *args: Any, now: datetime | None = None, wissen: Zeitpunkt | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.wissen = now, wissen
        for field in self.fields.values():
            field.error_messages["max_length"] = "Diese Angabe ist zu lang."

    def clean_kennung(self) -> Arbeitsmittel:
        typed = self.cleaned_data["kennung"]
        slug = slug_of(typed)
        if slug is None:
            raise forms.ValidationError(f"„{typed[:40]}“ ist keine Kennung; gemeint ist etwas wie GLF SC 3.001a.")
        found = Arbeitsmittel.objects.known_to_readers(today(self.now)).filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError("Dieses Arbeitsmittel steht nicht im Portal.")
        return found

    def clean_datum(self) -> date:
        typed = self.cleaned_data["datum"]
        tag = parse_day(typed)
        if tag is None:
            raise forms.ValidationError(f"„{typed}“ ist kein Datum; erwartet wird zum Beispiel 02.01.2024.")
        if tag < EARLIEST:
            raise forms.ValidationError("Der Tag muss nach 1989 liegen.")
        if tag > timezone.localdate(self.now):
            raise forms.ValidationError("Dieser Tag kommt erst; nachweisen lässt sich nur, was war.")
        return tag

    def clean_uhrzeit(self) -> time | None:
        typed = self.cleaned_data["uhrzeit"]
        if not typed or typed == WITHOUT_TIME:
            return None
        found = _CLOCK.fullmatch(typed)
        try:
            return time(*(int(part) for part in found.groups(default="0")))
        except (AttributeError, ValueError):
            raise forms.ValidationError(f"„{typed}“ ist keine Uhrzeit; erwartet wird zum Beispiel 14:30.") from None

    def clean(self) -> dict[str, Any]:
        """Add the moment that is meant: of the time, else that of the address (`bekannt`), else an assumed one."""
        given = self.cleaned_data
        if self.errors:
            return given
        tag, clock = given["datum"], given["uhrzeit"]
        wissen = at(tag, clock) if clock else self.wissen
        if wissen is not None and wissen.moment > self.now:
            self.add_error("uhrzeit", "Diese Uhrzeit kommt heute erst; nachweisen lässt sich nur, was war.")
        given["ohne_uhrzeit"] = wissen is None or (clock is None and self.data.get("uhrzeit") == WITHOUT_TIME)
        given["wissen"] = wissen or knowledge_of(tag, self.now)
        return given


def file_address(nachweis: Nachweis) -> str:
    """Return the address of the certificate, good for ever: its moment stands in it."""
    path = reverse("nachweis_pdf", args=[nachweis.arbeitsmittel.slug, nachweis.stichtag.tag])
    return f"{path}?{urlencode(_moment(nachweis), safe=':')}"


def page_address(nachweis: Nachweis) -> str:
    """Return the address under which the same answer can be read, to compare a certificate with it."""
    asked = {"kennung": nachweis.arbeitsmittel.slug, "datum": nachweis.stichtag.tag.isoformat()}
    return f"{reverse('nachweis')}?{urlencode(asked | _moment(nachweis), safe=':')}"


def _moment(nachweis: Nachweis) -> dict[str, str]:
    without_time = {"uhrzeit": WITHOUT_TIME} if nachweis.ohne_uhrzeit else {}
    return {KNOWN_PARAMETER: nachweis.wissen.geschrieben} | without_time
