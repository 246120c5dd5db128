"""A corpus of some 360 payloads through every field: nothing runs in a real browser, and no policy complains."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import quoteattr

import pikepdf
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.safestring import mark_safe
from playwright.sync_api import BrowserContext

from arbeitsmittel import publishing
from arbeitsmittel.models import Fassung
from arbeitsmittel.redaktion import checking, releasing
from arbeitsmittel.redaktion.kind import KIND
from portal.history import acting_as
from portal.models import Benutzer, Eintrag
from portal.provisioning import system_actor
from tests.arbeitsmittel.redaktion_pages import address, form_of, make_draft, signed_in
from tests.bad_input.payloads import PAYLOADS
from tests.browser.editor_steps import click_into, paste
from tests.browser.xss_stock import (
    LINES,
    NOTES,
    REFUSED,
    SHORT,
    TEXTS,
    chunks,
    refusal_in,
    refusals,
    store_fassungen,
    store_weisungen,
)
from tests.browser.xss_watch import Watch
from tests.factories import make_arbeitsmittel, make_fassung, make_person, make_umsetzung, make_weisung, publish
from tests.portal.docx_samples import docx, link, p, r, styles
from tests.weisungen.importing_texts import header_lines, weisung_text
from tests.weisungen.redaktion_forms import BASE, page, weisung_data
from weisungen.models import Weisung

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.needs_pdf]
FASSUNGEN = "/redaktion/arbeitsmittel/fassung/"
# The largest texts are shown in the browser, all others are parsed by it.
SHOWN = 2
# Control characters are refused in a file as in a pasted text, with a sentence.
WRITABLE = [line for line in LINES if not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e\ufeff]", line)]


def person(username: str, *roles: str) -> Benutzer:
    made = make_person(username)
    with transaction.atomic(), acting_as(system_actor(), "Test"):
        made.groups.set(Group.objects.filter(name__in=roles))
    return made


@pytest.fixture
def author(transactional_db) -> Benutzer:
    return person("autorin", "Redaktion")


@pytest.fixture
def second(transactional_db) -> Benutzer:
    return person("zweite", "Redaktion", "Freigabe", "Eilfreigabe", "Revision", "Sachbearbeitung")


@pytest.fixture
def writer(author) -> Client:
    return signed_in(author)


@pytest.fixture
def reader(second) -> Client:
    return signed_in(second)


def context_of(browser: Any, arguments: dict, portal: str, client: Client, **more: Any) -> BrowserContext:
    context = browser.new_context(**arguments, **more)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": portal}])
    return context


@pytest.fixture
def watch(live_server, browser, browser_context_args, reader) -> Iterator[Watch]:
    """A browser in which somebody is signed in who may see everything; at the end nothing has been noticed."""
    context = context_of(browser, browser_context_args, live_server.url, reader)
    watch = Watch(context, live_server.url)
    yield watch
    context.close()
    assert watch.noticed == []


def test_payloads_in_a_fassung(watch, author, writer, reader, monkeypatch):
    stored = store_fassungen(writer, author)
    for query in ("", "?p=2", "?q=window", f"?q={NOTES[0][:150]}"):
        watch.parse(reader.get(f"{FASSUNGEN}{query}"))
    for draft in stored[: len(TEXTS)]:
        for tail in ("change/", "vorschau/", "synopse/"):
            watch.parse(reader.get(address(draft, tail)))
    for tail in ("change/", "vorschau/", "synopse/", "vorlegen/"):
        for draft in stored[:SHOWN]:
            watch.look(address(draft, tail))
    watch.look(FASSUNGEN)
    with transaction.atomic():
        for draft in stored:
            publish(draft)
    for draft in stored:
        watch.parse(reader.get(draft.get_absolute_url()))
    for path in ("/arbeitsmittel/", "/suche/?q=window", "/suche/?q=onerror", "/redaktion/"):
        watch.look(path)
    for draft in stored[:SHOWN]:
        watch.look(draft.get_absolute_url())
        watch.look(address(draft))
        watch.look(f"{FASSUNGEN}{draft.pk}/history/")
    compared(watch, author, writer, reader, stored, monkeypatch)


def compared(watch: Watch, author: Benutzer, writer: Client, reader: Client, stored: list[Fassung], monkeypatch: Any):
    """The next draft of each beside its predecessor; two of them with their real PDF on the page of the check."""
    monkeypatch.setattr(publishing, "check_fassung", lambda fassung, stichtag: [])
    for module in (checking, releasing):
        monkeypatch.setattr(module, "KIND", replace(KIND, check=publishing.check_fassung))
    for number, before in enumerate(stored[: len(TEXTS)]):
        stand = before.stand + timedelta(days=1)
        draft = make_draft(author, str(before.arbeitsmittel), stand=stand, titel=LINES[-number], inhalt=TEXTS[-number])
        watch.parse(reader.get(address(draft, "synopse/")))
        if number < SHOWN:
            watch.look(address(draft, "synopse/"))
            assert writer.post(address(draft, "vorlegen/"), {"version": draft.version}).status_code == 302
            watch.look(address(draft, "pruefen/"))
            watch.parse(reader.get(address(draft, "pruefen/")))
            assert watch.page.locator("iframe[title^='PDF von']").count() == 1
            with pikepdf.open(io.BytesIO(bytes(draft.pruefdrucke.get().inhalt))) as pdf:
                kinds = {str(each.get("/S", "")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)}
            assert kinds.isdisjoint({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"})


def test_payloads_in_a_weisung(watch, writer, reader):
    stored = store_weisungen(writer)
    for query in ("", "?p=2", f"?q={SHORT[0]}"):
        watch.parse(reader.get(f"{BASE}{query}"))
    for draft in stored[: len(TEXTS)]:
        for name in ("change", "vorschau"):
            watch.parse(reader.get(page(draft, name)))
    for name in ("change", "vorschau", "vorlegen"):
        for draft in stored[:SHOWN]:
            watch.look(page(draft, name))
    watch.look(BASE)
    with transaction.atomic():
        for draft in stored:
            publish(draft)
    for draft in stored:
        watch.parse(reader.get(draft.get_absolute_url()))
    for path in ("/weisungen/", "/weisungen/?seite=2", "/suche/?q=window", "/suche/?q=onerror"):
        watch.look(path)
    for draft in stored[:SHOWN]:
        watch.look(draft.get_absolute_url())
        watch.look(page(draft))
        watch.look(f"{BASE}{draft.pk}/history/")


def sent_by_hand(watch: Watch, form: str, button: str = "", **values: str) -> None:
    """Fill a form behind the back of the editor, and send it as it is."""
    with watch.page.expect_navigation():
        watch.page.evaluate(
            """([form, values]) => {
                const found = document.querySelector(form)
                for (const [name, value] of Object.entries(values)) found.elements[name].value = value
                HTMLFormElement.prototype.submit.call(found)
            }""",
            [form, values],
        )
    watch.seen()


def test_what_is_refused_is_shown_again_and_does_nothing(watch, author, writer, reader):
    """The editor reads the raw text that comes back in its field, and what is pasted; a conflict shows two texts."""
    fassung = make_draft(author)
    writer.post(f"{BASE}add/", weisung_data())
    weisung = Weisung.objects.get()
    for name, payload, answer in refusals(writer, fassung, weisung):
        watch.parse(answer)
        assert answer.status_code == 200, (name, payload)
        assert "." in refusal_in(answer.content.decode()), (name, payload)
    assert (Fassung.objects.get().version, Weisung.objects.get().version) == (1, 1)
    form = 'form:has([name="inhalt"])'
    for text in (" ".join(REFUSED), *(f'{text}<a href="javascript:1">x</a>' for text in TEXTS[::7])):
        watch.look(address(fassung))
        sent_by_hand(watch, form, inhalt=f"<a href='javascript:window.xss=1'>x</a>{text}", titel=LINES[0])
    click_into(watch.page.locator(".editor__text").first)
    for text in (" ".join(REFUSED), *REFUSED, *TEXTS):
        paste(watch.page, text)
    watch.seen()
    watch.look(page(weisung))
    every = dict(
        zip(("ausgangssituation", "info", "haushalt", "beteiligung"), [" ".join(REFUSED), *TEXTS], strict=False)
    )
    sent_by_hand(watch, 'form:has([name="vorspann"])', vorspann="<a href='javascript:1'>x</a>", **every)

    writer.post(address(fassung), form_of(fassung, inhalt=TEXTS[0], titel=LINES[0], aenderungshinweis=NOTES[0]))
    watch.look(address(fassung))
    sent_by_hand(watch, form, version="1", inhalt="".join(TEXTS), titel=LINES[1], aenderungshinweis=NOTES[1])
    assert watch.page.get_by_role("heading", name="Ihr Text ist noch nicht gespeichert").count()
    writer.post(page(weisung), weisung_data(info=TEXTS[0], titel=LINES[0], bezug=NOTES[0], aufhebung=NOTES[1]))
    watch.look(page(weisung))
    texts = {"vorspann": "".join(TEXTS), "info": TEXTS[1], "titel": LINES[1], "bezug": NOTES[2]}
    sent_by_hand(watch, 'form:has([name="vorspann"])', version="1", **texts)


def test_payloads_in_comments_and_reasons(watch, author, writer, reader, second, monkeypatch):
    """Every step of the way of a Fassung and of a Weisung, with all payloads as its reason, and the record of it."""
    rusher = signed_in(person("eil", "Eilfreigabe"))
    pdf = b"%PDF-1.7 test"
    monkeypatch.setattr("arbeitsmittel.publishing.fassung_pdf", lambda fassung: pdf)
    monkeypatch.setattr("weisungen.publishing.weisung_pdf", lambda *args: pdf)

    def steps(base: str, make: Any) -> Iterator[str]:
        for number, note in enumerate(NOTES):
            row = make(number)

            def send(client: Client, step: str, row: Any = row, **data: str) -> None:
                now = type(row).objects.get(pk=row.pk)
                sent = {"version": now.version, "pruefsumme": now.pruefsumme, **data}
                answer = watch.parse(client.post(f"{base}{row.pk}/{step}/", sent))
                assert answer.status_code == 302, (step, refusal_in(answer.content.decode()))

            warnings = {f"grund_{place}": note[:900] for place in range(9)}
            send(writer, "vorlegen", **warnings)
            send(reader, "pruefen", urteil="zurueck", anmerkung=note)
            yield f"{base}{row.pk}/change/"
            send(writer, "vorlegen", **warnings)
            yield f"{base}{row.pk}/pruefen/"
            send(reader, "pruefen", urteil="geprueft", anmerkung=note)
            if number % 2:
                send(writer, "verwerfen", grund=note)
                yield f"{base}{row.pk}/change/"
            else:
                send(rusher, "eilfreigabe", grund=note, **warnings)
                yield f"{base}{row.pk}/bestaetigen/"
                send(reader, "bestaetigen", anmerkung=note)
                send(reader, "zurueckziehen", art="irrtum", grund=note)
                yield f"{base}{row.pk}/change/"
            yield f"{base}{row.pk}/history/"

    def fassung(number: int) -> Fassung:
        return make_draft(author, f"GLF SC 3.{number + 100}")

    def weisung(number: int) -> Weisung:
        return make_weisung(
            f"202611{number + 1:03}", datum="2026-11-02", published=False, verfasst_von=author, titel=LINES[number]
        )

    for base, make in ((FASSUNGEN, fassung), (BASE, weisung)):
        for number, path in enumerate(steps(base, make)):
            watch.parse(reader.get(path))
            if number in (0, 1, 2, 3):
                watch.look(path)
    reviewed(watch, reader)


def reviewed(watch: Watch, reader: Client) -> None:
    """The reviewers' pages: every entry with what it changed and why, and what is typed into their filters."""
    numbers = list(Eintrag.objects.order_by("-nummer").values_list("nummer", flat=True))
    for number in numbers:
        watch.parse(reader.get(f"/revision/eintrag/{number}/"))
    for note in NOTES:
        typed = {"person": note[:150], "worte": note[:150], "objekt": note[:150], "von": note[:15], "vor": note[:15]}
        watch.parse(reader.get("/revision/", typed))
        watch.parse(reader.get("/revision/vergleich/", {"von": note[:150]}))
    for path in ("", "?nach=1-1", "?worte=window", "listen/warnungen/", "listen/eilfreigaben/", "eintrag/1/"):
        watch.look(f"/revision/{path}")
    for path in ("/arbeitsmittel/glf-sc-3.100/historie/", "/weisungen/202611001/historie/"):
        watch.look(path)
    for number in numbers[:SHOWN]:
        watch.look(f"/revision/eintrag/{number}/")
    for row in (*Fassung.objects.released(), *Weisung.objects.released()):
        watch.parse(reader.get(row.get_absolute_url()))
    watch.look(Fassung.objects.released().first().get_absolute_url())
    watch.look(Weisung.objects.released().first().get_absolute_url())
    watch.look("/redaktion/")


