"""What somebody sends past the pages: more fields than a form has, old versions, own checksums, steps by GET."""

import resource
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe.model import WORKFLOW
from portal.history import acting_as
from portal.models import Benutzer
from portal.provisioning import system_actor
from tests.arbeitsmittel.redaktion_pages import address, form_of, make_draft, signed_in, submitted, words
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung
from tests.portal.docx_samples import docx, p
from tests.weisungen.importing_texts import weisung_text
from tests.weisungen.redaktion_forms import BASE, page, weisung_data
from weisungen.models import Umsetzung, Weisung

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]
COLUMNS = (*WORKFLOW, "verfasst_von", "begruendungen", "slug", "quelle", "quelltext", "befunde", "pk", "id")
FASSUNG_STEPS = (
    "change", "anwesend", "einlesen", "vorschau", "synopse", "vorlegen", "zurueckholen", "pruefen", "freigeben",
    "eilfreigabe", "bestaetigen", "zurueckziehen", "verwerfen",
)  # fmt: skip
WEISUNG_STEPS = (*(step for step in FASSUNG_STEPS if step not in ("einlesen", "synopse")), "paket")


@pytest.fixture
def both(db) -> Benutzer:
    """Somebody with every role: only the rules of the way hold them back, no missing right."""
    person = make_person("beides", role="Redaktion")
    with acting_as(system_actor(), "Test"):
        for role in ("Freigabe", "Eilfreigabe", "Revision"):
            person.groups.add(make_person(f"mit-{role.lower()}", role=role).groups.get())
    return person


def forged(other: Benutzer) -> dict[str, Any]:
    """A value for every column that no form has."""
    now = timezone.now().isoformat()
    values: dict[str, Any] = {name: now for name in COLUMNS if name.endswith(("_am", "sichtbar_ab"))}
    values |= {name: other.pk for name in COLUMNS if name.endswith("_von")}
    values |= {"weg": "eil", "zurueckgezogen_art": "irrtum", "pruefsumme": "0" * 64, "begruendungen": '{"x": "y"}'}
    texts = ("eil_grund", "zurueckgezogen_grund", "verworfen_grund", "rueckgabe", "quelle", "quelltext", "befunde")
    values |= dict.fromkeys(texts, "gefälscht")
    return values | {"slug": "gefaelscht", "arbeitsmittel": 1, "pk": 1, "id": 1, "_save": "1", "_continue": "1"}


def state(row: Any, *names: str) -> dict[str, Any]:
    """The columns of a row as they are stored now, without the text search."""
    fields = [field.attname for field in row._meta.concrete_fields if field.name != "suche"]
    return dict(type(row).objects.filter(pk=row.pk).values(*(names or fields)).get())


def workflow(row: Any) -> dict[str, Any]:
    """The columns of the workflow; version and author change with every honest save as well."""
    attnames = {field.name: field.attname for field in row._meta.concrete_fields}
    return state(row, *(attnames[name] for name in WORKFLOW if name != "version"))


def entries() -> int:
    models = (Arbeitsmittel, Fassung, Weisung, Umsetzung, Benutzer)
    return sum(model.history.count() for model in models)


def weisung_form(row: Weisung, **changes: Any) -> dict[str, Any]:
    return weisung_data(version=str(row.version), **changes)


# More fields than the form has


def test_a_save_writes_nothing_but_the_fields_of_its_form(redaktion, freigabe):
    draft = make_draft(redaktion)
    before = workflow(draft)
    answer = signed_in(redaktion).post(address(draft), form_of(draft, **forged(freigabe), titel="Anderer Titel"))
    assert answer.status_code == 302
    after = Fassung.objects.get()
    assert workflow(draft) == before
    assert (after.titel, after.version, after.verfasst_von) == ("Anderer Titel", draft.version + 1, redaktion)
    assert (after.arbeitsmittel_id, after.quelle, after.begruendungen) == (draft.arbeitsmittel_id, "", {})


def test_starting_a_draft_takes_nothing_but_the_kennung(redaktion, freigabe):
    sent = {
        "kennung": "GLF SC 3.777",
        "neu": "on",
        "neu_slug": "glf-sc-3.777",
        **forged(freigabe),
        "inhalt": "<p>x</p>",
    }
    assert signed_in(redaktion).post("/redaktion/arbeitsmittel/fassung/add/", sent).status_code == 302
    draft = Fassung.objects.get()
    assert (draft.schritt.value, draft.verfasst_von, draft.version, draft.weg) == ("entwurf", redaktion, 1, "")
    assert (draft.arbeitsmittel.slug, draft.inhalt, draft.quelle, draft.eil_grund) == ("glf-sc-3.777", "", "", "")


