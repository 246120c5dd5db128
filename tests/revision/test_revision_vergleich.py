"""Any two versions side by side, each side with the rights of whoever asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_fassung, make_weisung
from tests.test_pages import words
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db
PAGE = "/revision/vergleich/"


def address(a, b) -> str:
    return f"{PAGE}?a={a}&b={b}"


def key(row) -> str:
    return f"{row._meta.model_name}-{row.pk}"


@pytest.fixture
def auditor(revision):
    return client_of(revision)


def test_two_fassungen_of_one_arbeitsmittel(auditor):
    old = make_fassung(
        stand="2023-05-12", text="<p>Die Frist für die Rückmeldung der Kundin beträgt 14 Tage ab Eingang.</p>"
    )
    new = make_fassung(
        stand="2024-01-02",
        text="<p>Die Frist für die Rückmeldung der Kundin beträgt 10 Tage ab Eingang.</p>",
        titel="Neuer Titel",
    )
    body = auditor.get(address(key(old), key(new))).content.decode()
    assert ">14<span" in body
    assert ">10<span" in body
    assert "Neuer Titel" in body


def test_fassungen_of_two_arbeitsmittel_are_told_by_their_kennung(auditor):
    one, other = make_fassung("GLF SC 3.204"), make_fassung("GLF/AH EZ 1.204", text="<p>Anders.</p>")
    page = words(auditor.get(address(key(one), key(other))))
    assert "GLF/AH EZ 1.204, Stand 02.01.2024, veröffentlicht gegenüber GLF SC 3.204, Stand 02.01.2024" in page


def test_fassungen_of_one_arbeitsmittel_name_it_once(auditor):
    old, new = make_fassung("GLF SC 3.204", "2023-05-12"), make_fassung("GLF SC 3.204", "2024-01-02")
    response = auditor.get(address(key(old), key(new)))
    assert "GLF SC 3.204: Stand 02.01.2024, veröffentlicht gegenüber Stand 12.05.2023" in words(response)
    assert "<title>Vergleich: GLF SC 3.204, Stand 12.05.2023" in response.content.decode()


def test_two_weisungen_of_different_number(auditor):
    old = make_weisung(
        "202305004",
        auftrag_und_ziel="<p>Die Agenturen melden den Stand der Umsetzung bis Ende Mai an die Zentrale.</p>",
        info="<p>Gleich.</p>",
    )
    new = make_weisung(
        "202401002",
        datum="2024-01-10",
        auftrag_und_ziel="<p>Die Agenturen melden den Stand der Umsetzung bis Ende Juni an die Zentrale.</p>",
        info="<p>Gleich.</p>",
    )
    response = auditor.get(address(key(old), key(new)))
    assert ">Juni<span" in response.content.decode()
    assert "Unverändert: 4. Info" in words(response)


def test_draft_beside_what_applies(auditor):
    old = make_fassung(text="<p>Alt.</p>")
    draft = make_fassung(stand="2098-01-01", published=False, text="<p>Neu.</p>")
    assert "Stand 01.01.2098, Entwurf" in words(auditor.get(address(key(old), key(draft))))


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_reader_gets_the_same_answer_for_a_draft_as_for_nothing(reader, side):
    seen = make_fassung()
    for hidden in (make_fassung(stand="2098-01-01", published=False), make_weisung("209801001", published=False)):
        kind = hidden._meta.model_name
        pairs = ((key(hidden), key(seen)), (f"{kind}-999999", key(seen)))
        asked = [address(*(pair if side == "a" else reversed(pair))) for pair in pairs]
        one, other = (reader.get(path) for path in asked)
        assert (one.status_code, one.content) == (404, other.content)


def test_a_reader_compares_what_readers_see(reader):
    old, new = make_fassung(stand="2023-05-12", text="<p>Alt.</p>"), make_fassung(stand="2024-01-02")
    assert reader.get(address(key(old), key(new))).status_code == 200


def test_the_chooser_offers_a_reader_no_draft(reader, auditor):
    make_fassung(stand="2023-05-12")
    make_fassung(stand="2098-01-01", published=False)
    make_fassung("GLF SC 3.999", published=False)
    assert "01.01.2098" not in reader.get(f"{PAGE}?von=3.001a").content.decode()
    assert "01.01.2098" in auditor.get(f"{PAGE}?von=3.001a").content.decode()
    assert "Dazu ist nichts zu finden" in words(reader.get(f"{PAGE}?von=3.999"))


@pytest.mark.parametrize("typed", ["3.001a", "GLF SC 3001 a", "glf-sc-3.001a"])
def test_chooser_takes_any_spelling(auditor, typed):
    make_fassung(stand="2023-05-12")
    assert "Stand 12.05.2023, veröffentlicht" in auditor.get(PAGE, {"von": typed}).content.decode()


def test_what_was_chosen_is_dropped_when_another_object_is_typed(auditor):
    chosen = make_fassung(stand="2023-05-12")
    make_fassung("GLF SC 3.002")
    response = auditor.get(PAGE, {"a": key(chosen), "von": "3.002"})
    assert response.context["seiten"][0].eingabe == "3.002"
    assert response.context["seiten"][0].gewaehlt != chosen


def test_one_with_the_other_is_refused_in_words(auditor):
    one, other = make_fassung(), make_weisung()
    assert "Verglichen werden zwei Fassungen" in words(auditor.get(address(key(one), key(other))))
    assert "dieselbe Fassung" in words(auditor.get(address(key(one), key(one))))


@pytest.mark.parametrize(
    "sent", ["x", "fassung-0", "fassung-", "fassung-" + "9" * 18, "fassung-" + "9" * 5000, "benutzer-1", "\x00", "²"]
)
def test_a_key_that_is_none_is_not_found(auditor, sent):
    assert auditor.get(PAGE, {"a": sent}).status_code == 404


@pytest.mark.parametrize("sent", ["\x00", "²" * 10_000, "1" * 10_000, "3.0" * 5000, "<script>", "weisung 999999999"])
def test_a_name_that_is_none_is_told(auditor, sent):
    response = auditor.get(PAGE, {"von": sent, "zu": sent})
    assert response.status_code == 200
    assert "<script>" not in words(response)


def test_number_of_queries_does_not_grow_with_the_versions(auditor):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert auditor.get(address(key(old), key(new))).status_code == 200
        return len(captured)

    old, new = make_fassung(stand="2023-05-12"), make_fassung(stand="2024-01-02")
    few = asked()
    for day in range(3, 9):
        make_fassung(stand=f"2024-01-0{day}")
    assert asked() == few <= 8
