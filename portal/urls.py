from django.contrib import admin
from django.urls import include, path, register_converter

from portal.converters import DayConverter, SlugConverter
from portal.pages import auftraege, errors, health, nachweis, search, start
from portal.pages.account import PasswordView, SignInView, SignOutView
from portal.pages.aufgaben import aufgaben
from portal.pages.revision import objekte
from weisungen.redaktion.outstanding import offene_umsetzungen

register_converter(DayConverter, "tag")
register_converter(SlugConverter, "adresse")

urlpatterns = [
    path("", start.start, name="start"),
    path("suche/", search.suche, name="suche"),
    path("nachweis/", nachweis.seite, name="nachweis"),
    path("nachweis/<adresse:slug>/<tag:tag>.pdf", nachweis.pdf, name="nachweis_pdf"),
    path("arbeitsmittel/", include("arbeitsmittel.urls")),
    path("weisungen/", include("weisungen.urls")),
    path("arbeitsmittel/<adresse:slug>/historie/", objekte.arbeitsmittel, name="arbeitsmittel_historie"),
    path("weisungen/<adresse:slug>/historie/", objekte.weisung, name="weisung_historie"),
    path("revision/", include("portal.pages.revision.urls")),
    path("revision/", include("portal.pages.revision_export.urls")),
    path("auftraege/", auftraege.liste, name="auftraege"),
    path("auftraege/<uuid:key>/", auftraege.auftrag, name="auftrag"),
    path("auftraege/<uuid:key>/stand/", auftraege.stand, name="auftrag_stand"),
    path("auftraege/<uuid:key>/datei/", auftraege.datei, name="auftrag_datei"),
    path("anmelden/", SignInView.as_view(), name="anmelden"),
    path("abmelden/", SignOutView.as_view(), name="abmelden"),
    path("kennwort/", PasswordView.as_view(), name="kennwort"),
    path("redaktion/", aufgaben, name="aufgaben"),  # before the admin: its index is this page
    path("redaktion/umsetzung/", admin.site.admin_view(offene_umsetzungen), name="umsetzung_offen"),
    path("redaktion/", admin.site.urls),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
