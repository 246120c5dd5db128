"""Every history row is one entry of the chain, and the chain is what Python computes."""

import pytest

from arbeitsmittel.models import Fassung
from portal import freigabe
from portal.history import acting_as
from portal.ledger.entries import COVERED, entry_hash
from portal.models import Dienststelle, Eintrag
from portal.provisioning import system_actor
from tests.factories import LONG_AGO, make_fassung, make_person, make_umsetzung, make_weisung, settle

pytestmark = pytest.mark.django_db


def kinds(**of: object) -> list[str]:
    settle()
    return list(Eintrag.objects.filter(**of).order_by("nummer").values_list("vorgang", flat=True))


def test_every_history_row_is_one_entry_without_gaps():
    make_fassung()
    weisung = make_weisung(cites=("GLF SC 3.001a",), repeals=("202201001",))
    make_umsetzung(weisung, "GLF SC 3.001a")
    settle()
    entries = list(Eintrag.objects.order_by("nummer").values())
    assert [entry["nummer"] for entry in entries] == list(range(1, len(entries) + 1))
    rows = {
        (model._meta.db_table, key)
        for model in (type(weisung).history.model, Fassung.history.model, type(system_actor()).history.model)
        for key in model.objects.values_list("history_id", flat=True)
    }
    assert rows <= {(entry["tabelle"], entry["zeile"]) for entry in entries}


def test_chain_is_what_python_computes():
    with acting_as(system_actor(), 'Ein Grund mit "Anführung", Umbruch\n\tund Zeichen \\ \x01 \x7f „ä“ 😀'):
        Dienststelle.objects.create(name="Süd \\ Nord", art="agentur")
    make_person("rolle", role="Redaktion", last_name="O'Neill")
    settle()
    before = ""
    for entry in Eintrag.objects.order_by("nummer").select_related("spalten"):
        covered = {name: getattr(entry, name) for name in COVERED} | {"spalten": entry.spalten.pruefsumme}
        assert entry.vorher_hash == before
        assert entry.hash == entry_hash(before, covered)
        before = entry.hash


def test_entry_keeps_the_names_of_its_time():
    office = None
    with acting_as(system_actor(), "Test"):
        office = Dienststelle.objects.create(name="Agentur Nord", art="agentur")
    person = make_person("anna", first_name="Anna", last_name="Alt", dienststelle=office)
    with acting_as(person, "Erste Änderung"):
        Dienststelle.objects.create(name="Agentur West", art="agentur")
    settle()
    with acting_as(system_actor(), "Heirat"):
        person.last_name = "Neu"
        person.save()
    settle()
    entry = Eintrag.objects.get(grund="Erste Änderung")
    assert (entry.person_name, entry.dienststelle_name) == ("Anna Alt (anna)", "Agentur Nord")


def test_each_step_of_a_release_is_named():
    author, checker = make_person("autorin", role="Redaktion"), make_person("pruefer", role="Freigabe")
    fassung = make_fassung(published=False, verfasst_von=author)
    about = {"tabelle": "arbeitsmittel_historicalfassung", "objekt_id": fassung.pk}
    now = LONG_AGO

    def step(name: str, **more: object) -> None:
        nonlocal fassung
        fassung = getattr(freigabe, name)(fassung, now=now, **more)

    step("save_draft", values={"titel": "Neu"}, version=1, user=author, reason="Bearbeitet")
    step("submit", begruendungen={}, version=2, user=author)
    step("take_back", user=author)
    step("submit", begruendungen={}, version=4, user=author)
    step("return_to_author", comment="Frist fehlt", user=checker)
    step("submit", begruendungen={}, version=6, user=author)
    step("save_draft", values={"titel": "Neuer"}, version=7, user=author, reason="Bearbeitet")
    step("discard", reason="Doppelt", user=author)
    assert kinds(**about) == [
        "angelegt", "bearbeitung", "vorlage", "zurueckgeholt", "vorlage", "rueckgabe", "vorlage", "bearbeitung",
        "verworfen",
    ]  # fmt: skip


@pytest.mark.parametrize("values", [{"nachtrag_grund": "War vergessen"}, {"quelle": "Papier"}, {"titel": "Neu"}])
def test_change_of_what_is_in_check_is_no_taking_back(values):
    author = make_person("autorin", role="Redaktion")
    for row in (make_fassung(published=False, verfasst_von=author), make_weisung(published=False, verfasst_von=author)):
        if not all(hasattr(row, name) for name in values):
            continue
        row = freigabe.submit(row, begruendungen={}, version=1, user=author, now=LONG_AGO)
        freigabe.save_draft(row, values=values, version=2, user=author, reason="Geändert", now=LONG_AGO)
        assert kinds(tabelle=type(row).history.model._meta.db_table, objekt_id=row.pk)[-1] == "bearbeitung"


def test_release_and_withdrawal_are_named_and_hold_the_checksum_of_the_file():
    fassung = make_fassung(withdrawn="Falsche Frist")
    settle()
    about = {"tabelle": "arbeitsmittel_historicalfassung", "objekt_id": fassung.pk}
    assert kinds(**about) == ["angelegt", "vorlage", "pruefung", "freigabe"]  # released and withdrawn in one save
    released = Eintrag.objects.get(vorgang="freigabe", **about)
    assert released.angaben == {"pdf_sha256": fassung.pdf.sha256}
    assert released.bezeichnung == "GLF SC 3.001a, Stand 02.01.2024"
    assert (released.thema_art, released.thema_id) == ("arbeitsmittel", fassung.arbeitsmittel_id)


def test_roles_are_named_with_what_they_are():
    make_person("rolle", role="Redaktion")
    assert kinds(thema_art="person", bezeichnung="rolle (rolle)") == ["angelegt", "rollen"]
    assert Eintrag.objects.get(vorgang="rollen").angaben == {"rollen": ["Redaktion"]}
