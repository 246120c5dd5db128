"""What whoever owns the database can write that no program would: `verify` names it, and never falls over it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from arbeitsmittel.models import Fassung
from portal.ledger.anchor import head
from portal.ledger.verify import Mangel
from portal.models import Eintrag
from tests.factories import LONG_AGO, make_fassung, make_weisung, publish, settle
from tests.portal.test_verify import as_owner, findings

pytestmark = pytest.mark.django_db

PRINT = "INSERT INTO arbeitsmittel_fassungpruefdruck (objekt_id, pruefsumme, inhalt, sha256)"


@pytest.fixture
def fassung() -> Fassung:
    row = make_fassung()
    settle()
    assert findings() == []
    return row


def test_history_row_entered_before_the_first_entry_is_named(fassung):
    """Number 0 and below are no way to enter a row beside the chain."""
    columns = ", ".join(f'"{f.column}"' for f in Fassung.history.model._meta.concrete_fields if f.name != "history_id")
    assert as_owner(
        f"INSERT INTO arbeitsmittel_historicalfassung (history_id, {columns}) SELECT -1, {columns}"
        f" FROM arbeitsmittel_historicalfassung WHERE history_id = {fassung.history.last().pk}"
    )
    columns = ", ".join(
        f.column for f in Eintrag._meta.concrete_fields if f.name not in ("nummer", "zeile", "suche", "vorher_hash")
    )
    assert as_owner(
        f"INSERT INTO portal_eintrag (nummer, zeile, vorher_hash, {columns}) SELECT 0, -1, '', {columns}"
        " FROM portal_eintrag WHERE tabelle = 'arbeitsmittel_historicalfassung' ORDER BY nummer LIMIT 1"
    )
    assert findings() == ["Eintrag 0: steht vor dem Anfang der Kette"]


@pytest.mark.parametrize(
    "change",
    [
        "zeitpunkt = 'infinity'",
        "zeitpunkt = '20000-01-01'",
        "erfasst_am = '-infinity'",
        "tabelle = ''",
        "tabelle = '100 % \"weg\"'",
        "angaben = '{\"x\": 1e400}'",
        "angaben = ('{\"x\":' || repeat('9', 5000) || '}')::jsonb",
        "angaben = (repeat('[', 3000) || repeat(']', 3000))::jsonb",
    ],
)
def test_unreadable_entry_is_named(fassung, change):
    assert as_owner(f"UPDATE portal_eintrag SET {change} WHERE nummer = 3".replace("%", "%%"))
    assert "Eintrag 3: wurde geändert, seine Prüfsumme stimmt nicht" in findings()


@pytest.mark.parametrize(
    "change",
    [
        "spalten = '5'", "spalten = '[1]'", "spalten = '[{}]'", "spalten = '[\"\"]'", "spalten = spalten || spalten",
        "spalten = (SELECT jsonb_agg(name ORDER BY nr DESC) FROM jsonb_array_elements(spalten) WITH ORDINALITY"
        " of (name, nr))",
        "tabelle = 'x'",
    ],
)  # fmt: skip
def test_altered_list_of_columns_is_named(fassung, change):
    assert as_owner(f"UPDATE portal_spaltenliste SET {change} WHERE tabelle = 'portal_historicalbenutzer'")
    assert any(f.startswith("Spaltenliste ") and f.endswith("wurde geändert") for f in findings())


def test_file_without_bytes_is_named(fassung):
    for table, key in (("fassungpdf", "fassung_id"), ("fassungpruefdruck", "objekt_id")):
        as_owner(f"ALTER TABLE arbeitsmittel_{table} ALTER inhalt DROP NOT NULL")
        assert as_owner(f"UPDATE arbeitsmittel_{table} SET inhalt = NULL WHERE {key} = %s", fassung.pk)
    found = findings()
    assert len(found) == 2
    assert any("die Bytes wurden geändert" in f for f in found)
    assert any("die Datei ist nicht die, die zur Prüfung gezeigt wurde" in f for f in found)


def test_print_that_nobody_submitted_is_named(fassung):
    assert as_owner(f"{PRINT} VALUES (%s, repeat('0', 64), 'x', encode(sha256('x'), 'hex'))", fassung.pk)
    (finding,) = findings()
    assert finding.endswith("die Datei gehört zu keiner eingetragenen Vorlage")


def test_print_of_another_text_is_named(fassung):
    assert as_owner("UPDATE arbeitsmittel_fassungpruefdruck SET pruefsumme = repeat('0', 64)")
    assert any("die Datei fehlt, die zur Prüfung gezeigt wurde" in f for f in findings())


def test_exchanged_print_of_an_emergency_release_is_named():
    weisung = make_weisung(published=False)
    publish(weisung, weg="eil", eil_grund="Sofort", geprueft_am=None, geprueft_von=None)
    settle()
    entry = Eintrag.objects.get(vorgang="eilfreigabe")
    assert entry.angaben == {"pdf_sha256": weisung.pruefdrucke.get().sha256}
    as_owner("DELETE FROM portal_eintrag WHERE vorgang = 'vorlage'")  # an emergency release has no submission
    as_owner("UPDATE weisungen_weisungpruefdruck SET inhalt = 'x', sha256 = encode(sha256('x'), 'hex')")
    assert f"Eintrag {entry.nummer}: die Datei fehlt, die zur Prüfung gezeigt wurde" in findings()


def test_check_that_cannot_go_on_is_a_finding_and_the_others_run(fassung):
    assert as_owner("UPDATE arbeitsmittel_fassung SET sichtbar_ab = 'infinity' WHERE id = %s", fassung.pk)
    found = findings()
    assert f"Fassung {fassung.pk}: weicht von der Historie ab" in found
    (stopped,) = [f for f in found if "brach ab" in f]
    assert stopped.startswith("Prüfung «Texte: Fassungen»: ")
    connection.cursor().execute("ALTER TABLE portal_historicaldienststelle RENAME COLUMN art TO arten")
    assert any("«Bestand»: brach ab" in f for f in findings())


def test_finding_is_one_line():
    assert str(Mangel("Dienststelle 1 (Nord\nAlles stimmt.\x1b[2J)", "fehlt")).count("\n") == 0
    assert "\x1b" not in str(Mangel("\x1b", "fehlt"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "enthält keinen Anker"),
        (b"\n \n", "enthält keinen Anker"),
        (b'{"nummer": 1, "hash": "\\ud800", "am": "", "signatur": ""}', "ist kein Anker"),
        (b'{"nummer": true, "hash": "", "am": "", "signatur": ""}', "ist kein Anker"),
        (b"[" * 100_000, "ist kein Anker"),
    ],
)
def test_file_without_anchor_proves_nothing(fassung, tmp_path, content, sentence):
    file = tmp_path / "anker.jsonl"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("verify", "--anchor", str(file), stdout=io.StringIO())


def test_result_names_what_was_held_against(fassung, tmp_path):
    file = tmp_path / "anker.jsonl"
    file.write_text(head(LONG_AGO).line(), encoding="utf-8")
    as_owner("UPDATE portal_eintrag SET grund = 'x' WHERE nummer = 3")
    with pytest.raises(CommandError, match=r"^Ein Mangel bei \d+ Einträgen, 1 Anker\.$"):
        call_command("verify", "--anchor", str(file), stdout=io.StringIO())
