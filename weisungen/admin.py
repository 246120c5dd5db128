"""The workplace for Weisungen: the list is Django's, the pages behind it are our own."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString

from arbeitsmittel.admin import BUTTON, WorkplaceAdmin
from arbeitsmittel.redaktion.listing import ON_THE_WAY, EilFilter, SchrittFilter
from portal.admin import refuse_no_key
from portal.workplace.next_steps import step_in_list, writers_of
from portal.workplace.showing import as_html
from weisungen.models import TEXT_FIELDS, Weisung
from weisungen.redaktion import editing, listing
from weisungen.redaktion.access import SEE_DRAFTS, START
from weisungen.redaktion.addresses import weisung_urls
from weisungen.redaktion.next_steps import Paketgroesse, next_steps_of, packages_of
from weisungen.redaktion.showing import badges


class WeisungList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """Say for every row what this person can do next and how large its package is: two queries for the page."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        packages = packages_of(self.result_list)
        writers = writers_of(Weisung, [row for row in self.result_list if row.ist_entwurf or row.eil_offen])
        for row in self.result_list:
            row.paketgroesse = packages.get(row.pk, Paketgroesse())
            steps = next_steps_of(row, request.user, writers=writers.get(row.pk, ()), paket=row.paketgroesse)
            row.naechster = step_in_list(row, request.user, steps)


@admin.register(Weisung)
class WeisungAdmin(WorkplaceAdmin):
    list_display = ["nummer_text", "titel_text", "datum", "gueltig_ab", "zustand", "paket", "naechster_schritt"]
    list_filter = [SchrittFilter, listing.TypFilter, listing.JahrFilter, EilFilter]
    ordering = [ON_THE_WAY, "-datum", "-nummer", "-pk"]
    search_help_text = "Nummer in jeder Schreibweise, oder Wörter aus dem Titel"
    change_list_template = "redaktion/weisungen/weisungen.html"
    rights = SEE_DRAFTS
    view_on_site = False  # a draft has no page for readers

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(START)

    def get_urls(self) -> list[URLPattern]:
        return [*weisung_urls(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        long_ones = (*TEXT_FIELDS, "quelltext", "befunde", "suche", "bezug", "aufhebung", "begruendungen")
        return super().get_queryset(request).defer(*long_ones)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return queryset.filter(listing.meant_by(search_term)) if search_term.strip() else queryset, False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WeisungList

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return editing.neu(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        refuse_no_key(object_id)
        return editing.weisung(request, int(object_id))

    @admin.display(description="Nummer", ordering="nummer")
    def nummer_text(self, row: Weisung) -> str:
        return str(row)

    @admin.display(description="Titel", ordering="titel")
    def titel_text(self, row: Weisung) -> str:
        return row.titel or "–"

    @admin.display(description="Zustand")
    def zustand(self, row: Weisung) -> SafeString:
        return as_html(badges(row))

    @admin.display(description="Paket")
    def paket(self, row: Any) -> str:
        size = row.paketgroesse
        if not size.alle:
            return ""
        return f"{size.alle} ({size.ungeprueft} offen)" if size.ungeprueft else f"{size.alle} (alle geprüft)"

    @admin.display(description="Nächster Schritt")
    def naechster_schritt(self, row: Any) -> SafeString | str:
        step = row.naechster
        return format_html(BUTTON, "secondary", step.ziel, step.knopf) if step else ""
