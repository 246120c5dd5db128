"""The versions of an object as the chain has them: each from its newest history row up to the head of the dossier."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from arbeitsmittel.models import Fassung, FassungPdf
from portal.freigabe import Freigabe
from portal.models import Eintrag
from portal.pages.revision.sides import key_of, label_of
from portal.pages.revision_export.dossier.gegenstand import Gegenstand
from portal.pdf import PdfFailed
from portal.stichtag import today
from weisungen.models import Weisung
from weisungen.printing import weisung_pdf

NUR_STAND = "nur der Stand ist bekannt"


@dataclass
class Version:
    """One version; `nummer` is the entry whose history row it is read from, `ordner` where its files lie."""

    nummer: int
    row: Any
    ordner: str

    @property
    def schluessel(self) -> str:
        return key_of(self.row)

    @property
    def bezeichnung(self) -> str:
        return label_of(self.row)

    @property
    def nur_stand(self) -> bool:
        """Whether its text was never in the portal."""
        return isinstance(self.row, Fassung) and self.row.nur_stand


def versions_of(gegenstand: Gegenstand, head: int) -> list[Version]:
    """Return the versions without their long texts, in the order in which they follow each other."""
    newest: dict[int, tuple[int, int]] = {}
    history = gegenstand.model.history.model
    entries = gegenstand.eintraege().filter(nummer__lte=head, tabelle=history._meta.db_table)
    for nummer, key, zeile in entries.values_list("nummer", "objekt_id", "zeile").iterator():
        newest[key] = (nummer, zeile)
    numbers = {zeile: nummer for nummer, zeile in newest.values()}
    rows = (
        history.objects.filter(history_id__in=numbers).defer(*_long(gegenstand.model)).select_related(*_people(history))
    )
    versions = [_version(numbers[row.history_id], row) for row in rows]
    return sorted(versions, key=_order)


def text_of(version: Version) -> Any:
    """Return the row of a version with its texts, as that entry has it."""
    model = type(version.row)
    entry = Eintrag.objects.get(pk=version.nummer)
    return _as_row(model, model.history.model.objects.get(history_id=entry.zeile))


def _version(nummer: int, history_row: Any) -> Version:
    row = _as_row(history_row.instance_type, history_row, without=_long(history_row.instance_type))
    day = row.stand if isinstance(row, Fassung) else row.datum
    folder = "fassungen" if isinstance(row, Fassung) else "veroeffentlichungen"
    return Version(nummer, row, f"{folder}/{day.isoformat()}_{key_of(row)}")


def _as_row(model: type[Freigabe], history_row: Any, without: tuple[str, ...] = ()) -> Any:
    fields = [field for field in history_row.tracked_fields if field.name not in without]
    row = model(**{field.attname: getattr(history_row, field.attname) for field in fields})
    for name in _people(type(history_row)):  # looked up together with the row
        if name in history_row._state.fields_cache:
            setattr(row, name, getattr(history_row, name))
    return row


def _long(model: type[Freigabe]) -> tuple[str, ...]:
    return ("inhalt",) if model is Fassung else (*Weisung.TEXT_FIELDS, "quelltext", "befunde")


def _people(history: Any) -> tuple[str, ...]:
    names = ("vorgelegt_von", "geprueft_von", "veroeffentlicht_von", "eil_bestaetigt_von", "zurueckgezogen_von",
             "verworfen_von", "verfasst_von")  # fmt: skip
    return (*names, "arbeitsmittel") if history.instance_type is Fassung else names


def _order(version: Version) -> tuple:
    """By Stand, then by release; drafts after what is released for the same day."""
    row = version.row
    day = row.stand if isinstance(row, Fassung) else row.datum
    released = row.veroeffentlicht_am
    return day, released is None, released.timestamp() if released else 0, row.pk


def successive(versions: list[Version]) -> Iterator[tuple[Version, Version]]:
    """Yield each pair of neighbours with a text on both sides; what was thrown away has none."""
    texts = [version for version in versions if not version.nur_stand and not version.row.verworfen_am]
    yield from pairwise(texts)


def pdf_files(version: Version, moment: datetime, site: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield (file name, what it is, bytes) of every PDF of a version, byte for byte as stored.

    Of a Weisung also the one that readers get now; it is made anew, and where that does not work the dossier says so.
    """
    prints = version.row.pruefdrucke.order_by("pk")
    if isinstance(version.row, Fassung):
        for pdf in FassungPdf.objects.filter(fassung=version.row.pk):
            prints = prints.exclude(sha256=pdf.sha256)  # the release copies the file that was checked
            yield "fassung.pdf", "wie geprüft und freigegeben", bytes(pdf.inhalt)
    for print_ in prints.iterator(chunk_size=1):
        yield f"pruefdruck-{print_.pk}.pdf", "wie zur Prüfung vorgelegt", bytes(print_.inhalt)
    if isinstance(version.row, Fassung):
        return
    stichtag = today(moment)
    shown = Weisung.objects.published(stichtag).with_repeal(stichtag).filter(pk=version.row.pk).first()
    if shown is not None:
        try:
            yield "lesefassung.pdf", "wie Lesende sie an diesem Tag sehen", weisung_pdf(shown, stichtag, site)
        except PdfFailed as failure:
            yield "lesefassung-fehlt.txt", "fehlt, mit dem Grund", f"{failure}\n".encode()
