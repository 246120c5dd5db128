"""What the rules look at for one Fassung, loaded for any number of them in a handful of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q
from django.utils import timezone

from arbeitsmittel.checks.zitierte import Zitiertes, cited
from arbeitsmittel.citing import cited_texts
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.linking import CitedText
from arbeitsmittel.models import Aenderungsart, Arbeitsmittel, Fassung
from portal.stichtag import Stichtag

# Without an editor's text a Fassung is known by its Stand only.
LIVE = Q(fassungen__veroeffentlicht_am__isnull=False, fassungen__zurueckgezogen_am__isnull=True)
OPEN_DRAFT = Q(fassungen__veroeffentlicht_am__isnull=True, fassungen__verworfen_am__isnull=True)
SIBLING_CODE = "geschwister-unveraendert"


@dataclass(frozen=True)
class LiveStand:
    """A released Fassung of the same Arbeitsmittel, whether readers see it yet or not."""

    pk: int
    stand: date
    nur_stand: bool
    text: str


@dataclass(frozen=True)
class Geschwister:
    """An Arbeitsmittel on the same topic: its newest live Stand (None: nothing known), and whether one is written."""

    kennung: Kennung
    stand: date | None
    entwurf: bool


@dataclass(frozen=True)
class Grund:
    """A reason that an earlier Fassung of the same Arbeitsmittel carries, who gave it and when."""

    text: str
    von: str
    am: date


@dataclass
class Lage:
    """One Fassung with everything around it. `tag` is the day for which its citations must lead somewhere."""

    fassung: Fassung
    heute: date
    tag: date
    text: CitedText
    andere: list[LiveStand] = field(default_factory=list)
    vorgaenger: Fassung | None = None
    geschwister: list[Geschwister] = field(default_factory=list)
    gruende: dict[str, Grund] = field(default_factory=dict)
    zitiert: dict[str, Zitiertes] = field(default_factory=dict)

    @property
    def kennung(self) -> Kennung:
        return self.fassung.arbeitsmittel.kennung

    @property
    def untouched(self) -> list[Geschwister]:
        """Those on the same topic that have an older Stand and no draft, where this Fassung changes the substance."""
        stand = self.fassung.stand
        if self.fassung.aenderungsart != Aenderungsart.FACHLICH or stand is None:
            return []
        return [one for one in self.geschwister if one.stand is not None and one.stand < stand and not one.entwurf]


def load(
    fassungen: Sequence[Fassung], stichtag: Stichtag, *, released: bool = False, emb_names: Sequence[str] | None = None
) -> list[Lage]:
    """Return the Lage of each Fassung, in at most eight queries. `released`: they apply, and are looked at again."""
    texts = cited_texts([fassung.inhalt for fassung in fassungen], emb_names)
    lagen = [
        Lage(fassung, stichtag.heute, _citation_day(fassung, stichtag, released), text)
        for fassung, text in zip(fassungen, texts, strict=True)
    ]
    kennungen = set().union(*(text.kennungen for text in texts))
    zitiert = cited(kennungen)
    for lage in lagen:
        lage.zitiert = {k.slug: zitiert[k.slug] for k in lage.text.kennungen if k.slug in zitiert}
    _add_other_staende([lage for lage in lagen if not released or _is_editorial(lage)])
    _add_predecessors([lage for lage in lagen if _is_editorial(lage)])
    _add_siblings([lage for lage in lagen if lage.fassung.aenderungsart == Aenderungsart.FACHLICH])
    _add_reasons([lage for lage in lagen if lage.untouched])
    return lagen


def _citation_day(fassung: Fassung, stichtag: Stichtag, released: bool) -> date:
    """The first day on which readers follow its citations; for a Stand entered late that is today."""
    return stichtag.tag if released else max(fassung.stand or stichtag.heute, stichtag.heute)


def _is_editorial(lage: Lage) -> bool:
    return lage.fassung.aenderungsart == Aenderungsart.REDAKTIONELL


def _add_other_staende(lagen: Collection[Lage]) -> None:
    if not lagen:
        return
    live = Fassung.objects.released().filter(
        zurueckgezogen_am=None, arbeitsmittel__in={lage.fassung.arbeitsmittel_id for lage in lagen}
    )
    found: dict[int, list[LiveStand]] = {}
    for row in live.only("arbeitsmittel", "stand", "stand_nur_monat", "quelle").order_by("stand"):
        one = LiveStand(row.pk, row.stand, row.nur_stand, row.stand_text)
        found.setdefault(row.arbeitsmittel_id, []).append(one)
    for lage in lagen:
        lage.andere = [one for one in found.get(lage.fassung.arbeitsmittel_id, []) if one.pk != lage.fassung.pk]


def _add_predecessors(lagen: Collection[Lage]) -> None:
    """The Fassung that each one follows: the newest live one with a text before its Stand."""
    wanted = {}
    for lage in lagen:
        earlier = [one for one in lage.andere if not one.nur_stand and one.stand < (lage.fassung.stand or lage.heute)]
        if earlier:
            wanted[lage.fassung.arbeitsmittel_id] = earlier[-1].pk
    found = Fassung.objects.only("titel", "inhalt", "stand", "stand_nur_monat").in_bulk(set(wanted.values()))
    for lage in lagen:
        lage.vorgaenger = found.get(wanted.get(lage.fassung.arbeitsmittel_id))


def _add_siblings(lagen: Collection[Lage]) -> None:
    themen = {lage.kennung.thema for lage in lagen} - {""}
    if not themen:
        return
    rows = (
        Arbeitsmittel.objects.filter(thema__in=themen)
        .annotate(newest=Max("fassungen__stand", filter=LIVE), drafts=Count("fassungen", filter=OPEN_DRAFT))
        .in_order()
    )
    found: dict[str, list[Geschwister]] = {}
    for row in rows:
        found.setdefault(row.thema, []).append(Geschwister(row.kennung, row.newest, row.drafts > 0))
    for lage in lagen:
        lage.geschwister = [one for one in found.get(lage.kennung.thema, []) if one.kennung != lage.kennung]


def sibling_key(kennung: Kennung) -> str:
    """Return the key under which it is remembered that a sibling differs on purpose."""
    return f"{SIBLING_CODE}:{kennung}"


def _add_reasons(lagen: Collection[Lage]) -> None:
    """What earlier Fassungen say about siblings that stayed as they were; the newest reason counts."""
    keys = {sibling_key(one.kennung) for lage in lagen for one in lage.untouched}
    if not keys:
        return
    earlier = (
        Fassung.objects.released()
        .filter(zurueckgezogen_am=None, arbeitsmittel__in={lage.fassung.arbeitsmittel_id for lage in lagen})
        .filter(begruendungen__has_any_keys=sorted(keys), vorgelegt_von__isnull=False)
        .select_related("vorgelegt_von")
        .only("arbeitsmittel", "stand", "begruendungen", "vorgelegt_am", "vorgelegt_von__username",
              "vorgelegt_von__first_name", "vorgelegt_von__last_name")
        .order_by("vorgelegt_am")
    )  # fmt: skip
    found: dict[int, list[Fassung]] = {}
    for row in earlier:
        found.setdefault(row.arbeitsmittel_id, []).append(row)
    for lage in lagen:
        for row in found.get(lage.fassung.arbeitsmittel_id, []):
            if row.pk != lage.fassung.pk and row.stand < lage.fassung.stand:
                lage.gruende.update(_reasons_of(row, keys))


def _reasons_of(row: Fassung, keys: Collection[str]) -> dict[str, Grund]:
    von = row.vorgelegt_von.get_full_name() or row.vorgelegt_von.username
    day = timezone.localdate(row.vorgelegt_am)
    return {key: Grund(text, von, day) for key, text in row.begruendungen.items() if key in keys and text.strip()}
