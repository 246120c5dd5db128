"""What the shared pages of a release (portal.workplace.releasing) have to know about Fassungen."""

from arbeitsmittel import publishing
from arbeitsmittel.checks import check_fassung
from arbeitsmittel.redaktion.editing import FIELDS
from arbeitsmittel.redaktion.next_steps import steps_for
from portal.workplace.releasing import Kind

KIND = Kind(
    name="Fassung",
    templates="redaktion/arbeitsmittel",
    stale="Der Entwurf wurde inzwischen geändert. Bitte die Seite neu laden und noch einmal ansehen.",
    lock=publishing.locked,
    check=check_fassung,
    anchor_of=lambda befund: FIELDS.get(befund.stelle, "#id_inhalt"),
    steps_for=steps_for,
    context=lambda row: {"fassung": row, "arbeitsmittel": row.arbeitsmittel},
)
