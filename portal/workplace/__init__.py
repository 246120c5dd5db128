"""What the editors' pages of both apps share.

`access` says who gets in, `next_steps` which way is open for whom, `releasing` holds a page for each step of a release,
`steps` what happens on such a page, `forms` its small forms; `editing`, `looking` and `showing` are about the draft.
"""

from portal.workplace.access import Rights, address, has_any, needs, rights_over, with_people
from portal.workplace.forms import (
    AnmerkungForm,
    BegruendungenForm,
    DayField,
    GrundForm,
    WorkplaceForm,
    ZurueckziehenForm,
)
from portal.workplace.steps import CONFLICT, REFUSALS, REFUSED, Step, checked_at_once, refusal_of, step_page

__all__ = [
    "CONFLICT",
    "REFUSALS",
    "REFUSED",
    "AnmerkungForm",
    "BegruendungenForm",
    "DayField",
    "GrundForm",
    "Rights",
    "Step",
    "WorkplaceForm",
    "ZurueckziehenForm",
    "address",
    "checked_at_once",
    "has_any",
    "needs",
    "refusal_of",
    "rights_over",
    "step_page",
    "with_people",
]
