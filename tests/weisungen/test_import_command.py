"""manage.py import_weisung, on the real Weisung and on files that nobody should send."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from arbeitsmittel.citing import cited_texts
from arbeitsmittel.models import Arbeitsmittel, Fassung
from tests.factories import make_fassung
from weisungen.models import ABSCHNITTE, Aufhebung, Weisung, Zitat

pytestmark = pytest.mark.django_db

TEXT = """# Weisung 202401002 vom 10.01.2024 – Beispiel für den Test

**Laufende Nummer:** 202401002
**Geschäftszeichen:** QUB 5 – 1234.5
**Gültig ab:** 10.01.2024
**Gültig bis:** unbegrenzt
**SGB II:** nicht betroffen
**SGB III:** Weisung (nur Neufälle)
**Familienkasse:** Information

**Bezug:**

- -

**Aufhebung von Regelungen:**

- Weisung 202301001

---

Zwei Gesprächsleitfäden ändern sich.

## 1. Ausgangssituation

Anlass.

## 2. Auftrag und Ziel

Es gelten GLF SC 3.204 (PDF, Stand 10.01.2024) und 3.206 (PDF, Stand 12/2023).

## 3. Einzelaufträge

Keine.

## 4. Info

Keine.

## 5. Haushalt

Entfällt

## 6. Beteiligung

Entfällt
"""


@pytest.fixture
def file(tmp_path):
    def write(content: str | bytes, name: str = "weisung.md") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_weisung", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def everything() -> list[int]:
    models = (Weisung, Zitat, Aufhebung, Arbeitsmittel, Fassung, Weisung.history.model, Fassung.history.model)
    return [model.objects.count() for model in models]


def test_dry_run_of_the_real_weisung_proposes_and_stores_nothing(real_weisung_file):
    before = everything()
    proposal = json.loads(run(real_weisung_file, "--json", "--dry-run"))
    kennungen = {zitat["kennung"] for zitat in proposal["zitate"]}
    assert len(proposal["abschnitte"]) == 6
    assert len(proposal["zitate"]) == 35
    assert [sum(k.startswith(art) for k in kennungen) for art in ("GLF/AH EZ", "GLF SC", "EMB AH")] == [11, 13, 3]
    assert everything() == before


def test_real_weisung_is_stored_whole(real_weisung_file):
    run(real_weisung_file)
    weisung = Weisung.objects.get(slug="202305004")
    assert (weisung.datum, weisung.gueltig_bis) == (date(2023, 5, 12), None)
    assert [printed for _label, printed in weisung.rollen] == ["nicht betroffen", "Weisung", "Information"]
    assert weisung.zitate.count() == 35
    assert Arbeitsmittel.objects.count() == 27
    assert Fassung.objects.filter(inhalt="").exclude(quelle="").count() == 27
    assert {zitat.bei_erlass_angenommen for zitat in weisung.zitate.all()} == {True}
    assert {entry.history_user.username for entry in weisung.history.all()} == {"system"}


def test_citations_of_the_stored_text_are_the_recorded_ones(real_weisung_file):
    """Section by section: the page finds each citation again, in the order of its Zitate."""
    run(real_weisung_file)
    weisung = Weisung.objects.get(slug="202305004")
    fields = ["vorspann", *(field for field, _titel in ABSCHNITTE)]
    for number, text in enumerate(cited_texts([getattr(weisung, field) for field in fields])):
        recorded = weisung.zitate.filter(abschnitt=number).select_related("arbeitsmittel")
        assert [f.kennung for f in text.fundstellen] == [z.arbeitsmittel.kennung for z in recorded]


def test_evidence_points_into_the_stored_source(real_weisung_file):
    run(real_weisung_file)
    weisung = Weisung.objects.get(slug="202305004")
    for zitat in weisung.zitate.all():
        assert weisung.quelltext[zitat.position : zitat.position + len(zitat.beleg)] == zitat.beleg


def test_second_import_changes_nothing_and_says_so(real_weisung_file):
    run(real_weisung_file)
    before = everything()
    assert "nichts geändert" in run(real_weisung_file)
    assert everything() == before


def test_import_under_the_name_of_a_person(file, redaktion):
    run(file(TEXT), "--user", "Redaktion")
    assert {entry.history_user for entry in Weisung.objects.get().history.all()} == {redaktion}
    with pytest.raises(CommandError, match="gibt es nicht"):
        run(file(TEXT), "--user", "niemand")


def test_month_addition_and_repeal_are_kept(file):
    run(file(TEXT))
    weisung = Weisung.objects.get()
    assert ("SGB III", "Weisung (nur Neufälle)") in weisung.rollen
    month = Fassung.objects.get(arbeitsmittel__slug="glf-sc-3.206")
    assert (month.stand, month.stand_text) == (date(2023, 12, 1), "12/2023")
    repeal = weisung.aufhebungen.get()
    assert (repeal.ziel_typ, repeal.ziel_nummer) == ("weisung", "202301001")


def test_stand_at_issue_is_never_younger_than_the_weisung(file):
    run(file(TEXT.replace("Stand 10.01.2024", "Stand 01.03.2024")))
    by_slug = {zitat.arbeitsmittel.slug: zitat for zitat in Zitat.objects.all()}
    assert by_slug["glf-sc-3.204"].stand_bei_erlass == date(2024, 1, 10)  # printed later: the day of the Weisung
    assert by_slug["glf-sc-3.206"].stand_bei_erlass == date(2023, 12, 1)  # printed earlier: applied then already
    assert all(zitat.bei_erlass_angenommen for zitat in by_slug.values())


def test_stand_that_the_portal_has_with_text_is_not_entered_again(file):
    known = make_fassung("GLF SC 3.204", "2024-01-10")
    run(file(TEXT))
    assert list(Fassung.objects.filter(arbeitsmittel=known.arbeitsmittel)) == [known]


def test_changed_source_is_reported_and_not_written(file):
    run(file(TEXT))
    before = everything()
    changed = TEXT.replace("Anlass.", "Anderer Anlass.").replace("3.206", "3.307")
    with pytest.raises(CommandError) as refusal:
        run(file(changed, "anders.md"))
    assert "Ausgangssituation" in str(refusal.value)
    assert "Zitate" in str(refusal.value)
    assert everything() == before


def test_several_files_count_together_or_not_at_all(file):
    before = everything()
    with pytest.raises(CommandError, match=r"leer\.md"):
        run(file(TEXT), file("", "leer.md"))
    with pytest.raises(CommandError):  # the second one contradicts the first: only the database shows it
        run(file(TEXT), file(TEXT.replace("Anlass.", "Anderes."), "anders.md"))
    assert everything() == before


BAD = {
    "leer": b"",
    "binär": bytes(range(256)) * 40,
    "kein UTF-8": "Gültig".encode("latin-1") * 100,
    "anderer Text": b"Ein Einkaufszettel.\n\nBrot, Butter.\n",
    "nur der Kopf": TEXT.split("---")[0].encode(),
    "unmögliches Datum": TEXT.replace("10.01.2024\n**Gültig bis", "31.02.2024\n**Gültig bis").encode(),
    "zwei Köpfe": (TEXT + TEXT.replace("202401002", "202401003")).encode(),
    "zu groß": b"x" * 6_000_000,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_a_sentence_and_leaves_nothing(content, file):
    before = everything()
    with pytest.raises(CommandError) as refusal:
        run(file(content))
    for sentence in str(refusal.value).splitlines():
        assert sentence.startswith("weisung.md: ")
        assert sentence.endswith(".")
    assert everything() == before


def test_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="kann nicht gelesen werden"):
        run(tmp_path / "fehlt.md")
