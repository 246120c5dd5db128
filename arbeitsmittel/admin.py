"""A look at the rows behind the pages, with their history; writing comes with the editors' workplace."""

from django.contrib import admin

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.admin import ReadOnlyAdmin


@admin.register(Arbeitsmittel)
class ArbeitsmittelAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "art", "slug"]
    list_filter = ["art"]
    search_fields = ["bezeichnung", "slug"]


@admin.register(Fassung)
class FassungAdmin(ReadOnlyAdmin):
    list_display = ["arbeitsmittel", "stand", "titel", "veroeffentlicht_am", "zurueckgezogen_am"]
    list_filter = ["arbeitsmittel__art", "aenderungsart"]
    list_select_related = ["arbeitsmittel"]
    date_hierarchy = "stand"
    search_fields = ["arbeitsmittel__bezeichnung", "titel"]
    exclude = ["suche"]
    view_on_site = False  # a draft has no page
