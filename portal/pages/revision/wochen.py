"""How many entries there were in each of the last weeks, without ever counting a million rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from portal.pages.revision.treffer import first_since

WEEKS = 26
CAP = 3000  # newest hits that are looked at where something is filtered
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Woche:
    """One week from its Monday on; `mindestens` where the newest hits alone filled the cap."""

    montag: date
    anzahl: int
    mindestens: bool = False

    @property
    def sonntag(self) -> date:
        return self.montag + _WEEK - timedelta(days=1)


@dataclass(frozen=True)
class Wochen:
    """The last weeks, oldest first."""

    wochen: Sequence[Woche]
    gesamt: int | None = None  # of all entries ever, where nothing is filtered

    @property
    def gesamt_text(self) -> str:
        return "" if self.gesamt is None else in_thousands(self.gesamt)

    @property
    def summe_text(self) -> str:
        return in_thousands(self.summe)

    @property
    def summe(self) -> int:
        return sum(woche.anzahl for woche in self.wochen)

    @property
    def hoechste(self) -> int:
        return max((woche.anzahl for woche in self.wochen), default=0)

    @property
    def mindestens(self) -> bool:
        return any(woche.mindestens for woche in self.wochen)


def in_thousands(count: int) -> str:
    """Return a number as it is read: 1.000.292."""
    return f"{count:,}".replace(",", ".")


def mondays(heute: date) -> list[date]:
    """Return the Mondays of the last weeks, oldest first, that of this week included."""
    this = heute - timedelta(days=heute.weekday())
    return [this - _WEEK * back for back in reversed(range(WEEKS))]


def all_weeks(heute: date) -> Wochen:
    """Return the weeks of the whole chain: numbers have no gaps, so those at the ends of a week tell how many."""
    days = mondays(heute)
    with connection.cursor() as cursor:
        # An index look-up for each Monday in one statement; as queries of the ORM they would cost more than the page.
        cursor.execute(
            "SELECT platz, (SELECT nummer FROM portal_eintrag WHERE erfasst_am >= beginn"
            " ORDER BY erfasst_am, nummer LIMIT 1)"
            " FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS woche(beginn, platz)"
            " UNION ALL SELECT 0, max(nummer) FROM portal_eintrag",
            [[_begin(day) for day in days]],
        )
        numbers = dict(cursor.fetchall())
    last = numbers.pop(0) or 0
    edges = [numbers[place] or last + 1 for place in sorted(numbers)] + [last + 1]
    counted = [after - before for before, after in pairwise(edges)]
    return Wochen([Woche(day, count) for day, count in zip(days, counted, strict=True)], gesamt=last)


def weeks_of_entries(rows: QuerySet, heute: date) -> Wochen:
    """Return the weeks of the entries that a filter finds, from the newest of them alone.

    Where the cap is reached, the oldest week that was seen and all before it hold at least what is said.
    """
    days = mondays(heute)
    recent = rows.filter(nummer__gte=first_since(_begin(days[0])))
    return _counted(recent.order_by("-nummer").values_list("erfasst_am")[:CAP], days)


def weeks_of_log_ins(rows: QuerySet, heute: date) -> Wochen:
    """Return the weeks of the failed log-ins that a filter finds, as `weeks_of_entries` does."""
    days = mondays(heute)
    recent = rows.filter(attempt_time__gte=_begin(days[0]))
    return _counted(recent.order_by("-pk").values_list("attempt_time")[:CAP], days)


def _counted(newest: QuerySet, days: Sequence[date]) -> Wochen:
    sql, params = newest.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT width_bucket(hits.moment, %s::timestamptz[]), count(*)"  # the ORM cannot group a cut query
            f" FROM ({sql}) AS hits(moment) GROUP BY 1",
            [[_begin(day) for day in days], *params],
        )
        counted = dict(cursor.fetchall())
    capped = sum(counted.values()) >= CAP
    seen = min(counted, default=0)  # the week in which the cap cut off
    return Wochen(
        [Woche(day, counted.get(place, 0), capped and place <= seen) for place, day in enumerate(days, start=1)]
    )


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
