"""With rights of its own the portal works, and can neither switch off its guards nor write the chain."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from arbeitsmittel.drafting import edit_fassung, start_draft
from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.publishing import publish_fassung, submit_fassung
from portal.freigabe import approve, withdraw
from portal.ledger.chain import history_of
from portal.ledger.verify import tracked_models, verify
from portal.models import Eintrag
from tests.factories import LONG_AGO, make_arbeitsmittel, make_fassung, make_person, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE probe_app; CREATE ROLE probe_lesen")
    call_command("database_roles", app="probe_app", lesen="probe_lesen", ausfuehren=True, stdout=io.StringIO())


@contextmanager
def as_role(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def denied(role: str, sql: str) -> str:
    with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), as_role(role), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(refusal.value)


@pytest.mark.needs_pdf
def test_portal_does_all_its_work_with_the_rights_of_its_role(roles):
    author, second = make_person("autorin", role="Redaktion"), make_person("zweite", role="Freigabe")
    arbeitsmittel = make_arbeitsmittel("GLF SC 3.204")
    settle()
    with as_role("probe_app"):
        row = start_draft(
            arbeitsmittel, stand=LONG_AGO.date(), titel="Anruf", inhalt="<p>Guten Tag.</p>", user=author, reason="Neu",
            aenderungshinweis="Erste Fassung", aenderungsart="fachlich",
        )  # fmt: skip
        row = edit_fassung(row, values={"titel": "Anrufe"}, version=row.version, user=author, now=LONG_AGO)
        row = submit_fassung(row, begruendungen={}, version=row.version, user=author, now=LONG_AGO)
        row = approve(row, pruefsumme=row.pruefsumme, comment="", user=second, now=LONG_AGO)
        row = publish_fassung(row, user=second, reason="Freigabe", now=LONG_AGO)
        withdraw(row, art="irrtum", reason="Falsche Frist", user=second, now=LONG_AGO)
        settle()
        assert list(verify()) == []
    kinds = Eintrag.objects.filter(thema_art="arbeitsmittel", thema_id=arbeitsmittel.pk).order_by("nummer")
    assert list(kinds.values_list("vorgang", flat=True)) == [
        "angelegt", "angelegt", "bearbeitung", "vorlage", "pruefung", "freigabe", "zurueckziehung",
    ]  # fmt: skip
    assert Arbeitsmittel.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO portal_eintrag (nummer) VALUES (0)",
        "UPDATE portal_eintrag SET grund = 'x'",
        "DELETE FROM portal_eintrag",
        "TRUNCATE portal_eintrag",
        "ALTER TABLE arbeitsmittel_fassung DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TRIGGER pgtrigger_commit_guard_67793 ON portal_benutzer",
        "CREATE OR REPLACE FUNCTION portal_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "CREATE TABLE public.fremd (id int)",
        "SELECT portal_chain_append('x', '{}', 'x', '{}')",
        "SELECT portal_chain_older('x', 'x', '{}')",
        "TRUNCATE django_session",
    ],
)
def test_portal_cannot_touch_guards_and_chain(roles, statement):
    make_fassung()
    settle()
    assert any(word in denied("probe_app", statement) for word in ("permission denied", "must be owner"))


@pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model._meta.label)
def test_portal_cannot_change_or_empty_a_history(roles, model: type[Model]):
    table = history_of(model)._meta.db_table
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert "permission denied" in denied("probe_app", statement)
    for statement in (f"DELETE FROM {model._meta.db_table}", f"TRUNCATE {model._meta.db_table}"):
        assert "permission denied" in denied("probe_app", statement)


def test_temporary_tables_do_not_mislead_the_chain(roles):
    """Its functions run as the owner, with a search path of their own."""
    make_person("echt")
    settle()
    with as_role("probe_app"), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE portal_benutzer AS SELECT * FROM public.portal_benutzer")
        cursor.execute("UPDATE portal_benutzer SET username = 'falsch', first_name = 'Falsch', last_name = ''")
        cursor.execute(
            "INSERT INTO portal_historicaldienststelle (id, name, art, history_change_reason, history_date,"
            " history_type, history_user_id) SELECT 1, 'x', 'agentur', 'x', now(), '-', id FROM public.portal_benutzer"
            " WHERE username = 'echt'"
        )
        settle()
    assert Eintrag.objects.get(thema_art="dienststelle").person_name == "echt (echt)"


def test_reader_reads_and_writes_nothing(roles):
    make_fassung()
    settle()
    with as_role("probe_lesen"):
        assert Eintrag.objects.count() > 0
        assert list(verify()) == []
    for model in tracked_models():
        table = model._meta.db_table
        for statement in (
            f"INSERT INTO {table} DEFAULT VALUES",
            f"UPDATE {table} SET id = id",
            f"DELETE FROM {table}",
            f"INSERT INTO {history_of(model)._meta.db_table} DEFAULT VALUES",
        ):
            assert "permission denied" in denied("probe_lesen", statement)
    assert "permission denied" in denied("probe_lesen", "SELECT password FROM portal_benutzer")
    assert "permission denied" in denied("probe_lesen", "SELECT * FROM django_session")


def test_rights_can_be_read_before_they_are_given(capsys):
    call_command("database_roles", "--app", "portal_app", "--lesen", 'selt"sam', stdout=(out := io.StringIO()))
    assert 'GRANT SELECT ON "portal_eintrag" TO "portal_app";' in out.getvalue()
    assert 'TO "selt""sam";' in out.getvalue()


def test_unknown_role_is_one_sentence():
    with pytest.raises(CommandError, match="ließen sich nicht vergeben"):
        call_command("database_roles", app="gibt_es_nicht", lesen="auch_nicht", ausfuehren=True, stdout=io.StringIO())
    with pytest.raises(CommandError, match="verschieden"):
        call_command("database_roles", app="eine", lesen="eine", stdout=io.StringIO())
