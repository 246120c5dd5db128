"""Familien that drift apart: the same topic in another channel was renewed, this one was not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, Max, Min, QuerySet
from django.urls import reverse

from arbeitsmittel.models import Fassung
from portal.pages.revision.arbeitslisten.zeilen import Arbeitsliste, Zeile
from portal.stichtag import Stichtag

APART = timedelta(days=30)


class Auseinander(Arbeitsliste):
    """One line a Familie. They are proposed by number (domain, "Familie"), so a line is a question, not a fault."""

    titel = "Familien, die auseinanderlaufen"
    satz = (
        f"Arbeitsmittel zum selben Thema, deren geltende Stände mehr als {APART.days} Tage auseinanderliegen. "
        "Die weiteste Spanne zuerst."
    )
    leer = f"In jeder Familie liegen die geltenden Stände höchstens {APART.days} Tage auseinander."

    def found(self, stichtag: Stichtag) -> QuerySet:
        current = Fassung.objects.current_on(stichtag).exclude(arbeitsmittel__thema="").order_by()
        spans = current.values(thema=F("arbeitsmittel__thema")).annotate(
            spanne=ExpressionWrapper(Max("stand") - Min("stand"), output_field=DurationField())
        )
        return spans.filter(spanne__gt=APART).order_by("-spanne", "thema")

    def zeilen(self, found: Iterable[Any], stichtag: Stichtag) -> list[Zeile]:
        spans = {row["thema"]: row["spanne"] for row in found}
        current = Fassung.objects.current_on(stichtag).filter(arbeitsmittel__thema__in=spans)
        members = defaultdict(list)
        for row in current.without_text().select_related("arbeitsmittel").order_by("stand", "arbeitsmittel__slug"):
            members[row.arbeitsmittel.thema].append(row)
        return [_line(members[thema], spanne) for thema, spanne in spans.items()]


def _line(members: list[Fassung], spanne: timedelta) -> Zeile:
    oldest, thing = members[0], members[0].arbeitsmittel
    return Zeile(
        objekt=str(thing),
        historie=reverse("arbeitsmittel_historie", args=[thing.slug]),
        zusatz=f"Stand {oldest.stand_text}",
        ziel=thing.get_absolute_url(),
        titel=oldest.titel,
        wann=f"{spanne.days} Tage hinter dem neuesten Stand der Familie",
        worte=[(f"Stand {row.stand_text}", f"{row.arbeitsmittel} {row.titel}".strip()) for row in members[1:]],
    )
