"""How the Stände of one Arbeitsmittel lie around a Stichtag, for the page that shows them."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.stichtag import Stichtag


@dataclass(frozen=True)
class Einordnung:
    """All released Stände of one Arbeitsmittel, newest first, and which of them applies on the Stichtag."""

    staende: list[Fassung]
    geltend: Fassung | None
    kommend: Fassung | None

    def with_stand(self, stand: date, key: str = "") -> Fassung | None:
        """Return the Fassung of a Stand: the live one, else the one withdrawn last, else None.

        `key` names one that is withdrawn and has another one of its Stand before it.
        """
        same = [fassung for fassung in self.staende if fassung.stand == stand]
        if key:
            return next((fassung for fassung in same if str(fassung.pk) == key), None)
        return next((fassung for fassung in same if not fassung.zurueckgezogen_am), same[0] if same else None)

    def abgeloest_durch(self, fassung: Fassung) -> Fassung | None:
        """Return the next live Stand after this one, if there is one."""
        later = [other for other in self.live if other.stand > fassung.stand]
        return later[-1] if later else None

    @property
    def live(self) -> list[Fassung]:
        return [fassung for fassung in self.staende if not fassung.zurueckgezogen_am]

    @property
    def verdeckt(self) -> list[Fassung]:
        """Those whose Stand has another Fassung at its address; they are reached by their key."""
        return [fassung for fassung in self.staende if self.with_stand(fassung.stand) is not fassung]

    @property
    def zeitstrahl(self) -> list[tuple[Fassung, str]]:
        """Each Stand with its state: geltend, kommend, abgeloest, zurueckgezogen."""
        return [(fassung, self.zustand(fassung)) for fassung in self.staende]

    def zustand(self, fassung: Fassung) -> str:
        if fassung.zurueckgezogen_am:
            return "zurueckgezogen"
        if fassung is self.geltend:
            return "geltend"
        return "kommend" if self.geltend is None or fassung.stand > self.geltend.stand else "abgeloest"


def einordnen(staende: list[Fassung], stichtag: Stichtag) -> Einordnung:
    """Place the released Stände (newest first) around a day; the rule is that of `FassungQuerySet.current_on`."""
    live = [fassung for fassung in staende if not fassung.zurueckgezogen_am]
    begun = [fassung for fassung in live if fassung.stand <= stichtag.tag]
    coming = [fassung for fassung in live if fassung.stand > stichtag.tag]
    return Einordnung(staende, begun[0] if begun else None, coming[-1] if coming else None)


def zitierende_weisungen(arbeitsmittel: Arbeitsmittel, stichtag: Stichtag) -> models.QuerySet:
    """Return the issued Weisungen that cite it, newest first, each once, with what repeals them on the day.

    By way of the reverse relation: this app does not know the other one (architecture, "Rooms").
    """
    zitate = arbeitsmittel.zitate
    weisungen = zitate.model._meta.get_field("weisung").related_model.objects
    return weisungen.published(stichtag).with_repeal(stichtag).without_text().filter(pk__in=zitate.values("weisung"))
