"""Writing a Weisung: from nothing, or from what an import proposes, to a draft that can be submitted."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal.freigabe import NotPossible, save_draft
from portal.history import acting_as
from portal.text import clean
from weisungen.importing.columns import header_values, weisung_values
from weisungen.importing.corrections import corrections, reason_of, with_corrections
from weisungen.importing.proposal import Vorschlag
from weisungen.models import TEXT_FIELDS, Typ, Weisung, slug_of

# What an editor writes; everything else on a Weisung is the workflow's or the import's.
WRITTEN = (
    "typ", "nummer", "titel", "datum", "geschaeftszeichen", "gueltig_ab", "gueltig_bis", "sgb_ii", "sgb_iii",
    "familienkasse", "rollen_zusatz", "bezug", "aufhebung", "sperrfrist", *TEXT_FIELDS,
)  # fmt: skip


def new_weisung(
    *, nummer: str, titel: str, datum: date, gueltig_ab: date, user: Any, reason: str, now: datetime, **more: Any
) -> Weisung:
    """Return a new draft with cleaned texts; `more` are further fields of WRITTEN, or what the import adds.

    Raises NotPossible where the number is taken, TextRefused for a bad text.
    """
    values = _tidied({"nummer": nummer, "titel": titel, "datum": datum, "gueltig_ab": gueltig_ab, **more})
    draft = Weisung(verfasst_von=user, **_with_address(values, Typ.WEISUNG, nummer))
    with _number_free(draft), transaction.atomic(), acting_as(user, reason, at=now):
        draft.save()
    return draft


def edit_weisung(
    weisung: Weisung, *, values: Mapping[str, Any], version: int, user: Any, now: datetime, reason: str = "Bearbeitet"
) -> Weisung:
    """Write the given fields of WRITTEN into a draft; a check under way is void. Returns it as stored.

    Raises Conflict for a stale form, NotPossible for what is no draft or a number that is taken, TextRefused.
    """
    written = _with_address(_tidied(values), weisung.typ, weisung.nummer)
    with _number_free(Weisung(typ=written["typ"], nummer=written["nummer"])):
        return save_draft(weisung, values=written, version=version, user=user, reason=reason, now=now)


def draft_from_proposal(
    vorschlag: Vorschlag, *, quelltext: str, quelle: str, corrected: Mapping[str, Any], user: Any, now: datetime
) -> Weisung:
    """Return a draft with what an import proposes and an editor corrected (fields of WRITTEN).

    The source stays with it: what it printed beside the citations is recorded at release.
    """
    changed = corrections(vorschlag, corrected)
    values = {**weisung_values(vorschlag), **header_values(vorschlag), **corrected}
    return new_weisung(
        **values,
        quelle=quelle,
        quelltext=quelltext,
        befunde=with_corrections(vorschlag, changed).as_json()["befunde"],
        user=user,
        reason=reason_of(quelle, changed),
        now=now,
    )


@contextmanager
def _number_free(weisung: Weisung) -> Iterator[None]:
    """Turn the database's refusal of a taken number into a sentence."""
    try:
        yield
    except IntegrityError as fault:
        if "_unique" not in str(fault):
            raise
        raise NotPossible(f"Die {weisung} gibt es schon im Portal.") from fault


def _with_address(values: Mapping[str, Any], typ: str, nummer: str) -> dict[str, Any]:
    written = {"typ": typ, "nummer": nummer, **values}
    return written | {"slug": slug_of(written["typ"], written["nummer"])}


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    # The source of an import stays as it is: every place in it is counted from its first character.
    typed = {name: value for name, value in values.items() if isinstance(value, str) and name in WRITTEN}
    tidy = {**values, **{name: value.strip() for name, value in typed.items()}}
    return tidy | {name: clean(tidy[name]) for name in TEXT_FIELDS if name in tidy}
