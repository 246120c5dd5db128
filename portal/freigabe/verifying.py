"""What is proved of everything with a release: the text is the one that was approved, and somebody released it."""

from collections.abc import Iterator

from django.apps import apps
from psycopg import sql

from portal.freigabe.model import Freigabe, Weg, checksum
from portal.ledger.chain import history_of
from portal.ledger.verify import Mangel, Progress, named, select

AT_A_TIME = 200
RELEASES = ("freigabe", "eilfreigabe", "uebernahme")
SHOWN = ("vorlage", "eilfreigabe")


def check_texts(progress: Progress) -> Iterator[Mangel]:
    """Everything released says what was checked, by the checksum over all that it prints."""
    for model in _models():
        rows = model._default_manager.filter(veroeffentlicht_am__isnull=False).exclude(pruefsumme="")
        progress.begin(f"Texte: {model._meta.verbose_name_plural}", rows.count())
        for row in rows.select_related().order_by("pk").iterator(chunk_size=AT_A_TIME):
            if checksum(row) != row.pruefsumme:
                yield Mangel(named(model, row.pk), "der Text ist nicht der, der freigegeben wurde")
            progress.advance(1)


def check_releases(progress: Progress) -> Iterator[Mangel]:
    """Nothing is published without an entry of its release, nor by who wrote it (domain rule 4)."""
    for model in _models():
        parts = {
            "table": sql.Identifier(model._meta.db_table),
            "history": sql.Identifier(history_of(model)._meta.db_table),
            "name": sql.Literal(history_of(model)._meta.db_table),
        }
        released = select(
            "SELECT l.id FROM {table} l WHERE l.veroeffentlicht_am IS NOT NULL AND NOT EXISTS ("
            "SELECT FROM portal_eintrag e WHERE e.tabelle = {name} AND e.objekt_id = l.id"
            " AND e.vorgang = ANY(%s)) ORDER BY 1",
            [list(RELEASES)],
            **parts,
        )
        for (key,) in released:
            yield Mangel(named(model, key), "ist veröffentlicht, ohne dass eine Freigabe eingetragen ist")
        alone = select(
            "SELECT DISTINCT l.id FROM {table} l JOIN {history} h ON h.id = l.id"
            " AND coalesce(h.verfasst_von_id, h.history_user_id) IN (l.geprueft_von_id, l.veroeffentlicht_von_id)"
            " WHERE l.weg = %s AND l.veroeffentlicht_am IS NOT NULL AND l.pruefsumme <> '' ORDER BY 1",
            [Weg.PRUEFUNG],
            **parts,
        )
        for (key,) in alone:
            yield Mangel(named(model, key), "wurde von jemandem freigegeben, der daran geschrieben hat")
        progress.advance(1)


def check_shown_files(progress: Progress) -> Iterator[Mangel]:
    """Each file that was shown for a check is what its checksum says, and the entry of the submission knows it."""
    for model in _models():
        prints = model._meta.get_field("pruefdrucke").related_model
        parts = {
            "prints": sql.Identifier(prints._meta.db_table),
            "history": sql.Identifier(history_of(model)._meta.db_table),
            "name": sql.Literal(history_of(model)._meta.db_table),
        }
        progress.begin(f"Prüfdrucke: {model._meta.verbose_name_plural}", 0)
        changed = "SELECT id FROM {prints} WHERE encode(sha256(inhalt), 'hex') IS DISTINCT FROM sha256 ORDER BY id"
        for (key,) in select(changed, **parts):
            yield Mangel(named(prints, key), "die Datei ist nicht die, die zur Prüfung gezeigt wurde")
        unentered = (
            "SELECT p.id FROM {prints} p WHERE NOT EXISTS (SELECT FROM {history} h"
            " WHERE h.id = p.objekt_id AND h.pruefsumme = p.pruefsumme) ORDER BY 1"
        )
        for (key,) in select(unentered, **parts):
            yield Mangel(named(prints, key), "die Datei gehört zu keiner eingetragenen Vorlage")
        missing = (
            "SELECT e.nummer FROM portal_eintrag e JOIN {history} h ON h.history_id = e.zeile"
            " WHERE e.tabelle = {name} AND e.vorgang = ANY(%s) AND e.angaben ? 'pdf_sha256' AND NOT EXISTS ("
            "SELECT FROM {prints} p WHERE p.objekt_id = e.objekt_id AND p.pruefsumme = h.pruefsumme"
            " AND p.sha256 = e.angaben ->> 'pdf_sha256') ORDER BY 1"
        )
        for (number,) in select(missing, [list(SHOWN)], **parts):
            yield Mangel(f"Eintrag {number}", "die Datei fehlt, die zur Prüfung gezeigt wurde")


def _models() -> list[type[Freigabe]]:
    return [model for model in apps.get_models() if issubclass(model, Freigabe)]
