"""The demo content as `make run` loads it: through the real releases, with real PDF files."""

import io
from datetime import date

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf
from portal.freigabe import Schritt
from portal.models import Benutzer
from tests.factories import on
from weisungen.models import Weisung
from weisungen.umsetzungen import umsetzungen_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.mark.needs_pdf
@override_settings(DEMO=True)
def test_demo_shows_every_state_and_loads_once():
    call_command("load_demo", stdout=io.StringIO())
    assert Arbeitsmittel.objects.known_to_readers(on(TODAY)).count() >= 14
    assert set(Arbeitsmittel.objects.count_by_bereich()) == {1, 2, 3, 4}
    assert Fassung.objects.live(on(TODAY)).filter(stand="2027-01-04").count() == 1
    assert Fassung.objects.exclude(zurueckgezogen_am=None).count() == 1
    drifted = Fassung.objects.current_on(on(TODAY)).filter(arbeitsmittel__thema="103").values_list("stand", flat=True)
    assert len(set(drifted)) == 2
    assert Fassung.objects.released().exclude(inhalt="").count() == FassungPdf.objects.count()
    assert [
        w.zustand(TODAY) for w in Weisung.objects.published(on(TODAY)).with_repeal(on(TODAY)).order_by("datum")
    ] == [
        "aufgehoben",
        "abgelaufen",
        "in-kraft",
    ]
    written = Fassung.objects.get(arbeitsmittel__slug="glf-sc-3.001a", stand="2024-01-02").history
    assert [entry.history_user.username for entry in written.all()] == [
        "freigabe",
        "freigabe",
        "redaktion",
        "redaktion",
    ]
    with pikepdf.open(io.BytesIO(bytes(FassungPdf.objects.first().inhalt))) as pdf:
        assert len(pdf.pages) >= 1

    steps = {step: Fassung.objects.at_step(step).count() for step in Schritt}
    assert steps | {Schritt.VEROEFFENTLICHT: 0} == {
        Schritt.ENTWURF: 2,  # one of them was returned
        Schritt.IN_PRUEFUNG: 2,
        Schritt.GEPRUEFT: 1,
        Schritt.VEROEFFENTLICHT: 0,
        Schritt.ZURUECKGEZOGEN: 1,
        Schritt.VERWORFEN: 0,
    }
    assert [fassung.eil_offen for fassung in Fassung.objects.filter(weg="eil")] == [True]
    assert Weisung.objects.drafts().get().paket().count() == 2
    announced = umsetzungen_of(Weisung.objects.get(nummer="202610003"), on(TODAY))
    assert sorted(line.stand.value for line in announced) == ["entschuldigt", "erledigt", "erledigt", "fehlt"]

    before = (Fassung.objects.count(), Benutzer.history.count())
    call_command("load_demo", stdout=io.StringIO())
    assert (Fassung.objects.count(), Benutzer.history.count()) == before


def test_demo_content_stays_in_the_demo():
    """Its people have a well-known password."""
    with pytest.raises(CommandError, match="nur im Demobetrieb"):
        call_command("load_demo")
    assert Benutzer.objects.count() == 1  # the system
