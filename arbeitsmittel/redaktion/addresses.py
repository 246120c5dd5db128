"""The addresses of the editors' own pages, below those of the admin."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from arbeitsmittel.redaktion import checking, citing_live, editing, looking, releasing, taking_over

PAGES = (
    ("anwesend", "anwesend/", editing.anwesend),
    ("einlesen", "einlesen/", taking_over.einlesen),
    ("vorschau", "vorschau/", looking.vorschau),
    ("vorschau_pdf", "vorschau.pdf", looking.vorschau_pdf),
    ("synopse", "synopse/", looking.synopse),
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


def fassung_urls(site: AdminSite) -> list[URLPattern]:
    """Return the addresses, each behind the door of the workplace."""
    return [
        path(f"<int:pk>/{tail}", site.admin_view(view), name=f"arbeitsmittel_fassung_{name}")
        for name, tail, view in PAGES
    ]


def arbeitsmittel_urls(site: AdminSite) -> list[URLPattern]:
    """Return what the editor of a text asks for while somebody writes, in a Fassung or in a Weisung."""
    return [
        path("suche/", site.admin_view(citing_live.suche), name="arbeitsmittel_suche"),
        path("zitate/", site.admin_view(citing_live.zitate), name="arbeitsmittel_zitate"),
    ]
