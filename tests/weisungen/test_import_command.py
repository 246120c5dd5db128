"""manage.py import_weisung, on the real Weisung and on files that nobody should send."""

import io
import itertools
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from arbeitsmittel.citing import cited_texts
from arbeitsmittel.models import Arbeitsmittel, Fassung
from tests.factories import make_fassung
from weisungen.abschnitte import ABSCHNITTE
from weisungen.importing import read_weisung
from weisungen.importing.storing import differing_fields
from weisungen.models import Aufhebung, Weisung, Zitat

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


def test_before_the_set_up_a_dry_run_checks_the_text_and_nothing_is_stored(file, monkeypatch):
    monkeypatch.setattr("django.db.connection.introspection.table_names", lambda: [])
    assert json.loads(run(file(TEXT), "--json", "--dry-run"))["weisung"]["nummer"] == "202401002"
    with pytest.raises(CommandError, match=r"Zeile \d+"):
        run(file(TEXT.split("## 4")[0]), "--dry-run")
    with pytest.raises(CommandError, match="noch nicht eingerichtet"):
        run(file(TEXT))
    assert not Weisung.objects.exists()


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


def test_import_under_the_name_of_who_may_not_is_refused(file, sachbearbeitung):
    with pytest.raises(CommandError, match="darf keine Weisungen einstellen"):
        run(file(TEXT), "--user", "sachbearbeitung")
    assert not Weisung.objects.exists()


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
    assert "anders.md: Zeile 3: Weisung 202401002 liegt mit anderem Inhalt vor" in str(refusal.value)
    assert "Ausgangssituation" in str(refusal.value)
    assert "Zitate" in str(refusal.value)
    assert everything() == before


def test_dry_run_reports_the_difference_too_and_stores_nothing(file):
    run(file(TEXT))
    before = everything()
    with pytest.raises(CommandError, match=r"Zeile 3: .* mit anderem Inhalt"):
        run(file(TEXT.replace("Anlass.", "Anderer Anlass.")), "--dry-run")
    assert "nichts geändert" in run(file(TEXT), "--dry-run")
    assert everything() == before


def test_proposal_is_shown_even_where_it_must_not_be_stored(file):
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"weisung\.md: Zeile \d+: Der Abschnitt „6\. Beteiligung“ fehlt\."):
        call_command("import_weisung", str(file(TEXT.split("## 6.")[0])), "--json", "--dry-run", stdout=out)
    proposal = json.loads(out.getvalue())
    assert [part["nummer"] for part in proposal["abschnitte"]] == [1, 2, 3, 4, 5]
    assert "abschnitt-fehlt" in {befund["code"] for befund in proposal["befunde"]}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("Stand 12/2023", "Stand 01.12.2023"), "Zitate"),
        (("Stand 12/2023", "Stand 11/2023"), "Zitate"),
        (("- Weisung 202301001", "- Information 202301001"), "Aufhebung von Regelungen"),
        (("- Weisung 202301001", "- Nummer 2 der Weisung 202301001"), "Aufhebung von Regelungen"),
    ],
)
def test_difference_in_precision_or_target_is_named(change, named, file):
    run(file(TEXT))
    with pytest.raises(CommandError, match=f"anders: {named}"):
        run(file(TEXT.replace(*change)))


def test_repeal_whose_target_was_recorded_otherwise_is_a_difference(file):
    run(file(TEXT))
    weisung = Weisung.objects.get()
    vorschlag = read_weisung(TEXT)
    other = replace(vorschlag.kopf.aufhebungen[0], verweis=None)
    partial = replace(vorschlag, kopf=replace(vorschlag.kopf, aufhebungen=(other,)))
    assert differing_fields(weisung, vorschlag) == []
    assert differing_fields(weisung, partial) == ["Aufhebung von Regelungen"]


@pytest.mark.parametrize("written", [TEXT.replace("Keine.", "Keine. "), unicodedata.normalize("NFD", TEXT)])
def test_same_content_in_another_spelling_is_said_and_changes_nothing(written, file):
    run(file(TEXT))
    before = everything()
    assert "gleicher Inhalt, andere Schreibweise; nichts geändert." in run(file(written))
    assert everything() == before
    assert "schon genau so" in run(file(TEXT))


def test_name_known_in_other_case_is_the_same_arbeitsmittel(file):
    text = TEXT.replace("Anlass.", "Es gilt EMB AH Umzug und ortswechsel (PDF, Stand 02.01.2024).")
    known = make_fassung("EMB AH Umzug und Ortswechsel", "2024-01-02")
    run(file(text))
    before = everything()
    assert Arbeitsmittel.objects.filter(art="emb-ah").get() == known.arbeitsmittel
    assert "schon genau so" in run(file(text))
    assert everything() == before