def test_payloads_in_the_umsetzung_and_the_search(watch, writer, reader):
    weisung = make_weisung("202305004")
    make_arbeitsmittel("GLF SC 3.204")
    path = "/weisungen/202305004/umsetzung/"
    for number, words in enumerate(chunks(990)):
        kennung = str(make_arbeitsmittel(f"GLF SC 3.{number + 100}"))
        sent = {"kennung": kennung, "soll_stand": "2023-06-01", "was": words}
        assert writer.post(path, sent).status_code == 302
        if number % 2:
            row = weisung.umsetzungen.get(arbeitsmittel__bezeichnung=f"3.{number + 100}")
            reason = NOTES[number // 2 % len(NOTES)]
            assert writer.post(path, {"umsetzung": row.pk, "grund": reason}).status_code == 302
        watch.parse(writer.post(path, {"kennung": SHORT[number], "soll_stand": words, "was": words}))
    draft = make_weisung("202611001", datum="2026-11-02", published=False)
    make_umsetzung(draft, was=LINES[0])
    for each in (path, "/redaktion/umsetzung/", "/redaktion/", page(draft), page(weisung)):
        watch.look(each)
    for number, words in enumerate(SHORT):
        lists = (FASSUNGEN, "/redaktion/arbeitsmittel/arbeitsmittel/", BASE)
        for where in ("/suche/", lists[number % 3]):
            watch.parse(reader.get(where, {"q": words}))
        if number % 3 == 0:
            watch.parse(writer.post(f"{FASSUNGEN}add/", {"kennung": words}))
    watch.parse(reader.get(f"{FASSUNGEN}add/", {"kennung": SHORT[0]}))
    for where in ("/suche/", FASSUNGEN, BASE):
        watch.look(f"{where}?{urlencode({'q': SHORT[0]})}")
    for name in ("stichtag", "sortierung", "seite", "p", "o", "geltung"):
        watch.parse(reader.get("/weisungen/", {name: SHORT[1]}))
        watch.parse(reader.get(FASSUNGEN, {name: SHORT[1]}, follow=True))


def test_payloads_in_a_word_document(watch, author):
    written = WRITABLE
    targets = {f"rIdZiel{number}": line for number, line in enumerate(written)}
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="Fremd{number}"><w:name w:val={quoteattr(line)}/></w:style>'
        for number, line in enumerate(written)
    )
    documents = {
        "text": docx(*(p(r(line)) for line in written)),
        "links": docx(*(p(link(key, "Wort"), link(key, line)) for key, line in targets.items()), links=targets),
        "styles": docx(
            *(p(r(line), style=f"Fremd{number}") for number, line in enumerate(written)),
            more={"word/styles.xml": styles(named)},
        ),
    }
    draft = make_draft(author)
    for name, content in documents.items():
        watch.look(address(draft, "einlesen/"))
        file = {"name": f"{name}.docx", "mimeType": "application/octet-stream", "buffer": content}
        watch.page.get_by_label("Word-Dokument").set_input_files(file)
        with watch.page.expect_navigation():
            watch.page.locator("main form button[type=submit]").first.click()
        watch.seen()
        assert "window.xss=1" in watch.page.locator("main").inner_text(), name
        with watch.page.expect_navigation():
            watch.page.get_by_role("button", name="übernehmen").first.click()
        watch.seen()
    assert "window.xss=1" in Fassung.objects.get().inhalt


