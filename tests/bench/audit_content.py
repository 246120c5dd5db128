"""A record of any length: so many history rows over so many Fassungen, each chained as the database would chain it.

History is written in one statement and past the guards; the chain is computed here, because the trigger would take an
hour for a million. `manage.py verify` says afterwards whether it is the same.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.history import acting_as
from portal.ledger.chain import chained_columns
from portal.ledger.entries import COVERED, entry_hash
from portal.ledger.payload import payload
from portal.models import Benutzer, Dienststelle, Eintrag
from portal.provisioning import system_actor
from tests.bench.content import PDF_SHA256
from tests.factories import make_person

PEOPLE, OFFICES = 40, 8
REASONS = (
    "Fristen angepasst", "Rückmeldung aus dem Service Center eingearbeitet", "Formulierung vereinfacht",
    "Hinweis zur Erreichbarkeit ergänzt", "Zuständigkeit geändert", "Tippfehler berichtigt", "Rechtsänderung umgesetzt",
)  # fmt: skip
RARE_REASON = "Sonderregelung Hochwasser"  # in one of a thousand
AT_A_TIME = 20_000
HISTORY = Fassung.history.model._meta.db_table


def write_record(per_fassung: int) -> int:
    """Write `per_fassung` history rows for every Fassung of the current database, chained; return how many entries."""
    people = _people()
    _write_history(per_fassung, [person.pk for person in people])
    _enter_arbeitsmittel(people[0])
    _chain({person.pk: person for person in people})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Eintrag.objects.count()


def _people() -> list[Benutzer]:
    with transaction.atomic(), acting_as(system_actor(), "Messung"):
        offices = [Dienststelle.objects.create(name=f"Agentur {n}", art="agentur") for n in range(OFFICES)]
    return [
        make_person(f"person-{n}", first_name="Erika", last_name=f"Muster {n}", dienststelle=offices[n % OFFICES])
        for n in range(PEOPLE)
    ]


def _write_history(per_fassung: int, people: list[int]) -> None:
    """Oldest first over all Fassungen, so that one object's rows lie apart, as they do in life; the last is the row."""
    last = sql.Literal(per_fassung)
    copied = [field.column for field in Fassung.history.model._meta.concrete_fields]
    copied = [name for name in copied if not name.startswith("history_")]
    values = {name: sql.Identifier("f", name) for name in copied} | {
        "inhalt": sql.SQL("CASE WHEN n = {} THEN f.inhalt ELSE left(f.inhalt, 600) || n END").format(last),
        "version": sql.SQL("CASE WHEN n = {} THEN f.version ELSE n END").format(last),
    }
    statement = sql.SQL(
        "INSERT INTO {history} ({names}, history_change_reason, history_date, history_type, history_user_id)"
        " SELECT {values}, CASE WHEN (f.id * 7 + n) % 1000 = 3 THEN {rare}"
        " ELSE ({reasons}::text[])[1 + (f.id + n) % 7] END,"
        " now() - ({last} - n) * interval '10 days' - (f.id % 9) * interval '1 day',"
        " CASE n WHEN 1 THEN '+' ELSE '~' END, ({people}::bigint[])[1 + (f.id * 3 + n) % {count}]"
        " FROM generate_series(1, {last}) lauf(n) CROSS JOIN arbeitsmittel_fassung f ORDER BY lauf.n, f.id"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            statement.format(
                history=sql.Identifier(HISTORY), names=sql.SQL(", ").join(map(sql.Identifier, values)),
                values=sql.SQL(", ").join(values.values()),
                last=last, rare=sql.Literal(RARE_REASON), reasons=sql.Literal(list(REASONS)),
                people=sql.Literal(people), count=sql.Literal(len(people)),
            )
        )  # fmt: skip


def _enter_arbeitsmittel(person: Benutzer) -> None:
    """The identities have no history yet, because they were written in bulk."""
    history = Arbeitsmittel.history.model
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO {history._meta.db_table} (id, art, bezeichnung, slug, history_change_reason, history_date,"
            " history_type, history_user_id) SELECT id, art, bezeichnung, slug, 'Angelegt', now(), '+', %s"
            " FROM arbeitsmittel_arbeitsmittel ORDER BY id",
            [person.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(
            "SELECT portal_chain_older(%s, %s, %s)",
            [history._meta.db_table, "arbeitsmittel_describe_arbeitsmittel", chained_columns(history)],
        )


def _chain(people: dict[int, Benutzer]) -> None:
    newest = Eintrag.objects.first()
    number, before = newest.nummer, newest.hash
    list_key, list_hash = _columns()
    columns = [name for name in COVERED if name != "spalten"]
    copy = f"COPY portal_eintrag ({', '.join(columns)}, spalten_id, vorher_hash, hash) FROM STDIN"
    offices = {office.pk: office.name for office in Dienststelle.objects.all()}
    for rows in _history_rows():
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(copy) as lines:
            for row in rows:
                number += 1
                person = people[row["person_id"]]
                entry = row | {
                    "nummer": number, "tabelle": HISTORY, "thema_art": "arbeitsmittel",
                    "angaben": {"pdf_sha256": PDF_SHA256} if row["vorgang"] == "freigabe" else {},
                    "person_name": f"{person.get_full_name()} ({person.username})",
                    "dienststelle_id": person.dienststelle_id, "dienststelle_name": offices[person.dienststelle_id],
                    "erfasst_am": row["zeitpunkt"], "spalten": list_hash,
                }  # fmt: skip
                checksum = entry_hash(before, entry)
                given = [json.dumps(entry[name]) if name == "angaben" else entry[name] for name in columns]
                lines.write_row([*given, list_key, before, checksum])
                before = checksum


def _columns() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_columns_of(%s, %s)", [HISTORY, chained_columns(Fassung.history.model)])
        (key,) = cursor.fetchone()
        cursor.execute("SELECT pruefsumme FROM portal_spaltenliste WHERE id = %s", [key])
        return key, cursor.fetchone()[0]


def _history_rows() -> Iterator[list[dict[str, Any]]]:
    """Yield what an entry takes from a history row, in the order of writing."""
    names = (
        "zeile",
        "objekt_id",
        "thema_id",
        "grund",
        "zeitpunkt",
        "person_id",
        "inhalt_hash",
        "bezeichnung",
        "vorgang",
    )
    query = sql.SQL(
        "SELECT h.history_id, h.id, h.arbeitsmittel_id, h.history_change_reason, h.history_date, h.history_user_id,"
        " encode(sha256(convert_to({payload}, 'UTF8')), 'hex'),"
        " arbeitsmittel_kennung(a.art, a.bezeichnung) || to_char(h.stand, '\", Stand \"DD.MM.YYYY'),"
        " CASE h.history_type WHEN '+' THEN 'freigabe' ELSE 'bearbeitung' END"
        " FROM {history} h JOIN arbeitsmittel_arbeitsmittel a ON a.id = h.arbeitsmittel_id"
        " WHERE h.history_id > %s ORDER BY h.history_id LIMIT %s"
    ).format(payload=payload(chained_columns(Fassung.history.model)), history=sql.Identifier(HISTORY))
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [after, AT_A_TIME])
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if not rows:
            return
        yield rows
        after = rows[-1]["zeile"]
