"""What somebody can do next with a Weisung (portal.workplace.next_steps): it waits for every member of its package."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from portal.workplace.next_steps import Lage, NextSteps, next_steps, offer_release, writers_of
from weisungen.models import Umsetzung, Weisung


@dataclass(frozen=True)
class Paketgroesse:
    """How many Fassungen go live with a Weisung, and how many of them are not checked yet."""

    alle: int = 0
    ungeprueft: int = 0


def next_steps_of(
    weisung: Weisung, user: Any, *, writers: Collection[int], paket: Paketgroesse = Paketgroesse()
) -> NextSteps:
    """Return what somebody can do next with a Weisung."""

    def checked(lage: Lage, found: NextSteps) -> None:
        if paket.ungeprueft:
            verb = "ist 1 Fassung" if paket.ungeprueft == 1 else f"sind {paket.ungeprueft} Fassungen"
            found.hinweise.append(f"Im Paket {verb} noch nicht geprüft; erst danach geht alles zusammen live.")
            offer_release(lage, found)
        else:
            label = "Freigeben, mit Paket" if paket.alle else "Freigeben"
            offer_release(lage, found, lage.step("freigeben", label, "haupt"))

    return next_steps(Lage(weisung, user, writers), checked=checked, rushable=not paket.alle, discardable=True)


def packages_of(weisungen: Iterable[Weisung]) -> dict[int, Paketgroesse]:
    """Return how large the package of each Weisung is, for those that have one; in one query."""
    rows = Umsetzung.objects.filter(weisung__in=[weisung.pk for weisung in weisungen], im_paket=True, gestrichen=False)
    unchecked = Q(fassung__geprueft_am=None, fassung__veroeffentlicht_am=None)
    counted = rows.order_by().values("weisung").annotate(alle=Count("pk"), ungeprueft=Count("pk", filter=unchecked))
    return {row["weisung"]: Paketgroesse(row["alle"], row["ungeprueft"]) for row in counted}


def steps_for(weisung: Weisung, user: Any) -> NextSteps:
    """Return what somebody can do next with one Weisung; two queries."""
    paket = packages_of([weisung]).get(weisung.pk, Paketgroesse())
    return next_steps_of(weisung, user, writers=writers_of(Weisung, [weisung])[weisung.pk], paket=paket)