def test_payloads_in_an_imported_weisung(watch, writer):
    everything = "\n\n".join(f"Absatz {line}" for line in WRITABLE)
    texts = {"vorspann": everything, **{f"s{number}": everything for number in range(1, 7)}}
    watch.look(f"{BASE}import/")
    sent_by_hand(watch, 'form:has([name="text"])', text=weisung_text(**texts))
    assert watch.page.get_by_role("button", name="Als Entwurf speichern").count(), watch.page.inner_text("main")[:900]
    sent_by_hand(watch, 'form:has([name="quelltext"])', titel=LINES[0], geschaeftszeichen=LINES[1])
    assert Weisung.objects.count() == 1
    watch.look(page(Weisung.objects.get()))
    watch.look(page(Weisung.objects.get(), "vorschau"))
    watch.look(f"{BASE}import/")
    sent_by_hand(watch, 'form:has([name="text"])', text=f"Keine Weisung {everything}")
    labels = ("Geschäftszeichen", "Gültig_ab", "SGB_II", "Bezug", "Aufhebung_von_Regelungen", "Laufende_Nummer")
    for turn in (0, 2):
        for first in range(0, len(LINES), len(labels)):
            lines = (LINES[first:] + LINES)[: len(labels)]
            header = header_lines(**dict(zip(labels, lines[turn:] + lines[:turn], strict=True)))
            shown = watch.parse(writer.post(f"{BASE}import/", {"text": weisung_text(header=header)}))
            assert shown.status_code in (200, 409), lines
    for line in LINES[::20]:
        title = f"# Weisung 202405001 vom 07.05.2024 – {line}"
        watch.parse(writer.post(f"{BASE}import/", {"text": weisung_text(title=title)}))
        file = SimpleUploadedFile(f"{line}.md".replace("/", "_"), weisung_text().encode())
        watch.parse(writer.post(f"{BASE}import/", {"datei": file}))


