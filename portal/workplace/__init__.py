"""What the editors' pages of both apps share: the page of one step, its small forms, and the form of findings."""

from portal.workplace.forms import AnmerkungForm, BegruendungenForm, GrundForm, WorkplaceForm, ZurueckziehenForm
from portal.workplace.steps import Step, step_page

__all__ = [
    "AnmerkungForm",
    "BegruendungenForm",
    "GrundForm",
    "Step",
    "WorkplaceForm",
    "ZurueckziehenForm",
    "step_page",
]
