"""Which way is open from where a Fassung stands, and for whom; where four eyes forbid a step, why.

The rules are those of portal.freigabe and arbeitsmittel.publishing, which have the last word; here they decide which
buttons somebody sees.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Coalesce

from arbeitsmittel.models import Fassung
from arbeitsmittel.redaktion.access import RELEASE, RUSH, WRITE
from portal.freigabe import Schritt
from portal.workplace import address

OWN_WORK = "Sie haben daran geschrieben oder den Entwurf vorgelegt: {verb} muss eine zweite Person."


@dataclass(frozen=True)
class NextStep:
    """A button: where it leads, what it says, and how it looks (haupt, neben, gefahr)."""

    ziel: str
    knopf: str
    art: str = "neben"


@dataclass
class NextSteps:
    """The buttons for one person, the important one first, and sentences about what is missing."""

    schritte: list[NextStep] = field(default_factory=list)
    hinweise: list[str] = field(default_factory=list)

    @property
    def haupt(self) -> NextStep | None:
        """The one that a list shows."""
        return next((step for step in self.schritte if step.art == "haupt"), None)


@dataclass(frozen=True)
class Lage:
    """What decides about the steps: the Fassung, who asks, who wrote, and the package that it goes live with."""

    fassung: Fassung
    user: Any
    writers: Collection[int]
    paket: str = ""

    @property
    def own(self) -> bool:
        return self.user.pk in self.writers or self.user.pk == self.fassung.vorgelegt_von_id

    def may(self, right: str) -> bool:
        return self.user.has_perm(right)

    def step(self, name: str, knopf: str, art: str = "neben") -> NextStep:
        return NextStep(address(name, self.fassung), knopf, art)


def next_steps(fassung: Fassung, user: Any, *, writers: Collection[int], paket: str = "") -> NextSteps:
    """Return what somebody can do next with a Fassung."""
    lage, found = Lage(fassung, user, writers, paket), NextSteps()
    if rule := _RULES.get(fassung.schritt):
        rule(lage, found)
    if fassung.ist_entwurf:
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
    if lage.paket:
        found.hinweise.append(f"Gehört zum Paket der {lage.paket} und wird mit ihr veröffentlicht.")
    elif not lage.may(RELEASE):
        found.hinweise.append("Ist geprüft und wartet auf die Freigabe.")
    elif lage.own:
        found.hinweise.append(OWN_WORK.format(verb="Freigeben"))
    else:
        found.schritte.append(lage.step("freigeben", "Freigeben", "haupt"))
    if lage.may(RELEASE) and not lage.own:
        found.schritte.append(lage.step("pruefen", "Prüfung ansehen oder zurückgeben"))
    _take_back(lage, found)


def _take_back(lage: Lage, found: NextSteps) -> None:
    if lage.may(WRITE) and lage.own:
        found.schritte.append(lage.step("zurueckholen", "Aus der Prüfung zurückholen"))


def _leave(lage: Lage, found: NextSteps) -> None:
    """The two ways that leave the usual one."""
    if lage.may(RUSH) and not lage.paket:
        found.schritte.append(lage.step("eilfreigabe", "Eilfreigabe ohne zweite Person"))
    if lage.may(WRITE) and not lage.paket:
        found.schritte.append(lage.step("verwerfen", "Entwurf verwerfen", "gefahr"))


def _released(lage: Lage, found: NextSteps) -> None:
    if lage.fassung.eil_offen:
        _unconfirmed(lage, found)
    if lage.may(RELEASE):
        found.schritte.append(lage.step("zurueckziehen", "Zurückziehen", "gefahr"))


def _unconfirmed(lage: Lage, found: NextSteps) -> None:
    if not lage.may(RELEASE):
        found.hinweise.append("Die Eilfreigabe wartet darauf, dass eine zweite Person sie bestätigt.")
    elif lage.own or lage.user.pk == lage.fassung.veroeffentlicht_von_id:
        found.hinweise.append(OWN_WORK.format(verb="Bestätigen"))
    else:
        found.schritte.append(lage.step("bestaetigen", "Eilfreigabe bestätigen", "haupt"))


_RULES = {
    Schritt.ENTWURF: _draft,
    Schritt.IN_PRUEFUNG: _in_check,
    Schritt.GEPRUEFT: _checked,
    Schritt.VEROEFFENTLICHT: _released,
}


def writers_of(fassungen: Iterable[Fassung]) -> dict[int, set[int]]:
    """Return who wrote on each Fassung (the rule of portal.freigabe.writers), in one query."""
    keys = [fassung.pk for fassung in fassungen]
    author = Coalesce("verfasst_von_id", "history_user_id")
    found: dict[int, set[int]] = {key: set() for key in keys}
    for key, person in Fassung.history.filter(id__in=keys).order_by().values_list("id", author).distinct():
        found[key].add(person)
    return found


def packages_of(fassungen: Iterable[Fassung]) -> dict[int, str]:
    """Return the Weisung with which a draft goes live, for those that belong to a package; in one query."""
    umsetzungen = Fassung._meta.get_field("umsetzungen").related_model.objects  # of the app above: by the reverse name
    found = umsetzungen.filter(
        fassung__in=[fassung.pk for fassung in fassungen], im_paket=True, gestrichen=False,
        weisung__veroeffentlicht_am=None, weisung__verworfen_am=None,
    )  # fmt: skip
    names = found.select_related("weisung").only("fassung_id", "weisung__typ", "weisung__nummer").order_by()
    return {one.fassung_id: str(one.weisung) for one in names}


def steps_for(fassung: Fassung, user: Any) -> NextSteps:
    """Return what somebody can do next with one Fassung; two queries."""
    writers = writers_of([fassung])[fassung.pk]
    return next_steps(fassung, user, writers=writers, paket=packages_of([fassung]).get(fassung.pk, ""))
