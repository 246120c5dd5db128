"""What the database refuses on the way of a row; the same things as `steps`, for whoever goes around them."""

import pgtrigger

from portal.ledger import Frozen, Guard, Refusal, audited, never_deleted

CONFIRMATION = ("eil_bestaetigt_am", "eil_bestaetigt_von")
WITHDRAWAL = ("zurueckgezogen_am", "zurueckgezogen_von", "zurueckgezogen_grund", "zurueckgezogen_art")


def final_once_released(noun: str, history_table: str) -> list[Guard]:
    """Return the triggers of a model with `Freigabe`: never deleted, checked, frozen when released, withdrawn once.

    `history_table`: where the database reads who wrote (four eyes, domain rule 4).
    """
    return [
        *audited(noun),
        Guard(
            name="freigabe_step",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            function=f"portal_freigabe_step('{noun}', '{history_table}')",
        ),
        Frozen(
            name="published_frozen",
            once_set="veroeffentlicht_am",
            except_fields=(*WITHDRAWAL, *CONFIRMATION),
            message=f"{noun}: Was veröffentlicht ist, ändert sich nicht.",
        ),
        Frozen(
            name="withdrawal_frozen",
            once_set="zurueckgezogen_am",
            message=f"{noun}: Eine Zurückziehung ist endgültig.",
        ),
        Refusal(
            name="confirmation_frozen",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__eil_bestaetigt_am__isnull=False)
            & (
                pgtrigger.Q(old__eil_bestaetigt_am__df=pgtrigger.F("new__eil_bestaetigt_am"))
                | pgtrigger.Q(old__eil_bestaetigt_von__df=pgtrigger.F("new__eil_bestaetigt_von"))
            ),
            message=f"{noun}: Die Bestätigung einer Eilfreigabe ist endgültig.",
        ),
        Frozen(
            name="discarded_frozen",
            once_set="verworfen_am",
            message=f"{noun}: Was verworfen ist, bleibt verworfen.",
        ),
    ]


def kept_as_shown() -> list[Guard]:
    """Return the triggers of a model with `Pruefdruck`: what somebody was shown stays as it was."""
    return [
        *never_deleted("Prüfdruck"),
        Frozen(name="pruefdruck_frozen", message="Prüfdruck: Was zur Prüfung gezeigt wurde, ändert sich nicht."),
    ]
