"""What the shared pages of a release (portal.workplace.releasing) have to know about Weisungen."""

from portal import freigabe
from portal.workplace.releasing import Kind
from weisungen.checks import check_weisung
from weisungen.redaktion.editing import anchor_of
from weisungen.redaktion.next_steps import steps_for

KIND = Kind(
    name="Weisung",
    templates="redaktion/weisungen",
    stale="Die Weisung wurde inzwischen geändert. Bitte die Seite neu laden und noch einmal ansehen.",
    lock=freigabe.lock,
    check=check_weisung,
    anchor_of=anchor_of,
    steps_for=steps_for,
    context=lambda row: {"weisung": row},
)
