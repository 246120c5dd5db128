"""What editors wait for: saving a draft, sending it to check, releasing it, and releasing a package of 40."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arbeitsmittel.drafting import edit_fassung
from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import publish_fassung, submit_fassung
from portal.history import acting_as
from tests.bench.content import guards_off
from tests.bench.databases import EDITING, EMPTY, Databases, leave, work_on
from tests.bench.figures import Spread, rounds
from tests.bench.queries import is_query
from tests.factories import check, make_fassung, make_person, make_weisung
from weisungen.models import Umsetzung, Weisung
from weisungen.publishing import publish_weisung

ROUNDS, FEWEST_ROUNDS, SECONDS = 9, 3, 25
PACKAGE = 40
PLAIN = "derselbe Entwurf, nur Model.save"
PARAGRAPH = "<h3>Schritt</h3><p>Fragen Sie nach dem Anliegen und prüfen Sie die Identität nach GLF SC 3.011.</p>"
TEXT = "<h2>Ablauf</h2>" + PARAGRAPH * 50  # about 6,000 characters, as the scripts have


@dataclass(frozen=True)
class EditingFigures:
    """One step: how many statements, and the milliseconds of each round."""

    name: str
    queries: int
    milliseconds: Spread


def measure_editing(databases: Databases) -> list[EditingFigures]:
    """Do every step in each round on fresh rows; the first figure is the yardstick, a plain save of the same row."""
    leave()
    databases.create(EDITING, EMPTY)
    work_on(EDITING)
    bench = _Steps()
    bench.round(0)  # counts, and warms up
    counted = bench.queries
    timed = [bench.round(number) for number in rounds(ROUNDS, fewest=FEWEST_ROUNDS, seconds=SECONDS)]
    return [
        EditingFigures(name, counted[name], Spread.of(one[name] for one in timed)) for name in timed[0]
    ]  # fmt: skip


class _Steps:
    def __init__(self) -> None:
        self.editor = make_person("schreibt", role="Redaktion")
        self.releaser = make_person("gibt-frei", role="Freigabe")
        make_fassung("GLF SC 3.011")  # the texts cite it
        self.made = 0
        self.queries: dict[str, int] = {}

    def round(self, _number: int) -> dict[str, float]:
        now = timezone.now()
        draft, ready = self._draft(), self._checked()
        package = self._package(now)
        with guards_off():
            plain = {PLAIN: self._timed(PLAIN, lambda: self._plain_save(draft, "1"))}
        steps: dict[str, Callable[[], Any]] = {
            "Entwurf speichern": lambda: self._edit(draft, now),
            "zur Prüfung vorlegen, mit PDF": lambda: self._submit(draft, now),
            "eine Fassung freigeben": lambda: publish_fassung(ready, user=self.releaser, reason="Messung", now=now),
            f"Paket mit {PACKAGE} Fassungen freigeben": lambda: publish_weisung(
                package, user=self.releaser, reason="Messung", now=now
            ),
        }
        return plain | {name: self._timed(name, step) for name, step in steps.items()}

    def _timed(self, name: str, step: Callable[[], Any]) -> float:
        if name not in self.queries:
            with CaptureQueriesContext(connection) as captured:
                step()
            self.queries[name] = sum(is_query(query["sql"]) for query in captured.captured_queries)
            return 0.0
        begin = perf_counter()
        with transaction.atomic():
            step()
        return 1000 * (perf_counter() - begin)

    def _plain_save(self, draft: Fassung, mark: str) -> None:
        draft.refresh_from_db()
        draft.inhalt, draft.skip_history_when_saving = draft.inhalt + f"<p>{mark}</p>", True
        draft.save()
        del draft.skip_history_when_saving

    def _edit(self, draft: Fassung, now: datetime) -> None:
        values = {"inhalt": TEXT + "<p>geändert</p>"}
        edit_fassung(draft, values=values, version=draft.version, user=self.editor, now=now)

    def _submit(self, draft: Fassung, now: datetime) -> None:
        draft.refresh_from_db()
        submit_fassung(draft, begruendungen={}, version=draft.version, user=self.editor, now=now)

    def _draft(self) -> Fassung:
        self.made += 1
        first, second = divmod(self.made, 26)
        kennung = f"GLF SC 3.{first:03}{chr(97 + second)}"
        stand = timezone.localdate() + timedelta(days=30)
        written = {"text": TEXT, "verfasst_von": self.editor, "aenderungsart": "redaktionell"}
        return make_fassung(kennung, stand.isoformat(), published=False, **written)

    def _checked(self) -> Fassung:
        row = self._draft()
        check(row)
        return row

    def _package(self, now: datetime) -> Weisung:
        members = [self._checked() for _number in range(PACKAGE)]
        begin = members[0].stand
        nummer = f"{begin:%Y%m}{self.made % 1000:03}"
        weisung = make_weisung(
            nummer, datum=begin.isoformat(), published=False, verfasst_von=self.editor,
            auftrag_und_ziel=f"<p>Es gelten {', '.join(str(member.arbeitsmittel) for member in members)}.</p>",
        )  # fmt: skip
        with transaction.atomic(), acting_as(self.editor, "Messung"):
            for member in members:
                Umsetzung.objects.create(
                    weisung=weisung, arbeitsmittel=member.arbeitsmittel, fassung=member, im_paket=True, soll_stand=begin
                )
        check(weisung)
        return weisung
