"""What the checksum of an entry covers, said once more in Python: the proof must not rest on the database's own word.

The database says the same in portal_entry_text and portal_chain_append (portal migration 0004); a test compares both.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FORMAT = 1
# What an entry covers, in this order; times in UTC, `spalten` as the checksum of its list.
COVERED = (
    "nummer", "tabelle", "zeile", "objekt_id", "thema_art", "thema_id", "bezeichnung", "vorgang", "person_id",
    "person_name", "dienststelle_id", "dienststelle_name", "grund", "zeitpunkt", "erfasst_am", "angaben", "spalten",
    "inhalt_hash",
)  # fmt: skip


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as hexadecimal text."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_text(entry: Mapping[str, Any]) -> str:
    """Return the text whose checksum stands for an entry: a JSON array, as PostgreSQL writes one.

    `entry` has what COVERED names: times as datetime or as `utc` says them, `angaben` in the order of the database.
    """
    values = [utc(value) if isinstance(value, datetime) else value for value in (entry[name] for name in COVERED)]
    return json.dumps([FORMAT, *values], ensure_ascii=False)


def entry_hash(vorher_hash: str, entry: Mapping[str, Any]) -> str:
    """Return the checksum that chains an entry to the one before (empty for the first)."""
    return sha256(vorher_hash + sha256(entry_text(entry)))


def utc(moment: datetime) -> str:
    """Return a moment as the chain writes it: 2026-11-23T08:00:00.000000Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
