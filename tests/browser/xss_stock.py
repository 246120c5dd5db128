"""Puts the payloads of tests.bad_input.payloads into the portal, through its own forms."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from arbeitsmittel.models import Fassung
from portal.editor import RichTextField
from portal.models import Benutzer
from portal.text import TextRefused, clean
from tests.arbeitsmittel.redaktion_pages import address, form_of, make_draft
from tests.bad_input.payloads import PAYLOADS
from tests.weisungen.redaktion_forms import BASE, page, weisung_data
from weisungen.models import TEXT_FIELDS, Weisung

# Django refuses the null byte in every field of words, with a sentence; in a rich text it is taken out.
WITH_NULL = [payload for payload in PAYLOADS if "\x00" in payload]
LINES = [payload.replace("\r", " ").replace("\n", " ") for payload in PAYLOADS if "\x00" not in payload]
END = "<p>Ende des Absatzes</p>"


def chunks(limit: int) -> list[str]:
    """All payloads, as few texts as possible of at most so many characters."""
    found = [""]
    for line in LINES:
        if len(found[-1]) + len(line) >= limit:
            found.append("")
        found[-1] = f"{found[-1]} {line}" if found[-1] else line
    return found


def batches() -> tuple[list[str], list[str]]:
    """Rich texts that hold all payloads between them, and the payloads that the form refuses, each with a sentence.

    What takes the rest of a text with it (an open comment, an open script) stands last in its text.
    """
    harmless, greedy, refused = [], [], []
    for payload in PAYLOADS:
        try:
            (harmless if clean(payload + END).endswith(END) else greedy).append(payload)
        except TextRefused:
            refused.append(payload)
    shares = [harmless[number :: len(greedy)] for number in range(len(greedy))]
    texts = ["".join(f"<p>{one}</p>{one}" for one in share) + last for share, last in zip(shares, greedy, strict=True)]
    whole = RichTextField(required=False)
    return [text for text in texts if whole.clean(text)], refused


TEXTS, REFUSED = batches()
TITLES = chunks(249)
NOTES = chunks(1990)
SHORT = chunks(199)


def refusal_in(html: str) -> str:
    """The words at a field that was refused, or above the form; empty where nothing was."""
    found = re.findall(r'class="(?:feld__)?meldung.*?</p>|role="alert".*?</(?:div|section)', html, re.DOTALL)
    return " ".join(strip_tags(" ".join(f"<p {part}>" for part in found)).split())


def store_fassungen(writer: Client, user: Benutzer) -> list[Fassung]:
    """Drafts in whose fields every payload stands that the form of a Fassung lets in."""
    stored = []
    for number, titel in enumerate(TITLES):
        draft = make_draft(user, f"GLF SC 2.{number + 100}", inhalt="")
        sent = form_of(
            draft,
            titel=titel,
            inhalt=TEXTS[number % len(TEXTS)],
            aenderungshinweis=NOTES[number % len(NOTES)],
            nachtrag_grund=NOTES[number % len(NOTES)],
        )
        answer = writer.post(address(draft), sent)
        assert answer.status_code == 302, refusal_in(answer.content.decode())
        stored.append(Fassung.objects.get(pk=draft.pk))
    return stored


def store_weisungen(writer: Client) -> list[Weisung]:
    """Drafts in whose header and texts every payload stands that the form of a Weisung lets in."""
    everything = "\n".join(LINES)[:19_900]
    rest = "\n".join(LINES)[19_000:]
    for number, short in enumerate(SHORT):
        texts = {name: TEXTS[(number + place) % len(TEXTS)] for place, name in enumerate(TEXT_FIELDS)}
        if number >= len(TEXTS):
            texts = {}
        sent = weisung_data(
            nummer=f"202611{number + 1:03}",
            titel=TITLES[number % len(TITLES)],
            geschaeftszeichen=short,
            bezug=(everything, rest)[number] if number < 2 else short,
            aufhebung=(everything, rest)[number] if number < 2 else short,
            **dict.fromkeys(("sgb_ii", "sgb_iii", "familienkasse"), "weisung"),
            **{f"{name}_zusatz": short for name in ("sgb_ii", "sgb_iii", "familienkasse")},
            **texts,
        )
        answer = writer.post(f"{BASE}add/", sent)
        assert answer.status_code == 302, refusal_in(answer.content.decode())
    return list(Weisung.objects.order_by("nummer"))


def refusals(writer: Client, fassung: Fassung, weisung: Weisung) -> Iterator[tuple[str, str, Any]]:
    """Send what is refused: payloads alone in a rich text, null bytes in fields of words; nothing is stored."""
    for payload in REFUSED:
        yield "inhalt", payload, writer.post(address(fassung), form_of(fassung, inhalt=f"<p>{payload}</p>"))
    for number, payload in enumerate(REFUSED):
        name = TEXT_FIELDS[number % len(TEXT_FIELDS)]
        yield name, payload, writer.post(page(weisung), weisung_data(**{name: payload}))
    for payload in WITH_NULL:
        for name in ("titel", "aenderungshinweis", "nachtrag_grund"):
            yield name, payload, writer.post(address(fassung), form_of(fassung, **{name: payload}))
        for name in ("titel", "geschaeftszeichen", "bezug", "aufhebung", "sgb_iii_zusatz"):
            yield name, payload, writer.post(page(weisung), weisung_data(**{name: payload}))
