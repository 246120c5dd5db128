"""The way from a draft to something released, and back: one workflow for Fassung and Weisung (domain rules 1 to 4).

`model` holds the columns and what they may say, `querysets` the reading rules, `guards` what the database refuses,
`steps` one function a step.
"""

from portal.freigabe.guards import final_once_released, kept_as_shown
from portal.freigabe.model import LIVE, Freigabe, Pruefdruck, believable, checksum
from portal.freigabe.querysets import FreigabeQuerySet, Schritt, Weg, WithdrawalKind, unwithdrawn, visible
from portal.freigabe.steps import (
    Conflict,
    NotPossible,
    approve,
    confirm_release,
    discard,
    lock,
    release,
    release_at_once,
    reopen,
    return_to_author,
    save_draft,
    submit,
    take_back,
    withdraw,
    writers,
)

__all__ = [
    "LIVE",
    "Conflict",
    "Freigabe",
    "FreigabeQuerySet",
    "NotPossible",
    "Pruefdruck",
    "Schritt",
    "Weg",
    "WithdrawalKind",
    "approve",
    "believable",
    "checksum",
    "confirm_release",
    "discard",
    "final_once_released",
    "kept_as_shown",
    "lock",
    "release",
    "release_at_once",
    "reopen",
    "return_to_author",
    "save_draft",
    "submit",
    "take_back",
    "unwithdrawn",
    "visible",
    "withdraw",
    "writers",
]
