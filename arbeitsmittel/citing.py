"""Prints the citations of texts as a reader sees them: a link, and the Stand that applies on the Stichtag."""

from collections.abc import Callable, Collection, Sequence

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from arbeitsmittel.citations import Fundstelle
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.linking import CitedText
from arbeitsmittel.resolving import Ziel, known_emb_names, resolve
from portal.stichtag import Stichtag

Note = Callable[[int, Fundstelle, Ziel], str]


def cited_texts(htmls: Sequence[str], emb_names: Sequence[str] | None = None) -> list[CitedText]:
    """Find the citations of several texts; asks for the names of EMB AH only where a text mentions one."""
    if emb_names is None:
        emb_names = known_emb_names() if any("EMB" in html for html in htmls) else []
    return [CitedText(html, emb_names) for html in htmls]


def resolve_all(texts: Sequence[CitedText], stichtag: Stichtag, also: Collection[Kennung] = ()) -> dict[Kennung, Ziel]:
    """Resolve the citations of all texts, and further Kennungen, together in one query."""
    return resolve(set(also).union(*(text.kennungen for text in texts)), stichtag)


def live_html(
    text: CitedText,
    ziele: dict[Kennung, Ziel],
    stichtag: Stichtag,
    *,
    note: Note | None = None,
) -> SafeString:
    """Return a text with live citations: `1.101 (Stand 02.01.2024)`, linked to what applies on the Stichtag.

    `note` adds words behind the Stand: what the Weisung meant at issue.
    """

    def render(fundstelle: Fundstelle, number: int) -> tuple[str, list[etree._Element]] | None:
        ziel = ziele.get(fundstelle.kennung)
        if ziel is None:
            return None
        url = reverse("arbeitsmittel:detail", args=[ziel.slug])
        stand = f"Stand\N{NO-BREAK SPACE}{ziel.stand}" if ziel.stand else "am Stichtag kein Stand"
        return stichtag.on(url), [_in_brackets(stand, note(number, fundstelle, ziel) if note else "")]

    return mark_safe(text.linked(render))


def _in_brackets(stand: str, note: str) -> etree._Element:
    span = etree.Element("span", {"class": "zitat-stand"})
    span.text = f" ({stand}" + ("" if note else ")")
    if note:
        etree.SubElement(span, "span", {"class": "zitat-erlass"}).text = f"; {note}"
        span[0].tail = ")"
    return span


def with_live_citations(html: str, stichtag: Stichtag) -> SafeString:
    """Return one text with live citations, in at most two queries."""
    names = known_emb_names(stichtag) if "EMB" in html else []
    texts = cited_texts([html], names)
    return live_html(texts[0], resolve_all(texts, stichtag), stichtag)
