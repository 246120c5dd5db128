"""Whoever owns the database can switch every guard off; what they alter is found and named all the same."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from arbeitsmittel.models import Fassung
from portal.history import acting_as
from portal.ledger.anchor import head, read_anchors
from portal.ledger.verify import verify
from portal.models import Benutzer, Dienststelle, Eintrag
from portal.provisioning import system_actor
from tests.factories import LONG_AGO, make_fassung, make_person, make_umsetzung, make_weisung, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock() -> Fassung:
    """Something of everything, in the chain."""
    make_fassung("GLF SC 3.001b", withdrawn="Falsche Frist")
    fassung = make_fassung()
    weisung = make_weisung(cites=("GLF SC 3.001a",), repeals=("202201001",))
    make_umsetzung(weisung, "GLF SC 3.001a")
    make_fassung("GLF/AH EZ 1.001", only_stand=True)
    make_fassung("GLF SC 3.204", published=False)
    make_person("mit-rolle", role="Redaktion")
    settle()
    return fassung


def as_owner(sql: str, *parameters: object) -> int:
    """Run SQL as the owner of the database with all triggers off; return how many rows it reached."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, parameters)
        reached = cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")
    return reached


def findings() -> list[str]:
    return [str(mangel) for mangel in verify()]


def test_untouched_record_has_no_findings(stock):
    assert findings() == []


def test_altered_history_row_is_named(stock):
    row = stock.history.first()
    assert as_owner(
        "UPDATE arbeitsmittel_historicalfassung SET history_change_reason = 'x' WHERE history_id = %s", row.pk
    )
    (finding,) = findings()
    assert finding.startswith(f"arbeitsmittel_historicalfassung {row.pk} (Eintrag ")
    assert "GLF SC 3.001a, Stand 02.01.2024" in finding
    assert "geändert" in finding


def test_deleted_history_row_is_named(stock):
    row = stock.history.last()
    assert as_owner("DELETE FROM arbeitsmittel_historicalfassung WHERE history_id = %s", row.pk)
    assert [f for f in findings() if f.startswith(f"arbeitsmittel_historicalfassung {row.pk} ") and "fehlt" in f]


def test_inserted_history_row_is_named(stock):
    columns = ", ".join(f'"{f.column}"' for f in Fassung.history.model._meta.concrete_fields if f.name != "history_id")
    row = stock.history.first()
    assert as_owner(
        f"INSERT INTO arbeitsmittel_historicalfassung ({columns}) SELECT {columns} FROM arbeitsmittel_historicalfassung"
        " WHERE history_id = %s",
        row.pk,
    )
    newest = Fassung.history.model.objects.latest().pk
    assert findings() == [f"arbeitsmittel_historicalfassung {newest}: die Zeile der Historie steht nicht in der Kette"]


def test_altered_published_text_is_named(stock):
    assert as_owner("UPDATE arbeitsmittel_fassung SET inhalt = '<p>Anders.</p>' WHERE id = %s", stock.pk)
    found = findings()
    assert f"Fassung {stock.pk} (GLF SC 3.001a, Stand 02.01.2024): weicht von der Historie ab" in found
    assert any(f.startswith(f"Fassung {stock.pk} ") and "nicht der, der freigegeben wurde" in f for f in found)


def test_text_altered_together_with_its_history_is_named(stock):
    for table in ("arbeitsmittel_fassung", "arbeitsmittel_historicalfassung"):
        assert as_owner(f"UPDATE {table} SET inhalt = '<p>Anders.</p>' WHERE id = %s", stock.pk)
    found = findings()
    assert any("nicht der, der freigegeben wurde" in f for f in found)
    assert sum("die Zeile der Historie wurde geändert" in f for f in found) == stock.history.count()


def test_one_altered_byte_of_a_file_is_named(stock):
    assert as_owner("ALTER TABLE arbeitsmittel_fassungpdf DROP CONSTRAINT pdf_sha256_is_the_checksum")
    assert as_owner(
        "UPDATE arbeitsmittel_fassungpdf SET inhalt = set_byte(inhalt, 3, 0) WHERE fassung_id = %s", stock.pk
    )
    assert findings() == [f"PDF einer Fassung {stock.pdf.pk} (PDF zu {stock}): die Bytes wurden geändert"]


