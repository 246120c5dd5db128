"""The addresses of the pages of a Weisung, below those of its admin."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from weisungen.redaktion import checking, editing, importing, looking, packaging, releasing

PAGES = (
    ("anwesend", "anwesend/", editing.anwesend),
    ("paket", "paket/", packaging.paket),
    ("vorschau", "vorschau/", looking.vorschau),
    ("vorschau_pdf", "vorschau.pdf", looking.vorschau_pdf),
    ("vorlegen", "vorlegen/", releasing.vorlegen),
    ("zurueckholen", "zurueckholen/", releasing.zurueckholen),
    ("pruefen", "pruefen/", checking.pruefen),
    ("pruefdruck", "pruefdruck/<slug:pruefsumme>.pdf", looking.pruefdruck),
    ("freigeben", "freigeben/", releasing.freigeben),
    ("eilfreigabe", "eilfreigabe/", releasing.eilfreigabe),
    ("bestaetigen", "bestaetigen/", releasing.bestaetigen),
    ("zurueckziehen", "zurueckziehen/", releasing.zurueckziehen),
    ("verwerfen", "verwerfen/", releasing.verwerfen),
)


def weisung_urls(site: AdminSite) -> list[URLPattern]:
    """Return the addresses, each behind the door of the workplace."""
    return [
        path("import/", site.admin_view(importing.einlesen), name="weisungen_weisung_import"),
        *[
            path(f"<int:pk>/{tail}", site.admin_view(view), name=f"weisungen_weisung_{name}")
            for name, tail, view in PAGES
        ],
    ]
