"""Release and withdrawal, with the real PDF."""

import hashlib
import io
from datetime import UTC, date, datetime

import pikepdf
import pytest

from arbeitsmittel.citations import Datum
from arbeitsmittel.drafting import start_draft
from arbeitsmittel.models import Fassung, FassungPdf
from arbeitsmittel.publishing import publish_fassung, record_known_stand, submit_fassung
from portal.freigabe import NotPossible, approve, withdraw
from portal.history import acting_as
from portal.pdf import PdfFailed
from portal.text import TextRefused
from tests.factories import make_arbeitsmittel, make_fassung, on

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def draft(user, **fields):
    values = {
        "stand": date(2026, 3, 2),
        "titel": "Erstkontakt",
        "inhalt": "<h2>Begrüßung</h2><p>Guten Tag.</p>",
        "aenderungshinweis": "Begrüßung gekürzt",
        "aenderungsart": "redaktionell",
    }
    return start_draft(make_arbeitsmittel(), user=user, reason="Neue Fassung", **(values | fields))


def checked(user, second, **fields):
    """A draft on its way, up to the approval by the second person."""
    written = draft(user, **fields)
    submitted = submit_fassung(written, begruendungen={}, version=written.version, user=user, now=NOW)
    return approve(submitted, pruefsumme=submitted.pruefsumme, comment="", user=second, now=NOW)


def test_publish_stores_text_and_pdf_for_good(redaktion, freigabe):
    fassung = publish_fassung(checked(redaktion, freigabe), user=freigabe, reason="geprüft", now=NOW)
    assert fassung.veroeffentlicht_am == NOW
    assert fassung.veroeffentlicht_von == freigabe
    stored = bytes(fassung.pdf.inhalt)
    assert fassung.pdf.sha256 == hashlib.sha256(stored).hexdigest()
    with pikepdf.open(io.BytesIO(stored)) as pdf:
        assert "GLF SC 3.001a" in str(pdf.docinfo["/Title"])
    last = fassung.history.first()
    assert (last.history_user, last.history_change_reason) == (freigabe, "geprüft")


def test_publish_refuses_who_wrote_it(redaktion, freigabe):
    written = checked(redaktion, freigabe)
    with pytest.raises(NotPossible, match="zweite Person"):
        publish_fassung(written, user=redaktion, reason="geprüft", now=NOW)
    assert not Fassung.objects.released().exists()


def test_publish_twice_is_refused(redaktion, freigabe):
    written = checked(redaktion, freigabe)
    publish_fassung(written, user=freigabe, reason="geprüft", now=NOW)
    with pytest.raises(NotPossible, match="schon veröffentlicht"):
        publish_fassung(written, user=freigabe, reason="geprüft", now=NOW)
    assert FassungPdf.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "named"),
    [("titel", "Titel"), ("inhalt", "Text"), ("aenderungshinweis", "Änderungshinweis")],
)
def test_submit_names_what_is_missing(redaktion, field, named):
    written = draft(redaktion, **{field: ""})
    with pytest.raises(NotPossible, match=named):
        submit_fassung(written, begruendungen={}, version=written.version, user=redaktion, now=NOW)


def test_publish_refuses_second_text_for_the_same_stand(redaktion, freigabe):
    make_fassung(stand="2026-03-02")
    with pytest.raises(NotPossible, match="braucht einen neuen Stand"):
        publish_fassung(checked(redaktion, freigabe), user=freigabe, reason="geprüft", now=NOW)


def test_text_takes_the_place_of_its_stand_known_without_text(redaktion, freigabe):
    known = make_fassung(stand="2026-03-02", only_stand=True)
    fassung = publish_fassung(checked(redaktion, freigabe), user=freigabe, reason="geprüft", now=NOW)
    known.refresh_from_db()
    assert known.zurueckgezogen_am == NOW
    assert list(Fassung.objects.current_on(on("2026-03-02"))) == [fassung]


def test_submit_leaves_nothing_behind_when_the_pdf_fails(redaktion, freigabe, monkeypatch):
    def fail(fassung):
        raise PdfFailed("Das PDF konnte nicht erzeugt werden.")

    monkeypatch.setattr("arbeitsmittel.publishing.fassung_pdf", fail)
    written = draft(redaktion)
    entries = written.history.count()
    with pytest.raises(PdfFailed):
        submit_fassung(written, begruendungen={}, version=written.version, user=redaktion, now=NOW)
    written.refresh_from_db()
    assert written.vorgelegt_am is None
    assert written.history.count() == entries


def test_start_draft_cleans_and_refuses(redaktion):
    assert "script" not in draft(redaktion, inhalt="<p>Text</p><script>alert(1)</script>").inhalt
    with pytest.raises(NotPossible, match="offenen Entwurf"):
        draft(redaktion)
    with pytest.raises(TextRefused):
        draft(redaktion, inhalt="x" * 600_000) if not Fassung.objects.all().exists() else start_draft(
            make_arbeitsmittel("GLF SC 3.002"), stand=date(2026, 1, 1), titel="x", inhalt="x" * 600_000,
            aenderungshinweis="x", aenderungsart="fachlich", user=redaktion, reason="x",
        )  # fmt: skip


def test_withdraw_lets_the_predecessor_apply(redaktion, freigabe):
    before = make_fassung(stand="2026-01-01")
    fassung = publish_fassung(checked(redaktion, freigabe), user=freigabe, reason="geprüft", now=NOW)
    withdraw(fassung, art="irrtum", user=freigabe, reason="irrtümlich veröffentlicht", now=NOW)
    assert list(Fassung.objects.current_on(on("2026-06-01"))) == [before]
    with pytest.raises(NotPossible):
        withdraw(fassung, art="irrtum", user=freigabe, reason="noch einmal", now=NOW)
    assert FassungPdf.objects.filter(fassung=fassung).exists()


def test_known_stand_is_recorded_once(redaktion):
    arbeitsmittel = make_arbeitsmittel()
    month = Datum(date(2019, 12, 1), nur_monat=True)
    with acting_as(redaktion, "Import"):
        first = record_known_stand(arbeitsmittel, stand=month, quelle="Weisung", user=redaktion, now=NOW)
        again = record_known_stand(arbeitsmittel, stand=month, quelle="Weisung", user=redaktion, now=NOW)
    assert (first, again) == (True, False)
    fassung = Fassung.objects.get()
    assert fassung.nur_stand
    assert fassung.stand_text == "12/2019"