def test_exchanged_file_with_its_checksum_is_named(stock):
    change = "SET inhalt = 'anders', sha256 = encode(sha256('anders'), 'hex')"
    assert as_owner(f"UPDATE arbeitsmittel_fassungpdf {change} WHERE fassung_id = %s", stock.pk)
    assert findings() == [f"PDF einer Fassung {stock.pdf.pk} (PDF zu {stock}): die Datei ist nicht die der Freigabe"]


def test_missing_file_is_named(stock):
    assert as_owner("DELETE FROM arbeitsmittel_fassungpdf WHERE fassung_id = %s", stock.pk)
    assert findings() == [f"Fassung {stock.pk}: ist veröffentlicht, und ihre Datei fehlt"]


def test_exchanged_print_of_the_check_is_named(stock):
    shown = stock.pruefdrucke.get()
    change = "SET inhalt = 'anders', sha256 = encode(sha256('anders'), 'hex')"
    assert as_owner(f"UPDATE arbeitsmittel_fassungpruefdruck {change} WHERE id = %s", shown.pk)
    (finding,) = findings()
    assert "die Datei fehlt, die zur Prüfung gezeigt wurde" in finding


def test_published_without_release_is_named(stock):
    draft = Fassung.objects.drafts().get()
    fields = (
        "veroeffentlicht_am = now(), sichtbar_ab = now(), weg = 'uebernahme', quelle = 'x', veroeffentlicht_von_id ="
    )
    for table in ("arbeitsmittel_fassung", "arbeitsmittel_historicalfassung"):
        assert as_owner(
            f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS fassung_published_is_complete;"
            f"UPDATE {table} SET {fields} (SELECT id FROM portal_benutzer LIMIT 1) WHERE id = {draft.pk}"
        )
    assert any("ohne dass eine Freigabe eingetragen ist" in f for f in findings())


def test_row_that_is_gone_is_named(stock):
    office = _office("Agentur Nord")
    settle()
    assert as_owner("DELETE FROM portal_dienststelle WHERE id = %s", office.pk)
    assert findings() == [f"Dienststelle {office.pk}: fehlt im Bestand"]


def test_roles_given_past_the_portal_are_named(stock):
    person = Benutzer.objects.get(username="mit-rolle")
    assert as_owner(
        "INSERT INTO portal_benutzer_groups (benutzer_id, group_id)"
        " SELECT %s, id FROM auth_group WHERE name = 'Freigabe'",
        person.pk,
    )
    assert findings() == [f"Person {person.pk} (mit-rolle): hat andere Rollen als eingetragen"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE portal_eintrag SET grund = 'x' WHERE nummer = 3", "Eintrag 3: wurde geändert"),
        ("UPDATE portal_eintrag SET person_name = 'x' WHERE nummer = 3", "Eintrag 3: wurde geändert"),
        ("UPDATE portal_eintrag SET erfasst_am = now() WHERE nummer = 3", "Eintrag 3: wurde geändert"),
        ("DELETE FROM portal_eintrag WHERE nummer = 3", "Eintrag 3: fehlt in der Kette"),
        ("DELETE FROM portal_eintrag WHERE nummer IN (3, 4)", "Einträge 3 bis 4: fehlen in der Kette"),
        ("UPDATE portal_spaltenliste SET spalten = '[\"id\"]'", "wurde geändert"),
        ("DELETE FROM portal_spaltenliste", "wurde geändert"),
    ],
)
def test_altered_chain_is_named(stock, change, sentence):
    assert as_owner(change)
    assert any(sentence in f for f in findings())


def test_entry_calculated_anew_breaks_the_next_one(stock):
    """Whoever changes an entry and its own checksum needs all later ones; whoever has these too needs the anchor."""
    assert as_owner("UPDATE portal_eintrag SET grund = 'x' WHERE nummer = 3")
    assert as_owner(
        "UPDATE portal_eintrag e SET hash = portal_sha256(e.vorher_hash || portal_sha256(portal_entry_text(e)))"
        " WHERE nummer = 3"
    )
    assert findings() == ["Eintrag 4: schließt nicht an den Eintrag davor an"]


