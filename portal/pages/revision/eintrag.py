"""One entry: what it changed, why, by whom, and its place in the chain. A reviewer notes here that it was looked at."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.durchsicht import note_durchsicht
from portal.models import Eintrag
from portal.pages.revision.access import may_audit
from portal.pages.revision.aenderungen import changes_of
from portal.pages.revision.forms import DurchsichtForm
from portal.pages.revision.verweise import links_of_entry
from portal.pages.revision.zeilen import BADGES, address_of
from portal.stichtag import today

LAST = 2**63 - 1  # of the numbers that the database knows
_SAME_MOMENT = 60  # seconds between an entry and its own date that are not worth a word


@require_safe
@may_audit
def eintrag(request: HttpRequest, nummer: int) -> HttpResponse:
    """Field changes, reason, actor as then, checksums, and the way to the neighbours."""
    row = _entry_or_404(nummer)
    return _page(request, row, DurchsichtForm())


@require_POST
@may_audit
def sichten(request: HttpRequest, nummer: int) -> HttpResponse:
    """Note that somebody has looked at an entry; sent twice it is noted once."""
    row = _entry_or_404(nummer)
    form = DurchsichtForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    new = note_durchsicht(row, person=request.user, notiz=form.cleaned_data["notiz"], now=timezone.now())
    if new:
        messages.success(request, "Vermerkt: Der Eintrag ist gesichtet.")
    else:
        messages.warning(request, "Sie haben diesen Eintrag schon gesichtet; der frühere Vermerk bleibt, wie er ist.")
    return redirect(address_of(row.nummer))


def _entry_or_404(nummer: int) -> Eintrag:
    return get_object_or_404(Eintrag.objects.defer("suche"), nummer=min(nummer, LAST))


def _page(request: HttpRequest, row: Eintrag, form: DurchsichtForm) -> HttpResponse:
    seen = list(row.durchsichten.select_related("person"))
    changes = changes_of(row)
    before, after = _neighbours(row)
    context = {
        "eintrag": row,
        "marke": BADGES.get(row.vorgang, "neutral"),
        "aenderungen": changes,
        "verweise": links_of_entry(row, changes.model, today(timezone.now())),
        "davor": before,
        "danach": after,
        "datiert": abs((row.erfasst_am - row.zeitpunkt).total_seconds()) > _SAME_MOMENT,
        "durchsichten": seen,
        "selbst_gesichtet": any(durchsicht.person_id == request.user.pk for durchsicht in seen),
        "form": form,
    }
    return render(request, "revision/eintrag.html", context)


def _neighbours(row: Eintrag) -> tuple[int | None, int | None]:
    """Return the numbers of the entries before and after it of the same object."""
    same = Eintrag.objects.filter(thema_art=row.thema_art, thema_id=row.thema_id).order_by()
    before = _numbers(same.filter(nummer__lt=row.nummer).order_by("-nummer"))
    after = _numbers(same.filter(nummer__gt=row.nummer).order_by("nummer"))
    return before, after


def _numbers(rows: QuerySet) -> int | None:
    return rows.values_list("nummer", flat=True).first()
