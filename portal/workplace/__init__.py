"""What the editors' pages of both apps share: the page of one step, its small forms, and the form of findings."""

from portal.workplace.forms import AnmerkungForm, BegruendungenForm, GrundForm, WorkplaceForm, ZurueckziehenForm
from portal.workplace.steps import CONFLICT, REFUSALS, Step, checked_at_once, refused_by_database, step_page

__all__ = [
    "CONFLICT",
    "REFUSALS",
    "AnmerkungForm",
    "BegruendungenForm",
    "GrundForm",
    "Step",
    "WorkplaceForm",
    "ZurueckziehenForm",
    "checked_at_once",
    "refused_by_database",
    "step_page",
]
