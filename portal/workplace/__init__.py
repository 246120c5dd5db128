"""What the editors' pages of both apps share: the page of one step, its small forms, and the form of findings."""

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
