"""Where an entry leads: to the thing itself, as readers and as editors see it, and to its history."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.models import Eintrag
from portal.pages.revision.sides import key_of
from portal.stichtag import Stichtag
from portal.zeitpunkt import moment_of
from weisungen.models import Weisung


def seen_by_readers(row: Fassung | Weisung, stichtag: Stichtag) -> bool:
    """Whether readers may open a row: the rule of `portal.freigabe.visible` for one that is loaded."""
    if row.sichtbar_ab is None or row.sichtbar_ab > stichtag.bekannt:
        return False
    return row.zurueckgezogen_am is None or row.zurueckgezogen_am >= row.sichtbar_ab


def page_of(row: Fassung | Weisung, stichtag: Stichtag) -> str:
    """Return the address at which a version is read: that of readers, or the preview where they see nothing yet."""
    if not seen_by_readers(row, stichtag):
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_vorschau", args=[row.pk])
    return row.get_absolute_url() + (f"?id={row.pk}" if row.zurueckgezogen_am else "")


def links_of_entry(eintrag: Eintrag, model: type[models.Model] | None, stichtag: Stichtag) -> list[tuple[str, str]]:
    """Return (words, address) of everything that shows what an entry is about, now and as it was right after it."""
    return [*_as_it_was(eintrag, stichtag), *_of_the_thing(eintrag, model, stichtag)]


def _as_it_was(eintrag: Eintrag, now: Stichtag) -> Iterator[tuple[str, str]]:
    """What readers saw on the day of an entry, as the portal knew it when the second of the entry was over."""
    known = moment_of(eintrag.zeitpunkt + timedelta(seconds=1))
    model = {"arbeitsmittel": Arbeitsmittel, "weisung": Weisung}.get(eintrag.thema_art)
    if model is None or known.moment > now.bekannt:
        return
    then = replace(now, tag=timezone.localdate(known.moment), bekannt=known.moment, wissen=known)
    rows = model.objects.known_to_readers(then) if model is Arbeitsmittel else model.objects.published(then)
    if row := rows.filter(pk=eintrag.thema_id).first():
        key = f"?id={row.pk}" if model is Weisung else ""
        yield f"{row}, wie Lesende es danach sahen", then.on(row.get_absolute_url() + key)


def _of_the_thing(eintrag: Eintrag, model: type[models.Model] | None, stichtag: Stichtag) -> list[tuple[str, str]]:
    if model is Fassung:
        row = Fassung.objects.select_related("arbeitsmittel").without_text().get(pk=eintrag.objekt_id)
        return list(_of_fassung(row, stichtag))
    if eintrag.thema_art == "weisung":
        return list(_of_weisung(Weisung.objects.without_text().get(pk=eintrag.thema_id), stichtag))
    if eintrag.thema_art == "arbeitsmittel":
        return list(_of_arbeitsmittel(Arbeitsmittel.objects.get(pk=eintrag.thema_id)))
    return list(_of_people(eintrag))


def _of_fassung(row: Fassung, stichtag: Stichtag) -> Iterator[tuple[str, str]]:
    if seen_by_readers(row, stichtag):
        yield f"Seite mit Stand {row.stand_text}", page_of(row, stichtag)
        if not row.nur_stand:
            key = f"?id={row.pk}" if row.zurueckgezogen_am else ""
            file = reverse("arbeitsmittel:fassung_pdf", args=[row.arbeitsmittel.slug, row.stand])
            yield "PDF, wie freigegeben", file + key
    else:
        yield "Vorschau, Lesende sehen es nicht", page_of(row, stichtag)
    if before := _before(row):
        compared = f"{reverse('revision:vergleich')}?a={key_of(before)}&b={key_of(row)}"
        yield f"Vergleich mit Stand {before.stand_text}", compared
    yield from _in_the_workplace(row)
    yield from _of_arbeitsmittel(row.arbeitsmittel)


def _before(row: Fassung) -> Fassung | None:
    """Return the released Fassung before this one."""
    others = Fassung.objects.released().filter(arbeitsmittel=row.arbeitsmittel_id, stand__lt=row.stand)
    return others.without_text().filter(zurueckgezogen_am=None).order_by("-stand").first()


def _of_weisung(row: Weisung, stichtag: Stichtag) -> Iterator[tuple[str, str]]:
    seen = seen_by_readers(row, stichtag)
    yield f"Seite der {row.get_typ_display()}" if seen else "Vorschau, Lesende sehen es nicht", page_of(row, stichtag)
    yield from _in_the_workplace(row)
    yield "Ganze Historie", reverse("weisung_historie", args=[row.slug])


def _of_arbeitsmittel(row: Arbeitsmittel) -> Iterator[tuple[str, str]]:
    yield f"Ganze Historie von {row}", reverse("arbeitsmittel_historie", args=[row.slug])


def _of_people(eintrag: Eintrag) -> Iterator[tuple[str, str]]:
    model = {"person": "benutzer"}.get(eintrag.thema_art, eintrag.thema_art)
    try:
        yield "Angaben von heute", reverse(f"admin:portal_{model}_change", args=[eintrag.thema_id])
        yield "Ganze Historie", reverse(f"admin:portal_{model}_history", args=[eintrag.thema_id])
    except NoReverseMatch:
        return  # a kind of thing that a later release brings, read by an older one


def _in_the_workplace(row: Any) -> Iterator[tuple[str, str]]:
    yield (
        "Im Arbeitsplatz ansehen",
        reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]),
    )
