"""Start page of the workplace, "Meine Aufgaben": what waits for this person, and one button for the next step."""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from arbeitsmittel.models import Fassung
from portal.models import Benutzer
from portal.pages.aufgaben.inhalte import DER_INHALTE, gruppen_der_inhalte
from portal.pages.aufgaben.personen import DER_PERSONEN, gruppen_der_personen
from portal.stichtag import today
from weisungen.models import Weisung

SECTIONS = DER_INHALTE | DER_PERSONEN


@require_safe
@permission_required("portal.open_redaktion", raise_exception=True)
def aufgaben(request: HttpRequest) -> HttpResponse:
    """The sections that fit the roles of the person; `?alle=<section>` shows one of them whole."""
    asked, now = request.GET.get("alle", ""), today(timezone.now())  # whatever day the portal shows
    whole = asked if asked in SECTIONS else ""
    gruppen = [*gruppen_der_inhalte(request.user, whole, now), *gruppen_der_personen(request.user, whole)]
    context = {
        "gruppen": [gruppe for gruppe in gruppen if gruppe.anzahl],
        "leere": [gruppe for gruppe in gruppen if not gruppe.anzahl],
        "wartend": sum(gruppe.wartend for gruppe in gruppen),
        "anlegen": list(_may_be_added(request)),
    }
    return render(request, "redaktion/aufgaben.html", context)


def _may_be_added(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield label and address of what this person may start."""
    labels = {Fassung: "Neuen Entwurf beginnen", Weisung: "Neue Weisung schreiben", Benutzer: "Person anlegen"}
    for model, label in labels.items():
        opts = model._meta
        if admin.site.get_model_admin(model).has_add_permission(request):
            yield label, reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
