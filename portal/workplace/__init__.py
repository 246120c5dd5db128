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
from portal.workplace.steps import CONFLICT, REFUSALS, Step, checked_at_once, refused_by_database, step_page

__all__ = [
    "CONFLICT",
    "REFUSALS",
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
    "refused_by_database",
    "rights_over",
    "step_page",
    "with_people",
]