def test_a_weisung_is_written_without_the_forged_fields(redaktion, freigabe):
    client = signed_in(redaktion)
    assert client.post(f"{BASE}add/", weisung_data() | forged(freigabe)).status_code == 302
    row = Weisung.objects.get()
    before = workflow(row)
    assert (row.schritt.value, row.verfasst_von, row.version, row.slug) == ("entwurf", redaktion, 1, "202611001")
    sent = weisung_form(row, titel="Anders") | forged(freigabe)
    assert client.post(page(row), sent).status_code == 302
    after = Weisung.objects.get()
    assert workflow(row) == before
    assert (after.titel, after.version, after.verfasst_von, after.quelltext) == ("Anders", 2, redaktion, "")
    assert (after.slug, after.begruendungen, after.befunde) == ("202611001", {}, row.befunde)


def test_a_step_writes_nothing_but_its_own_columns(redaktion, freigabe, both):
    """`forged` names somebody else and another day everywhere; what the step itself writes is its own."""
    for row in (
        make_draft(redaktion),
        make_weisung("202611001", datum="2026-11-23", published=False, verfasst_von=redaktion),
    ):
        base = f"/redaktion/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/"
        sent = {**forged(both), "version": row.version}
        assert signed_in(redaktion).post(f"{base}vorlegen/", sent).status_code == 302
        row = type(row).objects.get(pk=row.pk)
        assert (row.schritt.value, row.vorgelegt_von, row.weg) == ("in-pruefung", redaktion, "")
        assert row.pruefsumme != "0" * 64
        verdict = {**forged(both), "urteil": "geprueft", "pruefsumme": row.pruefsumme, "version": row.version}
        assert signed_in(freigabe).post(f"{base}pruefen/", verdict).status_code == 302
        row = type(row).objects.get(pk=row.pk)
        assert (row.schritt.value, row.geprueft_von, row.eil_grund) == ("geprueft", freigabe, "")
        sent = {**forged(both), "version": row.version, "grund": "Doppelt"}
        assert signed_in(redaktion).post(f"{base}verwerfen/", sent).status_code == 302
        row = type(row).objects.get(pk=row.pk)
        assert (row.verworfen_von, row.verworfen_grund, row.veroeffentlicht_am) == (redaktion, "Doppelt", None)


# Old and invented versions


@pytest.mark.parametrize("version", ["0", "", "1", "3", "-1", "99999999999999999999", "zwei", "2.0", "2 ", None])
def test_only_the_version_of_the_row_saves(redaktion, version):
    client, draft = signed_in(redaktion), make_draft(redaktion)
    client.post(address(draft), form_of(draft, titel="Zweite Fassung des Titels"))
    before, count = state(draft), entries()
    sent = form_of(draft, titel="Überschrieben")
    if version is None:
        del sent["version"]
    else:
        sent["version"] = version
    answer = client.post(address(draft), sent)
    if version in ("2 ", "2.0"):  # other spellings of the right one
        assert answer.status_code == 302
        return
    assert answer.status_code == (200 if version == "zwei" else 409)
    assert (state(draft), entries()) == (before, count)


@pytest.mark.parametrize("version", ["7", "0", "", "99999999999999999999"])
@pytest.mark.parametrize("step", ["change", "vorlegen", "eilfreigabe", "verwerfen"])
def test_a_stale_form_is_refused_everywhere(both, step, version):
    for row in (make_draft(both), make_weisung("202611001", datum="2026-11-23", published=False)):
        base = f"/redaktion/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/"
        before, count = state(row), entries()
        form = form_of(row, titel="Neu") if isinstance(row, Fassung) else weisung_data(titel="Neu")
        answer = signed_in(both).post(f"{base}{step}/", {**form, "grund": "x", "version": version})
        assert answer.status_code == 409
        assert (state(row), entries()) == (before, count)


# Own work


