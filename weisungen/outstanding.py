"""What Weisungen announced and nothing came of (issue 3, "Umsetzung")."""

from datetime import date

from django.db.models import Q, QuerySet


def undelivered(umsetzungen: QuerySet, until: date) -> QuerySet:
    """Return those due up to a day of which nothing is released and which nobody excused; the oldest first.

    Only of issued Weisungen that nobody withdrew: what a draft plans is not announced yet.
    """
    released = Q(fassung__veroeffentlicht_am__isnull=False, fassung__zurueckgezogen_am__isnull=True)
    announced = umsetzungen.filter(
        weisung__veroeffentlicht_am__isnull=False,
        weisung__zurueckgezogen_am__isnull=True,
        gestrichen=False,
        entschuldigt_am__isnull=True,
        soll_stand__lte=until,
    )
    return announced.exclude(released).order_by("soll_stand", "arbeitsmittel__bereich_rang", "arbeitsmittel__slug")
