"""Which way is open from where a row stands, and for whom; where four eyes forbid a step, why.

The rules are those of portal.freigabe, which has the last word; here they decide which buttons somebody sees. What a
package changes about them is said by the apps.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Coalesce

from portal.freigabe import Freigabe, Schritt
from portal.workplace.access import Rights, address, rights_over

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
    """What decides about the steps: the row, who asks, and who wrote on it."""

    row: Freigabe
    user: Any
    writers: Collection[int]

    @property
    def own(self) -> bool:
        """Whether this person has a part in it: wrote, submitted or released."""
        return self.user.pk in {*self.writers, self.row.vorgelegt_von_id, self.row.veroeffentlicht_von_id}

    @property
    def rights(self) -> Rights:
        return rights_over(type(self.row))

    def may(self, right: str) -> bool:
        return self.user.has_perm(right)

    def step(self, name: str, knopf: str, art: str = "neben") -> NextStep:
        return NextStep(address(name, self.row), knopf, art)


Rule = Callable[[Lage, NextSteps], None]


def next_steps(lage: Lage, *, checked: Rule, rushable: bool, discardable: bool) -> NextSteps:
    """Return what somebody can do next; `checked` says what is possible with a row that is checked."""
    found = NextSteps()
    rules = _RULES | {Schritt.GEPRUEFT: (checked, _look_again, _take_back)}
    for rule in rules.get(lage.row.schritt, ()):
        rule(lage, found)
    if lage.row.ist_entwurf and rushable and lage.may(lage.rights.rush):
        found.schritte.append(lage.step("eilfreigabe", "Eilfreigabe ohne zweite Person"))
    if lage.row.ist_entwurf and discardable and lage.may(lage.rights.write):
        found.schritte.append(lage.step("verwerfen", "Entwurf verwerfen", "gefahr"))
    return found


def step_in_list(row: Freigabe, user: Any, steps: NextSteps) -> NextStep | None:
    """Return the one step that a list offers: to go on writing at a draft, else the important one."""
    if row.schritt == Schritt.ENTWURF and user.has_perm(rights_over(type(row)).write):
        return NextStep(address("change", row), "Weiterschreiben", "haupt")
    return steps.haupt


def offer_release(lage: Lage, found: NextSteps, *steps: NextStep) -> None:
    """Add the release for who may release, else why not; no step where something else still holds it up."""
    _by_second_person(lage, found, *steps, verb="Freigeben", waits="Ist geprüft und wartet auf die Freigabe.")


def _by_second_person(lage: Lage, found: NextSteps, *steps: NextStep, verb: str, waits: str) -> None:
    if not lage.may(lage.rights.release):
        found.hinweise.append(waits)
    elif lage.own:
        found.hinweise.append(OWN_WORK.format(verb=verb))
    else:
        found.schritte.extend(steps)


def _draft(lage: Lage, found: NextSteps) -> None:
    if lage.may(lage.rights.write):
        found.schritte.append(lage.step("vorlegen", "Zur Prüfung vorlegen", "haupt"))
    else:
        found.hinweise.append("Der Entwurf ist noch in Arbeit.")


def _in_check(lage: Lage, found: NextSteps) -> None:
    check = lage.step("pruefen", "Prüfen", "haupt")
    _by_second_person(lage, found, check, verb="Prüfen", waits="Wartet auf die Prüfung durch eine zweite Person.")


def _look_again(lage: Lage, found: NextSteps) -> None:
    if lage.may(lage.rights.release) and not lage.own:
        found.schritte.append(lage.step("pruefen", "Prüfung ansehen oder zurückgeben"))


def _take_back(lage: Lage, found: NextSteps) -> None:
    if lage.may(lage.rights.write) and lage.own:
        found.schritte.append(lage.step("zurueckholen", "Aus der Prüfung zurückholen"))


def _unconfirmed(lage: Lage, found: NextSteps) -> None:
    if lage.row.eil_offen:
        confirm = lage.step("bestaetigen", "Eilfreigabe bestätigen", "haupt")
        waits = "Die Eilfreigabe wartet darauf, dass eine zweite Person sie bestätigt."
        _by_second_person(lage, found, confirm, verb="Bestätigen", waits=waits)


def _withdraw(lage: Lage, found: NextSteps) -> None:
    if lage.may(lage.rights.release):
        found.schritte.append(lage.step("zurueckziehen", "Zurückziehen", "gefahr"))


_RULES: dict[str, tuple[Rule, ...]] = {
    Schritt.ENTWURF: (_draft,),
    Schritt.IN_PRUEFUNG: (_in_check, _take_back),
    Schritt.VEROEFFENTLICHT: (_unconfirmed, _withdraw),
}


def writers_of(model: type[Freigabe], rows: Iterable[Freigabe]) -> dict[int, set[int]]:
    """Return who wrote on each row of a model (the rule of portal.freigabe.writers), in one query."""
    keys = [row.pk for row in rows]
    author = Coalesce("verfasst_von_id", "history_user_id")
    found: dict[int, set[int]] = {key: set() for key in keys}
    for key, person in model.history.filter(id__in=keys).order_by().values_list("id", author).distinct():
        found[key].add(person)
    return found
