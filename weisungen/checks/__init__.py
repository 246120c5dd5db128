"""What is looked at before a Weisung is released, and again over all that are in force (issue 3, "Checks").

`lage` loads what the rules look at, for many Weisungen at once; `kopf`, `nummer`, `zitate`, `verweise` and `umsetzung`
are the rules. A rule is one function: it gets a Lage and yields findings.
"""

from collections.abc import Iterator

from arbeitsmittel.checks import batches
from arbeitsmittel.resolving import known_emb_names
from portal.befund import Befund, Rule, collect
from portal.stichtag import Stichtag
from weisungen.checks import kopf, nummer, umsetzung, verweise, zitate
from weisungen.checks.lage import Lage, load
from weisungen.models import Weisung
from weisungen.querysets import WeisungQuerySet

# What nobody can still change on an issued Weisung, or what was right on the day of its issue.
_ONLY_BEFORE_RELEASE: tuple[Rule[Lage], ...] = (
    kopf.empty_fields,
    kopf.roles_missing,
    kopf.header_hints,
    kopf.valid_before_its_date,
    kopf.ends_before_it_begins,
    nummer.taken,
    nummer.against_date,
    verweise.repeals_itself,
    verweise.repeals_what_is_over,
    verweise.repeals_in_part,
    umsetzung.member_with_other_stand,
    umsetzung.member_not_checked,
    umsetzung.announced_but_not_cited,
    umsetzung.ordered_but_not_announced,
)
_ALWAYS: tuple[Rule[Lage], ...] = (
    kopf.text_structure,
    nummer.gap_before,
    zitate.role_contradicts_citation,
    zitate.unknown,
    zitate.withdrawn,
    zitate.without_stand,
    verweise.unknown_in_text,
    verweise.over_in_text,
    verweise.bezug_unknown_or_over,
    verweise.repeals_unknown,
)


def check_weisung(weisung: Weisung, stichtag: Stichtag) -> list[Befund]:
    """Return the findings of a draft as somebody sees it who asks on the Stichtag; errors first. It may be unsaved."""
    (lage,) = load([weisung], stichtag)
    return collect((*_ONLY_BEFORE_RELEASE, *_ALWAYS), lage)


def check_in_force(stichtag: Stichtag) -> Iterator[tuple[Weisung, list[Befund]]]:
    """Yield each Weisung in force on the Stichtag with its findings, by date and number, in batches."""
    names = known_emb_names()
    for batch in batches(in_force(stichtag)):
        for lage in load(batch, stichtag, released=True, emb_names=names):
            yield lage.weisung, collect(_ALWAYS, lage)


def in_force(stichtag: Stichtag) -> WeisungQuerySet:
    """Return the Weisungen that `check_in_force` looks at."""
    return Weisung.objects.in_force_on(stichtag).defer("suche", "quelltext").order_by("datum", "nummer", "typ")