@pytest.mark.parametrize("checksum", ["right", "wrong", "none"])
def test_nobody_approves_or_returns_own_work_whatever_is_sent(both, checksum):
    fassung = submitted(both)
    weisung = make_weisung("202611001", datum="2026-11-23", published=False, verfasst_von=both)
    client = signed_in(both)
    client.post(page(weisung, "vorlegen"), {"version": weisung.version})
    for row in (fassung, Weisung.objects.get()):
        base = f"/redaktion/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/"
        before, count = state(row), entries()
        assert row.schritt.value == "in-pruefung"
        sent = {"right": row.pruefsumme, "wrong": "0" * 64, "none": ""}[checksum]
        for urteil in ("geprueft", "zurueck"):
            verdict = {**forged(both), "urteil": urteil, "pruefsumme": sent, "anmerkung": "x", "version": row.version}
            answer = client.post(f"{base}pruefen/", verdict)
            assert answer.status_code == 409
            assert "Das muss eine zweite Person" in words(answer)
        answer = client.post(f"{base}freigeben/", {"version": row.version, "liste": "0" * 64})
        assert answer.status_code == 409
        assert (state(row), entries()) == (before, count)


# By GET


def test_a_step_by_get_changes_nothing(both, redaktion):
    rows = [
        make_draft(redaktion), submitted(redaktion, kennung="GLF SC 3.305"), make_fassung("GLF SC 3.410"),
        make_weisung("202611001", datum="2026-11-23", published=False), make_weisung("202305004"),
    ]  # fmt: skip
    make_umsetzung(rows[3], "GLF SC 3.204", fassung=rows[0], im_paket=True)
    client, before, count = signed_in(both), [state(row) for row in rows], entries()
    query = {"version": 1, "urteil": "geprueft", "grund": "x", "art": "irrtum", "tat": "aufnehmen:1", "titel": "Neu"}
    for row in rows:
        base = f"/redaktion/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/"
        steps = FASSUNG_STEPS if isinstance(row, Fassung) else WEISUNG_STEPS
        for step in steps:
            for method in (client.get, client.head):
                answer = method(f"{base}{step}/", {**query, "pruefsumme": row.pruefsumme})
                assert answer.status_code == (405 if step in ("anwesend", "paket") else 200), step
    for path in (f"{BASE}add/", f"{BASE}import/", "/redaktion/arbeitsmittel/fassung/add/"):
        client.get(path, {"kennung": "GLF SC 3.999", "neu": "on", "neu_slug": "glf-sc-3.999", "text": weisung_text()})
    client.get("/weisungen/202305004/umsetzung/", {"kennung": "3204", "soll_stand": "2023-06-01", "was": "x"})
    assert ([state(row) for row in rows], entries()) == (before, count)


# What is released


def test_no_page_changes_what_is_released(both, redaktion):
    fassung, weisung = make_fassung("GLF SC 3.204"), make_weisung("202305004", cites=("GLF SC 3.204",))
    draft = make_draft(redaktion, "GLF SC 3.305")
    client = signed_in(both)
    before, count = [state(fassung), state(weisung)], entries()
    steps = [step for step in FASSUNG_STEPS if step not in ("vorschau", "synopse", "zurueckziehen", "anwesend")]
    for step in steps:
        sent = form_of(fassung, titel="Neu", inhalt="<p>Neu</p>", grund="x", urteil="geprueft", anmerkung="x")
        file = SimpleUploadedFile("neu.docx", docx(p("Neu")))
        for data in (sent, {**sent, "pruefsumme": fassung.pruefsumme, "datei": file}):
            answer = client.post(address(fassung, f"{step}/"), data)
            assert answer.status_code in (200, 409), step
    for step in [step for step in WEISUNG_STEPS if step not in ("vorschau", "zurueckziehen", "anwesend")]:
        sent = weisung_form(weisung, titel="Neu", grund="x", urteil="geprueft", pruefsumme=weisung.pruefsumme)
        sent |= {"tat": f"aufnehmen:{draft.pk}", "liste": "0" * 64, "anmerkung": "x"}
        answer = client.post(page(weisung, step), sent)
        assert answer.status_code in (200, 302, 409), step
    assert [state(fassung), state(weisung)] == before
    assert entries() == count


def test_a_released_weisung_takes_no_draft_into_its_package(both, redaktion):
    weisung, draft = make_weisung("202305004"), make_draft(redaktion)
    before = state(weisung)
    answer = signed_in(both).post(page(weisung, "paket"), {"tat": f"aufnehmen:{draft.pk}"})
    assert answer.status_code == 409
    assert state(weisung) == before
    assert not Umsetzung.objects.exists()


@pytest.mark.parametrize("key", ["0", "-1", "9" * 18, "9" * 30, "9" * 4000, "²", "1e3", "1/../2"])
def test_an_address_of_nothing_is_not_found(both, key):
    client = signed_in(both)
    client.raise_request_exception = False
    for base in ("/redaktion/arbeitsmittel/fassung/", BASE):
        for tail in ("change/", "vorlegen/", "pruefen/"):
            for method in (client.get, client.post):
                assert method(f"{base}{key}/{tail}").status_code in (302, 404), (base, tail)


