"""The workplace for Arbeitsmittel and Fassungen: the lists are Django's, the pages behind them are our own."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from arbeitsmittel.models import Arbeitsmittel, Fassung
from arbeitsmittel.redaktion import editing, listing, starting
from arbeitsmittel.redaktion.access import SEE_DRAFTS, START
from arbeitsmittel.redaktion.addresses import arbeitsmittel_urls, fassung_urls
from arbeitsmittel.redaktion.next_steps import next_steps_of, packages_of
from arbeitsmittel.redaktion.showing import badges
from arbeitsmittel.stand import Datum
from portal.admin import ReadOnlyAdmin, refuse_no_key
from portal.stichtag import today
from portal.workplace import address, has_any
from portal.workplace.next_steps import step_in_list, writers_of
from portal.workplace.showing import as_html

BUTTON = '<a class="kern-btn kern-btn--{} knopf--klein" href="{}"><span class="kern-label">{}</span></a>'


class WorkplaceAdmin(ReadOnlyAdmin):
    """A list for those who work with drafts: nothing to tick, no second count, nothing that grows with the rows."""

    actions = None
    list_per_page = 50
    empty_value_display = ""
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["pk"]  # says that there is a search; what it finds is decided in get_search_results
    searched = ("",)  # fields in which words are looked for
    to_kennung = ""
    rights: tuple[str, ...] = SEE_DRAFTS  # one of them opens the list

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_any(request.user, self.rights)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return has_any(request.user, self.rights)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Know the filters of the list by their names only; whatever else is asked for leads to the whole list."""
        if lookup not in {one.parameter_name for one in self.list_filter}:
            raise IncorrectLookupParameters
        return True

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        wanted = listing.named_like(search_term, self.to_kennung)
        return queryset.filter(wanted | listing.in_words(search_term, *self.searched)), False


class ArbeitsmittelList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        may_start = request.user.has_perm(START)
        for row in self.result_list:
            row.may_start = may_start


@admin.register(Arbeitsmittel)
class ArbeitsmittelAdmin(WorkplaceAdmin):
    list_display = ["kennung", "bereich", "gilt_heute", "titel", "entwurf"]
    list_filter = [listing.ArbeitsmittelBereichFilter, listing.ArbeitsmittelArtFilter, listing.EntwurfFilter]
    ordering = ["bereich_rang", "slug"]
    search_help_text = "Kennung in jeder Schreibweise, oder Wörter aus Name und Titel"
    searched = ("bezeichnung", "titel")
    change_list_template = "redaktion/arbeitsmittel/arbeitsmittel_liste.html"

    def get_urls(self) -> list[URLPattern]:
        return [*arbeitsmittel_urls(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        drafts = Prefetch("fassungen", Fassung.objects.drafts().without_text(), to_attr="offene")
        return super().get_queryset(request).with_current(today(timezone.now())).prefetch_related(drafts)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArbeitsmittelList

    @admin.display(description="Kennung", ordering="slug")
    def kennung(self, row: Arbeitsmittel) -> str:
        return str(row)

    @admin.display(description="Bereich", ordering="bereich_rang")
    def bereich(self, row: Arbeitsmittel) -> str:
        return row.bereich.label

    @admin.display(description="Gilt heute", ordering="stand")
    def gilt_heute(self, row: Any) -> str:
        return str(Datum(row.stand, row.stand_nur_monat)) if row.stand else "–"

    @admin.display(description="Titel", ordering="titel")
    def titel(self, row: Any) -> str:
        return row.titel or "–"

    @admin.display(description="Entwurf")
    def entwurf(self, row: Any) -> SafeString | str:
        """The open draft, or the way to a new one."""
        if row.offene:
            draft = row.offene[0]
            text = f"Stand {draft.stand_text}"
            return format_html('<a href="{}">{}</a> {}', address("change", draft), text, as_html(badges(draft)))
        if not row.may_start:
            return "–"
        start = f"{reverse('admin:arbeitsmittel_fassung_add')}?{urlencode({'kennung': str(row)})}"
        return format_html(BUTTON, "tertiary", start, "Neuen Entwurf beginnen")


class FassungList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """Say for every row what this person can do next: two queries for the whole page."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        on_the_way = [row for row in self.result_list if row.ist_entwurf or row.eil_offen]
        writers, packages = writers_of(Fassung, on_the_way), packages_of(on_the_way)
        for row in self.result_list:
            steps = next_steps_of(row, request.user, writers=writers.get(row.pk, ()), paket=packages.get(row.pk, ""))
            row.naechster = step_in_list(row, request.user, steps)


@admin.register(Fassung)
class FassungAdmin(WorkplaceAdmin):
    list_display = ["kennung", "stand_text", "titel_text", "zustand", "verfasst", "naechster_schritt"]
    list_filter = [
        listing.SchrittFilter, listing.BereichFilter, listing.ArtFilter, listing.EilFilter, listing.StandFilter,
    ]  # fmt: skip
    list_select_related = ["arbeitsmittel", "verfasst_von"]
    ordering = [listing.ON_THE_WAY, "arbeitsmittel__bereich_rang", "arbeitsmittel__slug", "-stand", "-pk"]
    search_help_text = "Kennung in jeder Schreibweise, oder Wörter aus Name und Titel"
    searched = ("arbeitsmittel__bezeichnung", "titel")
    to_kennung = "arbeitsmittel__"
    change_list_template = "redaktion/arbeitsmittel/fassungen.html"
    view_on_site = False  # a draft has no page for readers

    def get_urls(self) -> list[URLPattern]:
        return [*fassung_urls(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        long_ones = ("inhalt", "suche", "aenderungshinweis", "begruendungen", "zurueckgezogen_grund", "verworfen_grund")
        return super().get_queryset(request).defer(*long_ones)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FassungList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(START)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return starting.beginnen(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        refuse_no_key(object_id)
        return editing.fassung(request, int(object_id))

    @admin.display(description="Kennung", ordering="arbeitsmittel__slug")
    def kennung(self, row: Fassung) -> str:
        return str(row.arbeitsmittel)

    @admin.display(description="Stand", ordering="stand")
    def stand_text(self, row: Fassung) -> str:
        return row.stand_text

    @admin.display(description="Titel", ordering="titel")
    def titel_text(self, row: Fassung) -> str:
        return row.titel or "–"

    @admin.display(description="Zustand")
    def zustand(self, row: Fassung) -> SafeString:
        return as_html(badges(row))

    @admin.display(description="Zuletzt", ordering="verfasst_von__last_name")
    def verfasst(self, row: Fassung) -> str:
        return str(row.verfasst_von or "–")

    @admin.display(description="Nächster Schritt")
    def naechster_schritt(self, row: Any) -> SafeString | str:
        step = row.naechster
        return format_html(BUTTON, "secondary", step.ziel, step.knopf) if step else ""
