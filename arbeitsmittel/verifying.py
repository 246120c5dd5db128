"""What is proved of stored files: the bytes are those of the release."""

from collections.abc import Iterator

from arbeitsmittel.models import FassungPdf
from portal.ledger.verify import Mangel, Progress, named, select

HISTORY = "arbeitsmittel_historicalfassung"


def check_stored_files(progress: Progress) -> Iterator[Mangel]:
    """Each file is what its checksum says, that is the checksum of its release, and no released text is without one."""
    progress.begin("Dateien", FassungPdf.objects.count())
    # Releases once and joined: looked up for each file, their number squared is what it takes.
    rows = select(
        "SELECT p.id, encode(sha256(p.inhalt), 'hex') IS DISTINCT FROM p.sha256 FROM arbeitsmittel_fassungpdf p"
        " LEFT JOIN (SELECT DISTINCT ON (objekt_id) objekt_id, angaben ->> 'pdf_sha256' AS sha256 FROM portal_eintrag"
        " WHERE tabelle = %s AND vorgang IN ('freigabe', 'eilfreigabe') ORDER BY objekt_id, nummer) e"
        " ON e.objekt_id = p.fassung_id WHERE encode(sha256(p.inhalt), 'hex') IS DISTINCT FROM p.sha256"
        " OR p.sha256 IS DISTINCT FROM e.sha256 ORDER BY p.id",
        [HISTORY],
    )
    for key, changed in rows:
        reason = "die Bytes wurden geändert" if changed else "die Datei ist nicht die der Freigabe"
        yield Mangel(named(FassungPdf, key), reason)
    without = select(
        "SELECT f.id FROM arbeitsmittel_fassung f LEFT JOIN arbeitsmittel_fassungpdf p ON p.fassung_id = f.id"
        " WHERE f.veroeffentlicht_am IS NOT NULL AND f.inhalt <> '' AND p.id IS NULL ORDER BY 1"
    )
    for (key,) in without:
        yield Mangel(f"Fassung {key}", "ist veröffentlicht, und ihre Datei fehlt")