# Files


def used() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@pytest.mark.parametrize("start", [b"", b"PK\3\4", b"%PDF-1.7", b"# Weisung 202405001"])
def test_50_megabytes_are_refused_in_under_a_second(redaktion, start):
    client, draft = signed_in(redaktion), make_draft(redaktion)
    content, count = start + b"a" * 50_000_000, entries()
    for path, limit in ((address(draft, "einlesen/"), "10 MB"), (f"{BASE}import/", "2 MB")):
        file = SimpleUploadedFile("gross.docx", content)
        client.get(path)
        request = {"datei": file, "version": draft.version}
        begin = used()
        answer = client.post(path, request)
        assert used() - begin < 1
        assert f"Die Datei ist zu groß; erlaubt sind {limit}." in words(answer)
    assert entries() == count
    assert not Weisung.objects.exists()


WORD = docx(p("Guten Tag."))
DISGUISED = [
    ("leitfaden.docx", b"%PDF-1.7\n1 0 obj"), ("leitfaden.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("leitfaden.docx", b"MZ" + bytes(600)), ("leitfaden.docx", b"<html><script>window.xss=1</script></html>"),
    ("leitfaden.docx", b"\x89PNG\r\n\x1a\n" + bytes(100)), ("leitfaden.docx", weisung_text().encode()),
    ("leitfaden.docx", b"\x1f\x8b\x08" + bytes(100)), ("leitfaden.docx", b"Rar!\x1a\x07" + bytes(100)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), DISGUISED)
def test_a_renamed_file_is_no_word_document(redaktion, name, content):
    client, draft = signed_in(redaktion), make_draft(redaktion)
    before, count = state(draft), entries()
    answer = client.post(address(draft, "einlesen/"), {"datei": SimpleUploadedFile(name, content)})
    assert 'class="feld__meldung"' in words(answer)
    assert (state(draft), entries()) == (before, count)


@pytest.mark.parametrize("content", [WORD, *(content for _name, content in DISGUISED if b"Weisung" not in content)])
def test_a_renamed_file_is_no_weisung(redaktion, content):
    answer = signed_in(redaktion).post(f"{BASE}import/", {"datei": SimpleUploadedFile("weisung.md", content)})
    assert answer.status_code in (200, 409)
    assert 'role="alert"' in words(answer) or 'class="feld__meldung"' in words(answer)
    assert not Weisung.objects.exists()


@pytest.mark.parametrize("name", ["leitfaden.exe", "leitfaden", "../../etc/passwd", "a\x00b.docx", "x" * 3000, ".docx"])
def test_the_name_of_a_file_decides_nothing(redaktion, name):
    client, draft = signed_in(redaktion), make_draft(redaktion)
    file = SimpleUploadedFile("x.docx", WORD)
    file.name = name
    answer = client.post(address(draft, "einlesen/"), {"datei": file})
    assert answer.status_code == 200
    assert "Guten Tag." in words(answer) or 'class="feld__meldung"' in words(answer)
    file = SimpleUploadedFile("x.md", weisung_text().encode())
    file.name = name
    assert client.post(f"{BASE}import/", {"datei": file}).status_code == 200
    assert not Weisung.objects.exists()


def test_writing_needs_the_token_of_the_page(redaktion):
    draft = make_draft(redaktion)
    client = Client(enforce_csrf_checks=True)
    client.force_login(redaktion, backend="portal.role_backend.RoleBackend")
    before = state(draft)
    for step in FASSUNG_STEPS:
        if step not in ("vorschau", "synopse"):
            assert client.post(address(draft, f"{step}/"), form_of(draft, titel="Neu")).status_code == 403
    assert state(draft) == before


def test_a_forged_day_or_kind_is_a_sentence(redaktion):
    client, draft = signed_in(redaktion), make_draft(redaktion)
    before = state(draft)
    far = timezone.localdate() + timedelta(days=400_000)
    for change in (
        {"stand": "0001-01-01"},
        {"stand": far.isoformat()},
        {"stand": "morgen"},
        {"aenderungsart": "geheim"},
    ):
        answer = client.post(address(draft), form_of(draft, **change))
        assert answer.status_code == 200
        assert 'class="feld__meldung"' in words(answer)
    assert state(draft) == before