def test_new_column_does_not_break_older_entries(stock):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("ALTER TABLE portal_historicaldienststelle ADD COLUMN ort text NOT NULL DEFAULT 'hier'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    _office("Agentur West", sql=True)
    assert findings() == []


def test_newest_entries_dropped_are_found_with_an_anchor(stock, tmp_path):
    file = tmp_path / "anker.jsonl"
    call_command("anchor", str(file), stdout=io.StringIO())
    last = Eintrag.objects.first()
    for table, key, value in ((last.tabelle, "history_id", last.zeile), ("portal_eintrag", "nummer", last.nummer)):
        assert as_owner(f"DELETE FROM {table} WHERE {key} = %s", value)
    with pytest.raises(CommandError):
        call_command("verify", "--anchor", str(file), stdout=(out := io.StringIO()))
    assert f"(Eintrag {last.nummer}): der Eintrag fehlt: die Kette ist kürzer als damals" in out.getvalue()


def test_older_backup_that_went_on_is_found_with_an_anchor(stock, tmp_path):
    """Restored, and used again: the same number, another entry."""
    savepoint = transaction.savepoint()
    _office("Agentur Nord")
    settle()
    anchor = head(LONG_AGO)
    transaction.savepoint_rollback(savepoint)
    _office("Agentur Süd")
    settle()
    assert findings() == []  # the chain alone is whole
    file = tmp_path / "anker.jsonl"
    file.write_text(anchor.line() + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Ein Mangel"):
        call_command("verify", "--anchor", str(file), stdout=(out := io.StringIO()))
    assert "der Eintrag ist nicht der von damals" in out.getvalue()


def test_anchor_with_another_signature_is_refused(stock, settings, tmp_path):
    line = head(LONG_AGO).line()
    settings.SECRET_KEY = "anders" * 20
    (anchor,) = read_anchors([line])
    assert not anchor.is_ours()
    file = tmp_path / "anker.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(CommandError, match="Ein Mangel"):
        call_command("verify", "--anchor", str(file), stdout=(out := io.StringIO()))
    assert "die Unterschrift ist nicht die dieses Portals" in out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"kein JSON", b"[1]", b'{"nummer": 1}', b'{"nummer": "1", "hash": "", "am": "", "signatur": ""}', b"\xff"],
)
def test_file_that_is_no_anchor_is_refused(content, tmp_path):
    file = tmp_path / "anker.jsonl"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="Ankerdatei"):
        call_command("verify", "--anchor", str(file), stdout=io.StringIO())
    with pytest.raises(CommandError, match="nicht lesen"):
        call_command("verify", "--anchor", str(tmp_path / "fehlt"), stdout=io.StringIO())


def test_anchor_goes_by_mail_where_somebody_is_named(stock, settings, tmp_path):
    settings.ANCHOR_MAIL_TO = ["qub@example.org"]
    call_command("anchor", str(tmp_path / "anker.jsonl"), stdout=io.StringIO())
    (message,) = mail.outbox
    assert message.to == ["qub@example.org"]
    assert (tmp_path / "anker.jsonl").read_text(encoding="utf-8").strip() in message.body


def test_anchor_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
        call_command("anchor", str(tmp_path / "fehlt" / "anker.jsonl"), stdout=io.StringIO())


def test_verify_says_that_all_agrees(stock):
    call_command("verify", stdout=(out := io.StringIO()))
    assert out.getvalue() == f"Alles stimmt: {Eintrag.objects.count()} Einträge.\n"


def _office(name: str, *, sql: bool = False) -> Dienststelle | None:
    if sql:  # a column that the model does not know yet
        with acting_as(system_actor(), "Test"):
            Dienststelle.objects.create(name=name, art="agentur")
        settle()
        return None
    with acting_as(system_actor(), "Test"):
        return Dienststelle.objects.create(name=name, art="agentur")
