"""The way of a Weisung from draft to issued, with the Fassungen that it orders: all of them go live, or none.

The Weisung is locked first, then the Arbeitsmittel of its package in the order of their keys, so that two releases
never wait for each other in a circle.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import hold, refuse_new_findings, release_checked
from portal import freigabe
from portal.befund import blocking, kept_reasons
from portal.freigabe import Conflict, NotPossible, Schritt
from portal.history import acting_as
from portal.stichtag import Stichtag, on_day, today
from portal.zeitpunkt import start_of
from weisungen.checks import check_weisung
from weisungen.models import Weisung, WeisungPruefdruck
from weisungen.printing import weisung_pdf
from weisungen.recording import record_aufhebungen, record_zitate


def submit_weisung(
    weisung: Weisung, *, begruendungen: Mapping[str, str], version: int, user: Any, now: datetime, site: str = ""
) -> Weisung:
    """Send a draft to the second person: checks pass, its PDF is made, and what is printed is fixed, package included.

    `site` as in `weisung_pdf`. Raises NotPossible (Conflict for a stale form), PdfFailed.
    """
    with transaction.atomic():
        draft = freigabe.lock(weisung)
        if draft.version != version:
            raise Conflict(draft)
        reasons = _checked(draft, begruendungen, now)
        submitted = freigabe.submit(draft, begruendungen=reasons, version=version, user=user, now=now)
        _print(submitted, site, now)
    return submitted


def publish_weisung(weisung: Weisung, *, user: Any, reason: str, now: datetime) -> Weisung:
    """Issue a checked Weisung together with its package, in one transaction.

    Records what it cites with the Stand at issue, and what it repeals. Raises NotPossible with the member that holds
    it up; then nothing changed.
    """
    with transaction.atomic():
        draft = freigabe.lock(weisung)
        if draft.veroeffentlicht_am is not None:
            raise NotPossible(f"{draft} ist schon veröffentlicht.")
        members = _locked_package(draft)
        if draft.schritt == Schritt.GEPRUEFT:
            _refuse_new_findings(draft, members, now)
        for member in members:
            release_checked(member, user=user, reason=f"{reason} (mit {draft})", now=now)
        _record(draft, members, user, now)
        return freigabe.release(draft, user=user, reason=reason, visible_from=visible_from(draft, now), now=now)


def publish_weisung_at_once(
    weisung: Weisung,
    *,
    grund: str,
    begruendungen: Mapping[str, str],
    version: int,
    user: Any,
    now: datetime,
    site: str = "",
) -> Weisung:
    """Issue a Weisung in an emergency; it stays flagged until a second person confirms. Not with a package."""
    with transaction.atomic():
        draft = freigabe.lock(weisung)
        if draft.version != version:
            raise Conflict(draft)
        if draft.paket().exists():
            raise NotPossible("Ein Paket geht nicht in Eile; die Fassungen lassen sich einzeln in Eile freigeben.")
        reasons = _checked(draft, {**draft.begruendungen, **begruendungen}, now)
        _record(draft, [], user, now)
        released = freigabe.release_at_once(
            draft, grund=grund, begruendungen=reasons, user=user, visible_from=visible_from(draft, now), now=now
        )
        _print(released, site, now)
    return released


def discard_weisung(weisung: Weisung, *, reason: str, user: Any, now: datetime) -> Weisung:
    """Throw a draft away; the Fassungen of its package stay drafts and go their own way again."""
    with transaction.atomic():
        draft = freigabe.reopen(weisung, user=user, reason=f"Verworfen: {reason}", now=now)
        with acting_as(user, f"{draft} verworfen: {reason}", at=now):
            for umsetzung in draft.umsetzungen.filter(im_paket=True, gestrichen=False):
                umsetzung.im_paket, umsetzung.fassung, umsetzung.gestrichen = False, None, True
                umsetzung.save()
        return freigabe.discard(draft, reason=reason, user=user, now=now)


def what_goes_live(weisung: Weisung) -> list[Fassung]:
    """Return the Fassungen of the package in the order of the list: what the confirmation names."""
    return [umsetzung.fassung for umsetzung in weisung.paket()]


def visible_from(weisung: Weisung, now: datetime) -> datetime:
    """Return from when readers see it: at once, under embargo from 00:00 of its first day in Germany."""
    return start_of(weisung.gueltig_ab) if weisung.sperrfrist else now


def _checked(draft: Weisung, begruendungen: Mapping[str, str], now: datetime) -> dict[str, str]:
    findings = check_weisung(draft, today(now))
    if held_up := blocking(findings, begruendungen):
        sentences = " ".join(f"{befund.text} {befund.rat}" for befund in held_up[:3])
        raise NotPossible(f"{draft} kann noch nicht weiter: {sentences}")
    return kept_reasons(findings, begruendungen)


def _locked_package(draft: Weisung) -> list[Fassung]:
    """Return the members, locked, where each is checked and all have one Stand. Raises NotPossible."""
    hold(*draft.paket().order_by().values_list("arbeitsmittel", flat=True))
    members = [umsetzung.fassung for umsetzung in draft.paket().select_related("fassung__arbeitsmittel")]
    for member in members:
        if member.schritt != Schritt.GEPRUEFT:
            raise NotPossible(f"{member} ist {member.schritt.label}; im Paket muss jede Fassung geprüft sein.")
        if member.sperrfrist != draft.sperrfrist:
            raise NotPossible(f"{member} und {draft} haben nicht dieselbe Sperrfrist.")
        if member.stand != draft.gueltig_ab:
            first_day = f"{draft.gueltig_ab:%d.%m.%Y}"
            raise NotPossible(f"{member} braucht denselben Stand wie das Paket: {draft} gilt ab {first_day}.")
    return members


def _refuse_new_findings(draft: Weisung, members: Sequence[Fassung], now: datetime) -> None:
    """Raise NotPossible where something came up since the check, of the Weisung or of a member."""
    if new := blocking(check_weisung(draft, today(now)), draft.begruendungen):
        raise NotPossible(f"Seit der Prüfung von {draft} ist etwas dazugekommen: {new[0].text} {new[0].rat}")
    refuse_new_findings(members, now)


def _record(draft: Weisung, members: Sequence[Fassung], user: Any, now: datetime) -> None:
    """Enter citations, repeals and what the members bring; before the release, nothing is added to what is issued."""
    with acting_as(user, "Zitate und Aufhebungen bei Erlass festgehalten", at=now):
        record_zitate(draft, _at_issue(draft, now), members)
        record_aufhebungen(draft)
        for umsetzung in draft.paket().exclude(soll_stand=draft.gueltig_ab):
            umsetzung.soll_stand = draft.gueltig_ab  # the Stand of a member may have moved since it joined
            umsetzung.save()


def _at_issue(draft: Weisung, now: datetime) -> Stichtag:
    """Return the day from which the Weisung speaks, as readers know it now: an embargo elsewhere stays hidden."""
    return on_day(max(draft.gueltig_ab, timezone.localdate(now)), now)


def _print(fixed: Weisung, site: str, now: datetime) -> None:
    stichtag = _at_issue(fixed, now)
    readable = Weisung.objects.with_repeal(stichtag).get(pk=fixed.pk)
    content = weisung_pdf(readable, stichtag, site)
    WeisungPruefdruck.objects.get_or_create(
        objekt=fixed,
        pruefsumme=fixed.pruefsumme,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"inhalt": content},
    )