# Control: the watch sees what it is there to see.


@pytest.mark.parametrize(("policy", "told"), [(True, "CSP script-src"), (False, "window.xss auf")])
def test_a_text_that_nobody_cleans_is_noticed(
    policy, told, live_server, browser, browser_context_args, reader, monkeypatch
):
    raw = make_fassung(text="<img src=x onerror=window.xss=1><p>Text</p>")
    monkeypatch.setattr("arbeitsmittel.views.readable", lambda text, stichtag: mark_safe(text))
    context = context_of(browser, browser_context_args, live_server.url, reader, bypass_csp=not policy)
    watch = Watch(context, live_server.url)
    watch.look(raw.get_absolute_url())
    watch.parse(reader.get(raw.get_absolute_url()))
    context.close()
    assert any(line.startswith(told) for line in watch.noticed), watch.noticed
    assert any("onerror" in line and line.startswith(live_server.url) for line in watch.noticed)
    assert any("onerror" in line and line.startswith("/arbeitsmittel/") for line in watch.noticed)


def test_most_payloads_are_noticed_where_nothing_is_cleaned(live_server, browser, browser_context_args, reader):
    """Those that are no program in a text (Markdown, templates, coded twice) are not; the rest of the corpus is."""
    assert len(PAYLOADS) >= 200
    context = context_of(browser, browser_context_args, live_server.url, reader)
    watch = Watch(context, live_server.url)
    noticed = [payload for payload in PAYLOADS if watch.found_in(f"<main>{payload}</main>")]
    context.close()
    assert len(noticed) >= 250
