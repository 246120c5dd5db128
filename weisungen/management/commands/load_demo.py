"""manage.py load_demo: people, Arbeitsmittel and Weisungen of the demo, all of them clearly marked as examples."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from arbeitsmittel.checks import check_fassung
from arbeitsmittel.drafting import provide_arbeitsmittel, start_draft
from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import publish_fassung, submit_fassung
from portal.demo_people import provide_demo_people
from portal.freigabe import WithdrawalKind, approve, withdraw
from portal.history import acting_as
from portal.pdf import PdfFailed
from portal.stichtag import today
from weisungen.demo.content import DemoFassung, demo_arbeitsmittel, demo_weisungen
from weisungen.demo.workplace import load_workplace
from weisungen.importing import read_weisung
from weisungen.importing.storing import store_weisung

REASON = "Beispielinhalt des Demobetriebs"


class Command(BaseCommand):
    help = "Lädt die Beispielinhalte des Demobetriebs; was schon da ist, bleibt unberührt."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Beispielinhalte und ihre Kennwörter gibt es nur im Demobetrieb (make run).")
        if Fassung.objects.exists():
            provide_demo_people()
            self.stdout.write("Es gibt schon Inhalte; Beispielinhalte werden nicht geladen.")
            return
        try:
            with transaction.atomic():
                people = provide_demo_people()
                self._load_fassungen(people)
                self._load_weisungen(people)
                load_workplace(people, timezone.now())
        except PdfFailed as failure:
            raise CommandError(f"Die Beispielinhalte konnten nicht gedruckt werden: {failure}") from failure

    def _load_fassungen(self, people: dict[str, Any]) -> None:
        """Write, release and withdraw in the order of time, so that the history reads as if it had happened."""
        with acting_as(people["redaktion"], REASON):
            ordered = [
                (provide_arbeitsmittel(demo.kennung), fassung)
                for demo in demo_arbeitsmittel()
                for fassung in demo.fassungen
            ]
        ordered.sort(key=lambda pair: pair[1].stand)
        for arbeitsmittel, demo in tqdm(ordered, desc="Beispiele veröffentlichen", unit="Fassung"):
            self._load_fassung(arbeitsmittel, demo, people)

    def _load_fassung(self, arbeitsmittel: Any, demo: DemoFassung, people: dict[str, Any]) -> None:
        released = min(_at(demo.stand - timedelta(days=4), hour=10), timezone.now())
        draft = start_draft(
            arbeitsmittel,
            stand=demo.stand,
            titel=demo.titel,
            inhalt=demo.inhalt,
            aenderungshinweis=demo.aenderungshinweis,
            aenderungsart=demo.aenderungsart,
            user=people["redaktion"],
            reason=REASON,
            now=released - timedelta(days=2),
        )
        if demo.entwurf:
            return
        published = _release(draft, people, released)
        if demo.zurueckgezogen_grund:
            withdraw(
                published,
                user=people["freigabe"],
                art=WithdrawalKind.IRRTUM,
                reason=demo.zurueckgezogen_grund,
                now=min(released + timedelta(days=5), timezone.now()),
            )

    def _load_weisungen(self, people: dict[str, Any]) -> None:
        for path in demo_weisungen():
            text = path.read_text(encoding="utf-8")
            vorschlag = read_weisung(text)
            store_weisung(
                vorschlag,
                quelltext=text,
                quelle=f"{path.name} (Beispielinhalt)",
                user=people["redaktion"],
                now=_at(vorschlag.kopf.datum.tag, hour=9),
            )


def _release(draft: Fassung, people: dict[str, Any], released: datetime) -> Fassung:
    """The whole way, with every warning answered: submitted the day before, checked and released at one go."""
    submitted_at = released - timedelta(days=1)
    reasons = {befund.schluessel: REASON for befund in check_fassung(draft, today(submitted_at))}
    submitted = submit_fassung(
        draft, begruendungen=reasons, version=draft.version, user=people["redaktion"], now=submitted_at
    )
    checked = approve(submitted, pruefsumme=submitted.pruefsumme, comment=REASON, user=people["freigabe"], now=released)
    return publish_fassung(checked, user=people["freigabe"], reason=REASON, now=released)


def _at(day: date, *, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
