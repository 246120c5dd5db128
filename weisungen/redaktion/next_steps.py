"""Which way is open from where a Weisung stands, and for whom; where four eyes or the package forbid a step, why.

The rules are those of portal.freigabe and weisungen.publishing, which have the last word; here they decide which
buttons somebody sees.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from arbeitsmittel.redaktion.next_steps import OWN_WORK, NextStep, NextSteps
from portal.freigabe import Schritt
from portal.workplace import address
from weisungen.models import Umsetzung, Weisung
from weisungen.redaktion.access import RELEASE, RUSH, WRITE


@dataclass(frozen=True)
class Paketgroesse:
    """How many Fassungen go live with a Weisung, and how many of them are not checked yet."""

    alle: int = 0
    ungeprueft: int = 0


@dataclass(frozen=True)
class Lage:
    """What decides about the steps: the Weisung, who asks, who wrote, and its package."""

    weisung: Weisung
    user: Any
    writers: Collection[int]
    paket: Paketgroesse = Paketgroesse()

    @property
    def own(self) -> bool:
        return self.user.pk in self.writers or self.user.pk == self.weisung.vorgelegt_von_id

    def may(self, right: str) -> bool:
        return self.user.has_perm(right)

    def step(self, name: str, knopf: str, art: str = "neben") -> NextStep:
        return NextStep(address(name, self.weisung), knopf, art)


def next_steps(
    weisung: Weisung, user: Any, *, writers: Collection[int], paket: Paketgroesse = Paketgroesse()
) -> NextSteps:
    """Return what somebody can do next with a Weisung."""
    lage, found = Lage(weisung, user, writers, paket), NextSteps()
    if rule := _RULES.get(weisung.schritt):
        rule(lage, found)
    if weisung.ist_entwurf:
        _leave(lage, found)
    return found


def _draft(lage: Lage, found: NextSteps) -> None:
    if lage.may(WRITE):
        found.schritte.append(lage.step("vorlegen", "Zur Prüfung vorlegen", "haupt"))
    else:
        found.hinweise.append("Der Entwurf ist noch in Arbeit.")


def _in_check(lage: Lage, found: NextSteps) -> None:
    if not lage.may(RELEASE):
        found.hinweise.append("Wartet auf die Prüfung durch eine zweite Person.")
    elif lage.own:
        found.hinweise.append(OWN_WORK.format(verb="Prüfen"))
    else:
        found.schritte.append(lage.step("pruefen", "Prüfen", "haupt"))
    _take_back(lage, found)


def _checked(lage: Lage, found: NextSteps) -> None:
    waiting = lage.paket.ungeprueft
    if waiting:
        verb = "ist 1 Fassung" if waiting == 1 else f"sind {waiting} Fassungen"
        found.hinweise.append(f"Im Paket {verb} noch nicht geprüft; erst danach geht alles zusammen live.")
    if not lage.may(RELEASE):
        found.hinweise.append("Ist geprüft und wartet auf die Freigabe.")
    elif lage.own:
        found.hinweise.append(OWN_WORK.format(verb="Freigeben"))
    else:
        if not waiting:
            label = "Freigeben, mit Paket" if lage.paket.alle else "Freigeben"
            found.schritte.append(lage.step("freigeben", label, "haupt"))
        found.schritte.append(lage.step("pruefen", "Prüfung ansehen oder zurückgeben"))
    _take_back(lage, found)


def _take_back(lage: Lage, found: NextSteps) -> None:
    if lage.may(WRITE) and lage.own:
        found.schritte.append(lage.step("zurueckholen", "Aus der Prüfung zurückholen"))


def _leave(lage: Lage, found: NextSteps) -> None:
    """The two ways that leave the usual one."""
    if lage.may(RUSH) and not lage.paket.alle:
        found.schritte.append(lage.step("eilfreigabe", "Eilfreigabe ohne zweite Person"))
    if lage.may(WRITE):
        found.schritte.append(lage.step("verwerfen", "Entwurf verwerfen", "gefahr"))


def _released(lage: Lage, found: NextSteps) -> None:
    if lage.weisung.eil_offen:
        _unconfirmed(lage, found)
    if lage.may(RELEASE):
        found.schritte.append(lage.step("zurueckziehen", "Zurückziehen", "gefahr"))


def _unconfirmed(lage: Lage, found: NextSteps) -> None:
    if not lage.may(RELEASE):
        found.hinweise.append("Die Eilfreigabe wartet darauf, dass eine zweite Person sie bestätigt.")
    elif lage.own or lage.user.pk == lage.weisung.veroeffentlicht_von_id:
        found.hinweise.append(OWN_WORK.format(verb="Bestätigen"))
    else:
        found.schritte.append(lage.step("bestaetigen", "Eilfreigabe bestätigen", "haupt"))


_RULES = {
    Schritt.ENTWURF: _draft,
    Schritt.IN_PRUEFUNG: _in_check,
    Schritt.GEPRUEFT: _checked,
    Schritt.VEROEFFENTLICHT: _released,
}


def writers_of(weisungen: Iterable[Weisung]) -> dict[int, set[int]]:
    """Return who wrote on each Weisung (the rule of portal.freigabe.writers), in one query."""
    keys = [weisung.pk for weisung in weisungen]
    author = Coalesce("verfasst_von_id", "history_user_id")
    found: dict[int, set[int]] = {key: set() for key in keys}
    for key, person in Weisung.history.filter(id__in=keys).order_by().values_list("id", author).distinct():
        found[key].add(person)
    return found


def packages_of(weisungen: Iterable[Weisung]) -> dict[int, Paketgroesse]:
    """Return how large the package of each Weisung is, for those that have one; in one query."""
    rows = Umsetzung.objects.filter(weisung__in=[weisung.pk for weisung in weisungen], im_paket=True, gestrichen=False)
    unchecked = Q(fassung__geprueft_am=None, fassung__veroeffentlicht_am=None)
    counted = rows.order_by().values("weisung").annotate(alle=Count("pk"), ungeprueft=Count("pk", filter=unchecked))
    return {row["weisung"]: Paketgroesse(row["alle"], row["ungeprueft"]) for row in counted}


def steps_for(weisung: Weisung, user: Any) -> NextSteps:
    """Return what somebody can do next with one Weisung; two queries."""
    paket = packages_of([weisung]).get(weisung.pk, Paketgroesse())
    return next_steps(weisung, user, writers=writers_of([weisung])[weisung.pk], paket=paket)