def test_validity_to_the_month_ends_with_its_last_day(file):
    run(file(TEXT.replace("unbegrenzt", "02/2028").replace("ab:** 10.01.2024", "ab:** 12/2023")))
    weisung = Weisung.objects.get()
    assert (weisung.gueltig_ab, weisung.gueltig_bis) == (date(2023, 12, 1), date(2028, 2, 29))


def test_unbelievable_stand_leaves_no_fassung(file):
    run(file(TEXT.replace("Stand 10.01.2024", "Stand 10.01.2924")))
    zitat = Zitat.objects.get(arbeitsmittel__slug="glf-sc-3.204")
    assert (zitat.stand_gedruckt, zitat.beleg) == (None, "GLF SC 3.204 (PDF, Stand 10.01.2924)")
    assert not zitat.arbeitsmittel.fassungen.exists()


def test_partial_repeal_leaves_the_other_weisung_in_force(file):
    run(file(TEXT.replace("- Weisung 202301001", "- Nummer 2.3 der Weisung 202301001 zu den Fristen")))
    repeal = Aufhebung.objects.get()
    assert (repeal.ziel_typ, repeal.ziel_nummer) == ("", "")
    assert repeal.text == "Nummer 2.3 der Weisung 202301001 zu den Fristen"


def test_several_files_count_together_or_not_at_all(file):
    before = everything()
    with pytest.raises(CommandError, match=r"leer\.md"):
        run(file(TEXT), file("", "leer.md"))
    with pytest.raises(CommandError):  # the second one contradicts the first: only the database shows it
        run(file(TEXT), file(TEXT.replace("Anlass.", "Anderes."), "anders.md"))
    assert everything() == before


# Short enough to be read, but the search keeps each of these three times: whole and in its two parts.
WORDS = ["".join(letters) for letters in itertools.product("bcdfghjklmnpqrstvwxz", repeat=4)][:78_000]
PAIRS = [f"{one}-{other}" for one, other in zip(WORDS[::2], WORDS[1::2], strict=True)]
MANY_WORDS = TEXT.replace("Anlass.", " ".join(PAIRS[::2])).replace("Keine.", " ".join(PAIRS[1::2]), 1)
BAD = {
    "leer": b"",
    "binär": bytes(range(256)) * 40,
    "kein UTF-8": "Gültig".encode("latin-1") * 100,
    "anderer Text": b"Ein Einkaufszettel.\n\nBrot, Butter.\n",
    "nur der Kopf": TEXT.split("---")[0].encode(),
    "unmögliches Datum": TEXT.replace("10.01.2024\n**Gültig bis", "31.02.2024\n**Gültig bis").encode(),
    "zwei Köpfe": (TEXT + TEXT.replace("202401002", "202401003")).encode(),
    "derselbe Kopf zweimal": (TEXT + TEXT.replace("Anlass.", "Anderer Anlass.")).encode(),
    "nach Abschnitt 2 abgeschnitten": TEXT.split("## 3.")[0].encode(),
    "im Satz abgeschnitten": TEXT.split("und 3.206")[0].encode(),
    "ohne Gültig ab": TEXT.replace("**Gültig ab:** 10.01.2024\n", "").encode(),
    "Datum ohne Tag": TEXT.replace("vom 10.01.2024", "vom Januar 2024").encode(),
    "ohne Datum": TEXT.replace(" vom 10.01.2024", "").encode(),
    "zu viele Zitate": TEXT.replace("Anlass.", "GLF SC 3.204 gilt.\n" * 2_001).encode(),
    "zu viele Wörter": MANY_WORDS.encode(),
    "zu groß": b"x" * 6_000_000,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_a_sentence_and_leaves_nothing(content, file):
    before = everything()
    with pytest.raises(CommandError) as refusal:
        run(file(content))
    for sentence in str(refusal.value).splitlines():
        assert re.fullmatch(r"weisung\.md: Zeile \d+: .+\.", sentence)
    assert everything() == before


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_dry_run_refuses_what_the_import_refuses(content, file):
    with pytest.raises(CommandError) as real:
        run(file(content))
    with pytest.raises(CommandError) as dry:
        run(file(content), "--dry-run")
    assert str(dry.value) == str(real.value)


def test_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="kann nicht gelesen werden"):
        run(tmp_path / "fehlt.md")
