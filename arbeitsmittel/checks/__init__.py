"""What is looked at before a Fassung is released, and again over everything that applies (issue 3, "Checks").

`lage` loads what the rules look at, for many Fassungen at once; `eigene`, `aenderung`, `familie` and `zitate` are the
rules. A rule is one function: it gets a Lage and yields findings.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet

from arbeitsmittel.checks import aenderung, eigene, familie, zitate
from arbeitsmittel.checks.lage import Lage, load
from arbeitsmittel.models import Fassung
from arbeitsmittel.querysets import FassungQuerySet
from arbeitsmittel.resolving import known_emb_names
from portal.befund import Befund, Rule, collect
from portal.stichtag import Stichtag

# What nobody can still change on a released Fassung, or what was right on the day of its release.
_ONLY_BEFORE_RELEASE: tuple[Rule[Lage], ...] = (
    eigene.empty_fields,
    eigene.stand_taken,
    eigene.stand_fills_a_gap,
    eigene.stand_in_the_past,
    eigene.reason_without_need,
    eigene.stand_far_ahead,
)
_ALWAYS: tuple[Rule[Lage], ...] = (
    eigene.text_structure,
    zitate.unknown,
    zitate.withdrawn,
    zitate.without_stand,
    aenderung.editorial_in_name_only,
    aenderung.nothing_to_compare,
    familie.sibling_untouched,
)
_BATCH = 200


def check_fassung(fassung: Fassung, stichtag: Stichtag) -> list[Befund]:
    """Return the findings of a draft as somebody sees it who asks on the Stichtag; errors first. It may be unsaved."""
    (lage,) = load([fassung], stichtag)
    return collect((*_ONLY_BEFORE_RELEASE, *_ALWAYS), lage)


def check_fassungen(drafts: Sequence[Fassung], stichtag: Stichtag) -> list[list[Befund]]:
    """Return the findings of several drafts, in their order, with the queries of one."""
    by_key = {lage.fassung.pk: collect((*_ONLY_BEFORE_RELEASE, *_ALWAYS), lage) for lage in load(drafts, stichtag)}
    return [by_key[draft.pk] for draft in drafts]


def check_current(stichtag: Stichtag) -> Iterator[tuple[Fassung, list[Befund]]]:
    """Yield each Fassung that applies on the Stichtag and has a text, with its findings, in the order of lists.

    In batches: the number of queries grows with the number of batches, what is held in memory does not grow.
    """
    names = known_emb_names()
    for batch in batches(with_text(stichtag)):
        for lage in load(batch, stichtag, released=True, emb_names=names):
            yield lage.fassung, collect(_ALWAYS, lage)


def with_text(stichtag: Stichtag) -> FassungQuerySet:
    """Return the Fassungen that `check_current` looks at: one of which only the Stand is known says nothing."""
    current = Fassung.objects.current_on(stichtag).exclude(inhalt="").defer("suche").select_related("arbeitsmittel")
    return current.order_by("arbeitsmittel__bereich_rang", "arbeitsmittel__slug")


def batches(rows: QuerySet, size: int = _BATCH) -> Iterator[list]:
    """Yield the rows of a query in lists, without holding more than one of them."""
    iterator = rows.iterator(chunk_size=size)
    while batch := list(islice(iterator, size)):
        yield batch
