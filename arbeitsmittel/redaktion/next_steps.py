"""What somebody can do next with a Fassung (portal.workplace.next_steps); in a package it waits for the Weisung."""

from collections.abc import Collection, Iterable
from typing import Any

from arbeitsmittel.models import Fassung
from arbeitsmittel.querysets import IN_OPEN_PACKAGE
from portal.workplace.next_steps import Lage, NextSteps, next_steps, offer_release, writers_of


def next_steps_of(fassung: Fassung, user: Any, *, writers: Collection[int], paket: str = "") -> NextSteps:
    """Return what somebody can do next with a Fassung; `paket` names the Weisung with which it goes live."""

    def checked(lage: Lage, found: NextSteps) -> None:
        if paket:
            found.hinweise.append(f"Gehört zum Paket der {paket} und wird mit ihr veröffentlicht.")
        else:
            offer_release(lage, found, lage.step("freigeben", "Freigeben", "haupt"))

    return next_steps(Lage(fassung, user, writers), checked=checked, rushable=not paket, discardable=not paket)


def packages_of(fassungen: Iterable[Fassung]) -> dict[int, str]:
    """Return the Weisung with which a draft goes live, for those that belong to a package; in one query."""
    umsetzungen = Fassung._meta.get_field("umsetzungen").related_model.objects  # of the app above: by the reverse name
    found = umsetzungen.filter(IN_OPEN_PACKAGE, fassung__in=[fassung.pk for fassung in fassungen])
    names = found.select_related("weisung").only("fassung_id", "weisung__typ", "weisung__nummer").order_by()
    return {one.fassung_id: str(one.weisung) for one in names}


def steps_for(fassung: Fassung, user: Any) -> NextSteps:
    """Return what somebody can do next with one Fassung; two queries."""
    writers = writers_of(Fassung, [fassung])[fassung.pk]
    return next_steps_of(fassung, user, writers=writers, paket=packages_of([fassung]).get(fassung.pk, ""))
