"""What the page of a draft does the same way for every kind: who else is here, what is said after saving."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from portal.freigabe import Freigabe
from portal.presence import note_presence, others_present, presence_note


def sign_of_life(request: HttpRequest, row: Freigabe) -> JsonResponse:
    """Note that somebody still has a draft open; the answer is the sentence about the others."""
    now = timezone.now()
    if row.ist_entwurf:
        note_presence(row, request.user, now)
    return JsonResponse({"satz": presence_note(others_present(row, request.user, now))})


def what_was_saved(before: Freigabe, after: Freigabe) -> str:
    """Return the sentence after saving a draft."""
    if before.version == after.version:
        return "Es war nichts zu speichern: Der Entwurf ist unverändert."
    if before.vorgelegt_am and not after.vorgelegt_am:
        return "Gespeichert. Die Prüfung ist damit aufgehoben; der Entwurf muss neu vorgelegt werden."
    return "Gespeichert."


def who_was_faster(current: Freigabe) -> dict[str, Any]:
    """Return who saved last, when and why, for the page of a conflict."""
    last = current.history.select_related("history_user").first()
    return {"wer": last.history_user, "wann": last.history_date, "grund": last.history_change_reason}
