"""A look at the rows behind the pages, with their history; writing comes with the editors' workplace."""

from django.contrib import admin

from portal.admin import ReadOnlyAdmin
from weisungen.models import Weisung


@admin.register(Weisung)
class WeisungAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "datum", "titel", "gueltig_ab", "gueltig_bis"]
    list_filter = ["typ", "sgb_ii", "sgb_iii", "familienkasse"]
    date_hierarchy = "datum"
    search_fields = ["nummer", "titel"]
    exclude = ["suche"]
